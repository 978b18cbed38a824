"""Keys for programmes and the audit log on the pages: made, shown once, ended; read by those it concerns only."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.models import Change, Member, Token
from schnittstellen.catalogue.services import access, audit
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making

pytestmark = pytest.mark.django_db
KEYS, CHANGES = "/mein/hersteller/musterhaus/schluessel", "/mein/hersteller/musterhaus/aenderungen"
AGS = "05111000"


def _person(name: str, **of: Any) -> Client:
    user = User.objects.create_user(name, f"{name}@muster.example")
    Member.objects.create(user=user, **of)
    return _inside(user)


def _inside(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def firm() -> Client:
    return _person("firma", role="vendor", vendor=making.vendor())


@pytest.fixture
def stranger() -> Client:
    return _person("fremd", role="vendor", vendor=making.vendor("musterarchiv", name="Musterarchiv KG"))


@pytest.fixture
def town() -> Client:
    return _person("amt", role="municipality", municipality=making.municipality(AGS))


@pytest.fixture
def board() -> Client:
    return _person("beirat", role="board")


def _sent(**more: Any) -> dict[str, Any]:
    until = (date.today() + timedelta(30)).isoformat()
    return {"tun": "erzeugen", "name": "Übernahme", "scopes": ["read", "products"], "until": until, **more}


@pytest.mark.parametrize("name", ["", "x" * 301, "\0"])
def test_a_key_needs_a_name_that_can_be_kept(firm: Client, name: str) -> None:
    answer = firm.post(KEYS, _sent(name=name))
    assert answer.status_code == 422
    assert 'href="#name"' in answer.text
    with pytest.raises(SchnittstellenError, match="F483"):
        access.create(name, "vendor:musterhaus", ("read",))
    assert not Token.objects.exists()


def _secret(page: str) -> str:
    return re.search(r"sst_[\w-]+", page)[0]


def test_a_key_is_shown_once_works_and_ends(firm: Client) -> None:
    secret = _secret(firm.post(KEYS, _sent()).text)
    bearer = {"Authorization": f"Bearer {secret}"}
    body = {"name": "Akte", "kind": "e-akte"}
    made = Client().put("/api/v1/products/akte", body, "application/json", headers={**bearer, "If-None-Match": "*"})
    assert made.status_code == 201
    page = firm.get(KEYS).text
    assert "Übernahme" in page
    assert secret not in page
    sent = {"tun": "fragen", "schluessel": Token.objects.get().pk}
    assert "lässt sich nicht rückgängig machen" in firm.post(KEYS, sent).text
    assert Token.objects.exists()
    firm.post(KEYS, {**sent, "tun": "beenden"})
    assert Client().get("/api/v1/products", headers=bearer).status_code == 401
    assert [one.by for one in Change.objects.filter(kind="vendors")] == ["firma", "firma"]
    assert secret not in str(list(Change.objects.values_list("places")))


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"scopes": []},
        {"scopes": ["landscape"]},
        {"until": ""},
        {"until": "morgen"},
        {"until": "2020-01-01"},
        {"until": "2999-01-01"},
    ],
)
def test_what_is_wrong_makes_no_key(firm: Client, wrong: dict[str, Any]) -> None:
    answer = firm.post(KEYS, _sent(**wrong))
    assert answer.status_code == 422
    assert "Es wurde nichts gespeichert" in answer.text
    assert not Token.objects.exists()


def test_a_name_is_used_once(firm: Client) -> None:
    firm.post(KEYS, _sent())
    assert firm.post(KEYS, _sent()).status_code == 422


def test_a_key_holds_through_its_last_day(firm: Client) -> None:
    secret = _secret(firm.post(KEYS, _sent()).text)
    last = date.today() + timedelta(30)
    assert access.bearer_of(secret, last)
    assert access.bearer_of(secret, last + timedelta(1)) is None


def test_keys_of_others_cannot_be_seen_or_ended(firm: Client, stranger: Client, town: Client) -> None:
    firm.post(KEYS, _sent())
    number = Token.objects.get().pk
    assert stranger.get(KEYS).status_code == 403
    own = KEYS.replace("musterhaus", "musterarchiv")
    assert stranger.post(own, {"tun": "beenden", "schluessel": number}).status_code == 404
    assert town.post(f"/mein/kommunen/{AGS}/schluessel", {"tun": "beenden", "schluessel": number}).status_code == 404
    assert Token.objects.count() == 1


def test_municipalities_and_the_board_have_keys_too(town: Client, board: Client) -> None:
    place = f"/mein/kommunen/{AGS}/schluessel"
    assert "sst_" in town.post(place, _sent(scopes=["landscape"])).text
    assert "sst_" in board.post("/mein/beirat/schluessel", _sent(scopes=["read"])).text
    assert town.get("/mein/beirat/schluessel").status_code == 403


# --- audit log


def test_commands_stand_in_the_log_too(firm: Client) -> None:
    access.create("v", "vendor:musterhaus", ("read",))
    access.revoke("v")
    page = firm.get(CHANGES).text
    assert page.count("Betrieb des Katalogs (Befehlszeile)") == 2
    assert "Schlüssel für Programme v" in page
    assert "token/v" not in page


def test_everybody_reads_what_concerns_them_only(firm: Client, stranger: Client, town: Client, board: Client) -> None:
    making.product("akte")
    audit.note("products", "akte", {"name": "alt"}, {"name": "neu"})
    audit.note("deployments", AGS, {"x": 1}, {"x": 2})
    root = User.objects.create_superuser("chef", "chef@muster.example")
    Authenticator.objects.create(user=root, type="totp", data={})
    pages = {
        "firm": firm.get(CHANGES).text,
        "town": town.get(f"/mein/kommunen/{AGS}/aenderungen").text,
        "board": board.get("/mein/beirat/aenderungen").text,
        "operator": _inside(root).get("/mein/betrieb/aenderungen").text,
    }
    product, place = "Programm akte", f"Einsatz Musterstadt {AGS}"
    assert {name: (product in page, place in page) for name, page in pages.items()} == {
        "firm": (True, False),
        "town": (False, True),
        "board": (True, False),
        "operator": (True, True),
    }
    for client in (stranger, town, board):
        assert client.get(CHANGES).status_code == 403
    for client in (firm, town, board):
        assert client.get("/mein/betrieb/aenderungen").status_code == 403


def test_changes_are_filtered_and_in_pages(firm: Client) -> None:
    for number in range(60):
        with audit.acting("anna" if number % 2 else "ben"):
            audit.note("vendors", "musterhaus", {"n": number}, {"n": number + 1})
    assert len(re.findall("<tr><td>", firm.get(CHANGES).text)) == 50
    assert len(re.findall("<tr><td>", firm.get(f"{CHANGES}?seite=2").text)) == 10
    assert len(re.findall("<tr><td>", firm.get(f"{CHANGES}?wer=anna").text)) == 30
    assert "keine solchen Änderungen" in firm.get(f"{CHANGES}?ab=2999-01-01").text
    assert "keine solchen Änderungen" in firm.get(f"{CHANGES}?art=products").text
    assert firm.get(f"{CHANGES}?ab=unsinn&bis=%F0%9F%92%A9&seite=-9&art=x").status_code == 200


def test_what_was_written_is_shown_as_text(firm: Client) -> None:
    audit.note("vendors", "musterhaus", {"<b>": "<script>alert(1)</script>"}, {})
    assert "<script>alert" not in firm.get(CHANGES).text


def test_the_number_of_queries_stays(firm: Client) -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            firm.get(address)
        return len(seen)

    firm.post(KEYS, _sent())
    before = count(KEYS), count(CHANGES)
    for number in range(10):
        access.create(f"v{number}", "vendor:musterhaus", ("read",))
    assert (count(KEYS), count(CHANGES)) == before


# --- several organisations of one person


def test_whoever_acts_for_several_chooses(firm: Client) -> None:
    person = User.objects.get(username="firma")
    Member.objects.create(user=person, role="vendor", vendor=making.vendor("musterarchiv", name="Musterarchiv KG"))
    audit.note("vendors", "musterarchiv", {"n": 1}, {"n": 2})
    assert "Musterarchiv KG, geändert von" not in firm.get("/konto").text
    assert firm.post("/konto/fuer", {"fuer": "vendor:musterarchiv"})["Location"] == "/konto"
    assert "Musterarchiv KG, geändert von" in firm.get("/konto").text
    assert firm.post("/konto/fuer", {"fuer": "vendor:fremd"}).status_code == 403
    Member.objects.filter(vendor__key="musterarchiv").delete()
    assert "Musterarchiv KG, geändert von" not in firm.get("/konto").text, "a choice ends with the membership"


def test_an_import_is_told_in_words() -> None:
    root = User.objects.create_superuser("chef", "chef@muster.example")
    Authenticator.objects.create(user=root, type="totp", data={})
    audit.note("registry", "registry", {}, {"coupling": {"created": 7}, "release": {"created": 2, "changed": 1}})
    inside = _inside(root)
    page = inside.get("/mein/betrieb/aenderungen").text
    assert "Kopplungen: 7 neu, 0 geändert" in page
    assert "Versionen von Programmen: 2 neu, 1 geändert" in page
    assert "Register, geändert von" in re.sub(r"\s+", " ", inside.get("/konto").text)


def test_the_log_speaks_as_the_forms_do(firm: Client) -> None:
    making.product("akte", name="Muster-Akte")
    before = {"releases": [{"version": "1.0", "end_of_support": "2027-01-31"}], "publicly_funded": False}
    after = {
        "releases": [{"version": "1.0", "end_of_support": "2028-12-31"}],
        "publicly_funded": True,
        "funding": "Topf",
    }
    audit.note("products", "akte", before, after)
    page = re.sub(r"\s+", " ", firm.get(CHANGES).text)
    assert "Programm Muster-Akte" in page
    assert "Version 1.0, Ende der Unterstützung: vorher: 31.01.2027; jetzt: 31.12.2028" in page
    assert "Mit öffentlichem Geld entwickelt?: vorher: nein; jetzt: ja" in page
    assert "Aus welchem Förderprogramm: neu: Topf" in page
    assert "end_of_support" not in page
    assert "Programm Muster-Akte, geändert von" in re.sub(r"\s+", " ", firm.get("/konto").text)
    firm.cookies["sprache"] = "en"
    english = firm.get(CHANGES).text
    assert "version 1.0, End of support" in english
