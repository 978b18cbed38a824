"""How many requirements were tested: one figure on page, PDF, signed file, badge, through REST and on every command."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.test import Client
from pypdf import PdfReader

from schnittstellen.attest.envelope import CERTIFICATE, peeked
from schnittstellen.catalogue.models import Declaration, Evidence, StoredReport
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.domain.facts import Decision
from schnittstellen.domain.report import Report, RequirementResult
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.coverage import NO_STEP, OTHER_ROLE
from schnittstellen.formats.report_json import write_report
from tests.catalogue.certificates.making import TODAY, board, day, declared
from tests.catalogue.making import prove
from tests.cli.running import run
from tests.reports.making import as_text, report, told

pytestmark = pytest.mark.django_db
PASSED, UNTESTED = Verdict.PASSED, Verdict.NOT_TESTED
FIRST = {"R-1": (PASSED, None, 2), "R-2": (UNTESTED, NO_STEP, 0), "R-3": (UNTESTED, NO_STEP, 0)}
SECOND = {"R-1": (UNTESTED, NO_STEP, 0), "R-2": (UNTESTED, None, 1), "R-3": (UNTESTED, NO_STEP, 0)}


def _report(suite: str, tested: dict[str, tuple[Verdict, str | None, int]]) -> Report:
    """A run that tested some of four requirements; five more are for another role."""
    results = [RequirementResult(id, verdict, "", "", why, times) for id, (verdict, why, times) in tested.items()]
    results.append(RequirementResult("R-4", UNTESTED, "Empfänger", "", NO_STEP))
    results += [RequirementResult(f"X-{n}", UNTESTED, "", "", OTHER_ROLE) for n in range(5)]
    made = report()
    return replace(made, suites=(replace(made.suites[0], name=suite, requirements=tuple(results)),))


def _proven(of: Declaration, made: Report) -> Evidence:
    stream = StringIO()
    write_report(made, stream)
    data = stream.getvalue().encode()
    StoredReport.objects.create(sha256=sha256(data).hexdigest(), document=data)
    return prove(of, messages=["anfrage"], days_ago=3, report_sha256=sha256(data).hexdigest())


@pytest.fixture
def serial(tmp_path: Path) -> str:
    """A certificate that rests on two runs, which together tested two of the four requirements of the role."""
    of = declared()
    rows = [_proven(of, _report(str(of.role), each)) for each in (FIRST, SECOND)]
    evidence = frozenset(one.report_sha256 for one in rows)
    with board(tmp_path, server_signs=True):
        return certificates.serial_of(
            recording.decide(of, Decision("d-figures", TODAY, True, 3, evidence, lapses_on=day(300)))
        )


def get(serial: str, file: str = "") -> bytes:
    answer = Client().get(f"/bescheinigungen/{serial}{file}")
    assert answer.status_code == 200
    return answer.content


def test_the_figure_is_the_same_everywhere(tmp_path: Path, serial: str) -> None:
    said = "2 von 4"
    page = get(serial).decode()
    assert said in page
    assert "Von 4 Anforderungen, die der Standard an diese Rolle richtet, wurden 2 geprüft." in page
    assert said in get(serial, "/plakette.svg").decode()
    pdf = PdfReader(BytesIO(get(serial, "/zertifikat.pdf")))
    assert said in "".join(one.extract_text() for one in pdf.pages)
    document = get(serial, "/zertifikat.json")
    assert peeked(document, CERTIFICATE).value()["requirements"] == {"tested": 2, "total": 4}
    assert Client().get(f"/api/v1/certificates/{serial}").json()["requirements"] == {"tested": 2, "total": 4}
    assert said in run("certificates", "show", serial).stdout
    (tmp_path / "z.json").write_bytes(document)
    assert said in run("verify", tmp_path / "z.json", "--trust", tmp_path / "board.pub").stdout


def test_the_report_counts_like_the_certificate() -> None:
    from schnittstellen.reports import text

    made = _report("muster@1.0/sender", FIRST)
    assert "von 4 Anforderungen" in as_text(text.write, made, told())


def test_untested_ones_are_listed_and_those_of_other_roles_are_not(serial: str) -> None:
    page = get(serial).decode()
    left = page.partition("Nicht geprüfte Anforderungen zeigen")[2].partition("</ul>")[0]
    assert ("R-3" in left, "R-4: Empfänger" in left) == (True, True)
    assert not [one for one in ("R-1", "R-2", "X-0") if one in left]


def test_an_unsigned_certificate_says_the_same(serial: str) -> None:
    of = certificates.one(serial, TODAY)
    draft = certificates.drafted(of.entry, TODAY)
    assert draft is not None
    assert of.certificate is not None
    assert draft.requirements == of.certificate.requirements


def test_without_the_reports_nothing_is_said(tmp_path: Path) -> None:
    of = declared()
    ran = prove(of, days_ago=3, messages=["anfrage"])
    decision = Decision("d-none", TODAY, True, 3, frozenset({ran.report_sha256}), lapses_on=day(300))
    with board(tmp_path, server_signs=True):
        serial = certificates.serial_of(recording.decide(of, decision))
    assert "requirements" not in json.dumps(Client().get(f"/api/v1/certificates/{serial}").json())
    assert "ist hier nicht bekannt" in get(serial).decode()
