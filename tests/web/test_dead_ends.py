"""Where the catalogue knows nothing, a page says what can be done about it."""

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Municipality
from tests.web.after.making import person

pytestmark = pytest.mark.django_db
PLACE = "05166012"
"""A municipality of which nothing is entered."""


@pytest.fixture
def town(world: None) -> Client:
    return person("amt", municipality=Municipality.objects.get(key=PLACE))


def test_who_entered_nothing_is_told_to_enter_it(town: Client) -> None:
    page = town.get(f"/beschaffen?programm=muster-hundesteuer@5.0&kommune={PLACE}").text
    assert "Nicht bekannt:" in page
    assert "tragen Sie ein, was Sie einsetzen" in page
    assert 'href="/programme/muster-hundesteuer/partner"' in page
    assert "Bitten Sie die Hersteller" not in page
    tender = town.get(f"/beschaffen/ausschreibung?leistung=99102013000000&kommune={PLACE}").text
    assert "Nennen Sie oben ein Programm" in tender


def test_a_connection_needs_two_products(town: Client) -> None:
    assert "Tragen Sie zuerst zwei Programme ein" in town.get(f"/mein/kommunen/{PLACE}").text


def test_who_may_report_is_said(world: None, client: Client) -> None:
    assert "Melden kann jede Kommune" in client.get("/abweichungen").text


def test_standards_and_licences_are_told_in_words(world: None, client: Client) -> None:
    compared = client.get("/vergleich?programm=muster-hundesteuer&programm=muster-steueramt").text
    assert '<th scope="row">XHundesteuer 2.0, Fachverfahren Steuer</th>' in compared
    funding = client.get("/programme/muster-hundesteuer/foerderung").text
    assert "Der Quelltext ist nicht offen." in funding
    assert "LicenseRef" not in funding
