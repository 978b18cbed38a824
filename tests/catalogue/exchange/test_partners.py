"""Partners of a product and the matrix of a Leistung."""

from datetime import date, timedelta

import pytest

from schnittstellen.catalogue.services.partners import Wanted, matrix, partners
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.exchange import Status, Why
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()
LEISTUNG = "99115005060000"


@pytest.fixture(autouse=True)
def world() -> None:
    for version in ("1.0", "2.0"):
        making.standard(f"xmuster@{version}", {"sender": (["a"], []), "empfaenger": ([], ["a"])})
    for key in ("antrag", "fach", "erklaert", "alt", "gleich", "rot", "stumm"):
        making.product(key, leistungen=(LEISTUNG,))
    making.prove(making.declare("antrag@1.0", "xmuster@2.0", "sender"), messages=["a"])
    making.prove(making.declare("fach@1.0", "xmuster@2.0", "empfaenger"), messages=["a"])
    making.declare("erklaert@1.0", "xmuster@2.0", "empfaenger")
    making.declare("alt@1.0", "xmuster@1.0", "empfaenger")
    making.declare("gleich@1.0", "xmuster@2.0", "sender")
    failed = making.declare("rot@1.0", "xmuster@2.0", "empfaenger")
    making.prove(failed, verdict="failed", cause="product")
    making.release("stumm@1.0")


def statuses(name: str, **more: object) -> dict[str, Status]:
    found = partners(name, TODAY, Wanted(**more))  # type: ignore[arg-type]
    return {one.product.key: one.status for one in found.partners}


def test_each_status() -> None:
    assert statuses("antrag") == {
        "fach": Status.PROVEN,
        "erklaert": Status.DECLARED,
        "rot": Status.REFUTED,
        "alt": Status.NOT_POSSIBLE,
        "gleich": Status.NOT_POSSIBLE,
    }


def test_the_best_proven_come_first_and_reasons_are_given() -> None:
    found = partners("antrag@1.0", TODAY)
    assert found.partners[0].product.key == "fach"
    assert found.partners[0].releases[0][1].exchanges[0].levels == (1, 1)
    reasons = {
        one.product.key: {reason.why for exchange in one.releases[0][1].exchanges for reason in exchange.reasons}
        for one in found.partners
    }
    assert reasons["alt"] == {Why.NO_COMMON_VERSION}
    assert reasons["gleich"] == {Why.SAME_ROLE}
    assert Why.NO_EVIDENCE in reasons["erklaert"]


def test_it_is_the_same_from_the_other_end() -> None:
    assert statuses("fach")["antrag"] is Status.PROVEN
    assert statuses("rot")["antrag"] is Status.REFUTED


def test_lapsed_evidence_proves_nothing_more() -> None:
    making.prove(making.declare("bald@1.0", "xmuster@2.0", "empfaenger"), messages=["a"], lapses_in=3)
    assert statuses("antrag")["bald"] is Status.PROVEN
    later = partners("antrag", TODAY + timedelta(3))
    assert {one.product.key: one.status for one in later.partners}["bald"] is Status.DECLARED


def test_filters_and_pages() -> None:
    assert statuses("antrag", statuses=frozenset({Status.PROVEN})) == {"fach": Status.PROVEN}
    assert statuses("antrag", standard="xmuster@1.0") == {"alt": Status.NOT_POSSIBLE}
    making.standard("anderes@1.0", {"a": (["m"], [])})
    assert statuses("antrag", standard="anderes") == {}
    first = partners("antrag", TODAY, Wanted(limit=2))
    assert (len(first.partners), first.next) == (2, 2)
    assert first.counts == {"proven": 1, "declared": 1, "refuted": 1, "not_possible": 2}


def test_merged_products_are_no_partners_and_lead_on() -> None:
    double = making.product("doppelt")
    making.declare("doppelt@1.0", "xmuster@2.0", "empfaenger")
    double.merged_into_id = making.Product.objects.get(key="fach").pk
    double.save()
    assert "doppelt" not in statuses("antrag")
    assert partners("doppelt", TODAY).release == "fach@1.0"


@pytest.mark.parametrize(("name", "code"), [("nichts", "F120"), ("antrag@9", "F121"), ("", "F120"), ("@", "F120")])
def test_what_is_not_there_is_said(name: str, code: str) -> None:
    with pytest.raises(SchnittstellenError, match=code):
        partners(name, TODAY)


def test_the_matrix_holds_each_pair_once_and_unknown_is_unknown() -> None:
    found = matrix(LEISTUNG, TODAY)
    cells = {frozenset((cell.first, cell.second)): cell.encounter.status for cell in found.cells}
    assert len(found.products) == 7
    assert len(cells) == len(found.cells) == 21
    assert cells[frozenset(("antrag", "fach"))] is Status.PROVEN
    assert cells[frozenset(("antrag", "stumm"))] is Status.UNKNOWN


def test_the_number_of_queries_does_not_grow(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(12):  # type: ignore[operator]
        partners("antrag", TODAY)
    for number in range(20):
        making.prove(making.declare(f"noch-{number}@1.0", "xmuster@2.0", "empfaenger"), messages=["a"])
    with django_assert_num_queries(12):  # type: ignore[operator]
        partners("antrag", TODAY)
