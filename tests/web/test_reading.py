"""Pages for reading, over the example world and over an empty catalogue."""

import re

import pytest
from django.test import Client

PAGES = [
    "/",
    "/suche?q=Hundesteuer",
    "/programme",
    "/programme/muster-hundesteuer",
    "/programme/muster-hundesteuer?version=4.8",
    "/programme/muster-hundesteuer/partner",
    "/standards",
    "/standards/xhundesteuer",
    "/leistungen",
    "/leistungen/99102013002000",
    "/kommunen",
    "/kommunen/05999001",
    "/hersteller/musterhaus",
    "/dienstleister/muster-rechenzentrum-nord",
    "/standards/xhundesteuer@1.1",
    "/beschaffen",
    "/beschaffen?programm=Muster-Hundesteuer&kommune=05999001",
    "/beschaffen/ausschreibung",
    "/beschaffen/ausschreibung?leistung=99102013002000&kommune=05999001",
    "/daten",
    "/termine",
    "/termine?on=2027-10-01",
    "/kommunen/05999002?on=2027-12-01",
    "/programme/muster-hundesteuer/mit/muster-hund-online",
    "/programme/muster-bewohner/mit/muster-akte@9.0",
    "/vergleich",
    "/vergleich?programm=muster-hundesteuer&programm=muster-steueramt",
]
EMPTY = [
    "/",
    "/suche?q=Hund",
    "/programme",
    "/standards",
    "/leistungen",
    "/kommunen",
    "/beschaffen",
    "/beschaffen/ausschreibung",
    "/daten",
]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_page_shows_the_world(client: Client, world: None, address: str, lang: str) -> None:
    client.cookies["sprache"] = lang
    page = client.get(address)
    assert page.status_code == 200, page.text
    assert f'<html lang="{lang}"' in page.text
    assert len(re.findall("<h1", page.text)) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", EMPTY)
def test_each_page_of_an_empty_catalogue(client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
