"""What findings mean, on pages: every code and every rule has its page, and reports lead there."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from schnittstellen import bootstrap
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.report import Report, Result, StepResult
from schnittstellen.domain.verdict import Cause, Level, Verdict
from schnittstellen.reports import html
from schnittstellen.reports.explaining import GROUPS, group_of
from schnittstellen.reports.telling import Telling
from schnittstellen.web.pages.told import told

pytestmark = pytest.mark.django_db


def results(count: int, code: str = "X102", rule: str | None = None) -> Iterator[Result]:
    """Results with one finding each."""
    for number in range(count):
        finding = Finding(code, parameters={"element": "a", "expected": "b"}, rule=rule)
        step = StepResult(
            "schema", "xml.schema", Level.MUST, Verdict.FAILED, Cause.PRODUCT, (finding,), (Verdict.FAILED,)
        )
        yield Result(f"n{number}.xml", "xtest@1.0/a", Verdict.FAILED, Cause.PRODUCT, (step,))


def report(*found: Result) -> Report:
    return Report(("n",), Verdict.FAILED, Cause.PRODUCT, (), found, {}, "2026-11-30T08:00:00+00:00", 1.0)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_code_is_listed_and_explained(client: Client, lang: str) -> None:
    client.cookies["sprache"] = lang
    page = client.get("/befunde").text
    listed = set(re.findall(r'href="/befunde/([^"]+)"', page))
    assert set(bootstrap.codes()) <= listed
    for id in sorted(listed)[::12]:
        one = client.get(f"/befunde/{id}")
        assert one.status_code == 200, id
        assert "{" not in one.text[one.text.index("<h1") :], id


def test_every_code_of_ours_has_a_group() -> None:
    assert {id for id in bootstrap.codes() if group_of(id) == ""} == set()
    assert group_of("Y999") == ""
    assert GROUPS[""] == "Weitere"


def test_a_code_says_what_the_command_says(client: Client) -> None:
    page = client.get("/befunde/x102").text
    assert "<h1" in page
    assert "X102: Element fehlt" in page
    for text in ("Bedeutung", "Warum es zählt", "Ergänzen Sie das Element an der genannten Stelle", "Ursache"):
        assert text in page


def test_a_rule_of_a_standard_is_told_with_its_place(client: Client) -> None:
    page = client.get("/befunde/br-01").text
    assert "An Invoice shall have a Specification identifier" in page
    assert "Fundstelle" in page
    odd = next((id for id in bootstrap.rules().ids if "#" in id), "BR-01")
    assert client.get(reverse("code-one", args=(odd,))).status_code == 200


def test_a_refusal_of_a_hand_in_is_told(client: Client) -> None:
    page = client.get("/befunde/V029").text
    assert "Dieser Bericht wurde schon eingereicht." in page
    assert "Jeder Lauf zählt einmal" in page


@pytest.mark.parametrize(("name", "near"), [("X1022", "X102"), ("BR-1", "BR-01"), ("<b>x</b>", ""), ("x" * 3000, "")])
def test_an_unknown_code_is_answered_with_near_ones(client: Client, name: str, near: str) -> None:
    page = client.get(f"/befunde/{name}")
    assert page.status_code == 404
    assert "gibt es keine Erklärung" in page.text
    assert "<b>x" not in page.text
    assert not near or f'href="/befunde/{near}"' in page.text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?q=element+fehlt", "X102", "X003"),
        ("?q=br-01", "BR-01", "X102"),
        ("?bereich=T", "T016", "X102"),
        ("?q=&bereich=*", "X102", "BR-01"),
        ("?bereich=unbekannt", "X102", "BR-01"),
    ],
)
def test_the_list_is_narrowed_without_scripts(client: Client, query: str, there: str, gone: str) -> None:
    page = client.get(f"/befunde{query}").text
    assert f'href="/befunde/{there}"' in page
    assert f'href="/befunde/{gone}"' not in page


def test_nothing_found_is_said(client: Client) -> None:
    assert "Nichts gefunden" in client.get("/befunde?q=gibtesnicht").text


def test_a_report_on_a_page_leads_to_explanations_and_one_alone_stays_within_itself() -> None:
    of = report(*results(1, rule="BR-01"), *results(1, code="Z999", rule="unbekannt"))
    page = str(told(of, None)["whole"])
    assert 'href="/befunde/X102"' in page
    assert 'href="/befunde/BR-01"' in page
    assert "/befunde/Z999" not in page
    assert "/befunde/unbekannt" not in page
    alone = io.StringIO()
    html.write(of, alone, Telling(codes=bootstrap.codes()))
    links = set(re.findall(r'href="([^"]+)"', alone.getvalue()))
    assert "#X102" in links
    assert all(one.startswith("#") and f'id="{one[1:]}"' in alone.getvalue() for one in links)


def test_a_long_report_is_told_on_several_pages() -> None:
    of = report(*results(60))
    first, last = told(of, None), told(of, "99")
    assert "Gezeigt werden die Eingaben 1 bis 10 von 60" in first["whole"]
    assert "Gezeigt werden die Eingaben 51 bis 60 von 60" in last["whole"]
    assert (first["page"].number, last["page"].number) == (1, 6)
    assert "<h3>n59.xml" not in first["whole"]
    assert "<h3>n59.xml" in last["whole"]


def test_what_is_left_out_of_one_input_is_counted() -> None:
    one = next(results(1))
    step = one.steps[0]
    many = tuple(Finding("X102", parameters={"element": str(n), "expected": "b"}) for n in range(5_000))
    crowded = replace(step, findings=many, verdicts=(Verdict.FAILED,) * len(many))
    page = str(told(report(replace(one, steps=(crowded,))), None)["whole"])
    assert "4.900 weitere Befunde" in page
    assert page.count('class="finding') == 100
