"""What is said of a declaration beyond evidence: the level follows everywhere, and from nothing that anybody types."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from schnittstellen.catalogue.models import Declaration, Entry, Evidence, Standing
from schnittstellen.catalogue.models.evidence import AppendOnly
from schnittstellen.catalogue.services import ledger, recording
from schnittstellen.catalogue.services.facts import known_of
from schnittstellen.catalogue.services.outlines import levels_of, stand_of
from schnittstellen.catalogue.services.partners import partners
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.chain import Kind, breaks
from schnittstellen.domain.facts import Confirmation, Decision, Deviation, Duty, Erratum, Objection, Revocation
from schnittstellen.domain.levels import Nachweisstufe
from tests.catalogue.making import declare, prove, standard

pytestmark = pytest.mark.django_db
TODAY = date.today()
SUITE = "xm@1.0/sender"


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


@pytest.fixture
def declared() -> Declaration:
    standard("xm@1.0", {"sender": (["a"], []), "reader": ([], ["a"])})
    prove(declare("leser@1", "xm@1.0", "reader"), messages=["a"], suite="xm@1.0/reader")
    return declare("mein@1", "xm@1.0", "sender")


def proven(of: Declaration, **more: object) -> Evidence:
    return prove(of, **{"messages": ["a"], "suite": SUITE, "days_ago": 9, **more})  # type: ignore[arg-type]


def decide(of: Declaration, *rests_on: Evidence, **more: object) -> Decision:
    ids = frozenset(one.report_sha256 for one in rests_on)
    values = {"votes": 3, "evidence": ids, "lapses_on": day(100), **more}
    made = Decision("e1", day(-5), True, **values)  # type: ignore[arg-type]
    recording.decide(of, made)
    return made


def level(of: Declaration, on: date = TODAY) -> int:
    """The level, which must be the same wherever it is asked."""
    found = levels([of.pk], on)[of.pk]
    rows = Declaration.objects.filter(pk=of.pk)
    assert levels_of(rows, on).get(of.pk, Nachweisstufe.DECLARED) == found
    kept = Standing.objects.filter(declaration=of, since__lte=on).exclude(until__lte=on).first()
    assert stand_of(kept.look if kept else None).level == found
    return int(found)


def test_a_decision_lifts_to_four_until_it_ends(declared: Declaration) -> None:
    decide(declared, proven(declared))
    assert [level(declared, day(one)) for one in (-10, -6, -5, 0, 99, 100)] == [0, 1, 4, 4, 4, 1]
    met = partners("mein", TODAY).partners[0].releases[0][1]
    assert str(met.status) == "proven"
    assert [int(one) for one in met.exchanges[0].levels] == [4, 1]


def test_a_revocation_takes_it_back_from_its_day_on(declared: Declaration) -> None:
    one = decide(declared, proven(declared))
    recording.revoke(declared, Revocation(one.id, day(2), "Beispiel"))
    assert [level(declared, day(at)) for at in (1, 2)] == [4, 1]


def test_a_duty_that_is_missed_rests_the_certificate_until_it_is_met(declared: Declaration) -> None:
    one = decide(declared, proven(declared), duties=(Duty("Beispiel", day(3)),))
    assert [level(declared, day(at)) for at in (3, 4)] == [4, 1]
    recording.meet_duty(declared, one.id, 0, day(6))
    assert [level(declared, day(at)) for at in (3, 4, 6)] == [4, 1, 4]


def test_operation_confirms_and_a_deviation_takes_that_away(declared: Declaration) -> None:
    decide(declared, proven(declared))
    recording.confirm(declared, Confirmation("b1", "", day(-4)))
    recording.report_deviation(declared, Deviation("m1", "", day(-2)))
    recording.close_deviation(declared, "m1", day(3))
    assert [level(declared, day(at)) for at in (-5, -4, -2, 2, 3)] == [4, 5, 4, 4, 5]


def failed(of: Declaration) -> Evidence:
    proven(of, days_ago=20)
    return proven(of, verdict="failed", cause="product", failing=["X102"], messages=[])


def test_a_contested_finding_does_not_count_until_it_is_decided(declared: Declaration) -> None:
    run = failed(declared)
    recording.object_to(declared, Objection("w1", run.report_sha256, "X102", day(-3)))
    recording.decide_objection(declared, "w1", upheld=False, on=day(3), reason="Beispiel")
    assert [level(declared, day(at)) for at in (-10, -4, -3, 2, 3)] == [1, 0, 1, 1, 0]
    assert str(partners("mein", TODAY).partners[0].status) == "proven"
    assert str(partners("mein", day(3)).partners[0].status) == "refuted"


def test_an_erratum_counts_for_every_product_with_that_finding(declared: Declaration) -> None:
    other = declare("anders@1", "xm@1.0", "sender")
    for one in (declared, other):
        failed(one)
    untouched = declare("fremd@1", "xm@1.0", "sender")
    proven(untouched, verdict="failed", cause="product", failing=["X103"], messages=[])
    recording.add_erratum(Erratum(SUITE, "X102", day(1)), "Beispiel")
    assert [(level(one), level(one, day(1))) for one in (declared, other, untouched)] == [(0, 1), (0, 1), (0, 0)]


def test_a_retired_edition_is_no_evidence_from_then_on(declared: Declaration) -> None:
    proven(declared)
    recording.retire(SUITE, "1.0.0", day(4), "Beispiel")
    recording.retire("xm@1.0/reader", "0.9.0", day(1), "Beispiel")
    assert [level(declared, day(at)) for at in (3, 4)] == [1, 0]
    assert [str(partners("mein", day(at)).partners[0].status) for at in (3, 4)] == ["proven", "declared"]


def test_a_waived_finding_carries_the_certificate_but_proves_no_message(declared: Declaration) -> None:
    decide(declared, failed(declared), waived=frozenset({"X102"}))
    assert level(declared) == 4
    met = partners("mein", TODAY).partners[0].releases[0][1]
    assert str(met.status) == "proven"  # by the older run
    assert known_of([declared.pk])[declared.pk].standing(TODAY).tested is Nachweisstufe.DECLARED


@pytest.mark.parametrize("seed", range(3))
def test_wherever_a_level_is_asked_it_is_the_same(declared: Declaration, seed: int) -> None:
    draw = random.Random(seed)
    runs = [failed(declared), proven(declared, reach=2, days_ago=4)]
    steps: list[Callable[[int], object]] = [
        lambda at: recording.decide(declared, Decision(f"e{at}", day(at), True, 3, frozenset({runs[1].report_sha256}))),
        lambda at: recording.object_to(declared, Objection(f"w{at}", runs[0].report_sha256, "X102", day(at))),
        lambda at: recording.confirm(declared, Confirmation(f"b{at}", "", day(at))),
        lambda at: recording.retire(SUITE, "1.0.0", day(at + 20), "Beispiel"),
        lambda at: recording.add_erratum(Erratum(SUITE, "X102", day(at + 5)), "Beispiel"),
    ]
    for step in draw.sample(steps, 4):
        step(draw.randint(-3, 10))
    for at in range(0, 35, 3):
        level(declared, day(at))


def test_what_is_said_stands_in_a_chain_that_shows_each_change(declared: Declaration) -> None:
    decide(declared, proven(declared))
    recording.confirm(declared, Confirmation("b1", "", day(-1)))
    records = list(ledger.records())
    assert [one.number for one in records] == [1, 2]
    assert not list(breaks(records))
    Entry.objects.filter(number=1).update(body=bytes(records[0].body).replace(b'"votes":3', b'"votes":2'))
    assert [one.kind for one in breaks(ledger.records())] == [Kind.CHANGED]


def test_nobody_changes_a_record(declared: Declaration) -> None:
    decide(declared, proven(declared))
    entry = Entry.objects.get()
    for change in (entry.save, entry.delete):
        with pytest.raises(AppendOnly):
            change()
