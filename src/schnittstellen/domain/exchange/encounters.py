"""Two releases meet in all that is declared of them."""

from collections.abc import Sequence
from datetime import date

from schnittstellen.domain.exchange.meeting import meet
from schnittstellen.domain.exchange.terms import (
    ANYTHING,
    Encounter,
    Exchange,
    Need,
    Reason,
    Status,
    Why,
    Word,
    both,
    greenness,
)


def encounter(first: Sequence[Word], second: Sequence[Word], day: date, need: Need = ANYTHING) -> Encounter:
    """What is known of two releases by all that is declared of them."""
    undeclared = [Reason(Why.NOTHING_DECLARED, who) for who, words in both(first, second) if not words]
    if undeclared:
        return Encounter(Status.UNKNOWN, reasons=tuple(undeclared))
    pairs = [
        meet(one, other, day, need)
        for one in first
        for other in second
        if one.part.standard == other.part.standard and need.standard in (None, one.part.standard)
    ]
    if not pairs:
        values = () if need.standard is None else (need.standard,)
        return Encounter(Status.NOT_POSSIBLE, reasons=(Reason(Why.NO_COMMON_STANDARD, values=values),))
    kept = _worth_telling(pairs)
    return Encounter(kept[0].status, kept)


_NEAREST = (
    Why.OPTION_MISSING,
    Why.MESSAGE_NOT_SUPPORTED,
    Why.VERSION_WITHDRAWN,
    Why.SAME_ROLE,
    Why.NO_ROLE_PAIR,
    Why.NO_COMMON_VERSION,
)


def _worth_telling(pairs: Sequence[Exchange]) -> tuple[Exchange, ...]:
    """For each standard all exchanges that may be, or else those that came nearest; the greenest first."""
    if len(pairs) == 1:
        return tuple(pairs)
    kept: list[Exchange] = []
    for standard in {one.standard for one in pairs}:
        of = [one for one in pairs if one.standard == standard]
        possible = [one for one in of if one.status is not Status.NOT_POSSIBLE]
        kept += possible or _nearest(of)
    return tuple(sorted(kept, key=_order))


def _nearest(pairs: Sequence[Exchange]) -> list[Exchange]:
    distances = [_distance(one) for one in pairs]
    return [one for one, distance in zip(pairs, distances, strict=True) if distance == min(distances)]


def _distance(one: Exchange) -> int:
    whys = [_NEAREST.index(reason.why) for reason in one.reasons if reason.why in _NEAREST]
    return min(whys, default=-1)


def _order(one: Exchange) -> tuple[object, ...]:
    levels = tuple(sorted(one.levels))
    return (
        -greenness(one.status),
        -levels[0],
        -levels[1],
        one.standard,
        sorted(one.versions),
        sorted(one.roles),
        one.roles,
    )
