"""`schnittstellen admin create`: an account that manages the catalogue."""

import pytest
from allauth.account.models import EmailAddress
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Change
from schnittstellen.catalogue.services import administrators
from schnittstellen.cli.main import main

pytestmark = pytest.mark.django_db
MAIL, PASSWORD = "betrieb@muster.example", "ein langes Kennwort 7"


def _create(password: str = PASSWORD, email: str = MAIL, *more: str, typed: str = "") -> tuple[int, str]:
    arguments = ["admin", "create", email, *(more if typed else ("--password-stdin",))]
    done = CliRunner().invoke(main, arguments, input=typed or f"{password}\n")
    return done.exit_code, done.output


def test_whoever_is_made_logs_in_and_is_led_to_the_second_factor(client: Client) -> None:
    assert not administrators.exist()
    status, said = _create()
    assert (status, "verwaltet jetzt den Katalog" in said, PASSWORD in said) == (0, True, False)
    assert administrators.exist()
    client.post("/konto/login/", {"login": MAIL, "password": PASSWORD})
    page = client.get("/verwaltung/", follow=True)
    assert page.redirect_chain[-1][0] == "/konto/2fa/"
    assert "verlangt einen zweiten Faktor" in page.text
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    assert "value=" in client.get("/konto/2fa/totp/activate/").text
    assert Change.objects.get().kind == "users"


def test_the_password_is_asked_for_twice() -> None:
    assert _create(typed=f"{PASSWORD}\n{PASSWORD}\n")[0] == 0
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("password", "email"), [("kurz", MAIL), (PASSWORD, "keine Adresse"), ("", MAIL)])
def test_what_is_no_account_is_told(password: str, email: str) -> None:
    status, said = _create(password, email)
    assert status == 2
    assert "F336" in said
    assert not User.objects.exists()


def test_an_account_that_is_there_gets_the_right() -> None:
    User.objects.create_user("amt", MAIL, "altes Kennwort 123", is_active=False)
    assert _create()[0] == 0
    user = User.objects.get()
    assert (user.username, user.is_superuser, user.is_active, user.check_password(PASSWORD)) == (
        "amt",
        True,
        True,
        True,
    )
    assert EmailAddress.objects.get(user=user).verified
