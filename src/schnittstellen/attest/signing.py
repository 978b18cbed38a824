"""A run as a signed statement: in-toto Statement v1 with predicate test-result v0.1, in a DSSE envelope."""

import hashlib
from collections.abc import Iterator
from typing import Any

from securesystemslib.signer import Signer

from schnittstellen.attest.envelope import STATEMENT, sealed
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import NOTE, NOTE_SHA256
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict

TYPE = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
REPORT = "report.json"
_RESULTS = {Verdict.PASSED: "PASSED", Verdict.PASSED_WITH_WARNINGS: "WARNED"}
_LISTS = {"passedTests": Verdict.PASSED, "warnedTests": Verdict.PASSED_WITH_WARNINGS, "failedTests": Verdict.FAILED}


def signed_report(report: Report, data: bytes, release: ReleaseName, signer: Signer) -> bytes:
    """The envelope for a report whose JSON form is `data`: "we ran this on our release, and this came of it"."""
    return sealed(canonical(statement(report, data, release)), STATEMENT, signer)


def statement(report: Report, data: bytes, release: ReleaseName) -> dict[str, Any]:
    """The statement: its subjects are the release (by name) and the report (by its bytes)."""
    return {
        "_type": TYPE,
        "subject": [
            {"name": str(release), "digest": {"sha256": release.sha256}},
            {"name": REPORT, "digest": {"sha256": hashlib.sha256(data).hexdigest()}},
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "result": result_of(report.verdict),
            "configuration": [*_suites(report), *_order(report)],
            **{name: _requirements(report, verdict) for name, verdict in _LISTS.items()},
        },
    }


def result_of(verdict: Verdict) -> str:
    """PASSED, WARNED or FAILED. The predicate has no word for what was not tested: it is never a pass."""
    return _RESULTS.get(verdict, "FAILED")


def _suites(report: Report) -> Iterator[dict[str, Any]]:
    for one in report.suites:
        yield {"name": one.name, "digest": {"sha256": one.sha256}, "annotations": {"edition": one.edition}}


def _order(report: Report) -> Iterator[dict[str, Any]]:
    if NOTE in report.notes:
        digest = {"sha256": report.notes[NOTE_SHA256]}
        yield {"name": f"order:{report.notes[NOTE]}", "digest": digest}


def _requirements(report: Report, verdict: Verdict) -> list[str]:
    return [f"{suite.name}#{one.id}" for suite in report.suites for one in suite.requirements if one.verdict is verdict]
