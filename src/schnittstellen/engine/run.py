"""A run: observations, each with the suite that judges it, become results, coverage and one report."""

import time
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol, runtime_checkable

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.domain.report import Pin, Report, Result, SuiteUse
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.verdict import Cause, Verdict, gravest
from schnittstellen.engine import codes
from schnittstellen.engine.coverage import Coverage
from schnittstellen.engine.events import Event, ObservationFinished, RunFinished, RunStarted
from schnittstellen.engine.judge import Judge, summed
from schnittstellen.engine.keeping import Keeper
from schnittstellen.engine.ports import Check, Context, Observation, Unreadable

READ, RECOGNISE = "read", "recognise"
"""Names of what happens outside the steps of every suite."""

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of a real run."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Assigned:
    """An observation with the suite and context that judge it, or with the finding that says why none does.

    Where both are there, the finding stands for the suite's steps.
    """

    seen: Observation
    suite: Suite | None = None
    context: Context | None = None
    finding: Finding | None = None


Judged = tuple[Assigned, Result]


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
        self._keeper = Keeper()
        self._notes: dict[str, str] = {}

    def events(
        self, targets: tuple[str, ...], assigned: Iterable[Assigned], expected: int | None = None
    ) -> Iterator[Event]:
        """Judge everything, one after the other, and yield what happens."""
        return self.follow(targets, ((one, judged(self._judge, one)) for one in assigned), expected)

    def follow(
        self, targets: tuple[str, ...], happenings: Iterable[Judged | Event], expected: int | None = None
    ) -> Iterator[Event]:
        """Take in results that are made elsewhere, pass on the events between them, and end with the report.

        An interrupt (`KeyboardInterrupt` from below, or thrown into this generator) ends the run, not the report.
        """
        started, clock = self._clock(), time.perf_counter()
        interrupted = False
        try:
            yield RunStarted(targets, expected)
            for one in happenings:
                yield self._event(one)
        except KeyboardInterrupt:
            interrupted = True
            yield from self._last(happenings)
        yield RunFinished(self._report(targets, started, time.perf_counter() - clock, interrupted))

    def _event(self, one: Judged | Event) -> Event:
        return ObservationFinished(self.add(*one)) if isinstance(one, tuple) else one

    def _last(self, happenings: Iterable[Judged | Event]) -> Iterator[Event]:
        """What is still to be told when an interrupt reaches the source of what happens."""
        if isinstance(happenings, Generator):
            with suppress(KeyboardInterrupt, StopIteration):
                yield self._event(happenings.throw(KeyboardInterrupt()))
                for one in happenings:
                    yield self._event(one)

    def uses(self, suite: Suite, context: Context) -> None:
        """Say that the report must speak of this suite, even if nothing is assigned to it."""
        self._coverage(suite, context)

    def note(self, key: str, value: str) -> None:
        """Put something about the run as a whole into the report."""
        self._notes[key] = value

    def add(self, one: Assigned, result: Result) -> Result:
        """Take in a result; returns it as it is kept."""
        result = self._keeper.kept(result)
        self._results.append(result)
        if one.suite is not None and one.context is not None:
            self._coverage(one.suite, one.context).add(result)
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
        results = tuple(self._results)
        if all(result.verdict is Verdict.NOT_APPLICABLE for result in results):
            results += (_nothing(self._judge, targets),)
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
            notes=self._notes,
        )
        return _cut_short(report) if interrupted else report


def judged(judge: Judge, one: Assigned) -> Result:
    """The result of one assigned observation; what could not be read, or changed meanwhile, is not tested."""
    try:
        return _judged(judge, one)
    except CannotJudge as reason:
        return unjudged(judge, one, reason.finding)


def unjudged(judge: Judge, one: Assigned, finding: Finding) -> Result:
    """The result of an observation that could not be judged as a whole, without its digest."""
    suite = None if one.suite is None else one.suite.name
    return summed(Observation(name=one.seen.name), (judge.stand_alone(READ, finding),), suite=suite)


def _judged(judge: Judge, one: Assigned) -> Result:
    if one.suite is not None and one.context is not None and one.finding is None:
        return judge.judge(one.seen, one.suite, one.context)
    finding = one.seen.finding if isinstance(one.seen, Unreadable) else one.finding
    if finding is None:
        raise ValueError(f"{one.seen.name} was assigned neither a suite nor a finding")
    suite = None if one.suite is None else one.suite.name
    return summed(one.seen, (judge.stand_alone(RECOGNISE, finding),), suite=suite)


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
    return summed(Observation(name=name), (judge.stand_alone(READ, finding),), suite=None)
