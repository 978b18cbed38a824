"""Levels follow from evidence and the day, and from nothing else."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.domain.levels import Nachweisstufe, Proof, level
from schnittstellen.domain.verdict import Cause, Verdict

DAY = date(2026, 6, 1)
MESSAGES, ENDPOINT, PAIR = Nachweisstufe.MESSAGES, Nachweisstufe.ENDPOINT, Nachweisstufe.PAIR


def proof(reach: Nachweisstufe, verdict: Verdict = Verdict.PASSED, days: int = -10, **more: object) -> Proof:
    return Proof(reach, verdict, DAY + timedelta(days), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("proofs", "expected"),
    [
        ([], 0),
        ([proof(MESSAGES)], 1),
        ([proof(ENDPOINT)], 2),
        ([proof(MESSAGES), proof(PAIR, Verdict.PASSED_WITH_WARNINGS)], 3),
        ([proof(MESSAGES, Verdict.NOT_TESTED)], 0),
        ([proof(MESSAGES, Verdict.ERROR)], 0),
        ([proof(MESSAGES), proof(MESSAGES, Verdict.FAILED, -5)], 0),
        ([proof(MESSAGES, Verdict.FAILED), proof(MESSAGES, days=-5)], 1),
        ([proof(ENDPOINT), proof(MESSAGES, Verdict.FAILED, -5)], 0),
        ([proof(MESSAGES), proof(ENDPOINT, Verdict.FAILED, -5)], 1),
        ([proof(MESSAGES), proof(MESSAGES, Verdict.FAILED, -5, cause=Cause.TOOL)], 1),
        ([proof(MESSAGES), proof(MESSAGES, Verdict.FAILED, -5, cause=Cause.PRODUCT)], 0),
        ([proof(MESSAGES, days=1)], 0),
        ([proof(MESSAGES, lapses_on=DAY)], 0),
        ([proof(MESSAGES, lapses_on=DAY + timedelta(1))], 1),
        ([proof(MESSAGES), proof(ENDPOINT, lapses_on=DAY)], 1),
        ([proof(MESSAGES, order=1), proof(MESSAGES, Verdict.FAILED, order=2)], 0),
    ],
)
def test_known_answers(proofs: list[Proof], expected: int) -> None:
    assert level(proofs, DAY) == expected


PROOFS = st.lists(
    st.builds(
        Proof,
        reach=st.sampled_from([MESSAGES, ENDPOINT, PAIR]),
        verdict=st.sampled_from(list(Verdict)),
        on=st.dates(DAY - timedelta(9), DAY + timedelta(9)),
        cause=st.sampled_from([None, *Cause]),
        lapses_on=st.none() | st.dates(DAY - timedelta(9), DAY + timedelta(9)),
        order=st.integers(0, 3),
    ),
    max_size=8,
)


@given(PROOFS)
def test_what_did_not_pass_never_gives_a_level(proofs: list[Proof]) -> None:
    red = [one for one in proofs if one.verdict not in (Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS)]
    assert level(red, DAY) == 0


@given(PROOFS)
def test_time_alone_never_raises_a_level(proofs: list[Proof]) -> None:
    there = [one for one in proofs if one.on <= DAY]
    assert level(there, DAY + timedelta(3)) <= level(there, DAY)
