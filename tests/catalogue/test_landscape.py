"""What a municipality runs, as it was entered."""

from datetime import date, timedelta

import pytest

from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services.landscape import Link, Running, landscape
from schnittstellen.catalogue.services.viewer import OPERATOR
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()


def test_a_duplicate_is_shown_as_what_it_stands_for_with_all_that_was_entered() -> None:
    stays = making.product("p1", name="Bleibt", kind="online-dienst")
    goes = making.product("p2", leistungen=("99115005060000",))
    row = making.deploy(
        "p2@7",
        since=TODAY - timedelta(9),
        until=TODAY + timedelta(9),
        confirmed=False,
        replacement="p3",
        replacement_on=TODAY + timedelta(3),
        experience="gut",
    )
    Product.objects.filter(pk=goes.pk).update(merged_into=stays)
    found = landscape("05111000", OPERATOR, TODAY)
    assert found.running == (
        Running(
            row.pk,
            row.key,
            "p1",
            "Bleibt",
            "online-dienst",
            "7",
            row.release_id,
            frozenset(["99115005060000"]),
            None,
            TODAY - timedelta(9),
            TODAY + timedelta(9),
            confirmed=False,
            replacement="p3",
            replacement_on=TODAY + timedelta(3),
            withdrawn=False,
            experience="gut",
        ),
    )
    assert landscape("05111000", OPERATOR, TODAY - timedelta(10)).coming == found.running


def test_links_are_those_of_what_runs_on_the_day() -> None:
    version = making.standard("xm@1.0", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    one, other, over = making.deploy("p1@1"), making.deploy("p2@1"), making.deploy("p3@1", until=TODAY)
    making.couple(one, other, version, messages=["b", "a"])
    making.couple(one, over)
    links = (Link(one.pk, other.pk, "xm", "1.0", frozenset("ab")), Link(one.pk, over.pk, None, None, frozenset()))
    assert set(landscape("05111000", OPERATOR, TODAY).links) == set(links)
    assert landscape("05111000", OPERATOR, TODAY + timedelta(1)).links == links[:1]
