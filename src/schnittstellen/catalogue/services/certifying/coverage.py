"""What a certificate does not speak of although the standard does: messages no run saw, requirements no run tested."""

from collections.abc import Iterable
from dataclasses import dataclass

from schnittstellen.catalogue.models import StoredReport
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.evidence import ALL
from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.report import RequirementResult
from schnittstellen.domain.verdict import Verdict, is_green
from schnittstellen.formats.report_json import read_report


@dataclass(frozen=True, slots=True)
class Untested:
    """`messages` of the role that no run saw. `tested` of `all` requirements were tested; `left` are the others.

    `known`: whether the reports are here that tell. Where they are not, nothing is said of requirements.
    """

    messages: tuple[str, ...]
    known: bool
    all: int = 0
    tested: int = 0
    left: tuple[RequirementResult, ...] = ()


def untested(found: Found, certificate: Certificate) -> Untested:
    """What the runs behind a certificate left out."""
    role, seen = found.declaration.role, set(certificate.messages)
    messages = tuple(sorted({*role.sends, *role.receives} - {ALL} - seen)) if seen else ()
    results = list(_requirements(certificate))
    if not results:
        return Untested(messages, known=False)
    tested = {one.id for one in results if is_green(one.verdict) or one.verdict is Verdict.FAILED}
    left = {one.id: one for one in results if one.id not in tested}
    return Untested(messages, True, len(tested) + len(left), len(tested), tuple(left[id] for id in sorted(left)))


def _requirements(certificate: Certificate) -> Iterable[RequirementResult]:
    digests = {one.report_sha256 for one in certificate.evidence}
    for row in StoredReport.objects.filter(sha256__in=digests):
        report = read_report(bytes(row.document).decode(), row.sha256)
        for suite in report.suites:
            if suite.name == certificate.suite:
                yield from suite.requirements
