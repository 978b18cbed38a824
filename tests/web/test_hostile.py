"""Whatever is in the address, a page answers; and no page can be made to run what somebody wrote."""

import re

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.catalogue import making
from tests.web.test_reading import PAGES

pytestmark = pytest.mark.django_db
FORMS = (
    "/suche?q={}",
    "/suche?q=Hund&art={}",
    "/programme?art={}&seite={}",
    "/programme/muster-hundesteuer?version={}",
    "/programme/muster-hundesteuer/partner?standard={}&ergebnis={}&ab={}",
    "/standards/xhundesteuer?version={}",
    "/kommunen?kreis={}&seite={}",
    "/kommunen/05999001?on={}",
    "/beschaffen?programm={}&kommune={}&ersetzt={}",
    "/beschaffen/ausschreibung?leistung={}&kommune={}&mit={}&art={}&form={}",
    "/vergleich?programm={}&programm={}",
    "/programme/{}",
    "/programme/{}/mit/{}",
    "/standards/{}",
    "/leistungen/{}",
    "/kommunen/{}",
    "/nachweise/{}",
    "/export/{}",
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(FORMS), st.text(max_size=30) | st.sampled_from(["-1", "0", "9" * 30, "@", "a@b", "%00", "1e9"]))
def test_no_text_breaks_a_page(client: Client, world: None, form: str, text: str) -> None:
    from urllib.parse import quote

    written = quote(text.encode("utf-8", "replace"), safe="")
    page = client.get(form.replace("{}", written))
    assert page.status_code in (200, 301, 400, 403, 404, 422), (form, text)


@pytest.mark.parametrize("address", ["/suche?q=%00", "/programme/a%00b", "/suche?q=" + "x" * 5000])
def test_what_no_text_can_hold_is_refused(client: Client, address: str) -> None:
    page = client.get(address)
    assert page.status_code in (400, 404)
    assert "<h1" in page.text


def test_texts_of_vendors_are_text(client: Client) -> None:
    bad = "<img src=x onerror=alert(1)>"
    made = making.product("p", name=bad, purpose=bad, prerequisites=bad, licence=bad)
    made.trainings.create(task=bad, form=bad)
    making.standard("xtest@1.0", {"a": ([bad], [])}, title=bad)
    making.declare("p@1", "xtest@1.0", "a", messages=[bad], options=[bad])
    making.municipality("05000001", name=bad, open=True, kreis=bad)
    making.deploy("p@1", "05000001")
    for address in (
        "/programme/p",
        "/programme",
        "/standards/xtest",
        "/kommunen/05000001",
        "/kommunen",
        "/vergleich?programm=p",
    ):
        assert "<img" not in client.get(address).text, address


def test_addresses_of_vendors_cannot_script(client: Client) -> None:
    making.product(
        "p", documentation="javascript:alert(1)", source_code="data:text/html,x", accessibility="https://gut.example"
    )
    page = client.get("/programme/p").text
    assert re.findall(r'href="((?:javascript|data):[^"]*)"', page) == []
    assert 'href="https://gut.example"' in page


@pytest.mark.parametrize("address", PAGES)
def test_head_is_answered_and_post_is_not(client: Client, world: None, address: str) -> None:
    assert client.head(address).status_code == client.get(address).status_code
    assert client.post(address).status_code == 405
