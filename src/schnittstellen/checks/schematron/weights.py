"""How much a Schematron rule weighs: what the suite says, else what the rule's own role, flag or severity says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from schnittstellen.domain.verdict import Level

OFF = "off"
_FLAGS: dict[str, Level | None] = {
    "fatal": None,
    "error": None,
    "warning": Level.SHOULD,
    "warn": Level.SHOULD,
    "information": Level.MAY,
    "info": Level.MAY,
    "hint": Level.MAY,
    "note": Level.MAY,
}
_KOSIT = {"error": "must", "warning": "should", "information": "may"}


@dataclass(frozen=True, slots=True)
class Weights:
    """`levels` by rule id win over `flags`, which map role, flag and severity values (lower case) to levels.

    `reports` is the level of reports (sch:report) that say nothing of it themselves.
    """

    levels: Mapping[str, str] = field(default_factory=dict)
    flags: Mapping[str, Level | None] = field(default_factory=lambda: _FLAGS)
    reports: Level | None = None

    def off(self, rule: str) -> bool:
        """Whether the suite switched the rule off."""
        return self.levels.get(rule) == OFF

    def without_off(self, rules: frozenset[str]) -> frozenset[str]:
        """Those of `rules` that the suite did not switch off."""
        return rules.difference(rule for rule, level in self.levels.items() if level == OFF)

    def level(self, rule: str, values: Iterable[str], *, report: bool = False) -> Level | None:
        """The rule's own level; None: that of the step. Among several values the gravest counts."""
        if rule in self.levels and not self.off(rule):
            return Level(self.levels[rule])
        known = [self.flags[value.lower()] for value in values if value.lower() in self.flags]
        own = [level for level in known if level is not None]
        if report and not known:
            return self.reports
        return min(own, key=list(Level).index) if len(own) == len(known) and own else None


def weights(options: Mapping[str, Any]) -> Weights:
    """From the options `levels`, `flags` and `reports` of a step; the words of KoSIT (error, warning, information) too.

    Raises `ValueError` for a level that does not exist.
    """
    levels = {rule: _level(value) for rule, value in options.get("levels", {}).items()}
    named = {flag.lower(): Level(_level(value)) for flag, value in options.get("flags", {}).items()}
    reports = options.get("reports")
    return Weights(levels, {**_FLAGS, **named}, None if reports is None else Level(_level(reports)))


def _level(value: str) -> str:
    written = _KOSIT.get(value, value)
    return written if written == OFF else Level(written).value
