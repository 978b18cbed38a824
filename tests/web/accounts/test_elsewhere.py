"""Logging in through an identity provider (OpenID Connect, SAML): only what it signed, for us, now, and once."""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from schnittstellen.catalogue.models import Member
from tests.web.accounts import idp

pytestmark = pytest.mark.django_db
HOST = {"HTTP_HOST": "localhost"}


@pytest.fixture
def provider(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[idp.Provider]:
    """Both ways to the same provider, set as an operator would."""
    monkeypatch.setenv("NO_PROXY", "*")
    with idp.running() as running:
        settings.SOCIALACCOUNT_PROVIDERS = idp.both(running)
        yield running


@pytest.fixture
def visitor() -> Client:
    return Client(**HOST)


def _is_in(client: Client) -> bool:
    return client.get("/konto").status_code == 200


def _led_to(page: Any) -> str:
    """Where the page after the form leads; a redirection would be stopped by `form-action` in a browser."""
    assert page.status_code == 200
    assert "form-action 'self'" in page["Content-Security-Policy"]
    to = unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page.text)[1])
    assert escape(to) in re.search(r'<a class="kern-link" href="([^"]*)" rel="noreferrer"', page.text)[1]
    return to


def _by_oidc(client: Client, provider: idp.Provider) -> Any:
    to = _led_to(client.post("/konto/oidc/amt/login/"))
    return client.get(provider.authorize(to).removeprefix("http://localhost"))


# --- OpenID Connect


def test_oidc_opens_an_account_without_any_rights(visitor: Client, provider: idp.Provider) -> None:
    assert _by_oidc(visitor, provider)["Location"] == "/konto"
    assert _is_in(visitor)
    made = User.objects.get(email="amt@muster.example")
    assert not made.has_usable_password()
    assert not made.is_staff
    assert not made.is_superuser
    assert not Member.objects.exists()
    again = Client(**HOST)
    _by_oidc(again, provider)
    assert _is_in(again)
    assert User.objects.count() == 1


FAULTS: dict[str, dict[str, Any]] = {
    "other issuer": {"iss": "http://127.0.0.1:1"},
    "other audience": {"aud": "anderer-dienst"},
    "expired": {"exp": 1},
    "no subject": {"sub": None},
    "another subject than the userinfo": {"sub": "p-2"},
}


@pytest.mark.parametrize("name", FAULTS)
def test_oidc_refuses_a_token_with(visitor: Client, provider: idp.Provider, name: str) -> None:
    provider.claim(**FAULTS[name])
    assert "Location" not in _by_oidc(visitor, provider)
    assert not _is_in(visitor)
    assert not User.objects.exists()


@pytest.mark.parametrize(("signer", "algorithm"), [("fremd", "RS256"), ("idp", "HS256"), ("idp", "none")])
def test_oidc_refuses_a_signature_that_is_not_the_providers(
    visitor: Client, provider: idp.Provider, signer: str, algorithm: str
) -> None:
    provider.signer, provider.algorithm = signer, algorithm
    _by_oidc(visitor, provider)
    assert not _is_in(visitor)
    assert not User.objects.exists()


def test_oidc_answers_count_once_and_in_the_browser_that_asked(visitor: Client, provider: idp.Provider) -> None:
    to = _led_to(visitor.post("/konto/oidc/amt/login/"))
    back = provider.authorize(to).removeprefix("http://localhost")
    other = Client(**HOST)
    other.get(back)
    assert not _is_in(other)
    visitor.get(back)
    assert _is_in(visitor)
    visitor.post("/konto/logout/")
    provider.codes.add("c-1")
    visitor.get(back)
    assert not _is_in(visitor)


def test_a_token_that_was_used_is_refused_elsewhere(visitor: Client, provider: idp.Provider) -> None:
    provider.claim(jti="t-1")
    _by_oidc(visitor, provider)
    assert _is_in(visitor)
    other = Client(**HOST)
    _by_oidc(other, provider)
    assert not _is_in(other)


# --- nobody's account is taken over


def test_claiming_a_mail_address_takes_no_account_over(visitor: Client, provider: idp.Provider) -> None:
    owner = User.objects.create_user("amt", "amt@muster.example", "ein langes Kennwort 7")
    for log_in in (_by_oidc, _by_saml):
        log_in(visitor, provider)
        assert not _is_in(visitor)
    assert not SocialAccount.objects.exists()
    assert list(User.objects.all()) == [owner]


