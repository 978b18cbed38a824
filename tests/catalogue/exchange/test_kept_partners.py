"""What is kept around products while nothing is written never answers for what is there no more."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from schnittstellen.catalogue.models import Declaration, Product, Release
from schnittstellen.catalogue.services import around
from schnittstellen.catalogue.services.merging import merge
from schnittstellen.catalogue.services.pairs import pair
from schnittstellen.catalogue.services.partners import Wanted, partners
from schnittstellen.domain.exchange import Status
from tests.catalogue import making
from tests.catalogue.exchange.test_partnering import compare

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = date.today()
ROLES = {"sender": (["a"], []), "empfaenger": ([], ["a"])}


def _fill() -> None:
    making.standard("xm@1.0", ROLES)
    making.standard("xn@1.0", ROLES)
    for number in range(6):
        role = "sender" if number % 2 else "empfaenger"
        making.declare(f"p{number}@1", "xm@1.0", role)
        making.declare(f"p{number}@1", "xn@1.0", role)


@contextmanager
def asked() -> Iterator[list[str]]:
    """The queries that are asked, but for whether anything was written."""
    found: list[str] = []

    def note(execute: Any, sql: str, *more: Any) -> Any:
        found.append(sql)
        return execute(sql, *more)

    with connection.execute_wrapper(note):
        yield found
    found[:] = [one for one in found if "PRAGMA" not in one and "pg_current_snapshot" not in one]


def _change(chance: random.Random, number: int) -> None:
    """One of the ways in which something else becomes true, by the service or past it."""
    about = chance.choice(Declaration.objects.order_by("pk"))
    other = chance.choice(Release.objects.exclude(product=about.release.product).order_by("pk"))
    ways = (
        lambda: making.prove(about, reach=1, verdict="passed", messages=["a"], lapses_in=chance.choice((None, 1))),
        lambda: making.prove(about, reach=1, verdict="failed", cause="product", messages=[]),
        lambda: making.prove(about, reach=3, verdict="failed", cause="product", messages=[], counterpart=other),
        lambda: making.declare(f"q{number}@1", chance.choice(("xm@1.0", "xn@1.0")), chance.choice(list(ROLES))),
        lambda: Product.objects.filter(pk=other.product_id).update(name=f"Name {number}"),
    )
    chance.choice(ways)()


@pytest.mark.parametrize("start", range(2))
def test_after_each_change_all_is_as_by_trying_every_pair(start: int) -> None:
    chance = random.Random(start)
    _fill()
    compare()
    for number in range(6):
        _change(chance, number)
        compare()
        names = dict(Product.objects.values_list("key", "name"))
        for one in partners("p0", TODAY).partners:
            assert one.product.name == names[one.product.key]


def test_a_duplicate_is_gone_at_once() -> None:
    _fill()
    assert "p3" in {one.product.key for one in partners("p0", TODAY).partners}
    making.release("p3@2")
    Release.objects.filter(product__key="p3", version="1").update(version="0")
    merge("p3", "p5")
    assert "p3" not in {one.product.key for one in partners("p0", TODAY).partners}
    assert partners("p3", TODAY).release.startswith("p5@")


def test_a_failed_test_of_two_counts_between_them_only_however_often_they_were_shown() -> None:
    _fill()
    sender = Declaration.objects.get(release__product__key="p1", role__version__standard__key="xm", role__key="sender")
    making.prove(sender, reach=3, verdict="failed", cause="product", counterpart=Release.objects.get(product__key="p0"))
    for _ in range(2):
        assert partners("p0", TODAY, Wanted(standard="xm")).counts["refuted"] == 1
        assert "refuted" not in partners("p2", TODAY, Wanted(standard="xm")).counts
        refuted = partners("p1", TODAY, Wanted(standard="xm", statuses=frozenset([Status.REFUTED])))
        assert [one.product.key for one in refuted.partners] == ["p0"]


def test_of_the_next_product_only_what_is_its_own_is_asked() -> None:
    _fill()
    partners("p0", TODAY)
    partners("p1", TODAY)
    with asked() as queries:
        partners("p2", TODAY)
    assert len(queries) == 2, queries


def test_there_is_room_for_some_only(monkeypatch: pytest.MonkeyPatch) -> None:
    _fill()
    monkeypatch.setattr(around, "MOST", 1)
    for day in (TODAY, TODAY + timedelta(1), TODAY + timedelta(2), TODAY + timedelta(3)):
        for number in range(6):
            name = f"p{number}"
            assert len(partners(name, day).partners) == len(partners(name, day).partners) == 5


def test_of_a_past_day_evidence_is_read_once_and_no_later_one() -> None:
    _fill()
    for one in Declaration.objects.filter(role__version__standard__key="xm"):
        making.prove(one, messages=["a"], days_ago=5)
        making.prove(one, verdict="failed", cause="product", days_ago=1)
    day = TODAY - timedelta(3)
    first = partners("p0", day, Wanted(limit=3))
    assert {one.status for one in first.partners} == {Status.PROVEN}
    with asked() as queries:
        assert len(partners("p0", day, Wanted(offset=3, limit=3)).partners) == 2
    assert not [one for one in queries if "run_at" in one]
    assert Status.PROVEN not in partners("p0", TODAY).counts


def test_what_evidence_came_to_is_asked_once_for_all_questions() -> None:
    _fill()
    for one in Declaration.objects.filter(role__version__standard__key="xm", role__key="sender"):
        making.prove(one, messages=["a"])
    first = pair("p0", "p1", TODAY)
    with asked() as queries:
        assert pair("p0", "p1", TODAY) == first
        assert pair("p0", "p1", TODAY).encounter.status is Status.DECLARED
    assert not [one for one in queries if "run_at" in one]
    making.prove(
        Declaration.objects.get(release__product__key="p1", role__version__standard__key="xm"), verdict="failed"
    )
    assert pair("p0", "p1", TODAY) != first
