"""What a piece of news is, and of which ones a reader asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class What(StrEnum):
    """What happened."""

    PRODUCT = "product"
    RELEASE = "release"
    EVIDENCE = "evidence"
    LEVEL = "level"
    DECISION = "decision"
    DUTY_MET = "duty_met"
    REVOCATION = "revocation"
    OBJECTION = "objection"
    OBJECTION_DECIDED = "objection_decided"
    ERRATUM = "erratum"
    RETIRED = "retired"
    CONFIRMATION = "confirmation"
    DEVIATION = "deviation"
    DEVIATION_CLOSED = "deviation_closed"
    STANDARD = "standard"
    BEGINS = "begins"
    ENDS = "ends"
    DECLARED = "declared"
    REDECLARED = "redeclared"
    UNDECLARED = "undeclared"


class Group(StrEnum):
    """Kinds of news that a reader may choose."""

    PRODUCTS = "programme"
    EVIDENCE = "nachweise"
    BOARD = "beirat"
    OPERATION = "betrieb"
    STANDARDS = "standards"


GROUPS: dict[Group, frozenset[What]] = {
    Group.PRODUCTS: frozenset({What.PRODUCT, What.RELEASE}),
    Group.EVIDENCE: frozenset({What.EVIDENCE, What.LEVEL}),
    Group.BOARD: frozenset(
        {What.DECISION, What.DUTY_MET, What.REVOCATION, What.OBJECTION, What.OBJECTION_DECIDED, What.ERRATUM}
    ),
    Group.OPERATION: frozenset({What.CONFIRMATION, What.DEVIATION, What.DEVIATION_CLOSED}),
    Group.STANDARDS: frozenset({What.STANDARD, What.BEGINS, What.ENDS, What.RETIRED}),
}


@dataclass(frozen=True, slots=True)
class About:
    """Whom it is about: a product and its release, a version of a standard and a role. What is not named is empty."""

    product: str = ""
    name: str = ""
    release: str = ""
    standard: str = ""
    title: str = ""
    version: str = ""
    role: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news. `id` never changes, `at` is when it became known here, `told` are values for its words.

    `levels` are the Nachweisstufen before and after, where what happened changed them.
    """

    id: str
    at: datetime
    what: What
    about: About
    told: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which news: of one group, about a standard, a product or the products for a Leistung (keys; empty is all)."""

    group: Group | None = None
    standard: str = ""
    product: str = ""
    leistung: str = ""

    @property
    def about(self) -> dict[str, str]:
        """Those of the keys that are named."""
        named = {"standard": self.standard, "product": self.product, "leistung": self.leistung}
        return {name: key for name, key in named.items() if key}

    def asks(self, *whats: What) -> bool:
        """Whether any of `whats` is among what the reader wants."""
        return self.group is None or bool(GROUPS[self.group] & set(whats))


@dataclass(frozen=True, slots=True)
class Asked:
    """`most` of each source, those wanted, that happened until `now`."""

    wanted: Wanted
    now: datetime
    most: int

    @property
    def today(self) -> date:
        """The day of `now` here."""
        return self.now.date()
