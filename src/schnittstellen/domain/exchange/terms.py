"""The words in which an exchange is told: statuses, reasons, what is declared, shown and met."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeVar

from schnittstellen.domain.levels import Nachweisstufe, Proof

ALL = "*"
"""Stands for every message or operation of a role."""

Ids = frozenset[str]

NONE: Ids = frozenset()


class Status(StrEnum):
    """What is known of an exchange; only `PROVEN` is green."""

    PROVEN = "proven"
    PARTLY_PROVEN = "partly_proven"
    DECLARED = "declared"
    UNKNOWN = "unknown"
    REFUTED = "refuted"
    NOT_POSSIBLE = "not_possible"


_GREENNESS = {status: -rank for rank, status in enumerate(Status)}

_OF_GREENNESS = {rank: status for status, rank in _GREENNESS.items()}


def greenness(status: Status) -> int:
    """Orders statuses: the larger, the more is proven."""
    return _GREENNESS[status]


def of_greenness(value: int) -> Status:
    """The status that is so green."""
    return _OF_GREENNESS[value]


class Why(StrEnum):
    """Reasons, as codes; words are made at the edge."""

    NOTHING_DECLARED = "nothing_declared"
    NO_COMMON_STANDARD = "no_common_standard"
    NO_COMMON_VERSION = "no_common_version"
    SAME_ROLE = "same_role"
    NO_ROLE_PAIR = "no_role_pair"
    ROLE_UNKNOWN = "role_unknown"
    MESSAGE_NOT_SUPPORTED = "message_not_supported"
    OPTION_MISSING = "option_missing"
    VERSION_WITHDRAWN = "version_withdrawn"
    VERSION_ENDED = "version_ended"
    REFUTED = "refuted"
    LAPSED = "lapsed"
    NO_EVIDENCE = "no_evidence"
    SILENT = "silent"
    NOT_SHOWN = "not_shown"


class Who(StrEnum):
    """Which of the two a reason is about."""

    FIRST = "first"
    SECOND = "second"

    @property
    def other(self) -> "Who":
        """The other one."""
        return Who.SECOND if self is Who.FIRST else Who.FIRST


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a status is what it is. `values` are versions, roles, messages or options; `day` when something ended."""

    why: Why
    who: Who | None = None
    values: tuple[str, ...] = ()
    day: date | None = None

    def mirrored(self) -> "Reason":
        """The same, told from the other end."""
        return self if self.who is None else replace(self, who=self.who.other)


@dataclass(frozen=True, slots=True)
class Part:
    """One role of one version of a standard. `ends` is the last day on which the version is in force."""

    standard: str
    version: str
    role: str
    sends: Ids = NONE
    receives: Ids = NONE
    withdrawn: bool = False
    ends: date | None = None

    @property
    def known(self) -> bool:
        """Whether it is known what the role sends or receives."""
        return bool(self.sends or self.receives)


@dataclass(frozen=True, slots=True)
class Shown:
    """Evidence, as far as an exchange needs it: what it proved, of which messages, with which release."""

    proof: Proof
    messages: Ids = NONE
    counterpart: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """What the evidence of one declaration comes to on a day."""

    level: Nachweisstufe = Nachweisstufe.DECLARED
    covered: Ids = NONE
    refuted: Proof | None = None
    lapsed_on: date | None = None
    silent: bool = False
    any: bool = False


class Saying(NamedTuple):
    """What a declaration says, whoever says it: thousands say the same."""

    part: Part
    messages: Ids
    options: Ids


@dataclass(frozen=True, slots=True)
class Word:
    """A declaration: a release takes a part. Empty `messages` are all that the role has.

    `known` is what the evidence comes to, for those who know that already: against all but those in `tested_with`.
    `confirmed` is the level that the board and municipalities in operation confirm on the day in question.
    """

    release: str
    part: Part
    messages: Ids = NONE
    options: Ids = NONE
    shown: tuple[Shown, ...] = ()
    known: Stand | None = None
    confirmed: Nachweisstufe = Nachweisstufe.DECLARED
    tested_with: Ids = NONE

    @property
    def saying(self) -> Saying:
        """What is said, without who says it and how it is proven."""
        return Saying(self.part, self.messages, self.options)


@dataclass(frozen=True, slots=True)
class Need:
    """What somebody needs of an exchange: messages that must pass, options that both must have. Empty is anything."""

    standard: str | None = None
    messages: Ids = NONE
    options: Ids = NONE


ANYTHING = Need()


@dataclass(frozen=True, slots=True)
class Flow:
    """A message that one side sends and the other receives."""

    message: str
    sender: Who

    def mirrored(self) -> "Flow":
        """The same, told from the other end."""
        return Flow(self.message, self.sender.other)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is known of the exchange of two declarations. `proven` and `open` are its messages, by what is proven."""

    status: Status
    standard: str
    versions: tuple[str, str]
    roles: tuple[str, str]
    levels: tuple[Nachweisstufe, Nachweisstufe] = (Nachweisstufe.DECLARED, Nachweisstufe.DECLARED)
    proven: tuple[Flow, ...] = ()
    open: tuple[Flow, ...] = ()
    options: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    def mirrored(self) -> "Exchange":
        """The same, told from the other end."""
        return replace(
            self,
            versions=(self.versions[1], self.versions[0]),
            roles=(self.roles[1], self.roles[0]),
            levels=(self.levels[1], self.levels[0]),
            proven=in_order(flow.mirrored() for flow in self.proven),
            open=in_order(flow.mirrored() for flow in self.open),
            reasons=sorted_reasons(reason.mirrored() for reason in self.reasons),
        )


@dataclass(frozen=True, slots=True)
class Encounter:
    """What is known of two releases: the exchanges, the greenest first, and the reasons where there is none."""

    status: Status
    exchanges: tuple[Exchange, ...] = ()
    reasons: tuple[Reason, ...] = field(default=())


_Thing = TypeVar("_Thing")


def both(one: _Thing, other: _Thing) -> tuple[tuple[Who, _Thing], tuple[Who, _Thing]]:
    return (Who.FIRST, one), (Who.SECOND, other)


def in_order(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    return tuple(sorted(flows, key=lambda flow: (flow.message, flow.sender)))


def sorted_reasons(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple(sorted(reasons, key=lambda one: (one.why, one.who or "", one.values, one.day or date.min)))
