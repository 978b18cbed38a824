"""Known answers of the search, the same on SQLite and PostgreSQL."""

import pytest

from schnittstellen.catalogue.services.search import reindex, reindex_all, search
from tests.catalogue import making

LEISTUNGEN = (
    "Personalausweis Ausstellung",
    "Personalausweis Verlust",
    "Gewerbe Anmeldung",
    "Gewerbe Abmeldung",
    "Wohngeld",
    "Eheschließung Anmeldung",
    "Geburtsurkunde Ausstellung",
    "Baugenehmigung Erteilung",
    "Hundesteuer",
    "Führungszeugnis",
    "Melderegisterauskunft",
    "Sondernutzung öffentlicher Straßen",
)
PRODUCTS = (
    "Muster-Bürgerämter",
    "Muster-Wohngeld",
    "Muster-Antrag",
    "Muster-Friedhof",
    "Muster-Ratsinformation",
    "Muster-Großstadt",
)


@pytest.fixture
def world(db: None) -> None:
    for number, title in enumerate(LEISTUNGEN):
        making.leistung(f"99{number:012}", title=title)
    for number, name in enumerate(PRODUCTS):
        making.product(f"muster-{number}", name=name)
    making.product("muster-steuer", name="Muster-Steuer", leistungen=("99000000000008",), purpose="Bescheide erstellen")
    making.standard("xmuster@1.0", {"sender": (["a"], [])})
    for ags, name in (("05315000", "Köln, Stadt"), ("05774032", "Paderborn, Stadt"), ("05116000", "Mönchengladbach")):
        making.municipality(ags, name=name)
    reindex_all()


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("Bürgeramt", "Muster-Bürgerämter"),
        ("Buergeramt", "Muster-Bürgerämter"),
        ("BUERGERAEMTER", "Muster-Bürgerämter"),
        ("bürgeramts", "Muster-Bürgerämter"),
        ("Grosstadt", "Muster-Großstadt"),
        ("Großstädte", "Muster-Großstadt"),
        ("grossstadt", "Muster-Großstadt"),
        ("Personalausweis", "Personalausweis Verlust"),
        ("Personalausweise", "Personalausweis Verlust"),
        ("personalausweis ausstellen", "Personalausweis Ausstellung"),
        ("Personalausweiß", "Personalausweis Verlust"),
        ("Persolanausweis", "Personalausweis Verlust"),
        ("Ausweis", "Personalausweis Verlust"),
        ("Gewerbeanmeldung", "Gewerbe Anmeldung"),
        ("Gewerbe anmelden", "Gewerbe Anmeldung"),
        ("gewerbeabmeldung", "Gewerbe Abmeldung"),
        ("Wohngeldantrag", "Wohngeld"),
        ("Wohngeld", "Wohngeld"),
        ("wonhgeld", "Wohngeld"),
        ("Eheschliessung", "Eheschließung Anmeldung"),
        ("eheschließungen", "Eheschließung Anmeldung"),
        ("Geburtsurkunden", "Geburtsurkunde Ausstellung"),
        ("geburtsukunde", "Geburtsurkunde Ausstellung"),
        ("Baugenehmigungen", "Baugenehmigung Erteilung"),
        ("baugenemigung", "Baugenehmigung Erteilung"),
        ("Genehmigung", "Baugenehmigung Erteilung"),
        ("Hundesteuern", "Hundesteuer"),
        ("hundestuer", "Hundesteuer"),
        ("Führungszeugnisse", "Führungszeugnis"),
        ("Fuehrungszeugnis", "Führungszeugnis"),
        ("fürungszeugnis", "Führungszeugnis"),
        ("Melderegister", "Melderegisterauskunft"),
        ("Strasse", "Sondernutzung öffentlicher Straßen"),
        ("öffentliche Straße", "Sondernutzung öffentlicher Straßen"),
        ("Friedhöfe", "Muster-Friedhof"),
        ("friedhoefe", "Muster-Friedhof"),
        ("Bescheid", "Muster-Steuer"),
        ("Köln", "Köln, Stadt"),
        ("Koeln", "Köln, Stadt"),
        ("Kölln", "Köln, Stadt"),
        ("Paderbron", "Paderborn, Stadt"),
        ("Moenchengladbach", "Mönchengladbach"),
        ("05774032", "Paderborn, Stadt"),
        ("0577", "Paderborn, Stadt"),
        ("xmuster", "xmuster"),
        ("Rat", "Muster-Ratsinformation"),
        ("die Hundesteuer", "Hundesteuer"),
    ],
)
@pytest.mark.usefixtures("world")
def test_first_finds(asked: str, first: str) -> None:
    titles = [hit.title for hit in search(asked, limit=5)]
    assert titles[:1] == [first], titles


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("asked", ["", "   ", "'; DROP TABLE x; --", "%", "\x00", "der die das", "🦆", "q" * 5000])
def test_what_means_nothing_finds_nothing(asked: str) -> None:
    assert search(asked) == []


@pytest.mark.usefixtures("world")
def test_one_kind_only() -> None:
    assert {hit.kind for hit in search("Wohngeld", kinds=["product"])} == {"product"}


@pytest.mark.usefixtures("world")
def test_merged_products_are_not_found_and_new_names_are() -> None:
    product = making.product("muster-neu", name="Muster-Zulassung")
    reindex("product", ["muster-neu"])
    assert search("Zulassung")[0].key == "muster-neu"
    product.merged_into_id = making.product("muster-ziel").pk
    product.save()
    reindex("product", ["muster-neu"])
    assert "muster-neu" not in [hit.key for hit in search("Zulassung")]


@pytest.mark.usefixtures("world")
def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        search("Personalausweis ausstellen Gewerbe")
