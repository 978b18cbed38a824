"""What is known of one declaration: evidence, decisions, objections and what happened later. Facts are only added."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.verdict import Cause, Verdict

Edition = tuple[str, str]
"""A suite and one of its editions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored run. `id` is the digest of its report; `reach` the level it proves when green; `on` its day.

    `failing` names the findings that make it fail, as `CODE` or `CODE rule`. `order` tells the newer of two of one day.
    """

    id: str
    reach: Nachweisstufe
    verdict: Verdict
    on: date
    suite: str
    edition: str
    cause: Cause | None = None
    failing: frozenset[str] = frozenset()
    order: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """An Auflage: to be met until day `due` (inclusive; None: no term); `met_on` when it was."""

    text: str
    due: date | None = None
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The board's word on day `on`. It rests on `evidence` (ids) and accepts the findings in `waived`.

    `votes` is how many members agreed; `lapses_on` the first day on which it holds no longer.
    """

    id: str
    on: date
    granted: bool
    votes: int = 0
    evidence: frozenset[str] = frozenset()
    lapses_on: date | None = None
    waived: frozenset[str] = frozenset()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Revocation:
    """The board takes a decision back from day `on`, with its reason; `why` is a value of `domain.trust.Why`."""

    decision: str
    on: date
    reason: str
    why: str = "ceased"


@dataclass(frozen=True, slots=True)
class Objection:
    """A Widerspruch against one finding of one piece of evidence; `upheld` says how it was decided on `decided_on`."""

    id: str
    evidence: str
    finding: str
    raised_on: date
    decided_on: date | None = None
    upheld: bool = False


@dataclass(frozen=True, slots=True)
class Erratum:
    """A finding that a suite should not make: from day `since` it counts for no product."""

    suite: str
    finding: str
    since: date


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A municipality confirms that the release works in operation."""

    id: str
    municipality: str
    on: date


@dataclass(frozen=True, slots=True)
class Deviation:
    """A municipality reports a deviation in operation; open until `closed_on`."""

    id: str
    municipality: str
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is known of one declaration.

    `retired` maps editions of suites to the first day on which they do not count; `version_ends_on` is the first day on
    which the version of the standard is not in force; `next_release_on` the day of the product's next release.
    """

    evidence: tuple[Evidence, ...] = ()
    decisions: tuple[Decision, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    objections: tuple[Objection, ...] = ()
    errata: tuple[Erratum, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    retired: Mapping[Edition, date] = field(default_factory=dict)
    version_ends_on: date | None = None
    next_release_on: date | None = None
