"""Known answers over the registry that ships: what must come first, and what must not be there."""

import re

import pytest
from django.test import Client

from schnittstellen.catalogue.services.naming import municipality_meant
from schnittstellen.catalogue.services.search import Hit, search
from tests.cli.running import run

pytestmark = pytest.mark.django_db
NOTHING = ""
"""In place of a first find: nothing may be found at all."""
ASKED: list[tuple[str, str, tuple[str, ...]]] = [
    # as it stands there, however it is written
    ("Köln", "05315000", ("können", "Kolleg")),
    ("koeln", "05315000", ("können",)),
    ("KÖLN", "05315000", ("können",)),
    ("Stadt Köln", "05315000", ()),
    ("Düsseldorf", "05111000", ()),
    ("Hagen", "05914000", ()),
    ("Bad Münstereifel", "05366004", ()),
    ("Moenchengladbach", "05116000", ()),
    ("Musterstadt", "05999001", ("Mustertal", "XMuster")),
    ("Führerschein", "99023001000000", ()),
    ("FUEHRERSCHEIN", "99023001000000", ()),
    ("Reisepaß", "99085001000000", ()),
    ("Hundesteuer", "99102013000000", ()),
    ("die Hundesteuer", "99102013000000", ()),
    ("Gewerbesteuer", "99102010000000", ()),
    ("Sterbeurkunden", "99101004000000", ()),
    ("Sperrmuell", "99001009000000", ()),
    ("Straßen Sondernutzung", "99108012000000", ()),
    ("Strassen Sondernutzung", "99108012000000", ()),
    ("OParl", "oparl", ()),
    ("xhundesteuer", "xhundesteuer", ()),
    ("XHundesteuer 1.1", "xhundesteuer", ()),
    ("Mustersoft", "mustersoft", ()),
    ("muster hund online", "muster-hund-online", ()),
    # words joined and taken apart
    ("Hunde Steuer", "muster-hundesteuer", ("Steuerliche",)),
    ("Hunde-Steuer", "muster-hundesteuer", ()),
    ("Hund Steuer", "muster-hundesteuer", ()),
    ("Gewerbeanmeldung", "99050012104000", ()),
    ("Gewerbe anmelden", "99050012104000", ()),
    ("Wohngeldantrag", "99107023000000", ()),
    ("Baum fällen", "99093003000000", ()),
    ("Mönchen Gladbach", "05116000", ()),
    # what people call it
    ("Wohnsitz ummelden", "99115005000000", ("Gewerbe Ummeldung",)),
    ("Kindergarten", "99041004000000", ()),
    ("Kinder-Garten", "muster-kita", ()),
    ("KFZ", "muster-kfz", ()),
    ("Kfz abmelden", "99036008070000", ()),
    ("Ausweis", "99008001000000", ()),
    ("Perso verloren", "99008001000000", ()),
    ("Hochzeit", "99059001000000", ()),
    ("RIS", "muster-ratsinfo", ("Risiko",)),
    ("Feuerwerk", "99089046000000", ()),
    # keys and codes
    ("05315000", "05315000", ()),
    ("5315000", "05315000", ()),
    ("99102013002000", "99102013002000", ()),
    ("99 102 013 002 000", "99102013002000", ()),
    ("muster-hund-online", "muster-hund-online", ()),
    ("muster-hund-online@3.0", "muster-hund-online", ()),
    ("10513", "99012001000000", ()),
    ("X205", "X205", ()),
    ("x205", "X205", ()),
    ("V021", "V021", ()),
    ("BR-CO-10", "BR-CO-10", ()),
    # typing errors
    ("Fuehrerschien", "99023001000000", ()),
    ("Vührerschein", "99023001000000", ()),
    ("Düseldorf", "05111000", ()),
    ("Kölln", "05315000", ("Kolleg", "können")),
    ("Wonhgeld", "99107023000000", ()),
    ("Gewerbeanmeldnug", "99050012104000", ()),
    ("Persolanausweis beantragn", "99008001000000", ()),
    ("Hundesteur", "99102013000000", ()),
    ("hundsteuer", "99102013000000", ()),
    # not yet written to the end
    ("Wohngel", "muster-wohngeld", ()),
    ("Gewerbeanm", "99050012104000", ()),
    ("Hundesteuera", "99102013000000", ()),
    # what is not there
    ("gibtesnicht", NOTHING, ()),
    ("xmeld", NOTHING, ()),
    ("OSCI XMeld 2.4", NOTHING, ()),
    ("X999", NOTHING, ()),
    ("99999999", NOTHING, ()),
    ("qwertz", NOTHING, ()),
]


