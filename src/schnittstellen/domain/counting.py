"""Counts of municipalities that keep to themselves what they run, told so that no combination shows a small group.

Why it holds: docs/decisions/0020. A count is told as the lower end of a span of five, from six municipalities upwards,
so that whoever is one of them still sees at least five others; of fixed groups by size only; as of the first day of a
quarter. The difference of two such counts never shows that there is a group of one to four.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

STEP = 5
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True)
class SizeClass:
    """Municipalities with `least` inhabitants and more, but fewer than `below` (None: no limit)."""

    least: int
    below: int | None


SIZES = (
    SizeClass(0, 10_000),
    SizeClass(10_000, 25_000),
    SizeClass(25_000, 50_000),
    SizeClass(50_000, 100_000),
    SizeClass(100_000, None),
)


def size_class(population: int) -> SizeClass:
    """The fixed group of a municipality with so many inhabitants."""
    return next(one for one in SIZES if one.below is None or population < one.below)


def told(count: int, of: int) -> int | None:
    """What is told of `count` municipalities among `of` that could be meant; None where it is too few.

    "At least" 5, 10, 15 … others than oneself; never so many that fewer than five would be left who are not meant.
    """
    shown = min(count - 1, of - STEP - 1) // STEP * STEP
    return shown if shown >= STEP else None


def counting_day(day: date) -> date:
    """The day whose counts are told on `day`: the first of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_counting_day(day: date) -> date:
    """The first day of a quarter that is not before `day`; `date.max` stays what it is."""
    first = counting_day(day)
    if first == day:
        return day
    year, month = (first.year, first.month + 3) if first.month < 10 else (first.year + 1, 1)
    return date(year, month, 1) if year <= date.max.year else date.max


Stay = tuple[int, date, date]
"""Somebody (a number) runs something from a day until before another."""


def spans(stays: Iterable[Stay], tell: Callable[[Collection[int]], Told]) -> Iterator[tuple[date, date, Told]]:
    """From a day until before another, what `tell` says of those who run it then; no span where nobody does."""
    changes: dict[date, Counter[int]] = defaultdict(Counter)
    for who, since, until in stays:
        changes[since][who] += 1
        changes[until][who] -= 1
    there: Counter[int] = Counter()
    begun, before = date.min, None
    for day in sorted(changes):
        for who, change in changes[day].items():
            there[who] += change
            if not there[who]:
                del there[who]
        now = tell(there.keys()) if there else None
        if now != before:
            if before is not None:
                yield begun, day, before
            begun, before = day, now
