"""Reports within a page stay light, however much was tested and found; the whole is downloaded."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Evidence
from schnittstellen.domain.report import Report, Result
from schnittstellen.formats.report_json import read_report
from schnittstellen.web.pages.told import told
from tests.web.roles.people import client_of
from tests.web.testing.conftest import sent
from tests.worlds import REGISTRY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("slots")]
MOST = 150_000
INVOICES = 12


def invoices() -> list[Path]:
    """Invoices of EN 16931 that break a rule each."""
    library = bootstrap.library()
    suite = library.suites_named("en16931@1.3.16/rechnungssteller")[0]
    return sorted((library.folder(suite) / "fixtures").glob("BR-*.xml"))[:INVOICES]


def test_an_archive_of_invoices(client: Client) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for one in invoices():
            archive.write(one, one.name)
    packed.seek(0)
    packed.name = "rechnungen.zip"
    page = sent(client, {"datei": packed})
    assert "nicht bestanden" in page.text
    assert "Seite 1 von 2" in page.text
    assert len(page.content) < MOST
    whole = client.get(f"{page.request['PATH_INFO']}/json").content
    assert all(one.name.encode() in whole for one in invoices())


def heavy() -> Report:
    """Of the reports of the example world the one that found most, fifty times over, each time with other findings."""
    reports = [read_report(one.read_text("utf-8")) for one in (REGISTRY / "evidence" / "reports").glob("*.json")]
    most = max(reports, key=lambda one: max((_findings(result) for result in one.results), default=0))
    worst = max(most.results, key=_findings)
    return replace(most, results=tuple(replace(_many(worst), name=f"{n}-{worst.name}") for n in range(50)))


def _findings(result: Result) -> int:
    return sum(len(step.findings) for step in result.steps)


def _many(result: Result) -> Result:
    step = next(one for one in result.steps if one.findings)
    first = step.findings[0]
    others = tuple(replace(first, parameters={**first.parameters, "name": f"Angabe{n}"}) for n in range(200))
    return replace(result, steps=(replace(step, findings=others, verdicts=step.verdicts[:1] * 200),))


@pytest.mark.parametrize("number", ["1", "5"])
def test_a_report_with_very_many_findings(number: str) -> None:
    shown = told(heavy(), number)
    assert shown["page"].paginator.num_pages == 5
    assert len(shown["whole"].encode()) < MOST


def test_every_report_of_the_example_world(world: None) -> None:
    board = client_of("board")
    for digest in Evidence.objects.values_list("report_sha256", flat=True).distinct():
        page = board.get(f"/nachweise/{digest}")
        assert len(page.content) < MOST, digest


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_list_of_findings(client: Client, lang: str) -> None:
    client.cookies["sprache"] = lang
    assert len(client.get("/befunde").content) < MOST
