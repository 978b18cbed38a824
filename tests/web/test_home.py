"""The first page in two languages, what a browser may do with it, and errors in the same look."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_german_first_english_by_switch(client: Client) -> None:
    assert '<html lang="de"' in client.get("/").text
    answer = client.post("/sprache", {"sprache": "en", "weiter": "/?a=b"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=b")
    page = client.get("/", headers={"Accept-Language": "de"})
    assert '<html lang="en"' in page.text
    assert page["Content-Language"] == "en"


@pytest.mark.parametrize(
    "away", ["https://boese.example/", "//boese.example", "javascript:alert(1)", "\\\\boese.example"]
)
def test_the_switch_leads_nowhere_else(client: Client, away: str) -> None:
    assert client.post("/sprache", {"sprache": "en", "weiter": away})["Location"] == "/"


def test_the_switch_needs_our_own_form() -> None:
    assert Client(enforce_csrf_checks=True).post("/sprache", {"sprache": "en"}).status_code == 403


def test_nothing_inline_and_nothing_from_elsewhere(client: Client) -> None:
    page = client.get("/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page["X-Content-Type-Options"] == "nosniff"
    assert not [bad for bad in ("<style", "style=", "onclick", "http://", "https://") if bad in page.text]


def test_an_unknown_page_says_what_to_do_next(client: Client) -> None:
    page = client.get("/gibt-es-nicht")
    assert page.status_code == 404
    assert "Diese Seite gibt es nicht." in page.text
    assert 'href="/"' in page.text
