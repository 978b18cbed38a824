"""What a draft of a suite would say of a stored report, without running anything: certain, bounded, or not known.

A check finds and the step weighs: where only its weight changes, its verdict follows from the stored findings.
Where what is checked changes, the step may come to anything its level allows. Unknown is never green.
A crash of the tool in a step that did not run yet is left out of account: it says nothing about the product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from schnittstellen.domain.finding import Code
from schnittstellen.domain.report import Pin, Result, StepResult
from schnittstellen.domain.standard import ArtefactKind, Standard
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.domain.verdict import Kind, Level, Verdict, gravest, gravity, is_green, lighter, outcome
from schnittstellen.engine import codes
from schnittstellen.engine.ports import Check

_STOPS = (Verdict.FAILED, Verdict.NOT_TESTED, Verdict.ERROR)
_HIGHEST = {
    level: gravest((outcome(Kind.DEPARTURE, level), outcome(Kind.UNTESTED, level), Verdict.PASSED)) for level in Level
}


class Why(StrEnum):
    """Why a step says something else than before."""

    ADDED = "added"
    REMOVED = "removed"
    LEVEL = "level"
    CHANGED = "changed"
    FILES = "files"
    NEEDS = "needs"
    EDITION = "edition"
    JUDGED = "judged"


@dataclass(frozen=True, slots=True)
class Reason:
    """A step that comes to `now` instead of `was`; None: it was not there, or what it comes to is not known.

    `findings` are the codes that decide, as "CODE" or "CODE rule".
    """

    step: str
    why: Why
    was: Verdict | None
    now: Verdict | None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """The lightest and the gravest verdict that can come out; equal where it is certain."""

    low: Verdict
    high: Verdict
    reasons: tuple[Reason, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict, None where several are possible."""
        return self.low if self.low is self.high else None

    @property
    def green(self) -> bool | None:
        """Whether the draft is passed; None is not known."""
        if is_green(self.low) and is_green(self.high):
            return True
        sure = gravity(self.low) > gravity(Verdict.PASSED_WITH_WARNINGS) or self.high is Verdict.NOT_APPLICABLE
        return False if sure else None


def spanned(spans: Iterable[Span]) -> Span:
    """What several results come to together, with all reasons, each once."""
    known = [*spans]
    reasons = dict.fromkeys(reason for one in known for reason in one.reasons)
    return Span(gravest(one.low for one in known), gravest(one.high for one in known), tuple(reasons))


def touched(pins: Iterable[Pin], old: Standard | None, new: Standard) -> frozenset[ArtefactKind]:
    """The kinds of files that differ between what a report was made with (`pins`, `old`) and the standard `new`."""
    if old is None or _essence(old) != _essence(new):
        return frozenset(ArtefactKind)
    now = {(one.package, one.path): one for one in new.artefacts}
    was = {(one.package, one.path): one.sha256 for one in pins}
    before = {(one.package, one.path): one.kind for one in old.artefacts}
    differing = {key for key in now.keys() | was.keys() if key not in now or now[key].sha256 != was.get(key)}
    return frozenset(now[key].kind if key in now else before.get(key, ArtefactKind.OTHER) for key in differing)


def _essence(standard: Standard) -> tuple[object, ...]:
    """What a verdict may depend on beside the files."""
    weights = {id: (one.obligation, one.binds, one.not_tested) for id, one in standard.requirements.items()}
    messages = tuple(replace(one, title="") for one in standard.messages)
    return standard.kind, standard.roles, messages, standard.unresolved, weights


