"""A run: observations, each with the suite that judges it, become results, coverage and one report."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.report import Pin, Report, Result, SuiteUse
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.verdict import Cause, Verdict, gravest
from schnittstellen.engine import codes
from schnittstellen.engine.coverage import Coverage
from schnittstellen.engine.events import Event, ObservationFinished, RunFinished, RunStarted
from schnittstellen.engine.judge import Judge, summed
from schnittstellen.engine.ports import Check, Context, Observation, Unreadable

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Assigned:
    """An observation with the suite and context that judge it, or with the finding that says why there is none."""

    seen: Observation
    suite: Suite | None = None
    context: Context | None = None
    finding: Finding | None = None


@runtime_checkable
class RuleSource(Protocol):
    """A check that knows rules which standard.toml does not list, such as the asserts of a Schematron."""

    def rules(self, step: Step, context: Context) -> Mapping[str, Requirement]: ...


class Run:
    """Turns assigned observations into events; the last one is `RunFinished` with the report, also after Ctrl-C."""

    def __init__(
        self, judge: Judge, checks: Mapping[str, Check], tool: Mapping[str, str], clock: Clock = utc_now
    ) -> None:
        self._judge = judge
        self._checks = checks
        self._tool = tool
        self._clock = clock
        self._suites: dict[str, tuple[Suite, Bundle, Coverage]] = {}
        self._results: list[Result] = []

    def events(
        self, targets: tuple[str, ...], assigned: Iterable[Assigned], expected: int | None = None
    ) -> Iterator[Event]:
        """Judge everything and yield what happens."""
        started, clock = self._clock(), time.perf_counter()
        yield RunStarted(targets, expected)
        interrupted = False
        try:
            for one in assigned:
                yield ObservationFinished(self._judged(one))
        except KeyboardInterrupt:
            interrupted = True
        yield RunFinished(self._report(targets, started, time.perf_counter() - clock, interrupted))

    def add(self, one: Assigned, result: Result) -> None:
        """Take in a result that was made elsewhere, such as in another process."""
        self._results.append(result)
        if one.suite is not None and one.context is not None:
            self._coverage(one.suite, one.context).add(result)

    def _judged(self, one: Assigned) -> Result:
        result = judged(self._judge, one)
        self.add(one, result)
        return result

    def _coverage(self, suite: Suite, context: Context) -> Coverage:
        if suite.name not in self._suites:
            requirements = {**context.standard.requirements}
            derived = self._derived(suite, context)
            coverage = Coverage(suite, {**derived, **requirements})
            coverage.can_see(derived)
            self._suites[suite.name] = (suite, context.bundle, coverage)
        return self._suites[suite.name][2]

    def _derived(self, suite: Suite, context: Context) -> dict[str, Requirement]:
        found: dict[str, Requirement] = {}
        for step in suite.steps:
            check = self._checks.get(step.check)
            if isinstance(check, RuleSource):
                found.update(check.rules(step, context))
        return found

    def _report(self, targets: tuple[str, ...], started: datetime, seconds: float, interrupted: bool) -> Report:
        results = tuple(self._results) or (_nothing(self._judge, targets),)
        verdict = gravest(result.verdict for result in results)
        cause = next((result.cause for result in results if result.verdict is verdict), None)
        report = Report(
            targets=targets,
            verdict=verdict,
            cause=cause,
            suites=tuple(_use(*used) for _, used in sorted(self._suites.items())),
            results=results,
            tool=self._tool,
            started=started.isoformat(timespec="seconds"),
            seconds=seconds,
        )
        return _cut_short(report) if interrupted else report


def judged(judge: Judge, one: Assigned) -> Result:
    """The result of one assigned observation."""
    if one.suite is not None and one.context is not None:
        return judge.judge(one.seen, one.suite, one.context)
    finding = one.seen.finding if isinstance(one.seen, Unreadable) else one.finding
    if finding is None:
        raise ValueError(f"{one.seen.name} was assigned neither a suite nor a finding")
    return summed(one.seen, (judge.stand_alone("recognise", finding),), suite=None)


def _cut_short(report: Report) -> Report:
    """A run that was interrupted did not test everything: it is never green."""
    verdict = gravest((report.verdict, Verdict.NOT_TESTED))
    cause = report.cause if verdict is report.verdict else Cause.CONFIGURATION
    return replace(report, verdict=verdict, cause=cause, interrupted=True)


def _use(suite: Suite, bundle: Bundle, coverage: Coverage) -> SuiteUse:
    pins = tuple(Pin(one.path, one.sha256, one.package, one.package_version) for one in bundle.artefacts())
    return SuiteUse(suite.name, suite.edition, suite.sha256, pins, coverage.results(), coverage.ceiling()[0])


def _nothing(judge: Judge, targets: tuple[str, ...]) -> Result:
    name = ", ".join(targets)
    finding = Finding(codes.EMPTY_TARGET.id, parameters={"target": name})
    return summed(Observation(name=name), (judge.stand_alone("read", finding),), suite=None)
