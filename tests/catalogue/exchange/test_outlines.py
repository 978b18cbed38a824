"""A look tells of a declaration on a day what all its evidence tells: the same status, the same levels."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from schnittstellen.catalogue.services.outlines import spans, stand_of
from schnittstellen.catalogue.services.partners import Wanted, partners
from schnittstellen.domain.exchange import Part, Shown, Word, encounter, stand
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict
from tests.catalogue.making import declare, prove, standard

START = date(2026, 1, 1)
DAYS = some.integers(0, 40).map(lambda days: START + timedelta(days))
SENDER = Part("xm", "1.0", "sender", frozenset("ab"), frozenset("c"))
READER = Part("xm", "1.0", "reader", frozenset("c"), frozenset("ab"))


@some.composite
def evidence(draw: some.DrawFn) -> Shown:
    on = draw(DAYS)
    verdict = draw(some.sampled_from((Verdict.PASSED, Verdict.FAILED, Verdict.NOT_TESTED)))
    cause = None if verdict is Verdict.PASSED else draw(some.sampled_from((Cause.PRODUCT, Cause.TOOL)))
    lapses = draw(some.none() | some.integers(1, 30).map(lambda days: on + timedelta(days)))
    reach = draw(some.sampled_from((Nachweisstufe.MESSAGES, Nachweisstufe.ENDPOINT)))
    proof = Proof(reach, verdict, on, cause, lapses, draw(some.integers(0, 50)))
    return Shown(proof, draw(some.frozensets(some.sampled_from("abc"))))


SHOWN = some.lists(evidence(), max_size=5).map(tuple)


def looked(shown: tuple[Shown, ...], day: date) -> str | None:
    covering = [look for since, until, look in spans(shown) if since <= day and (until is None or day < until)]
    assert len(covering) <= 1
    return covering[0] if covering else None


@given(SHOWN, SHOWN, DAYS)
def test_a_look_tells_the_same_status_and_levels(mine: tuple[Shown, ...], theirs: tuple[Shown, ...], day: date) -> None:
    own, other = Word("p@1", SENDER, shown=mine), Word("q@1", READER, shown=theirs)
    full = encounter([own], [other], day)
    known = Word("p@1", SENDER, known=stand(own, day)), Word("", READER, known=stand_of(looked(theirs, day)))
    outline = encounter([known[0]], [known[1]], day)
    assert outline.status is full.status
    assert [one.levels for one in outline.exchanges] == [one.levels for one in full.exchanges]


@given(SHOWN)
def test_spans_follow_each_other_without_gaps(shown: tuple[Shown, ...]) -> None:
    found = list(spans(shown))
    assert [until for _, until, _ in found[:-1]] == [since for since, _, _ in found[1:]]
    assert not found or found[-1][1] is None


@pytest.mark.django_db
def test_a_failure_between_two_counts_only_between_the_two() -> None:
    standard("xm@1.0", {"sender": (["a"], []), "reader": ([], ["a"])})
    own = declare("mein@1", "xm@1.0", "sender")
    prove(own, messages=["a"], days_ago=5)
    for name in ("gut@1", "schlecht@1"):
        prove(declare(name, "xm@1.0", "reader"), messages=["a"], days_ago=5)
    bad = declare("anders@1", "xm@1.0", "reader").release
    prove(own, reach=3, verdict="failed", cause="product", counterpart=bad, messages=[])
    found = {one.product.key: str(one.status) for one in partners("mein", date.today()).partners}
    assert found == {"gut": "proven", "schlecht": "proven", "anders": "refuted"}


@pytest.mark.django_db
def test_counts_agree_with_what_is_shown_in_full() -> None:
    standard("xm@1.0", {"sender": (["a"], []), "reader": ([], ["a"])})
    prove(declare("mein@1", "xm@1.0", "sender"), messages=["a"])
    prove(declare("q@1", "xm@1.0", "reader"), messages=["a"], lapses_in=3)
    prove(declare("r@1", "xm@1.0", "reader"), verdict="failed", cause="product")
    declare("s@1", "xm@1.0", "reader")
    declare("t@1", "xm@1.0", "sender")
    today = date.today()
    for day in (today, today + timedelta(2), today + timedelta(3)):
        found = partners("mein", day, Wanted(limit=50))
        shown = [str(one.releases[0][1].status) for one in found.partners]
        assert sorted(shown) == sorted(status for status, count in found.counts.items() for _ in range(count))
        assert [str(one.status) for one in found.partners] == shown