class Draft:
    """A draft edition `new`, seen from the edition `old` that a report was made with (None: not there any more).

    `kinds` are the kinds of files that differ; `definitions` the codes of this installation.
    """

    def __init__(
        self,
        old: Suite | None,
        new: Suite,
        kinds: frozenset[ArtefactKind],
        checks: Mapping[str, Check],
        definitions: Mapping[str, Code],
    ) -> None:
        self._old = {} if old is None else {step.id: step for step in old.steps}
        self._new, self._kinds, self._checks, self._codes = new, kinds, checks, definitions
        self._known = old is not None

    def recognises_anew(self) -> bool:
        """Whether the draft may take messages for others than they were taken for."""
        return self._kinds == frozenset(ArtefactKind)

    def span(self, result: Result) -> Span:
        """What the draft says of the observation of which the stored report says `result`."""
        was = {step.step: step for step in result.steps}
        if result.steps and not was.keys() & self._ids():
            return self._outside(result)
        found: dict[str, Span] = {}
        tested = False
        for step in self._new.steps:
            found[step.id] = self._step(step, was.get(step.id), result.message, found)
            ran = self._stopped(step, found) is False and found[step.id].verdict is not None
            tested |= ran and self._tested(was.get(step.id), found[step.id])
        removed = self._removed(was)
        return self._summed(found, tested, removed)

    def _ids(self) -> set[str]:
        return {*self._old, *(step.id for step in self._new.steps)}

    def _outside(self, result: Result) -> Span:
        """What was said before any step ran (unreadable, not recognised) stays, unless recognising changes."""
        if not self.recognises_anew():
            return Span(result.verdict, result.verdict)
        reason = Reason(result.steps[0].step, Why.FILES, result.verdict, None)
        return Span(Verdict.NOT_APPLICABLE, Verdict.FAILED, (reason,))

    def _summed(self, found: Mapping[str, Span], tested: bool, removed: tuple[Reason, ...]) -> Span:
        whole = spanned(found.values()) if found else Span(Verdict.NOT_TESTED, Verdict.NOT_TESTED)
        reasons = (*whole.reasons, *removed)
        if tested or gravity(whole.low) > gravity(Verdict.PASSED_WITH_WARNINGS):
            return Span(whole.low, whole.high, reasons)
        empty = gravest((whole.low, Verdict.NOT_TESTED))
        if all(one.verdict is not None for one in found.values()):
            return Span(empty, empty, reasons)
        return Span(whole.low, gravest((whole.high, empty)), reasons)

    def _step(self, step: Step, was: StepResult | None, message: str | None, before: Mapping[str, Span]) -> Span:
        if step.messages and message not in step.messages:
            return _certain(step, was, Verdict.NOT_APPLICABLE, Why.CHANGED)
        why = self._unlike(step, was)
        own = self._reweighed(step, was) if why is None and was is not None else None
        if own is None:
            own = Span(Verdict.NOT_APPLICABLE, _HIGHEST[step.level])
        stopped = self._stopped(step, before)
        if stopped is True:
            held = outcome(Kind.UNTESTED, step.level)
            return _certain(step, was, held, Why.NEEDS)
        if stopped is None:
            held = outcome(Kind.UNTESTED, step.level)
            own = Span(min(own.low, held, key=gravity), max(own.high, held, key=gravity))
            why = why or Why.NEEDS
        return self._reasoned(step, was, own, why)

    def _reasoned(self, step: Step, was: StepResult | None, own: Span, why: Why | None) -> Span:
        before = None if was is None else was.verdict
        if own.verdict is not None and own.verdict is before:
            return own
        if own.verdict is not None:
            why = Why.LEVEL if why is None else why
        findings = () if was is None or own.verdict is None else _decisive(was, own.verdict)
        return Span(own.low, own.high, (Reason(step.id, why or Why.CHANGED, before, own.verdict, findings),))

    def _unlike(self, step: Step, was: StepResult | None) -> Why | None:
        """Why nothing follows from what the step said before; None where it did the very same."""
        if not self._known:
            return Why.EDITION
        old = self._old.get(step.id)
        if old is None or was is None:
            return Why.ADDED
        if (old.check, dict(old.options)) != (step.check, dict(step.options)):
            return Why.CHANGED
        if any(one.code == codes.NEEDS_EARLIER.id for one in was.findings):
            return Why.NEEDS
        skipped = was.verdict is Verdict.NOT_APPLICABLE and not was.findings and bool(old.messages)
        if skipped and set(old.messages) != set(step.messages):
            return Why.CHANGED
        return Why.FILES if self._reads(step) & self._kinds else None

    def _reads(self, step: Step) -> frozenset[ArtefactKind]:
        """The kinds of files that a check reads; all, where it does not say."""
        named: frozenset[ArtefactKind] = getattr(self._checks.get(step.check), "reads", frozenset(ArtefactKind))
        return named

    def _reweighed(self, step: Step, was: StepResult) -> Span | None:
        if was.level is step.level:
            return Span(was.verdict, was.verdict)
        if any(one.code not in self._codes for one in was.findings):
            return None
        if not was.findings:
            return Span(was.verdict, was.verdict)
        weights = [self._weight(one.code, lighter(step.level, one.level)) for one in was.findings]
        verdict = gravest((*weights, Verdict.PASSED) if was.covered else weights)
        return Span(verdict, verdict)

    def _weight(self, code: str, level: Level) -> Verdict:
        return Verdict.ERROR if code == codes.CRASHED.id else outcome(self._codes[code].kind, level)

    @staticmethod
    def _stopped(step: Step, before: Mapping[str, Span]) -> bool | None:
        """Whether an earlier step keeps this one from running; None is not known."""
        needed = [before.get(one) for one in step.needs]
        if any(one is None or one.low in _STOPS for one in needed):
            return True
        return None if any(one is not None and one.high in _STOPS for one in needed) else False

    def _tested(self, was: StepResult | None, span: Span) -> bool:
        if was is None or span.verdict in (Verdict.NOT_APPLICABLE, None):
            return False
        kinds = [self._codes[one.code].kind for one in was.findings if one.code in self._codes]
        return bool(Kind.DEPARTURE in kinds or was.covered or not was.findings)

    def _removed(self, was: Mapping[str, StepResult]) -> tuple[Reason, ...]:
        there = {step.id for step in self._new.steps}
        gone = [was[id] for id in self._old if id not in there and id in was]
        worth = (one for one in gone if one.verdict not in (Verdict.NOT_APPLICABLE, Verdict.PASSED))
        return tuple(Reason(one.step, Why.REMOVED, one.verdict, None, _decisive(one, one.verdict)) for one in worth)