@pytest.mark.parametrize(("asked", "first", "never"), ASKED)
def test_the_first_find_and_what_must_not_be_there(world: None, asked: str, first: str, never: tuple[str, ...]) -> None:
    found = search(asked, limit=40)
    assert [hit.key for hit in found[:1]] == ([first] if first else []), found[:5]
    assert not [hit.title for hit in found for word in never if word in hit.title]


def _matches(found: list[Hit]) -> list[str]:
    return list(dict.fromkeys(hit.match for hit in found))


@pytest.mark.parametrize(
    ("asked", "matches"),
    [
        ("Köln", ["all"]),
        ("Hunde Steuer", ["all"]),
        ("Kindergarten", ["all"]),
        ("Fuehrerschien", ["similar"]),
        ("99115005060000", ["similar"]),
        ("Hundesteuer qwertzuiop", ["some"]),
        ("Hundesteuer amnelden", ["similar", "some"]),
        ("Hundesteuer Feuerwerk", ["some"]),
    ],
)
def test_what_is_guessed_or_holds_only_some_of_the_words_is_marked(world: None, asked: str, matches: list[str]) -> None:
    assert _matches(search(asked)) == matches


def test_numbers_beside_words_find_nothing_for_themselves(world: None) -> None:
    assert {hit.key for hit in search("xhundesteuer 2.4")} == {"xhundesteuer"}


def test_exact_words_come_before_their_stems_and_parts(world: None) -> None:
    keys = [hit.key for hit in search("Grundsteuer", limit=40)]
    assert keys.index("99102012000000") < keys.index("99102012002000")
    titles = [hit.title for hit in search("Straße", limit=40)]
    assert titles.index("Widmung einer Straße") < titles.index("Sondernutzung von Straßen")


@pytest.mark.parametrize("asked", ["Hund", "Hunde Steuer Wohngeld Pass Köln", "Fuehrerschien Wonhgeld Kölln"])
def test_the_number_of_queries_is_that_of_one_word(
    world: None, django_assert_max_num_queries: object, asked: str
) -> None:
    search("Hund")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        search(asked)


def test_the_page_says_what_is_only_similar(world: None, client: Client) -> None:
    page = client.get("/suche?q=Fuehrerschien").text
    assert "Genau so steht es nicht im Katalog." in page
    assert page.index("Ähnlich geschrieben</h2>") < page.index("/leistungen/99023001000000")
    assert "Ähnlich geschrieben" not in client.get("/suche?q=Führerschein").text
    assert "Nur ein Teil der Wörter</h2>" in client.get("/suche?q=Hundesteuer+qwertz").text
    assert "Nichts gefunden" in client.get("/suche?q=gibtesnicht").text


def test_the_page_counts_and_names_once(world: None, client: Client) -> None:
    page = client.get("/suche?q=Führerschein").text
    assert "Gezeigt werden die 40 besten Treffer" in page
    assert re.search(r">Führerschein</a>\s*</li>", page)
    assert "Treffer: 1<" in client.get("/suche?q=05315000").text


def test_a_question_offers_what_is_only_spelled_alike(world: None, client: Client) -> None:
    asked = "/beschaffen?programm=muster-hundesteuer&kommune="
    assert "„Musterstatd“ steht so nicht im Katalog. Meinten Sie:" in client.get(f"{asked}Musterstatd").text
    assert "„Bad“ ist nicht eindeutig. Meinten Sie:" in client.get(f"{asked}Bad").text


def test_the_page_leads_to_what_a_code_means(world: None, client: Client) -> None:
    page = client.get("/suche?q=x205").text
    assert '<a class="kern-link" href="/befunde/X205">X205: ' in page
    assert "Befund oder Regel" in page
    assert "/befunde/" not in re.sub(r"<footer.*", "", client.get("/suche?q=x205&art=product").text, flags=re.DOTALL)


def test_programmes_are_told_the_same(world: None, client: Client) -> None:
    found = client.get("/api/v1/search?q=Fuehrerschien").json()["items"]
    assert {one["match"] for one in found} == {"similar"}
    assert client.get("/api/v1/search?q=V021").json()["items"][0]["kind"] == "finding"


@pytest.mark.parametrize(
    ("asked", "told"), [("Fuehrerschien", "Ähnlich geschrieben:"), ("X205", "Befund oder Regel  X205")]
)
def test_the_command_says_it_too(world: None, asked: str, told: str) -> None:
    assert run("search", asked).output.startswith(told)


def test_what_is_only_spelled_alike_is_offered_and_not_taken(world: None) -> None:
    meant = municipality_meant("Düseldorf")
    assert meant.key is None
    assert [one.key for one in meant.offered] == ["05111000"]
    assert municipality_meant("Duesseldorf").key == "05111000"
