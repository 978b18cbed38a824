"""A prepared query gives what Django gives, for values of each kind and collections of any length."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.models import Declaration, Outline, Product, Release
from schnittstellen.catalogue.services.narrow import day_of, ids, text
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()


@pytest.fixture
def releases() -> list[Release]:
    making.standard("xm@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    made = [making.release(f"p{number}@1", released=TODAY - timedelta(number)) for number in range(9)]
    for number, one in enumerate(made):
        making.declare(str(one), "xm@1.0", "sender" if number % 2 else "empfaenger", messages=["a"])
    return made


def test_collections_of_any_length(releases: list[Release]) -> None:
    prepared = Prepared(lambda keys: Release.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "released"))
    for length in (*range(10), 3, 1):
        wanted = [one.pk for one in releases[:length]]
        assert prepared.rows(wanted) == [(one.pk, one.released) for one in releases[:length]]


def test_words_and_days_and_a_value_that_stands_twice(releases: list[Release]) -> None:
    def ask(day: date, key: str) -> object:
        named = Q(release__product__key=key) | Q(release__product__name=key)
        rows = Declaration.objects.filter(named, outlines__since__lte=day, outlines__until__gt=day)
        return rows.values_list("release__product__key", "release__released")

    prepared = Prepared(ask)  # type: ignore[arg-type]
    for number in (3, 5):
        assert prepared.rows(TODAY, f"p{number}") == [(f"p{number}", TODAY - timedelta(number))]
    assert prepared.rows(TODAY, "p3' OR 1=1 --") == []


def test_it_is_written_once_for_each_power_of_two(releases: list[Release]) -> None:
    asked: list[int] = []

    def ask(keys: list[str]) -> object:
        asked.append(len(keys))
        return Product.objects.filter(key__in=keys).values_list("key")

    prepared = Prepared(ask)  # type: ignore[arg-type]
    for length in (1, 2, 3, 4, 5, 8, 9, 3, 7):
        assert len(prepared.rows({f"p{number}" for number in range(length)})) == length
    assert asked == ([2] if connection.vendor == "postgresql" else [1, 2, 4, 8, 16])


def test_a_value_that_the_query_does_not_use_as_it_is_is_refused() -> None:
    prepared = Prepared(lambda key: Product.objects.filter(key=key.upper() + "!").values_list("key"))
    with pytest.raises(ValueError, match="SELECT"):
        prepared.rows("p1")


def test_nothing_is_asked_for_nothing(releases: list[Release]) -> None:
    prepared = Prepared(lambda keys, roles: Outline.objects.filter(key__in=keys, role_id__in=roles).values_list("pk"))
    with CaptureQueriesContext(connection) as caught:
        assert prepared.rows([], [1]) == prepared.rows(["p1"], ()) == []
    assert not caught.captured_queries


def test_texts_of_lists_and_moments(releases: list[Release]) -> None:
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    Product.objects.filter(key="p1").update(added=late, operation=["cloud", "rechenzentrum"])
    ((added, operation),) = Product.objects.filter(key="p1").values_list(text("added"), text("operation"))
    assert day_of(added) == late.date()
    assert ids(operation) == {"cloud", "rechenzentrum"}


def test_records_with_what_they_refer_to(releases: list[Release]) -> None:
    prepared = PreparedModels(
        lambda keys: Release.objects.filter(product__key__in=keys).select_related("product__vendor").order_by("-pk")
    )
    for length in (3, 1, 4):
        with CaptureQueriesContext(connection) as caught:
            found = prepared.found([f"p{number}" for number in range(length)])
            names = [one.product.vendor.name for one in found]
        assert found == releases[:length][::-1]
        assert len(caught) == 1
        assert names == [one.product.vendor.name for one in found]
        assert [one.released for one in found] == [one.released for one in releases[:length][::-1]]
    assert prepared.first(["p7", "p2"]) == releases[7]
    assert prepared.first(["nobody"]) is None
    assert prepared.found([]) == []


def test_a_record_that_refers_to_nothing_and_lists_and_moments(releases: list[Release]) -> None:
    late = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
    Product.objects.filter(key="p1").update(added=late, operation=["cloud"])
    prepared = PreparedModels(
        lambda until: Product.objects.filter(added__lte=until).select_related("merged_into", "vendor")
    )
    assert prepared.found(late - timedelta(seconds=1)) == []
    (one,) = prepared.found(late)
    assert (one.added, one.operation, one.merged_into, one.vendor.key) == (late, ["cloud"], None, "musterhaus")


def test_a_word_that_is_always_the_same_stands_in_the_query(releases: list[Release]) -> None:
    prepared = Prepared(lambda key: Product.objects.filter(key=key, kind="fachverfahren").values_list("key"))
    asked: list[str] = []

    def seen(execute: Any, sql: str, *rest: Any) -> Any:
        asked.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(seen):
        assert prepared.rows("p1") == [("p1",)]
        assert prepared.rows("fachverfahren") == []
    assert ["= 'fachverfahren'" in sql for sql in asked] == [True, True]


def test_small_and_large_numbers_are_of_one_kind(releases: list[Release]) -> None:
    prepared = Prepared(lambda keys, one: Release.objects.filter(Q(pk__in=keys) | Q(pk=one)).values_list("pk"))
    for keys in ([1], [1, 1 << 40], [1 << 20, 1 << 33, 1 << 62]):
        assert prepared.rows(keys, releases[0].pk) == ([(releases[0].pk,)])


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_postgresql_keeps_one_query_for_lists_of_any_length(releases: list[Release]) -> None:
    connection.connection.prepare_threshold = 1
    prepared = Prepared(lambda keys: Release.objects.filter(pk__in=keys, version="kept").values_list("pk"))
    for length in range(1, 6):
        prepared.rows([one.pk for one in releases[:length]])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ["%'kept'%"])
        assert cursor.fetchone() == (1,)
