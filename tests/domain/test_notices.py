"""Notices: in advance, each once, and of a clock that jumps only the nearest."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schnittstellen.domain.facts import Confirmation, Duty, Facts, Revocation
from schnittstellen.domain.levels import Nachweisstufe as Stufe
from schnittstellen.domain.notices import due
from schnittstellen.domain.reasons import Why
from tests.domain.test_standing import DAY, SUITE, TERMS, certified, days, granted, run

AHEAD = (90, 30, 7)


def told(facts: Facts, moves: list[int]) -> list[tuple[int, int, Why]]:
    """What is told when the clock moves from DAY by these steps: end (days from DAY), days ahead, first cause."""
    sent: set[str] = set()
    found = []
    since = DAY
    for offset in moves:
        for notice in due(facts, TERMS, AHEAD, since=since, today=days(offset), sent=sent):
            sent.add(notice.key)
            found.append(((notice.ends_on - DAY).days, notice.before, notice.reasons[0].why))
        since = days(offset)
    return found


def test_day_by_day_each_notice_comes_once() -> None:
    assert told(certified(), list(range(1, 400))) == [
        (300, 90, Why.DECISION_ENDED),
        (355, 90, Why.AGE),
        (300, 30, Why.DECISION_ENDED),
        (300, 7, Why.DECISION_ENDED),
        (300, 0, Why.DECISION_ENDED),
        (355, 30, Why.AGE),
        (355, 7, Why.AGE),
        (355, 0, Why.AGE),
    ]


def test_a_clock_that_jumps_tells_the_nearest_only() -> None:
    assert told(certified(), [298, 299]) == [(300, 7, Why.DECISION_ENDED), (355, 90, Why.AGE)]
    assert told(certified(), [400]) == [(300, 0, Why.DECISION_ENDED), (355, 0, Why.AGE)]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        (certified(decisions=(granted(lapses_on=days(50)),)), Why.DECISION_ENDED),
        (certified(next_release_on=days(-130)), Why.NEW_RELEASE),
        (certified(version_ends_on=days(50)), Why.VERSION_ENDED),
        (certified(retired={SUITE: days(50)}), Why.SUITE_RETIRED),
        (certified(revocations=(Revocation("d1", days(50), "x"),)), Why.REVOKED),
        (certified(decisions=(granted(duties=(Duty("x", days(49)),)),)), Why.DUTY_MISSED),
        (certified(evidence=(run(on=-315),)), Why.AGE),
        (certified(confirmations=(Confirmation("c", "k", days(-315)),)), Why.CONFIRMATION_OLD),
    ],
)
def test_each_cause_of_an_end_fires_once(facts: Facts, why: Why) -> None:
    ends = [one for one in told(facts, list(range(1, 60))) if one[0] == 50]
    assert [before for _, before, _ in ends] == [90, 30, 7, 0]
    assert {cause for _, _, cause in ends} == {why}


def test_what_was_renewed_is_not_told_of() -> None:
    facts = replace(certified(), decisions=(granted(), granted(id="d2", on=days(100), lapses_on=days(900))))
    assert all(end != 300 for end, _, _ in told(facts, list(range(1, 400))))


@settings(max_examples=60)
@given(st.lists(st.integers(1, 120), min_size=1, max_size=8))
def test_nothing_is_told_twice_and_no_end_is_missed(steps: list[int]) -> None:
    moves = [sum(steps[: at + 1]) for at in range(len(steps))]
    found = told(certified(), moves)
    assert len(set(found)) == len(found)
    for end in (300, 355):
        assert ((end, 0) in [(one, before) for one, before, _ in found]) == (moves[-1] >= end)


def test_a_fall_to_declared_names_what_is_left() -> None:
    (notice,) = due(Facts((run(),)), TERMS, AHEAD, since=DAY, today=days(400), sent=())
    assert notice.level is Stufe.DECLARED
    assert notice.ends_on == date(2026, 11, 24).replace(year=2027, month=11, day=14)
