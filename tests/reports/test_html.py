"""The HTML report: one page, no script, no network, accessible, and every foreign word escaped."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from lxml import html

from schnittstellen.domain.verdict import Verdict
from schnittstellen.reports.html import MOST_GROUPS, MOST_RESULTS, write
from tests.reports.making import HOSTILE, as_text, everything, finding, report, result, step, told


def page(shown: object = None, **changes: object) -> html.HtmlElement:
    return html.document_fromstring(as_text(write, shown or everything(), told(**changes)))  # type: ignore[arg-type]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize(
    ("lang", "title"), [("de", "Prüfbericht: Fehler bei der Prüfung"), ("en", "Test report: error while testing")]
)
def test_page_names_its_language_and_title(lang: str, title: str) -> None:
    tree = page(lang=lang)
    assert tree.get("lang") == lang
    assert tree.findtext(".//title") == title


def test_landmarks_and_skip_link() -> None:
    tree = page()
    assert [len(tree.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    first = tree.xpath("//body//a")[0]
    assert first.get("href") == f"#{tree.xpath('//main')[0].get('id')}"
    assert tree.xpath("//nav/@aria-label") == ["Inhalt"]


def test_headings_descend_without_a_gap() -> None:
    levels = [int(element.tag[1]) for element in page().iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_tables_have_captions_and_headers_with_scope() -> None:
    tables = page().xpath("//table")
    assert tables
    for table in tables:
        assert table.xpath("caption[normalize-space()]")
        assert not table.xpath(".//th[not(@scope)]")
        assert table.xpath("parent::*[@role='region'][@tabindex='0'][@aria-label]")


def test_ids_are_unique_and_links_lead_somewhere() -> None:
    tree = page()
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in tree.xpath("//a/@href")} <= set(ids)


def test_nothing_is_loaded_and_nothing_runs() -> None:
    tree = page(with_content=True)
    assert not tree.xpath("//script | //link | //img | //iframe | //object | //@src | //@*[starts-with(name(), 'on')]")
    assert not re.search(r"url\(|@import|https?:", tree.findtext(".//style") or "")


def test_foreign_words_are_escaped() -> None:
    text = as_text(write, everything(), told(with_content=True))
    assert "<script" not in text
    assert "&lt;script&gt;" in text
    assert not set(text) & {"\x00", "\x1b", "\u202e"}
    assert HOSTILE[:8] in words(page())


def _channel(value: int) -> float:
    part = value / 255
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, definition of contrast ratio."""
    lights = []
    for colour in (first, second):
        red, green, blue = (_channel(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
        lights.append(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def test_colours_are_legible_in_light_and_dark() -> None:
    style = page().findtext(".//style") or ""
    palettes = [
        dict(re.findall(r"--(\w+): (#[0-9a-f]{6});", block)) for block in re.findall(r"\.report \{([^}]*)\}", style)
    ]
    palettes = [palette for palette in palettes if palette]
    assert len(palettes) == 2
    for palette in palettes:
        for ink in ("text", "soft", "link", "passed", "warned", "open", "failed"):
            assert contrast(palette[ink], palette["page"]) >= 4.5
            assert contrast(palette[ink], palette["raised"]) >= 4.5
        assert contrast(palette["line"], palette["page"]) >= 3


def test_verdict_is_said_in_words_and_with_its_cause() -> None:
    verdict = words(page(report()).xpath("//header")[0])
    assert "nicht bestanden" in verdict
    assert "Mindestens eine verbindliche Vorgabe des Standards ist verletzt." in verdict
    assert "Ursache: das geprüfte Programm." in verdict


def test_findings_are_explained() -> None:
    text = words(page(report()))
    for part in ("In a:wert fehlt ein Wert.", "Zeile 7, Spalte 3", "Der Standard verlangt hier einen Wert.", "Abhilfe"):
        assert part in text


def test_requirements_with_reasons_digests_and_how_to_reproduce() -> None:
    text = words(page(report()))
    for part in (
        "Die Suite kann 2 von 3 Anforderungen prüfen.",
        "Kein Schritt der Suite prüft diese Anforderung.",
        "ab" * 32,
        "cd" * 32,
        "schnittstellen reproduce bericht.json eingang",
        "muster-paket 7.8",
    ):
        assert part in text


def test_big_runs_stay_readable() -> None:
    shown = report(*(result(f"{number}.xml") for number in range(1500)))
    tree = page(shown)
    assert len(tree.xpath("//article")) == MOST_RESULTS
    assert "und 1.300 weitere Eingaben mit Befunden" in words(tree)
    kinds = [finding(parameters={"element": f"e{number}"}) for number in range(150)]
    tree = page(report(result("a.xml", step(Verdict.FAILED, *kinds))))
    assert len(tree.xpath("//div[contains(@class, 'finding')]")) == MOST_GROUPS


def test_content_only_on_request_and_then_said_to_be_confidential() -> None:
    assert "geheim" not in words(page(report()))
    shown = words(page(report(), with_content=True))
    assert "geheimer Inhalt" in shown
    assert "vertraulich" in shown


def test_only_the_marked_timing_differs() -> None:
    first = everything()
    trees = [page(first), page(replace(first, started="2027-01-01T00:00:00+00:00", seconds=77.0))]
    for tree in trees:
        for element in tree.xpath("//*[@class='timing']"):
            element.text = ""
    assert html.tostring(trees[0]) == html.tostring(trees[1])
