"""Test orders (Prüfaufträge): the board names the seed, so that no run can be prepared before it was ordered."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.refusals import (
    NO_ORDER,
    ORDER_ELSEWHERE,
    ORDER_EXPIRED,
    ORDER_NOT_YET,
    ORDER_REPLAYED,
    OTHER_ORDER,
    OTHER_SEED,
    Refusal,
)

NOTE = "order"
NOTE_SHA256 = "order_sha256"
NOTE_SEED = "order_seed"
SEED_BITS = 63
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Order:
    """One test order. `lapses_on` is the first day on which a run by it is refused; `seed` has `SEED_BITS` bits.

    `sha256` is the digest of its signed content, which the report of the run names.
    """

    id: str
    issuer: str
    release: ReleaseName
    suite: str
    seed: int
    issued: date
    lapses_on: date
    sha256: str = ""

    def notes(self) -> dict[str, str]:
        """What the report of a run by this order says of it."""
        return {NOTE: self.id, NOTE_SHA256: self.sha256, NOTE_SEED: str(self.seed)}


def usable(order: Order, release: ReleaseName | None, suites: Collection[str], today: date) -> Iterator[Refusal]:
    """Why a run of `suites` for `release` cannot be made by `order` on that day; None and nothing stand for any."""
    if today < order.issued:
        yield Refusal(ORDER_NOT_YET, {"order": order.id, "day": order.issued.isoformat()})
    if today >= order.lapses_on:
        yield Refusal(ORDER_EXPIRED, {"order": order.id, "day": order.lapses_on.isoformat()})
    if release is not None and release != order.release:
        yield _elsewhere(order, str(order.release), str(release))
    for suite in sorted(set(suites) - {order.suite}):
        yield _elsewhere(order, order.suite, suite)


def redeemed(
    order: Order, notes: Mapping[str, str], seeds: Collection[str], *, received: date, used: Collection[str]
) -> Iterator[Refusal]:
    """Why a report with `notes` does not fulfil `order` on the day it is received.

    `seeds` are those that the steps of the report recorded; `used` the ids of orders that were fulfilled before.
    """
    if NOTE not in notes:
        yield Refusal(NO_ORDER, {"expected": order.id})
        return
    if (notes[NOTE], notes.get(NOTE_SHA256)) != (order.id, order.sha256):
        yield Refusal(OTHER_ORDER, {"found": notes[NOTE], "expected": order.id})
        return
    if order.id in used:
        yield Refusal(ORDER_REPLAYED, {"order": order.id})
    if {notes.get(NOTE_SEED), *seeds} != {str(order.seed)}:
        yield Refusal(OTHER_SEED, {"order": order.id})
    yield from usable(order, None, (), received)


def _elsewhere(order: Order, expected: str, found: str) -> Refusal:
    return Refusal(ORDER_ELSEWHERE, {"order": order.id, "expected": expected, "found": found})
