"""Counts of municipalities that keep to themselves what they run, told so that no combination shows a small group.

Why it holds: docs/decisions/0020. A count is told as the lower end of a span of five, from six municipalities upwards,
so that whoever is one of them still sees at least five others; of fixed groups by size only; as of the first day of a
quarter. The difference of two such counts never shows that there is a group of one to four.
"""

from dataclasses import dataclass
from datetime import date

STEP = 5


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
