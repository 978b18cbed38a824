"""Records are found by their names with what everybody asks of them next, in one query each."""

from typing import Any

import pytest

from schnittstellen.catalogue.models import OldKey, Product
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.prepared import PreparedModels, keep
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making

pytestmark = pytest.mark.django_db


def test_a_product_a_duplicate_and_an_old_address(django_assert_num_queries: Any) -> None:
    stays, goes = making.product("p1"), making.product("p2")
    OldKey.objects.create(key="p0", product=stays)
    Product.objects.filter(pk=goes.pk).update(merged_into=stays)
    for key, queries in (("p1", 1), ("p2", 1), ("p0", 2)):
        with django_assert_num_queries(queries):
            assert finding.product(key) == stays
    for key in ("nobody", "a\0b", "", "p1'--"):
        with pytest.raises(SchnittstellenError):
            finding.product(key)


def test_releases_know_their_product(django_assert_num_queries: Any) -> None:
    making.release("p1@1"), making.release("p1@2")
    with django_assert_num_queries(2):
        newest = finding.release("p1")
        assert (newest.version, newest.product.key) == ("2", "p1")
    assert finding.release("p1@1").version == "1"


def test_what_is_kept_is_not_asked_again(django_assert_num_queries: Any) -> None:
    made = making.release("p1@1").product
    row = PreparedModels(lambda key: Product.objects.filter(key=key)).found("p1")[0]
    keep(row, "releases", list(made.releases.all()))
    keep(row, "leistungen", [])
    with django_assert_num_queries(0):
        assert [one.version for one in row.releases.all()] == ["1"]
        assert list(row.leistungen.all()) == []