def test_an_address_that_nobody_vouches_for_is_confirmed_by_mail(
    visitor: Client, provider: idp.Provider, settings: Any
) -> None:
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]["verified_email"] = False
    provider.claim()
    provider.userinfo["email_verified"] = False
    _by_oidc(visitor, provider)
    assert not _is_in(visitor)
    assert mail.outbox[-1].to == ["amt@muster.example"]


def test_two_providers_do_not_share_persons(visitor: Client, provider: idp.Provider) -> None:
    _by_oidc(visitor, provider)
    other = Client(**HOST)
    _by_saml(other, provider, mail="andere@muster.example")
    assert User.objects.count() == 2


def test_the_own_account_is_attached_by_whoever_is_logged_in(visitor: Client, provider: idp.Provider) -> None:
    owner = User.objects.create_user("amt", "amt@muster.example", "ein langes Kennwort 7")
    EmailAddress.objects.create(user=owner, email=owner.email, verified=True, primary=True)
    visitor.post("/konto/login/", {"login": owner.email, "password": "ein langes Kennwort 7"})
    to = _led_to(visitor.post("/konto/oidc/amt/login/?process=connect"))
    visitor.get(provider.authorize(to).removeprefix("http://localhost"))
    assert SocialAccount.objects.get().user == owner
    other = Client(**HOST)
    _by_oidc(other, provider)
    assert "amt@muster.example" in other.get("/konto").text


# --- SAML


def _asked(client: Client, provider: idp.Provider, **more: Any) -> idp.Answer:
    to = _led_to(client.post("/konto/saml/bund/login/"))
    asked, issuer, address = idp.request_of(to)
    return idp.Answer(**{"to": asked, "audience": issuer, "address": address, "issuer": f"{provider.url}/saml", **more})


def _post(client: Client, response: str) -> Any:
    sent = client.post("/konto/saml/bund/acs/", {"SAMLResponse": response})
    return client.get(sent["Location"])


def _by_saml(client: Client, provider: idp.Provider, **more: Any) -> Any:
    return _post(client, _asked(client, provider, **more).response())


def test_saml_opens_an_account_without_any_rights(visitor: Client, provider: idp.Provider) -> None:
    assert _by_saml(visitor, provider)["Location"] == "/konto"
    assert _is_in(visitor)
    assert not Member.objects.exists()
    assert visitor.get("/mein/kommunen/05999001").status_code == 403
    again = Client(**HOST)
    _by_saml(again, provider)
    assert User.objects.count() == 1


WRONG: dict[str, dict[str, Any]] = {
    "another key": {"signer": "fremd"},
    "no signature": {"signer": ""},
    "a changed text": {"tampered": True},
    "another audience": {"audience": "http://anderer-dienst.example"},
    "another issuer": {"issuer": "http://127.0.0.1:1/saml"},
    "an end in the past": {"minutes": -10},
    "another address": {"address": "http://anderer-dienst.example/acs/"},
    "an answer to nothing": {"to": "ONELOGIN_erfunden"},
}


@pytest.mark.parametrize("name", WRONG)
def test_saml_refuses(visitor: Client, provider: idp.Provider, name: str) -> None:
    _by_saml(visitor, provider, **WRONG[name])
    assert not _is_in(visitor)
    assert not User.objects.exists()


def test_saml_answers_count_once_and_in_the_browser_that_asked(visitor: Client, provider: idp.Provider) -> None:
    answer = _asked(visitor, provider)
    response, assertion = answer.response(), answer.assertion()
    thief = Client(**HOST)
    _post(thief, response)
    assert not _is_in(thief)
    _post(visitor, response)
    assert _is_in(visitor)
    visitor.post("/konto/logout/")
    _post(visitor, response)
    assert not _is_in(visitor)
    _post(thief, _asked(thief, provider).response(assertion))
    assert not _is_in(thief), "an assertion for somebody else's request, in an envelope of one's own"


def test_our_side_of_saml_is_published(visitor: Client, provider: idp.Provider) -> None:
    told = visitor.get("/konto/saml/bund/metadata/")
    assert told.status_code == 200
    assert "http://localhost/konto/saml/bund/acs/" in told.text
