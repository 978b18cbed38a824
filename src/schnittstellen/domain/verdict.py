"""Verdicts, causes and levels, and how one follows from another (shared/design.md, rules of truth 2 and 3)."""

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """What a step, a payload or a run came to; in this order, the gravest wins."""

    NOT_APPLICABLE = "not_applicable"
    PASSED = "passed"
    PASSED_WITH_WARNINGS = "passed_with_warnings"
    NOT_TESTED = "not_tested"
    FAILED = "failed"
    ERROR = "error"


class Cause(StrEnum):
    """Who or what is behind a verdict that is not a plain pass."""

    PRODUCT = "product"
    TOOL = "tool"
    CONFIGURATION = "configuration"
    UNREACHABLE = "unreachable"


class Level(StrEnum):
    """How much a step weighs (RFC 2119)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Kind(StrEnum):
    """What a finding says: the product departs from a rule, a rule could not be judged, or no rule is about this."""

    DEPARTURE = "departure"
    UNTESTED = "untested"
    BESIDE = "beside"


_GRAVITY = {verdict: rank for rank, verdict in enumerate(Verdict)}
_WEIGHT = {Level.MAY: 0, Level.SHOULD: 1, Level.MUST: 2}
_OUTCOME = {
    (Kind.DEPARTURE, Level.MUST): Verdict.FAILED,
    (Kind.UNTESTED, Level.MUST): Verdict.NOT_TESTED,
    (Kind.DEPARTURE, Level.SHOULD): Verdict.PASSED_WITH_WARNINGS,
    (Kind.UNTESTED, Level.SHOULD): Verdict.PASSED_WITH_WARNINGS,
    (Kind.DEPARTURE, Level.MAY): Verdict.PASSED,
    (Kind.UNTESTED, Level.MAY): Verdict.PASSED,
    (Kind.BESIDE, Level.MUST): Verdict.NOT_APPLICABLE,
    (Kind.BESIDE, Level.SHOULD): Verdict.NOT_APPLICABLE,
    (Kind.BESIDE, Level.MAY): Verdict.NOT_APPLICABLE,
}


def gravity(verdict: Verdict) -> int:
    """Rank of a verdict, 0 for the lightest."""
    return _GRAVITY[verdict]


def gravest(verdicts: Iterable[Verdict]) -> Verdict:
    """The gravest of `verdicts`; `not_tested` where there is none, because unknown is never green."""
    return max(verdicts, key=gravity, default=Verdict.NOT_TESTED)


def lighter(first: Level, second: Level | None) -> Level:
    """The lighter of a step's level and a finding's own: a finding may soften its step, never sharpen it."""
    return first if second is None else min(first, second, key=_WEIGHT.__getitem__)


def outcome(kind: Kind, level: Level) -> Verdict:
    """The verdict that one finding of `kind` gives where its rule weighs `level`."""
    return _OUTCOME[kind, level]


_GREEN = (Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS)


def is_green(verdict: Verdict) -> bool:
    """Whether a run with this verdict conforms."""
    return verdict in _GREEN


def exit_status(verdict: Verdict) -> int:
    """0 conforms, 1 departs from the standard, 3 could not be tested (2 is wrong usage, told by the command line)."""
    if is_green(verdict):
        return 0
    return 1 if verdict is Verdict.FAILED else 3
