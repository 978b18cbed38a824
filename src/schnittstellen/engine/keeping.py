"""Results of a long run in little memory: steps that said the same are one object."""

from dataclasses import replace
from typing import Any

from schnittstellen.domain.report import Result, StepResult


class Keeper:
    """Shares equal steps without findings, and equal sets of covered rules, among the results of a run."""

    def __init__(self) -> None:
        self._steps: dict[Any, StepResult] = {}
        self._covered: dict[frozenset[str], frozenset[str]] = {}

    def kept(self, result: Result) -> Result:
        """The same result, made of shared parts where there are any."""
        steps = tuple(self._step(step) for step in result.steps)
        shared = all(new is old for new, old in zip(steps, result.steps, strict=True))
        return result if shared else _with_steps(result, steps)

    def _step(self, step: StepResult) -> StepResult:
        if step.findings:
            covered = self._rules(step.covered)
            return step if covered is step.covered else replace(step, covered=covered)
        key = (step.step, step.check, step.level, step.verdict, step.cause, tuple(step.notes.items()), step.covered)
        return self._steps.setdefault(key, step)

    def _rules(self, covered: frozenset[str] | None) -> frozenset[str] | None:
        return None if covered is None else self._covered.setdefault(covered, covered)


def _with_steps(one: Result, steps: tuple[StepResult, ...]) -> Result:
    """Much faster than `dataclasses.replace`, and once for each payload."""
    return Result(one.name, one.suite, one.verdict, one.cause, steps, one.message, one.sha256, one.size, one.seconds)
