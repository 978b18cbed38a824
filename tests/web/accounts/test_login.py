"""Logging in: with the right password only, slowed down, never leading away, and without sign-up for everybody."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client

from schnittstellen.catalogue.models import Change, Member
from schnittstellen.catalogue.services import accounts
from tests.catalogue import making

pytestmark = pytest.mark.django_db
LOGIN = "/konto/login/"


@pytest.fixture
def person() -> User:
    cache.clear()
    return User.objects.create_user("amt", "amt@muster.example", "ein langes Kennwort 7")


def _log_in(client: Client, password: str, **more: str) -> int:
    return client.post(LOGIN, {"login": "amt@muster.example", "password": password, **more}).status_code


def test_the_right_password_opens_the_account(client: Client, person: User) -> None:
    assert client.get("/konto").status_code == 302
    assert _log_in(client, "falsch") == 200
    assert _log_in(client, "ein langes Kennwort 7") == 302
    assert "amt@muster.example" in client.get("/konto").text


def test_guessing_is_slowed_down(client: Client, person: User) -> None:
    for number in range(6):
        _log_in(client, f"falsch {number}")
    assert _log_in(client, "ein langes Kennwort 7") != 302


def test_logging_in_leads_nowhere_else(client: Client, person: User) -> None:
    sent = {"login": person.email, "password": "ein langes Kennwort 7", "next": "//boese.example"}
    assert client.post(LOGIN, sent)["Location"] == "/konto"


def test_joining_needs_an_invitation_that_is_used_once(client: Client, person: User) -> None:
    assert 'name="password1"' not in client.get("/konto/signup/").text
    vendor = making.vendor()
    Member.objects.create(user=person, role="vendor", vendor=vendor)
    secret = accounts.invite(accounts.organisations(person.pk)[0], "neu@muster.example", person, date.today())
    newcomer = User.objects.create_user("neu", "neu@muster.example", "ein anderes Kennwort 8")
    client.force_login(newcomer)
    assert client.post(f"/konto/einladung/{secret}").status_code == 302
    assert Member.objects.get(user=newcomer).vendor == vendor
    assert [one.by for one in Change.objects.filter(places__0__place="member")] == ["neu"]
    assert client.post(f"/konto/einladung/{secret}").status_code == 404


@pytest.mark.parametrize(
    ("language", "app", "codes"),
    [("de", "zeigt bei jeder Anmeldung einen neuen Code", "jeder gilt einmal"), ("en", "a new code", "works once")],
)
def test_the_second_factor_is_explained(client: Client, language: str, app: str, codes: str) -> None:
    client.force_login(User.objects.create_user("person", "person@muster.example", "x"))
    client.cookies["sprache"] = language
    page = client.get("/konto/2fa/").text
    assert app in page
    assert codes in page
