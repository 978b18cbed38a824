"""Imprint, data protection, accessibility: the operator's texts, safely; what is missing is said."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.services import operator_texts
from schnittstellen.web.pages.markdown import as_html

pytestmark = pytest.mark.django_db
PAGES = ("impressum", "datenschutz", "barrierefreiheit")
EVIL = """# Wir

<script>alert(1)</script> [klick](javascript:alert(2)) [gut](https://muster.example/) ![Bild](https://fremd.example/x.png)

<img src=x onerror=alert(3)> [da](data:text/html,x)
"""


@pytest.fixture
def texts(settings: Any, tmp_path: Path) -> Path:
    settings.TEXTS = tmp_path
    return tmp_path


@pytest.mark.parametrize("name", PAGES)
def test_an_unfilled_page_says_so(client: Client, texts: Path, name: str) -> None:
    page = client.get(f"/{name}").content.decode()
    assert "Vom Betreiber auszufüllen" in page
    assert f"{name}.md" in page
    assert 'class="gap"' in page
    client.cookies["sprache"] = "en"
    assert "To be filled in by the operator" in client.get(f"/{name}").content.decode()


@pytest.mark.parametrize("name", PAGES)
def test_the_text_of_the_operator_takes_the_place_of_gaps(client: Client, texts: Path, name: str) -> None:
    (texts / f"{name}.md").write_text("## Stadt Muster\n\n**Amt 10**", "utf-8")
    page = client.get(f"/{name}").content.decode()
    assert "<h2>Stadt Muster</h2>" in page
    assert "<strong>Amt 10</strong>" in page
    assert "auszufüllen" not in page
    assert 'class="gap"' not in page
    client.cookies["sprache"] = "en"
    assert '<div class="prose" lang="de">' in client.get(f"/{name}").content.decode()
    (texts / f"{name}.en.md").write_text("Town of Muster", "utf-8")
    assert "Town of Muster" in client.get(f"/{name}").content.decode()


def test_no_text_of_the_operator_runs_a_script(client: Client, texts: Path) -> None:
    (texts / "impressum.md").write_text(EVIL, "utf-8")
    page = client.get("/impressum").content.decode()
    for bad in ("<script>alert", "<img", 'href="javascript:', 'href="data:'):
        assert bad not in page
    assert '<a href="https://muster.example/">gut</a>' in page
    assert page.count("<h1") == 1


def test_headings_begin_below_the_page_and_skip_none() -> None:
    assert as_html("### a\n\n##### b\n\n# c\n") == "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n"


def test_what_cannot_be_read_counts_as_missing(texts: Path) -> None:
    (texts / "impressum.md").write_bytes(b"\xff\xfe")
    (texts / "datenschutz.md").write_text("   \n")
    (texts / "barrierefreiheit.md").write_text("x" * (operator_texts.MOST_BYTES + 1))
    assert operator_texts.missing() == [f"{name}.md" for name in PAGES]
    (texts / "impressum.md").write_text("Muster")
    assert operator_texts.missing() == ["datenschutz.md", "barrierefreiheit.md"]


def test_every_page_leads_to_them(client: Client) -> None:
    for page in ("/", "/gibt-es-nicht"):
        text = client.get(page).content.decode()
        assert all(f'href="/{name}"' in text for name in PAGES)


def test_cookies_are_those_that_the_page_names(client: Client, texts: Path) -> None:
    client.get("/")
    client.post("/sprache", {"sprache": "en", "weiter": "/"})
    page = client.get("/datenschutz").content.decode()
    assert set(client.cookies) == {"csrftoken", "sprache"}
    assert all(f"“{name}”" in page for name in client.cookies)
