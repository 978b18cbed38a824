"""Texts of others are marked with their language where it is not the one of the page (WCAG 2.2, 3.1.2)."""

import pytest
from django.test import Client

from schnittstellen.i18n import using
from schnittstellen.web.pages.tongues import german, spoken, tongue
from tests.catalogue import making

GERMAN = "Damit wird die Hundesteuer festgesetzt und der Bescheid an die Halter geschickt."
ENGLISH = "This programme keeps the minutes of the council and shows them to the public."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GERMAN, "de"),
        (ENGLISH, "en"),
        ("Muster-Betriebsumgebung", None),
        ("EUPL-1.2", None),
        ("", None),
        ("Linux and PostgreSQL oder MariaDB", None),
        ("Das System und the system for you and die anderen", None),
    ],
)
def test_small_words_tell_the_language_or_nothing_is_said(text: str, expected: str | None) -> None:
    assert tongue(text) == expected


def test_what_is_of_the_language_of_the_page_is_not_marked() -> None:
    with using("de"):
        assert spoken(GERMAN) == GERMAN
        assert german("Hundesteuer") == "Hundesteuer"
        assert str(spoken(ENGLISH)).startswith('<span lang="en">')
    with using("en"):
        assert german("Hundesteuer") == '<span lang="de">Hundesteuer</span>'
        assert spoken(ENGLISH) == ENGLISH


def test_marking_does_not_let_markup_through() -> None:
    with using("en"):
        assert "&lt;b&gt;" in spoken(f"<b>{GERMAN}</b>")


@pytest.mark.django_db
def test_pages_mark_what_vendors_wrote(client: Client) -> None:
    making.product("de", purpose=GERMAN)
    making.product("en", purpose=ENGLISH)
    assert f'<span lang="en">{ENGLISH}</span>' in client.get("/programme/en").text
    assert "<span lang" not in client.get("/programme/de").text
    client.cookies["sprache"] = "en"
    assert f'<span lang="de">{GERMAN}</span>' in client.get("/programme/de").text
    assert f'<span lang="de">{GERMAN}</span>' in client.get("/vergleich?programm=de&programm=en").text
