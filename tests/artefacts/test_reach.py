"""What a component leads to decides which messages can be tested at all."""

from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.artefacts.components import reach


def simply(leads: list[set[int]], start: int) -> int:
    seen, waiting = {start}, [start]
    while waiting:
        for one in leads[waiting.pop()] - seen:
            seen.add(one)
            waiting.append(one)
    return sum(1 << one for one in seen)


GRAPHS = st.integers(1, 12).flatmap(
    lambda count: st.lists(st.sets(st.integers(0, count - 1), max_size=4), min_size=count, max_size=count)
)


@given(GRAPHS)
def test_everything_that_can_be_reached_is_found_circles_included(leads: list[set[int]]) -> None:
    assert reach(leads) == [simply(leads, start) for start in range(len(leads))]


def test_long_chains_need_no_recursion() -> None:
    count = 5000
    assert reach([{one + 1} for one in range(count)] + [set()])[0] == (1 << (count + 1)) - 1
