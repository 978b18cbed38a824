"""Whether what a report says of requirements follows from its own results; those are what we judge again."""

from collections.abc import Iterator

from schnittstellen.domain.refusals import OVERCLAIMED, Refusal
from schnittstellen.domain.report import Report, RequirementResult, SuiteUse
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Suite
from schnittstellen.engine.coverage import Coverage

MOST = 5


def overclaimed(report: Report, used: SuiteUse, suite: Suite) -> Iterator[Refusal]:
    """A pass, or a number of tests, that no result carries."""
    counted = Coverage(suite, {one.id: Requirement(one.id, one.text) for one in used.requirements})
    for result in report.results:
        if result.suite == suite.name:
            counted.add(result)
    found = {one.id: _said(one) for one in counted.results()}
    wrong = [one.id for one in used.requirements if _said(one) != found[one.id]]
    if wrong:
        yield Refusal(OVERCLAIMED, {"requirements": ", ".join(wrong[:MOST]) + (" …" if len(wrong) > MOST else "")})


def _said(one: RequirementResult) -> tuple[str, int, int]:
    return str(one.verdict), one.tested, one.broken
