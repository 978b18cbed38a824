"""Findings (Befunde) are data; words are made at the edge from the texts of their code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.verdict import Cause, Kind, Level


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding, with the texts that explain it (German; marked with `N_`).

    `message` is a template over the finding's parameters, such as "Das Element {element} fehlt."
    """

    id: str
    title: str
    message: str
    meaning: str
    why: str
    remedy: str
    kind: Kind = Kind.DEPARTURE
    cause: Cause = Cause.PRODUCT


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was seen. Lines and columns count from 1; `pointer` is a JSON Pointer (RFC 6901)."""

    line: int | None = None
    column: int | None = None
    xpath: str | None = None
    pointer: str | None = None
    url: str | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check found.

    `parameters` are kept in every report and hold no message content; `content` is kept only on request.
    `rule` is the id that the standard gives the broken rule (BR-01, a requirement id); `level` is the weight that the
    standard itself gives the rule, and can only soften the step's. Equal findings may be one with a `count`.
    """

    code: str
    place: Place = NOWHERE
    parameters: Mapping[str, str] = field(default_factory=dict)
    content: Mapping[str, str] = field(default_factory=dict)
    rule: str | None = None
    level: Level | None = None
    count: int = 1
    examples: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Something a check wants to have in the report beside its findings, such as the validator it chose."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Covered:
    """Rules or requirements that a check really judged in this observation, whether broken or not."""

    rules: frozenset[str]


Item = Finding | Note | Covered


class CannotJudge(Exception):
    """Raised by a check that could not judge: its step is not tested, never passed. The finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code, dict(finding.parameters))
        self.finding = finding
