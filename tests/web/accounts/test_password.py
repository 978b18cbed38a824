"""Forgotten passwords, the second factor, the end of sessions, and what slows guessing down: through the pages."""

import re
import time
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

pytestmark = pytest.mark.django_db
OLD, NEW = "ein langes Kennwort 7", "ein neues Kennwort 8"
MAIL = "amt@muster.example"


@pytest.fixture
def person() -> User:
    made = User.objects.create_user("amt", MAIL, OLD)
    EmailAddress.objects.create(user=made, email=MAIL, verified=True, primary=True)
    return made


def _log_in(client: Client, password: str = OLD, address: str = MAIL) -> Any:
    return client.post("/konto/login/", {"login": address, "password": password})


def _is_in(client: Client) -> bool:
    return client.get("/konto").status_code == 200


@pytest.fixture
def inside(client: Client, person: User) -> Client:
    assert _log_in(client)["Location"] == "/konto"
    return client


def _reset(client: Client, address: str = MAIL) -> Any:
    return client.post("/konto/password/reset/", {"email": address})


def _link() -> str:
    return re.search(r"http://testserver(/konto/password/reset/key/\S+)", mail.outbox[-1].body)[1]


def test_a_forgotten_password_is_set_anew_by_mail(inside: Client) -> None:
    visitor = Client()
    _reset(visitor)
    assert mail.outbox[-1].to == [MAIL]
    link = _link()
    form = visitor.get(link)["Location"]
    assert visitor.post(form, {"password1": NEW, "password2": NEW}).status_code == 302
    assert not _is_in(inside), "whoever was logged in with the old password is logged out"
    assert _log_in(Client(), OLD).status_code == 200
    fresh = Client()
    assert _log_in(fresh, NEW).status_code == 302
    assert _is_in(fresh)
    other = Client()
    assert 'name="password1"' not in other.get(link, follow=True).text, "the link worked once"


def test_asking_for_a_reset_does_not_tell_who_has_an_account(client: Client, person: User) -> None:
    known, unknown = _reset(client), _reset(client, "niemand@muster.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert "/reset/key/" not in mail.outbox[-1].body


def test_weak_passwords_are_refused(inside: Client) -> None:
    for weak in ("kurz", "passwort", "12345678", MAIL):
        sent = {"oldpassword": OLD, "password1": weak, "password2": weak}
        assert inside.post("/konto/password/change/", sent).status_code == 200
    assert User.objects.get().check_password(OLD)


def test_changing_the_password_ends_all_sessions(inside: Client) -> None:
    other = Client()
    _log_in(other)
    inside.post("/konto/password/change/", {"oldpassword": OLD, "password1": NEW, "password2": NEW})
    assert not _is_in(other)


def test_logging_out_ends_the_session_and_takes_a_press_of_a_button(inside: Client) -> None:
    kept = inside.cookies["sessionid"].value
    inside.get("/konto/logout/")
    assert _is_in(inside)
    inside.post("/konto/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert not _is_in(thief)


def test_sessions_end_with_the_browser_and_after_a_working_day(inside: Client) -> None:
    assert inside.cookies["sessionid"]["max-age"] == ""
    assert 0 < inside.session.get_expiry_age() <= 8 * 3600


def test_logging_in_makes_a_new_session(client: Client, person: User) -> None:
    client.get("/konto/login/")
    client.cookies["sessionid"] = "untergeschoben"
    _log_in(client)
    assert client.cookies["sessionid"].value != "untergeschoben"


# --- second factor


def _code(secret: str, steps: int = 0) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps)))


def _with_second_factor(client: Client) -> tuple[str, list[str]]:
    """Its secret and the recovery codes, as the pages show them."""
    client.post("/konto/reauthenticate/", {"password": OLD})
    page = client.get("/konto/2fa/totp/activate/")
    secret = re.search(r'value="([A-Z2-7]{32})"', page.text)[1]
    shown = client.post("/konto/2fa/totp/activate/", {"code": _code(secret)}, follow=True)
    codes = re.search(r'<p class="pre">([^<]*)</p>', shown.text)
    return secret, codes[1].split() if codes else []


