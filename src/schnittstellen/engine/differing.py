"""How two results of the same input differ: in their verdict, or in the findings of a step."""

from dataclasses import dataclass, replace

from schnittstellen.domain.finding import Finding
from schnittstellen.domain.report import Result, StepResult
from schnittstellen.domain.verdict import Verdict

_OF_INSTALLATION = ("candidates", "first")
"""Parameters that tell what else is installed, nothing of the message."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The verdicts of both, the first step that differs, and the findings that only one of them has there.

    Findings are named as "CODE" or "CODE rule"; empty where the same ones are at other places.
    """

    claimed: Verdict
    found: Verdict
    step: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def difference(was: Result, now: Result) -> Difference | None:
    """How `now` differs from `was`; None where they say the same."""
    step = differing_step(was, now)
    if step is None and was.verdict is now.verdict:
        return None
    before, after = _names(was, step), _names(now, step)
    gone, new = tuple(sorted(before - after)), tuple(sorted(after - before))
    return Difference(was.verdict, now.verdict, step or "–", gone, new)


def differing_step(was: Result, now: Result) -> str | None:
    """The first step that says something else, whatever the file is called."""
    before = {step.step: _essence(step, was.name) for step in was.steps}
    after = {step.step: _essence(step, now.name) for step in now.steps}
    return next((step for step in [*before, *after] if before.get(step) != after.get(step)), None)


def _names(result: Result, step: str | None) -> set[str]:
    findings = (finding for one in result.steps if one.step == step for finding in one.findings)
    return {f"{one.code} {one.rule}" if one.rule else one.code for one in findings}


def _essence(step: StepResult, name: str) -> tuple[object, ...]:
    """What must be equal: everything but notes, message content, and the name that a file happens to bear."""
    findings = tuple(_nameless(one, name) for one in step.findings)
    return step.check, step.level, step.verdict, step.cause, findings, step.verdicts, step.covered


def _nameless(finding: Finding, name: str) -> Finding:
    kept = ((key, value) for key, value in sorted(finding.parameters.items()) if key not in _OF_INSTALLATION)
    parameters = {key: "" if value == name else value for key, value in kept}
    return replace(finding, parameters=parameters, content={})
