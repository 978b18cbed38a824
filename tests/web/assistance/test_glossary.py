"""The glossary: each word once, with an anchor; pages explain on the spot."""

import re

import pytest
from django.test import Client

from schnittstellen.catalogue.wording.glossary import TERMS

pytestmark = pytest.mark.django_db


def test_each_word_has_an_anchor_and_leads_only_to_others() -> None:
    assert all(re.fullmatch("[a-z]+", key) for key in TERMS)
    assert [(key, other) for key, one in TERMS.items() for other in one.see if other not in TERMS or other == key] == []


@pytest.mark.parametrize(("lang", "first", "last"), [("de", "Abweichung", "Zertifikat"), ("en", "AGS", "XÖV")])
def test_words_stand_in_the_order_of_the_language(client: Client, lang: str, first: str, last: str) -> None:
    client.cookies["sprache"] = lang
    page = client.get("/woerterbuch").content.decode()
    words = re.findall(r"<dfn>([^<]+)</dfn>", page)
    assert len(words) == len(TERMS)
    assert words[0].startswith(first)
    assert words[-1].startswith(last)
    assert all(f'<div id="{key}">' in page for key in TERMS)
    assert set(re.findall(r'href="#([a-z]+)"', page)) - {"inhalt"} <= TERMS.keys()


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/programme/muster-hundesteuer", "Rolle"),
        ("/standards/xhundesteuer", "Prüfsuite"),
        ("/leistungen/99102013002000", "LeiKa-Schlüssel"),
    ],
)
def test_main_pages_explain_words_on_the_spot(client: Client, world: None, address: str, word: str) -> None:
    page = client.get(address).content.decode()
    assert f"<dfn>{word}</dfn>" in page
    assert 'href="/woerterbuch#' in page
