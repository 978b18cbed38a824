"""People read names and German days, not the keys and codes that the tables hold."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Change, Vendor
from schnittstellen.catalogue.wording import changes
from tests.browser.records import OWNER, done
from tests.catalogue.certificates.making import board
from tests.cli.running import run
from tests.web.after.making import person
from tests.web.roles.people import AGS, client_of, known_names

pytestmark = pytest.mark.django_db


def _heading(client: Client, address: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", client.get(address).text, re.DOTALL)
    assert found is not None, address
    return found[1]


def test_what_is_changed_or_taken_away_is_called_by_its_name(world: None) -> None:
    names = known_names()
    vendor, town = client_of("vendor", "firma"), client_of("town", "amt")
    release = f"/mein/programme/{names['programme']}/versionen/{names['version']}"
    assert _heading(vendor, f"{release}/entfernen") == "Muster-Akte Offen 1.0 entfernen?"
    assert _heading(vendor, release) == "Angaben zu Muster-Akte Offen 1.0"
    taken = f"{release}/standards/{names['declared']}/entfernen"
    assert _heading(vendor, taken) == "Muster-Akte Offen 1.0: XMuster-Vorgang 2.0, E-Akte zurücknehmen?"
    coupling = f"/mein/kommunen/{AGS}/verbindungen/{names['local_coupling']}"
    assert _heading(town, coupling) == "Muster-Antrag 4.2 – Muster-Bote 2.0"
    assert _heading(town, f"{coupling}/entfernen") == "Muster-Antrag 4.2 – Muster-Bote 2.0 entfernen?"


def test_a_page_of_the_board_says_whose_it_is(world: None) -> None:
    town = client_of("town")
    assert _heading(town, "/mein/beirat/aenderungen") == "Diese Seite ist nur für den IT-Digitalbeirat."
    assert _heading(town, "/mein/betrieb/aenderungen") == "Diese Seite ist nur für den Betrieb des Katalogs."


def test_every_change_is_told_in_words(world: None, tmp_path: Any) -> None:
    with board(tmp_path, server_signs=True):
        done()
    told = {**changes.FIELDS, **changes.ENTRIES, **changes.OPAQUE}
    fields = {name for row in Change.objects.all() for place in row.places for name in _fields(place)}
    assert fields
    assert fields - set(told) == set()
    page = client_of("operator").get("/mein/betrieb/aenderungen").text
    assert not re.search(r"\b(granted|proposed|opened|vote|basis)\b", page)


def _fields(place: dict[str, Any]) -> set[str]:
    path = place["place"].split("/")
    named = {path[0]} | ({path[2]} if len(path) > 2 else set())
    return named | {name for name in place["after"] if isinstance(place["after"], dict)}


def test_what_was_tested_is_called_by_its_name(world: None, tmp_path: Any) -> None:
    with board(tmp_path, server_signs=True):
        visits = done()
    people = {
        "board": client_of("board"),
        "visitor": Client(),
        OWNER: person("e", vendor=Vendor.objects.get(key=OWNER)),
    }
    pages = [*visits, ("visitor", "/widersprueche"), ("board", "/mein/beirat/pruefauftraege")]
    for role, address in pages:
        if role in people and address.startswith(("/widersprueche", "/mein/pruefauf", "/mein/beirat/pruefauf")):
            assert "xhundesteuer@2.0/onlinedienst" not in people[role].get(address).text, address
    pages = {
        address: people[role].get(address).text
        for role, address in visits
        if "/bescheinigungen/2" in address and role == "visitor"
    }
    assert any("XMuster-Vorgang 2.0, Bescheid und Zustellung, Ausgabe 1.0.0" in text for text in pages.values())
    chosen = next(address for _, address in visits if address.endswith("/nachweise"))
    assert re.search(r"nicht bestanden \([^@]*, Ausgabe 1.0.0\)", people[OWNER].get(chosen).text)


def test_what_was_not_found_is_tied_to_its_field(world: None) -> None:
    page = Client().get(f"/beschaffen?programm=gibtesnicht&kommune={AGS}").text
    field = re.search(r'<input[^>]*id="programm"[^>]*>', page)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert 'aria-describedby="programm-hilfe programm-fehler"' in field[0]
    assert 'id="programm-fehler"' in page
    assert "<title>Fehler: Kann ich beschaffen?" in page


def test_the_terminal_calls_standards_and_days_as_the_pages_do(world: None) -> None:
    told = run("partners", "muster-hund-online").output
    assert f" am {date.today():%d.%m.%Y}: " in told
    assert "XHundesteuer 2.0, Online-Dienst – Fachverfahren Steuer: geprüft" in told
    for day in ("01.03.2027", "2027-03-01"):
        assert " am 01.03.2027: " in run("partners", "muster-hund-online", "--on", day).output
    assert run("partners", "muster-hund-online", "--on", "31.02.2027").exit_code == 2
    assert f" on {date.today().isoformat()}: " in run("partners", "muster-hund-online", "--lang", "en").output


def test_programmes_are_told_of_searching_by_rest(world: None) -> None:
    problem = Client().get("/api/v1/products/gibt-es-nicht/partners").json()
    assert "/api/v1/search" in problem["detail"]
    assert "`" not in problem["detail"]
    wrong_host = Client().get("/api/v1/products", headers={"host": "anderswo.example"}).json()
    assert "Host" in wrong_host["detail"]


@pytest.mark.parametrize(("address", "changing"), [("/suche?q=hund", "treffer"), ("/befunde?q=X102", "liste")])
def test_the_count_of_hits_stands_outside_of_what_is_replaced(world: None, address: str, changing: str) -> None:
    """A live region that comes with its text is told by few screen readers (WCAG 4.1.3)."""
    page = Client().get(address).text
    assert page.index('role="status" id="zahl"') < page.index(f'<div id="{changing}">')
    assert f'hx-target="#{changing}"' in page
    assert "#zahl:innerHTML" in page