def _certain(step: Step, was: StepResult | None, verdict: Verdict, why: Why) -> Span:
    before = None if was is None else was.verdict
    same = before is verdict or (before is None and verdict is Verdict.NOT_APPLICABLE)
    return Span(verdict, verdict, () if same else (Reason(step.id, why, before, verdict),))


def _decisive(step: StepResult, now: Verdict) -> tuple[str, ...]:
    """The findings that made the step what it was, or make it what it is now."""
    grave = [
        named(one.code, one.rule)
        for one, verdict in zip(step.findings, step.verdicts, strict=True)
        if verdict is step.verdict or gravity(now) > gravity(step.verdict)
    ]
    return tuple(dict.fromkeys(grave))


def named(code: str, rule: str | None) -> str:
    """A finding as people name it: "CODE" or "CODE rule"."""
    return f"{code} {rule}" if rule else code


def compared(was: Result, now: Result) -> Span:
    """What the draft says of an observation that it has judged anew, and which steps say something else."""
    before = {step.step: step for step in was.steps}
    after = {step.step: step for step in now.steps}
    return Span(now.verdict, now.verdict, tuple(_differing(before, after)))


def _differing(before: Mapping[str, StepResult], after: Mapping[str, StepResult]) -> Iterable[Reason]:
    for id in dict.fromkeys((*before, *after)):
        old, new = before.get(id), after.get(id)
        if old is not None and new is not None and old.verdict is new.verdict:
            continue
        why = Why.ADDED if old is None else Why.REMOVED if new is None else Why.JUDGED
        graver = new if old is None or (new is not None and gravity(new.verdict) > gravity(old.verdict)) else old
        findings = () if graver is None else _decisive(graver, graver.verdict)
        yield Reason(id, why, old.verdict if old else None, new.verdict if new else None, findings)
