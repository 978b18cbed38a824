"""Search fields of lists find what the list holds first, and everything where the reader wants that."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
FIELDS = {"/programme": "product", "/leistungen": "leistung", "/kommunen": "municipality"}
_FORM = re.compile(r'<form class="search".*?</form>', re.DOTALL)
_BUTTON = re.compile(r'<button class="[^"]*"([^>]*)><span class="kern-label">([^<]*)')


def form(client: Client, address: str) -> str:
    found = _FORM.search(client.get(address).text)
    assert found is not None
    return found.group()


@pytest.mark.parametrize(("address", "kind"), FIELDS.items())
def test_the_first_button_finds_the_kind_of_the_list_and_another_everything(
    client: Client, address: str, kind: str
) -> None:
    """Return in the field presses the first button (HTML, implicit submission)."""
    text = form(client, address)
    assert _BUTTON.findall(text) == [(f' name="art" value="{kind}"', "Suchen"), ("", "Alles durchsuchen")]
    assert 'type="hidden"' not in text


@pytest.mark.parametrize("address", ["/suche", "/suche?q=Hund&art=nichts", "/standards/gibtesnicht"])
def test_other_fields_find_everything(client: Client, address: str) -> None:
    assert _BUTTON.findall(form(client, address)) == [("", "Suchen")]
    assert 'name="art"' not in form(client, address)


def test_who_searches_one_kind_again_searches_it_still(client: Client) -> None:
    text = form(client, "/suche?q=Hund&art=product")
    assert '<input type="hidden" name="art" value="product">' in text
    assert 'hx-include="closest form"' in text
    assert _BUTTON.findall(text) == [("", "Suchen")]


def test_where_one_kind_holds_nothing_the_reader_is_led_to_everything(client: Client, world: None) -> None:
    nothing = client.get("/suche?q=05999001&art=product").text
    assert '<a class="kern-link" href="/suche?q=05999001">Alles durchsuchen</a>' in nothing
    assert 'href="/kommunen/05999001"' in client.get("/suche?q=05999001").text
    assert "Alles durchsuchen" not in client.get("/suche?q=gibtesnicht").text
