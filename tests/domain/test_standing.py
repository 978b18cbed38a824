"""The standing: examples for each cause, and what holds for any facts."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schnittstellen.domain.facts import (
    Confirmation,
    Decision,
    Deviation,
    Duty,
    Erratum,
    Evidence,
    Facts,
    Objection,
    Revocation,
)
from schnittstellen.domain.levels import Nachweisstufe as Stufe
from schnittstellen.domain.reasons import TEXTS, Why
from schnittstellen.domain.standing import Terms, ends_next, standing, turns
from schnittstellen.domain.verdict import Cause, Verdict

DAY = date(2026, 11, 24)
TERMS = Terms(
    {Stufe.MESSAGES: 730, Stufe.ENDPOINT: 365, Stufe.PAIR: 365, Stufe.OPERATION: 365}, 2, 3, Stufe.ENDPOINT, 180
)
SUITE = ("muster@1.0/sender", "1.0.0")


def days(count: int) -> date:
    return DAY + timedelta(days=count)


def run(id: str = "e1", reach: Stufe = Stufe.ENDPOINT, on: int = -10, **changes: Any) -> Evidence:
    return replace(Evidence(id, reach, Verdict.PASSED, days(on), *SUITE), **changes)


def failed(id: str, *findings: str, **changes: Any) -> Evidence:
    return run(id, **{"verdict": Verdict.FAILED, "cause": Cause.PRODUCT, "failing": frozenset(findings), **changes})


def granted(**changes: Any) -> Decision:
    made = Decision("d1", days(-5), True, 2, frozenset({"e1"}), days(300))
    return replace(made, **changes)


def certified(**changes: Any) -> Facts:
    return replace(Facts((run(),), (granted(),)), **changes)


def whys(facts: Facts, day: date = DAY) -> set[Why]:
    return {one.why for one in standing(facts, TERMS, day).reasons}


def test_nothing_is_only_declared() -> None:
    assert standing(Facts(), TERMS, DAY).level is Stufe.DECLARED
    assert ends_next(Facts(), TERMS, DAY) is None


def test_evidence_counts_from_its_day_until_it_is_too_old() -> None:
    facts = Facts((run(),))
    assert standing(facts, TERMS, days(-11)).level is Stufe.DECLARED
    assert standing(facts, TERMS, days(-10)).level is Stufe.ENDPOINT
    assert standing(facts, TERMS, days(354)).level is Stufe.ENDPOINT
    assert standing(facts, TERMS, days(355)).level is Stufe.DECLARED
    turn = ends_next(facts, TERMS, DAY)
    assert turn is not None
    assert (turn.day, turn.level, turn.reasons[0].why) == (days(355), Stufe.DECLARED, Why.AGE)


def test_the_board_confirms_and_a_municipality_too() -> None:
    assert standing(certified(), TERMS, DAY).level is Stufe.BOARD
    confirmed = certified(confirmations=(Confirmation("c1", "05315000", days(-1)),))
    found = standing(confirmed, TERMS, DAY)
    assert (found.level, found.tested, found.decision) == (Stufe.OPERATION, Stufe.ENDPOINT, "d1")
    assert found.evidence == {"e1"}


def test_a_municipality_alone_confirms_nothing() -> None:
    facts = Facts((run(),), confirmations=(Confirmation("c1", "05315000", days(-1)),))
    assert standing(facts, TERMS, DAY).level is Stufe.ENDPOINT


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"decisions": (granted(votes=1),)}, Why.TOO_FEW_VOTES),
        ({"decisions": (granted(votes=2, waived=frozenset({"X102"})),)}, Why.TOO_FEW_VOTES),
        ({"decisions": (granted(granted=False),)}, Why.NOT_GRANTED),
        ({"decisions": (granted(evidence=frozenset({"e1", "e2"})),)}, Why.EVIDENCE_GONE),
        ({"decisions": (granted(evidence=frozenset()),)}, Why.EVIDENCE_GONE),
        ({"decisions": (granted(lapses_on=DAY),)}, Why.DECISION_ENDED),
        ({"decisions": (granted(duties=(Duty("Handbuch", days(-1)),)),)}, Why.DUTY_MISSED),
        ({"revocations": (Revocation("d1", DAY, "Abweichung"),)}, Why.REVOKED),
        ({"version_ends_on": DAY}, Why.VERSION_ENDED),
        ({"next_release_on": days(-180)}, Why.NEW_RELEASE),
        ({"retired": {SUITE: DAY}}, Why.SUITE_RETIRED),
        ({"evidence": (run(), failed("e2", "X102", on=-1))}, Why.FAILED),
        ({"evidence": (run(reach=Stufe.MESSAGES),)}, Why.NOT_PROVEN),
    ],
)
def test_each_cause_ends_a_certificate_and_is_told(changes: dict[str, Any], why: Why) -> None:
    facts = certified(**changes)
    assert standing(facts, TERMS, DAY).level < Stufe.BOARD
    assert why in whys(facts)


def test_the_day_before_each_end_it_still_holds() -> None:
    for changes in (
        {"decisions": (granted(lapses_on=days(1)),)},
        {"decisions": (granted(duties=(Duty("Handbuch", DAY),)),)},
        {"decisions": (granted(duties=(Duty("Handbuch", days(-9), days(-9)),)),)},
        {"revocations": (Revocation("d1", days(1), "Abweichung"),)},
        {"version_ends_on": days(1)},
        {"next_release_on": days(-179)},
        {"retired": {SUITE: days(1)}},
        {"decisions": (granted(votes=3, waived=frozenset({"X102"})),)},
    ):
        assert standing(certified(**changes), TERMS, DAY).level is Stufe.BOARD, changes


def test_a_duty_that_is_met_late_counts_again_from_then_on() -> None:
    facts = certified(decisions=(granted(duties=(Duty("Handbuch", days(1), days(5)),)),))
    assert [(one.day, one.level) for one in turns(facts, TERMS, DAY)][:2] == [
        (days(2), Stufe.ENDPOINT),
        (days(5), Stufe.BOARD),
    ]


def test_an_older_decision_does_not_come_back() -> None:
    old, new = granted(id="d0", on=days(-9)), granted(granted=False)
    assert standing(certified(decisions=(old, new)), TERMS, DAY).level is Stufe.ENDPOINT
    assert standing(certified(decisions=(old, new)), TERMS, days(-6)).level is Stufe.BOARD


def test_a_waived_finding_carries_the_certificate_and_still_shows() -> None:
    facts = Facts((failed("e1", "X102", "C001"),), (granted(votes=3, waived=frozenset({"X102", "C001"})),))
    found = standing(facts, TERMS, DAY)
    assert (found.level, found.tested) == (Stufe.BOARD, Stufe.DECLARED)
    assert Why.FAILED in whys(facts)
    half = Facts(facts.evidence, (granted(votes=3, waived=frozenset({"X102"})),))
    assert standing(half, TERMS, DAY).level is Stufe.DECLARED


def test_a_deviation_in_operation_takes_level_5_until_it_is_closed() -> None:
    confirmed = certified(
        confirmations=(Confirmation("c1", "05315000", days(-3)),),
        deviations=(Deviation("b1", "05315000", days(-1), days(7)),),
    )
    assert standing(confirmed, TERMS, days(-2)).level is Stufe.OPERATION
    assert standing(confirmed, TERMS, DAY).level is Stufe.BOARD
    assert standing(confirmed, TERMS, days(7)).level is Stufe.OPERATION
    assert standing(confirmed, TERMS, days(290)).level is Stufe.OPERATION
    old = replace(confirmed, confirmations=(Confirmation("c1", "05315000", days(-365)),), deviations=())
    assert standing(old, TERMS, DAY).level is Stufe.BOARD
    assert Why.CONFIRMATION_OLD in whys(old)


def test_a_contested_finding_does_not_count_until_it_is_decided() -> None:
    objection = Objection("o1", "e2", "X102", days(-1), days(3), upheld=True)
    facts = Facts((run(), failed("e2", "X102", on=-2)), objections=(objection,))
    assert standing(facts, TERMS, days(-2)).level is Stufe.DECLARED
    during = standing(facts, TERMS, DAY)
    assert (during.level, during.contested) == (Stufe.ENDPOINT, {"X102"})
    assert Why.CONTESTED in whys(facts)
    after = standing(facts, TERMS, days(3))
    assert (after.level, after.contested, after.evidence) == (Stufe.ENDPOINT, frozenset(), {"e1", "e2"})
    lost = replace(facts, objections=(replace(objection, upheld=False),))
    assert standing(lost, TERMS, days(3)).level is Stufe.DECLARED


def test_contesting_one_of_two_findings_changes_nothing() -> None:
    facts = Facts((failed("e2", "X102", "X103"),), objections=(Objection("o1", "e2", "X102", days(-1)),))
    assert standing(facts, TERMS, DAY).level is Stufe.DECLARED
    assert Why.FAILED in whys(facts)


def test_contesting_never_makes_a_failed_run_pass() -> None:
    facts = Facts((failed("e2", "X102"),), objections=(Objection("o1", "e2", "X102", days(-1)),))
    assert standing(facts, TERMS, DAY).level is Stufe.DECLARED


def test_an_erratum_counts_for_every_run_of_that_suite() -> None:
    facts = Facts((failed("e1", "X102"),), errata=(Erratum(SUITE[0], "X102", DAY),))
    assert standing(facts, TERMS, days(-1)).level is Stufe.DECLARED
    assert standing(facts, TERMS, DAY).level is Stufe.ENDPOINT
    other = Facts(facts.evidence, errata=(Erratum("andere@1/x", "X102", days(-9)),))
    assert standing(other, TERMS, DAY).level is Stufe.DECLARED


def test_what_the_tool_or_a_dead_host_did_says_nothing() -> None:
    for verdict, cause in ((Verdict.ERROR, Cause.TOOL), (Verdict.NOT_TESTED, Cause.UNREACHABLE)):
        facts = Facts((run(), run("e2", on=-1, verdict=verdict, cause=cause)))
        assert standing(facts, TERMS, DAY).level is Stufe.ENDPOINT


def test_a_lapsed_run_does_not_hide_an_older_one_that_holds() -> None:
    old, new = run("e1", on=-20, edition="2.0.0"), run("e2", on=-10)
    facts = Facts((old, new), retired={SUITE: DAY})
    assert standing(facts, TERMS, DAY).level is Stufe.ENDPOINT
    assert standing(facts, TERMS, DAY).evidence == {"e1"}
    between = replace(facts, evidence=(old, failed("e3", on=-15), new))
    assert standing(between, TERMS, DAY).level is Stufe.DECLARED


def test_every_reason_has_a_text() -> None:
    assert set(TEXTS) == set(Why)
    assert all("{day}" in text for text in TEXTS.values())


# --- what holds for any facts

offsets = st.integers(-400, 400)
some_days = offsets.map(days)
maybe_days = st.none() | some_days
findings = st.frozensets(st.sampled_from(["X102", "C001", "A101"]), max_size=2)
ids = st.sampled_from(["e1", "e2", "e3", "e4"])
levels = st.sampled_from([Stufe.MESSAGES, Stufe.ENDPOINT, Stufe.PAIR])
evidence = st.builds(
    Evidence,
    id=ids,
    reach=levels,
    verdict=st.sampled_from([Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS, Verdict.FAILED, Verdict.ERROR]),
    on=some_days,
    suite=st.just(SUITE[0]),
    edition=st.sampled_from(["1.0.0", "2.0.0"]),
    cause=st.just(Cause.PRODUCT),
    failing=findings,
    order=st.integers(0, 3),
)
decisions = st.builds(
    Decision,
    id=st.sampled_from(["d1", "d2", "d3"]),
    on=some_days,
    granted=st.booleans(),
    votes=st.integers(0, 4),
    evidence=st.frozensets(ids, max_size=2),
    lapses_on=maybe_days,
    waived=findings,
    duties=st.lists(st.builds(Duty, st.just("x"), maybe_days, maybe_days), max_size=1).map(tuple),
)
facts_of = st.builds(
    Facts,
    evidence=st.lists(evidence, max_size=4, unique_by=lambda one: one.id).map(tuple),
    decisions=st.lists(decisions, max_size=3, unique_by=lambda one: one.id).map(tuple),
    revocations=st.lists(st.builds(Revocation, st.just("d1"), some_days, st.just("x")), max_size=1).map(tuple),
    objections=st.lists(
        st.builds(
            Objection, st.just("o"), ids, st.sampled_from(["X102", "C001"]), some_days, maybe_days, st.booleans()
        ),
        max_size=2,
    ).map(tuple),
    errata=st.lists(st.builds(Erratum, st.just(SUITE[0]), st.just("A101"), some_days), max_size=1).map(tuple),
    confirmations=st.lists(
        st.builds(Confirmation, st.sampled_from(["c1", "c2"]), st.just("k"), some_days), max_size=2
    ).map(tuple),
    deviations=st.lists(st.builds(Deviation, st.just("b"), st.just("k"), some_days, maybe_days), max_size=1).map(tuple),
    retired=st.dictionaries(st.just(SUITE), some_days, max_size=1),
    version_ends_on=maybe_days,
    next_release_on=maybe_days,
)
GREEN = (Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS)


@settings(max_examples=400)
@given(facts_of, some_days, st.data())
def test_taking_away_what_speaks_for_the_product_never_raises(facts: Facts, day: date, data: st.DataObject) -> None:
    kept = [one for one in facts.evidence if one.verdict not in GREEN or data.draw(st.booleans())]
    confirmed = [one for one in facts.confirmations if data.draw(st.booleans())]
    fewer = replace(facts, evidence=tuple(kept), confirmations=tuple(confirmed))
    assert standing(fewer, TERMS, day).level <= standing(facts, TERMS, day).level


@settings(max_examples=300)
@given(facts_of, some_days, some_days)
def test_lapsing_never_raises(facts: Facts, day: date, end: date) -> None:
    before = standing(facts, TERMS, day).level
    earlier = {edition: min(end, facts.retired.get(edition, end)) for edition in (SUITE, (SUITE[0], "2.0.0"))}
    one_more = {**facts.retired, SUITE: min(end, facts.retired.get(SUITE, end))}
    shorter = replace(TERMS, most_days={one: most // 3 for one, most in TERMS.most_days.items()})
    assert standing(replace(facts, retired=earlier), TERMS, day).level <= before
    assert standing(replace(facts, retired=one_more), TERMS, day).level <= before
    assert standing(facts, shorter, day).level <= before
    assert standing(replace(facts, version_ends_on=min(end, facts.version_ends_on or end)), TERMS, day).level <= before


@settings(max_examples=300)
@given(facts_of, some_days)
def test_what_is_not_yet_known_changes_nothing(facts: Facts, day: date) -> None:
    known = replace(
        facts,
        evidence=tuple(one for one in facts.evidence if one.on <= day),
        decisions=tuple(one for one in facts.decisions if one.on <= day),
        confirmations=tuple(one for one in facts.confirmations if one.on <= day),
        errata=tuple(one for one in facts.errata if one.since <= day),
    )
    assert standing(known, TERMS, day) == standing(facts, TERMS, day)


@settings(max_examples=200)
@given(facts_of, some_days)
def test_between_two_turns_nothing_changes(facts: Facts, day: date) -> None:
    """No end goes unnoticed: day by day, the level changes on the days of turns and on no other."""
    told = {one.day: one.level for one in turns(facts, TERMS, day)}
    level = standing(facts, TERMS, day).level
    for offset in range(1, 900, 1):
        on = day + timedelta(days=offset)
        now = standing(facts, TERMS, on).level
        assert (now is not level) == (on in told), on
        level = now
        if offset > 60 and not any(one >= on for one in told):
            break


@given(facts_of, some_days)
def test_levels_4_and_5_are_the_boards(facts: Facts, day: date) -> None:
    found = standing(facts, TERMS, day)
    if found.level >= Stufe.BOARD:
        assert any(one.granted and one.id == found.decision for one in facts.decisions)
    else:
        assert found.level is found.tested
