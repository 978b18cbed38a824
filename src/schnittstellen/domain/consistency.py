"""Whether a report agrees with itself: the cheapest forgery is a changed verdict in an otherwise honest report."""

from collections.abc import Iterator
from dataclasses import dataclass

from schnittstellen.domain.report import Report, Result, StepResult
from schnittstellen.domain.verdict import Level, Verdict, gravest, gravity, lighter

_HEAVY = (Verdict.FAILED, Verdict.ERROR)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A verdict that does not follow from what the report says below it. `place` is a JSON Pointer (RFC 6901)."""

    place: str
    claimed: Verdict
    found: Verdict


def contradictions(report: Report) -> Iterator[Contradiction]:
    """Every verdict in `report` that is not the one that its parts come to."""
    found = gravest(result.verdict for result in report.results)
    if report.interrupted:
        found = gravest((found, Verdict.NOT_TESTED))
    if report.verdict is not found:
        yield Contradiction("/verdict", report.verdict, found)
    for position, result in enumerate(report.results):
        yield from _of_result(result, f"/results/{position}")


def _of_result(result: Result, place: str) -> Iterator[Contradiction]:
    found = gravest(step.verdict for step in result.steps)
    if result.verdict is not found:
        yield Contradiction(f"{place}/verdict", result.verdict, found)
    for position, step in enumerate(result.steps):
        least = _least(step)
        if gravity(step.verdict) < gravity(least):
            yield Contradiction(f"{place}/steps/{position}/verdict", step.verdict, least)


def _least(step: StepResult) -> Verdict:
    """The lightest verdict that the findings of a step allow."""
    pairs = zip(step.findings, step.verdicts, strict=True)
    weights = [
        verdict
        for finding, verdict in pairs
        if verdict in _HEAVY or (verdict is Verdict.NOT_TESTED and lighter(step.level, finding.level) is Level.MUST)
    ]
    return gravest((Verdict.NOT_APPLICABLE, *weights))
