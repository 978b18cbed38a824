"""Invoices inside PDF files are judged as what they are; a PDF that hides them passes nothing."""

import io
import pickle
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfWriter

from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.bootstrap import run_targets
from schnittstellen.domain.finding import CannotJudge
from schnittstellen.domain.report import Report
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Payload
from schnittstellen.transports.files import Files

FIXTURES = Path(__file__).parents[2] / "conformance_suites/en16931/1.3.16/rechnungssteller/fixtures"
GOOD = (FIXTURES / "gueltig--cii-rechnung.xml").read_bytes()
BAD = (FIXTURES / "BR-CO-14--cii-steuersumme-falsch.xml").read_bytes()


def pdf(*attached: tuple[str, bytes], password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    for name, data in attached:
        writer.add_attachment(name, data)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def report(target: Path) -> Report:
    events = run_targets([str(target)], suite="en16931", library=Library((built_in(),)), jobs=1)
    return next(event.report for event in events if isinstance(event, RunFinished))


def verdicts(target: Path) -> dict[str, str]:
    return {one.name: str(one.verdict) for one in report(target).results}


@pytest.mark.parametrize("name", ["factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml"])
def test_the_invoice_inside_is_judged(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf((name, GOOD), ("lieferschein.xml", b"<nix/>")))
    assert verdicts(tmp_path / "a.pdf") == {f"a.pdf/{name}": "passed"}
    (tmp_path / "b.pdf").write_bytes(pdf((name, BAD)))
    assert verdicts(tmp_path / "b.pdf") == {f"b.pdf/{name}": "failed"}


def test_in_folders_and_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("gut.pdf", pdf(("factur-x.xml", GOOD)))
    (tmp_path / "schlecht.pdf").write_bytes(pdf(("factur-x.xml", BAD)))
    (tmp_path / "anleitung.pdf").write_bytes(pdf())
    assert verdicts(tmp_path) == {
        "anleitung.pdf": "not_applicable",
        "schlecht.pdf/factur-x.xml": "failed",
        "z.zip/gut.pdf/factur-x.xml": "passed",
    }


def test_worker_processes_open_the_invoice_for_themselves(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf(("factur-x.xml", GOOD)))
    (seen,) = Files().observe(str(tmp_path / "a.pdf"), {})
    again = pickle.loads(pickle.dumps(seen))
    assert isinstance(again, Payload)
    assert again.data() == GOOD
    (tmp_path / "a.pdf").write_bytes(pdf(("factur-x.xml", BAD)))
    with pytest.raises(CannotJudge):
        pickle.loads(pickle.dumps(seen)).data()


@pytest.mark.parametrize(
    ("data", "verdict", "code"),
    [
        (pdf(), "failed", "X008"),
        (pdf(("rechnung.xml", GOOD)), "failed", "X008"),
        (b"%PDF-1.7 nichts weiter", "failed", "X008"),
        (b"%PDF-1.7\nirgendetwas\nstartxref\n9\n%%EOF\n", "not_tested", "T023"),
        (pdf(("factur-x.xml", b"%PDF-")), "failed", "X008"),
        (pdf(("factur-x.xml", b"")), "failed", "X001"),
        (pdf(("factur-x.xml", GOOD), ("xrechnung.xml", GOOD)), "not_tested", "T022"),
        (pdf(("factur-x.xml", GOOD), password="geheim"), "not_tested", "T021"),
    ],
)
def test_what_is_no_single_readable_invoice_never_passes(tmp_path: Path, data: bytes, verdict: str, code: str) -> None:
    (tmp_path / "a.pdf").write_bytes(data)
    (result,) = report(tmp_path / "a.pdf").results
    assert (str(result.verdict), [one.code for step in result.steps for one in step.findings][:1]) == (verdict, [code])
