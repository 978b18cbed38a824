"""Nachweisstufen: how well a declaration is proven, computed from evidence and a date, and set by nothing else.

Levels 0 to 3 follow from runs. 4 (confirmed by the board) and 5 (confirmed in operation) need decisions on top.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from schnittstellen.domain.verdict import Cause, Verdict, is_green


class Nachweisstufe(IntEnum):
    DECLARED = 0
    MESSAGES = 1
    ENDPOINT = 2
    PAIR = 3
    BOARD = 4
    OPERATION = 5


@dataclass(frozen=True, slots=True)
class Proof:
    """One piece of evidence, as far as levels need it.

    `reach` is the level that it gives when green; `lapses_on` the first day on which it holds no longer.
    `order` tells which of two of the same day is the newer.
    """

    reach: Nachweisstufe
    verdict: Verdict
    on: date
    cause: Cause | None = None
    lapses_on: date | None = None
    order: int = 0

    @property
    def decides(self) -> bool:
        """Whether it says something about the product: a fault of the tool or a dead host does not."""
        return is_green(self.verdict) or (self.verdict is Verdict.FAILED and self.cause in (None, Cause.PRODUCT))

    def holds(self, day: date) -> bool:
        """Whether it is there on `day` and has not lapsed."""
        return self.on <= day and (self.lapses_on is None or day < self.lapses_on)


def newest(proofs: Iterable[Proof], day: date) -> dict[Nachweisstufe, Proof]:
    """The newest deciding proof of each reach that was there on `day`.

    A lapsed pass counts as well, but does not hide an older one that still holds; a failure hides all before it.
    """
    found: dict[Nachweisstufe, Proof] = {}
    for proof in sorted(proofs, key=lambda one: (one.on, one.order)):
        if proof.decides and proof.on <= day:
            succeed(found, proof, day)
    return found


def succeed(found: dict[Nachweisstufe, Proof], proof: Proof, day: date) -> None:
    """The next newer `proof` that decides takes its place among the newest of each reach."""
    older = found.get(proof.reach)
    if older is None or not _still(older, proof, day):
        found[proof.reach] = proof


def _still(older: Proof, proof: Proof, day: date) -> bool:
    """Whether an older pass holds although the newer one has lapsed."""
    return not proof.holds(day) and older.holds(day) and is_green(older.verdict) and is_green(proof.verdict)


def level(proofs: Iterable[Proof], day: date) -> Nachweisstufe:
    """The highest level that holds on `day`.

    A newest failure at one reach stops there: what fails with messages is not proven by an older endpoint run.
    """
    return level_of(newest(proofs, day), day)


def level_of(newest_of_each: Mapping[Nachweisstufe, Proof], day: date) -> Nachweisstufe:
    """The same of what is `newest`."""
    reached = Nachweisstufe.DECLARED
    for reach, proof in sorted(newest_of_each.items()):
        if not is_green(proof.verdict):
            return reached
        if proof.holds(day):
            reached = reach
    return reached
