"""The report as JUnit XML, for CI systems: a test suite for each payload, a test case for each step.

What was not tested is an error there, never skipped, because CI systems count skipped as good; skipped is only what did
not apply.
"""

from collections.abc import Iterable
from typing import TextIO

from lxml import etree

from schnittstellen.domain.report import Report, Result, StepResult
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.reports import view
from schnittstellen.reports.telling import CAUSES, VERDICTS, Telling, clean

_OUTCOMES = {
    Verdict.FAILED: "failure",
    Verdict.NOT_TESTED: "error",
    Verdict.ERROR: "error",
    Verdict.NOT_APPLICABLE: "skipped",
}
_COUNTED = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def write(report: Report, stream: TextIO, telling: Telling) -> None:
    """Write `report` to `stream`, which must be UTF-8."""
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    counts = {"name": "schnittstellen", **_counts(_all_steps(report)), "time": _seconds(report.seconds)}
    stream.write("<testsuites" + "".join(f' {name}="{value}"' for name, value in counts.items()) + ">\n")
    for number, result in enumerate(report.results):
        suite = _testsuite(number, result, report, telling)
        etree.indent(suite, level=1)
        stream.write(f"  {etree.tostring(suite, encoding='unicode')}\n")
    stream.write("</testsuites>\n")


def _testsuite(number: int, result: Result, report: Report, telling: Telling) -> etree._Element:
    attributes = {"name": clean(result.name), "id": str(number), **_counts(result.steps)}
    timing = {"time": _seconds(result.seconds), "timestamp": _without_zone(report.started)}
    suite = etree.Element("testsuite", attributes | timing)
    properties = etree.SubElement(suite, "properties")
    for name, value in _properties(result, telling):
        etree.SubElement(properties, "property", name=name, value=clean(value))
    for step in result.steps:
        _testcase(suite, step, result, telling)
    return suite


def _testcase(suite: etree._Element, step: StepResult, result: Result, telling: Telling) -> None:
    case = etree.SubElement(suite, "testcase", name=step.step, classname=result.suite or "schnittstellen", time="0")
    groups = view.groups(Result(result.name, result.suite, step.verdict, step.cause, (step,)))
    outcome = _OUTCOMES.get(step.verdict)
    told = "\n".join(line for group in groups for line in _told(group, telling))
    if outcome == "skipped":
        etree.SubElement(case, "skipped", message=telling.say(VERDICTS[step.verdict]))
    elif outcome is not None:
        kind = groups[0].finding.code if groups else step.verdict
        element = etree.SubElement(case, outcome, type=kind, message=_message(step, groups, telling))
        element.text = told
    elif told:
        etree.SubElement(case, "system-out").text = told


def _message(step: StepResult, groups: list[view.Group], telling: Telling) -> str:
    said = clean(telling.words(groups[0].finding).message) if groups else telling.say(VERDICTS[step.verdict])
    if step.verdict is Verdict.FAILED:
        return said
    cause = f" ({telling.say(CAUSES[step.cause])})" if step.cause else ""
    return f"{telling.say(VERDICTS[step.verdict])}{cause}: {said}"


def _told(group: view.Group, telling: Telling) -> Iterable[str]:
    rule = f" · {group.finding.rule}" if group.finding.rule else ""
    words = telling.words(group.finding)
    yield clean(f"{group.finding.code}{rule}: {words.message}")
    yield from (f"  {place}" for place in map(telling.place, group.places) if place)
    if group.count > 1:
        yield "  " + telling.say(N_("({count}-mal)")).format(count=group.count)
    if telling.with_content:
        yield from (clean(f"  {name}: {value}") for name, value in sorted(group.finding.content.items()))
    yield "  " + telling.say(N_("Abhilfe: {remedy}")).format(remedy=clean(words.remedy))


def _properties(result: Result, telling: Telling) -> Iterable[tuple[str, str]]:
    yield "verdict", result.verdict
    if result.cause:
        yield "cause", result.cause
    if result.suite:
        yield "suite", result.suite
    if result.message:
        yield "message", result.message
    if result.sha256:
        yield "sha256", result.sha256
    yield "language", telling.lang


def _counts(steps: Iterable[StepResult]) -> dict[str, str]:
    outcomes = [_OUTCOMES.get(step.verdict) for step in steps]
    return {"tests": str(len(outcomes))} | {name: str(outcomes.count(one)) for name, one in _COUNTED.items()}


def _all_steps(report: Report) -> Iterable[StepResult]:
    return (step for result in report.results for step in result.steps)


def _seconds(value: float) -> str:
    return f"{value:.3f}"


def _without_zone(started: str) -> str:
    """The format of JUnit has no zone: readers take it as UTC, which our clock is."""
    return started[:19]
