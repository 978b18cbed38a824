"""What clerks type, over the facts of Nordrhein-Westfalen and the example world: what they mean is found first."""

import pytest

from schnittstellen.catalogue.services.search import search

pytestmark = pytest.mark.django_db
FIRST = 3
ASKED = [
    ("Wohngeldantrag", "99107023000000"),
    ("Wohngeld beantragen", "muster-wohngeld"),
    ("Hundesteur", "muster-hundesteuer"),
    ("Hundesteuer anmelden", "99102013000000"),
    ("Hundemarke", "99102013000000"),
    ("Einwohnermelde", "99115005000000"),
    ("Einwohnermeldeamt", "99115004000000"),
    ("Gewerbe anmelden", "99050012104000"),
    ("Gewerbeanmeldung", "99050012104000"),
    ("Gewerbeanmeldnug", "99050012104000"),
    ("Kfz Zulassung", "99036008007000"),
    ("KFZ-Zulassung", "99036008007000"),
    ("Auto anmelden", "99036008000000"),
    ("Zulassungsstelle", "99036008000000"),
    ("Baugenemigung", "99012008000000"),
    ("Bauantrag", "99012008000000"),
    ("Perso beantragen", "99008001000000"),
    ("Reisepaß", "99085001000000"),
    ("Führungszeugniss", "99049001000000"),
    ("Fuehrerschein", "99023001000000"),
    ("Heiraten", "99059001000000"),
    ("Ummelden", "99115005000000"),
    ("Kindergartenplatz", "99041004000000"),
    ("Anwohnerparken", "99108001000000"),
    ("Fundbüro", "99089017000000"),
    ("Bürgergeld", "99107002000000"),
    ("Wahlschien", "99128009000000"),
    ("DMS", "muster-akte"),
    ("E-Rechnung", "en16931"),
    ("XHundesteuer", "xhundesteuer"),
    ("99102013002000", "99102013002000"),
    ("99 102 013 002 000", "99102013002000"),
    ("99115005060000", "99115005000000"),
    ("10513", "99012001000000"),
    ("05111000", "05111000"),
    ("5111000", "05111000"),
    ("40213", "05111000"),
    ("Koeln", "05315000"),
    ("Düseldorf", "05111000"),
]


@pytest.mark.parametrize(("asked", "meant"), ASKED)
def test_what_is_meant_is_among_the_first(world: None, asked: str, meant: str) -> None:
    assert meant in [hit.key for hit in search(asked, limit=FIRST)]


def test_a_key_of_a_leistung_finds_what_is_offered_for_it_too(world: None) -> None:
    found = search("99102013002000", kinds=["product"])
    assert found
    assert {hit.kind for hit in found} == {"product"}
