"""Counts of those who keep to themselves what they run: nobody learns of a small group, whatever is combined."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schnittstellen.domain.counting import SIZES, counting_day, size_class, told

MOST = 60


def possible(shown: int | None, of: int) -> set[int]:
    """Every true count that is told so: all that an attacker learns of one count."""
    return {count for count in range(of + 1) if told(count, of) == shown}


@given(some.integers(0, MOST), some.integers(0, MOST), some.integers(0, MOST))
def test_the_difference_of_two_counts_shows_no_small_group(part: int, rest: int, others: int) -> None:
    whole = part + rest
    of = whole + others
    differences = {
        all_ - some_
        for all_ in possible(told(whole, of), of)
        for some_ in possible(told(part, of), of)
        if all_ >= some_
    }
    assert not differences <= {1, 2, 3, 4}


@given(some.integers(0, MOST), some.integers(0, MOST))
def test_one_of_those_who_are_counted_still_sees_five_others(count: int, others: int) -> None:
    shown = told(count, count + others)
    assert shown is None or 5 <= shown <= count - 1


@given(some.integers(0, MOST), some.integers(0, MOST))
def test_it_is_never_certain_that_all_are_meant_or_all_but_four(count: int, others: int) -> None:
    of = count + others
    shown = told(count, of)
    if shown is not None:
        assert of - min(possible(shown, of)) >= 5


World = tuple[int, int, int, int, int]
"""Of one class of size: how many run it for the first Leistung only, the second only, both, another; and do not."""


def worlds(of: int) -> Iterator[World]:
    for first in range(of + 1):
        for second in range(of + 1 - first):
            for both in range(of + 1 - first - second):
                for other in range(of + 1 - first - second - both):
                    yield first, second, both, other, of - first - second - both - other


def answers(world: World, of: int) -> tuple[int | None, int | None, int | None]:
    """All that is told of a class: without a filter, and for each Leistung. The total is the sum over the classes."""
    first, second, both, other, _rest = world
    return told(first + second + both + other, of), told(first + both, of), told(second + both, of)


@pytest.mark.parametrize("of", [6, 11, 13, 16])
def test_all_answers_together_show_no_small_group_not_even_to_one_of_the_group(of: int) -> None:
    """Every group that filters can make, every answer; the asker may be a municipality that knows its own part."""
    told_so = defaultdict(list)
    for world in worlds(of):
        told_so[answers(world, of)].append(world)
    groups = [group for size in range(1, 5) for group in combinations(range(5), size)]
    for own in (None, *range(5)):
        for alike in told_so.values():
            seen = [world for world in alike if own is None or world[own]]
            for group in groups if seen else ():
                known = {sum(world[part] for part in group) - (own in group) for world in seen}
                assert not known <= {1, 2, 3, 4}, (own, group, answers(seen[0], of))


def test_some_counts() -> None:
    assert [told(count, 100) for count in (0, 5, 6, 10, 11, 99)] == [None, None, 5, 5, 10, 90]
    assert [told(10, of) for of in (10, 11, 15, 16)] == [None, 5, 5, 5]


def test_classes_meet_without_a_gap() -> None:
    assert [one.below for one in SIZES[:-1]] == [one.least for one in SIZES[1:]]
    assert [size_class(people).least for people in (0, 9_999, 10_000, 2_000_000)] == [0, 0, 10_000, 100_000]


def test_counts_are_those_of_a_quarter() -> None:
    assert counting_day(date(2026, 11, 30)) == counting_day(date(2026, 10, 1)) == date(2026, 10, 1)
    assert counting_day(date(2026, 9, 30)) == date(2026, 7, 1)