def test_the_second_factor_is_asked_for_and_each_code_counts_once(inside: Client) -> None:
    secret, _ = _with_second_factor(inside)
    assert Authenticator.objects.filter(type="totp").exists()
    other = Client()
    assert _log_in(other)["Location"].startswith("/konto/2fa/authenticate/")
    assert not _is_in(other)
    assert other.post("/konto/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not _is_in(other)
    code = _code(secret)
    other.post("/konto/2fa/authenticate/", {"code": code})
    assert _is_in(other)
    third = Client()
    _log_in(third)
    third.post("/konto/2fa/authenticate/", {"code": code})
    assert not _is_in(third), "the same code again"


def test_recovery_codes_count_once(inside: Client) -> None:
    _, codes = _with_second_factor(inside)
    assert len(codes) == 10
    for expected in (True, False):
        other = Client()
        _log_in(other)
        other.post("/konto/2fa/authenticate/", {"code": codes[0]})
        assert _is_in(other) is expected


def test_guessing_the_second_factor_is_slowed_down(inside: Client) -> None:
    secret, _ = _with_second_factor(inside)
    other = Client()
    _log_in(other)
    for _number in range(6):
        other.post("/konto/2fa/authenticate/", {"code": "000000"})
    other.post("/konto/2fa/authenticate/", {"code": _code(secret)})
    assert not _is_in(other)


def test_a_reset_password_does_not_pass_the_second_factor(inside: Client) -> None:
    _with_second_factor(inside)
    visitor = Client()
    _reset(visitor)
    form = visitor.get(_link())["Location"]
    visitor.post(form, {"password1": NEW, "password2": NEW})
    assert not _is_in(visitor)
    _log_in(visitor, NEW)
    assert not _is_in(visitor)


# --- slowing down


def test_guessing_at_one_account_from_many_addresses_is_slowed_down(person: User) -> None:
    for number in range(6):
        _log_in(Client(REMOTE_ADDR=f"192.0.2.{number}"), f"falsch {number}")
    assert not _is_in(_after(Client(REMOTE_ADDR="192.0.2.99"), OLD))


def test_guessing_at_many_accounts_from_one_address_is_slowed_down(client: Client, person: User) -> None:
    for number in range(31):
        _log_in(client, "falsch", f"p{number}@muster.example")
    answer = _log_in(client)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Das waren zu viele Versuche" in answer.text


def _after(client: Client, password: str) -> Client:
    _log_in(client, password)
    return client


def test_nobody_is_flooded_with_mails(client: Client, person: User) -> None:
    for _number in range(6):
        _reset(client)
    assert len(mail.outbox) == 3


# --- in our look


def _pages() -> list[str]:
    """Every address of allauth below /konto/ that needs no parameter."""
    found = []
    for one in get_resolver().url_patterns:
        if isinstance(one, URLResolver) and "accounts" in str(one.urlconf_module):
            found = list(_below(one, ""))
    return sorted(set(found))


def _below(resolver: URLResolver, start: str) -> Any:
    for one in resolver.url_patterns:
        path = start + str(one.pattern).lstrip("^").removesuffix(r"\Z").removesuffix("$")
        if isinstance(one, URLResolver):
            yield from _below(one, path)
        elif isinstance(one, URLPattern) and not set("<(") & set(path):
            yield f"/{path}"


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_page_of_accounts_is_in_our_look(person: User, language: str) -> None:
    assert "/konto/2fa/totp/activate/" in _pages()
    _both = (Client(), Client())
    _log_in(_both[1])
    for client in _both:
        client.cookies["sprache"] = language
        for address in _pages():
            answer = client.get(address, follow=True)
            assert answer.status_code in (200, 401, 403, 404, 405), address
            if answer.status_code != 405 and "text/html" in answer["Content-Type"]:
                _in_our_look(answer.text, language, address)


def _in_our_look(page: str, language: str, address: str) -> None:
    assert f'<html lang="{language}"' in page, address
    assert 'class="kern-container main"' in page, address
    assert 'class="kern-heading-large"' in page, address
    assert not re.search(r'<script(?![^>]*(src=|type="application/json"))', page), address
    assert " style=" not in page, address
    foreign = {"de": ("Sign In", "Password:", "Email Addresses"), "en": ("Anmelden", "Passwort")}[language]
    content = page[page.index("<main") : page.index("</main>")]
    assert not [word for word in foreign if word in content], address
    assert not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ir|[Dd]ich|kontaktiere|wähle|[Gg]ib)\b", content), address
