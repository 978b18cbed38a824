"""Judging one observation by one suite: every step runs, every cause is kept apart, nothing untested passes."""

import time
from collections.abc import Iterable, Iterator, Mapping

from schnittstellen.domain.finding import CannotJudge, Code, Covered, Finding, Item, Note
from schnittstellen.domain.report import Result, StepResult
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.verdict import Cause, Kind, Level, Verdict, gravest, is_green, lighter, outcome
from schnittstellen.engine import codes
from schnittstellen.engine.ports import Check, Context, Observation, Unreadable

_NO_CAUSE = (Verdict.NOT_APPLICABLE, Verdict.PASSED)


class Judge:
    """Holds the checks of a run. `codes_of` maps every known finding code to its definition."""

    def __init__(self, checks: Mapping[str, Check], codes_of: Mapping[str, Code], *, debug: bool = False) -> None:
        self._checks = checks
        self._codes = codes_of
        self._debug = debug
        self._shared: dict[tuple[object, ...], StepResult] = {}

    def steps(self, seen: Observation, suite: Suite, context: Context) -> Iterator[StepResult]:
        """Yield the result of each step, in the suite's order."""
        verdicts: dict[str, Verdict] = {}
        for step in suite.steps:
            result = self._step(step, seen, context, verdicts)
            verdicts[step.id] = result.verdict
            yield result

    def judge(self, seen: Observation, suite: Suite, context: Context) -> Result:
        """Run all steps of `suite` over `seen`."""
        started = time.perf_counter()
        if isinstance(seen, Unreadable):
            steps: tuple[StepResult, ...] = (self.stand_alone("read", seen.finding),)
        else:
            steps = tuple(self.steps(seen, suite, context))
        return self.result(seen, suite, context, steps, time.perf_counter() - started)

    def result(
        self, seen: Observation, suite: Suite, context: Context, steps: tuple[StepResult, ...], seconds: float
    ) -> Result:
        """Sum up the steps of one observation."""
        if not any(map(self._tested, steps)) and is_green(gravest(step.verdict for step in steps)):
            steps = (*steps, self.stand_alone("suite", Finding(codes.NOTHING_TESTED.id)))
        elif all(step.verdict is Verdict.NOT_APPLICABLE for step in steps):
            nothing = Finding(codes.NOTHING_APPLIED.id, parameters={"suite": suite.name})
            steps = (*steps, self.stand_alone("suite", nothing))
        message = None if context.message is None else context.message.id
        return summed(seen, steps, suite=suite.name, message=message, seconds=seconds)

    def stand_alone(self, name: str, finding: Finding) -> StepResult:
        """A step result for what happened outside every step of a suite (reading, recognising)."""
        return self._weighed(Step(name, name), [finding])

    def _step(self, step: Step, seen: Observation, context: Context, before: Mapping[str, Verdict]) -> StepResult:
        if step.messages and (context.message is None or context.message.id not in step.messages):
            return StepResult(step.id, step.check, step.level, Verdict.NOT_APPLICABLE)
        for needed in step.needs:
            if before.get(needed) in (Verdict.FAILED, Verdict.NOT_TESTED, Verdict.ERROR, None):
                return self._weighed(step, [Finding(codes.NEEDS_EARLIER.id, parameters={"step": needed})])
        check = self._checks.get(step.check)
        if check is None:
            return self._weighed(step, [Finding(codes.NO_CHECK.id, parameters={"check": step.check})])
        return self._weighed(step, self._items(check, step, seen, context))

    def _items(self, check: Check, step: Step, seen: Observation, context: Context) -> Iterator[Item]:
        try:
            for item in check.run(seen, step.options, context):
                self._expect(item)
                yield item
        except CannotJudge as reason:
            yield reason.finding
        except Exception as error:
            if self._debug:
                raise
            yield Finding(codes.CRASHED.id, parameters={"check": step.check, "error": type(error).__name__})

    def _expect(self, item: Item) -> None:
        if isinstance(item, Finding):
            if item.code not in self._codes:
                raise LookupError(item.code)
        elif not isinstance(item, Note | Covered):
            raise TypeError(type(item).__name__)

    def _tested(self, step: StepResult) -> bool:
        """Whether the step judged anything at all; an untested rule that weighs little leaves its step green."""
        if step.verdict is Verdict.NOT_APPLICABLE:
            return False
        departures = [one for one in step.findings if self._codes[one.code].kind is Kind.DEPARTURE]
        return bool(departures or step.covered or not step.findings)

    def _weighed(self, step: Step, items: Iterable[Item]) -> StepResult:
        findings: list[Finding] = []
        notes: dict[str, str] = {}
        covered: set[str] | None = None
        for item in items:
            if isinstance(item, Finding):
                findings.append(item)
            elif isinstance(item, Note):
                notes[item.key] = item.value
            else:
                covered = (covered or set()) | item.rules
        if not findings:
            return self._clean(step, notes, _frozen(covered))
        return self._with_findings(step, findings, notes, _frozen(covered))

    def _clean(self, step: Step, notes: Mapping[str, str], covered: frozenset[str] | None) -> StepResult:
        key = (step.id, step.check, step.level, tuple(notes.items()), covered)
        kept = self._shared.get(key)
        if kept is None:
            kept = StepResult(step.id, step.check, step.level, Verdict.PASSED, notes=notes, covered=covered)
            self._shared[key] = kept
        return kept

    def _with_findings(
        self, step: Step, findings: list[Finding], notes: Mapping[str, str], covered: frozenset[str] | None
    ) -> StepResult:
        weights = [self._weight(finding, step.level) for finding in findings]
        verdict = gravest((*weights, Verdict.PASSED) if covered else weights)
        cause = None if verdict in _NO_CAUSE else self._cause(findings[weights.index(verdict)])
        verdicts = tuple(map(self._said, findings, weights))
        return StepResult(step.id, step.check, step.level, verdict, cause, tuple(findings), verdicts, notes, covered)

    def _said(self, finding: Finding, weight: Verdict) -> Verdict:
        """The verdict of the finding itself: what was not tested stays so, however little it weighs."""
        untested = self._codes[finding.code].kind is Kind.UNTESTED and weight is not Verdict.ERROR
        return Verdict.NOT_TESTED if untested else weight

    def _weight(self, finding: Finding, level: Level) -> Verdict:
        if finding.code == codes.CRASHED.id:
            return Verdict.ERROR
        return outcome(self._codes[finding.code].kind, lighter(level, finding.level))

    def _cause(self, finding: Finding) -> Cause:
        return self._codes[finding.code].cause


def summed(
    seen: Observation,
    steps: tuple[StepResult, ...],
    *,
    suite: str | None,
    message: str | None = None,
    seconds: float = 0.0,
) -> Result:
    """The result of an observation: the gravest verdict of its steps, with that step's cause."""
    verdict = gravest(step.verdict for step in steps)
    cause = next((step.cause for step in steps if step.verdict is verdict), None)
    sha256, size = seen.identity()
    return Result(seen.name, suite, verdict, cause, steps, message, sha256, size, seconds)


def _frozen(rules: set[str] | None) -> frozenset[str] | None:
    return None if rules is None else frozenset(rules)
