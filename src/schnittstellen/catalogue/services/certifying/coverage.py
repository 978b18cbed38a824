"""What the runs behind certificates tested of the requirements and messages of a role, and what they left out.

The figures are counted as `schnittstellen test` counts them (`reports.view.addressed`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from schnittstellen.catalogue.models import StoredReport
from schnittstellen.catalogue.services.evidence import ALL
from schnittstellen.domain.certificate import Certificate, Requirements
from schnittstellen.domain.report import RequirementResult, SuiteUse
from schnittstellen.formats.report_json import read_report
from schnittstellen.reports.view import addressed


@dataclass(frozen=True, slots=True)
class Untested:
    """`messages` of the role that no run saw; `left` are the requirements that no run tested.

    `left` is None where the reports that tell are not here.
    """

    messages: tuple[str, ...]
    left: tuple[RequirementResult, ...] | None


def untested(certificate: Certificate, messages: Iterable[str]) -> Untested:
    """What the runs behind a certificate left out; `messages` are those that the role sends or receives."""
    seen = set(certificate.messages)
    unseen = tuple(sorted({*messages} - {ALL} - seen)) if seen else ()
    results = addressed(_uses([certificate])[certificate.serial])
    left = tuple(results[id] for id in sorted(results) if not results[id].tested)
    return Untested(unseen, left if results else None)


def counted(certificates: Iterable[Certificate]) -> dict[str, Certificate]:
    """The same with how many requirements were tested, by serial; the reports are read in one query."""
    found = list(certificates)
    uses = _uses(found)
    return {one.serial: replace(one, requirements=_figures(uses[one.serial])) for one in found}


def _figures(uses: list[SuiteUse]) -> Requirements | None:
    results = addressed(uses)
    return Requirements(sum(1 for one in results.values() if one.tested), len(results)) if results else None


def _uses(certificates: list[Certificate]) -> dict[str, list[SuiteUse]]:
    """Of each certificate, its suite in each of its reports that is here."""
    wanted: dict[str, list[Certificate]] = defaultdict(list)
    for certificate in certificates:
        for one in certificate.evidence:
            wanted[one.report_sha256].append(certificate)
    found: dict[str, list[SuiteUse]] = defaultdict(list)
    for row in StoredReport.objects.filter(sha256__in=list(wanted)).iterator(chunk_size=10):
        report = read_report(bytes(row.document).decode(), row.sha256)
        for certificate in wanted[row.sha256]:
            found[certificate.serial] += [one for one in report.suites if one.name == certificate.suite]
    return found
