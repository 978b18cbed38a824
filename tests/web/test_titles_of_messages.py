"""Messages are called by the titles of their standards, with the ids behind; what has no title keeps its id alone."""

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Product
from tests.catalogue import making

pytestmark = pytest.mark.django_db
ONE, OTHER = "hundesteuer.abmeldung.0102", "hundesteuer.anmeldung.0101"
TITLED = f'Abmeldung von Hunden <small class="quiet">{ONE}</small>'
PAGES = pytest.mark.parametrize("address", ["/programme/online/partner", "/programme/online@1/mit/fach@1"])


def told(version: str, *received: str) -> None:
    """A product that sends one message, and another that receives some."""
    making.standard(f"xhundesteuer@{version}", {"dienst": ([ONE, OTHER], []), "fach": ([], [ONE, OTHER])})
    making.declare("online@1", f"xhundesteuer@{version}", "dienst", messages=[ONE])
    making.declare("fach@1", f"xhundesteuer@{version}", "fach", messages=list(received))


def test_two_products_exchange_messages_with_titles(client: Client) -> None:
    told("2.0", ONE)
    assert f'<th scope="row">{TITLED}</th>' in client.get("/programme/online@1/mit/fach@1").text


def test_titles_are_marked_as_german_on_english_pages(client: Client) -> None:
    told("2.0", ONE)
    client.cookies["sprache"] = "en"
    page = client.get("/programme/online@1/mit/fach@1").text
    assert f'<span lang="de">Abmeldung von Hunden</span> <small class="quiet">{ONE}</small>' in page


@PAGES
def test_reasons_name_messages_by_their_titles(client: Client, address: str) -> None:
    told("2.0", OTHER)
    Product.objects.filter(key="fach").update(name="<Fach>")
    page = client.get(address).text
    assert f"&lt;Fach&gt;{' 1' if 'partner' in address else ''} unterstützt nicht: {TITLED}." in page


def test_a_product_names_what_it_sends_by_titles(client: Client) -> None:
    told("2.0", ONE, OTHER)
    anmeldung = f'Anmeldung von Hunden <small class="quiet">{OTHER}</small>'
    assert f"nur: {TITLED}, {anmeldung}</span>" in client.get("/programme/fach").text


@PAGES
def test_nothing_is_invented_where_the_installation_knows_no_title(client: Client, address: str) -> None:
    """The library has no such version of the standard."""
    told("9.9", OTHER)
    page = client.get(address).text
    assert f"unterstützt nicht: {ONE}." in page
    assert "Abmeldung von Hunden" not in page
