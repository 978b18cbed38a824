"""A certificate follows from the standing, and never says more than its evidence, whatever the facts."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from schnittstellen.domain.certificate import Condition, Support, exceeds
from schnittstellen.domain.facts import Confirmation, Duty, Erratum, Facts, Revocation
from schnittstellen.domain.issuing import Identity, issued
from schnittstellen.domain.levels import Nachweisstufe as Stufe
from schnittstellen.domain.naming import ReleaseName, SuiteName
from schnittstellen.domain.standing import standing
from schnittstellen.domain.verdict import Cause, Verdict
from tests.domain.test_standing import DAY, SUITE, TERMS, certified, days, facts_of, failed, granted, run, some_days

ABOUT = Identity("2026-1", "Beirat", "muster", ReleaseName("muster-ris", "4.2"), "Muster-RIS", SuiteName.of(SUITE[0]))


def supports(facts: Facts) -> list[Support]:
    """Every run of the facts as evidence of a certificate."""
    return [
        Support(one.id, one.suite, one.edition, "ab" * 32, one.reach, one.verdict, one.on, ("brief",), (*one.failing,))
        for one in facts.evidence
    ]


def made(facts: Facts, day: date = DAY) -> Any:
    return issued(ABOUT, facts, TERMS, day, supports(facts))


def test_a_certificate_follows_from_a_decision() -> None:
    found = made(certified())
    assert (found.level, found.tested, found.lapses_on) == (Stufe.BOARD, Stufe.ENDPOINT, days(300))
    assert (found.edition, found.messages, found.suite) == ("1.0.0", ("brief",), SUITE[0])
    assert [*exceeds(found)] == []


@pytest.mark.parametrize(
    "facts",
    [
        Facts((run(),)),
        certified(decisions=(granted(granted=False),)),
        certified(decisions=(granted(votes=1),)),
        certified(revocations=(Revocation("d1", DAY, "x"),)),
    ],
)
def test_without_a_decision_that_stands_there_is_no_certificate(facts: Facts) -> None:
    assert made(facts) is None


def test_it_ends_with_whatever_ends_first() -> None:
    assert made(certified(version_ends_on=days(20))).lapses_on == days(20)
    assert made(certified(retired={SUITE: days(30)})).lapses_on == days(30)
    assert made(certified(decisions=(granted(duties=(Duty("x", days(9)),)),))).lapses_on == days(10)


def test_open_duties_and_confirmations_are_told() -> None:
    decision = granted(duties=(Duty("offen", days(9)), Duty("erledigt", days(9), days(-1))))
    confirmed = (Confirmation("c1", "05315000", days(-1)),)
    found = made(certified(decisions=(decision,), confirmations=confirmed))
    assert found.conditions == (Condition("offen", days(9)),)
    assert (found.level, found.confirmations) == (Stufe.OPERATION, ("c1",))


def test_accepted_findings_are_named() -> None:
    facts = Facts((failed("e1", "A204"),), (granted(votes=3, waived=frozenset({"A204"})),))
    found = made(facts)
    assert (found.deviations, found.tested) == (("A204",), Stufe.DECLARED)
    assert [*exceeds(found)] == []


def test_an_erratum_makes_a_run_good() -> None:
    facts = Facts((failed("e1", "X102"),), (granted(),), errata=(Erratum(SUITE[0], "X102", days(-8)),))
    found = made(facts)
    assert [(one.verdict, one.failing) for one in found.evidence] == [(Verdict.PASSED_WITH_WARNINGS, ())]
    assert [*exceeds(found)] == []


def test_a_run_that_carries_nothing_is_not_named() -> None:
    broken = run("e2", on=-20, verdict=Verdict.ERROR, cause=Cause.TOOL)
    found = made(Facts((run(), broken), (granted(evidence=frozenset({"e1", "e2"})),)))
    assert [one.report_sha256 for one in found.evidence] == ["e1"]


@settings(max_examples=500)
@given(facts_of, some_days)
def test_what_is_certified_is_what_stands(facts: Facts, day: date) -> None:
    found = made(facts, day)
    if found is None:
        assert standing(facts, TERMS, day).level < Stufe.BOARD
        return
    assert found.level is standing(facts, TERMS, day).level
    assert found.lapses_on > day
    last = found.last_day
    assert standing(facts, TERMS, last).level >= found.level
    if found.evidence:
        assert [*exceeds(found)] == []
