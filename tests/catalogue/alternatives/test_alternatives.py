"""Who does the same: only that, with what may be seen; parallel developments are named."""

import json
from datetime import date

import pytest

from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services.alternatives import Alternatives, alternatives
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue.exchange.test_commands import DAY, run, world  # noqa: F401
from tests.catalogue.making import declare, product, prove, release, standard

pytestmark = pytest.mark.django_db
TODAY = date.today()
TAX, OTHER = "99102013002000", "99999999999999"


def keys(found: Alternatives) -> list[str]:
    return [one.key for one in found.products]


@pytest.fixture(autouse=True)
def products() -> None:
    product("eins", leistungen=(TAX,), publicly_funded=True, cost_licence="10 Euro", costs_seen_by="nobody")
    product("zwei", leistungen=(TAX, OTHER), publicly_funded=True)
    product("drei", leistungen=(TAX,), publicly_funded=None)
    product("portal", kind="online-dienst", leistungen=(TAX,), publicly_funded=True)
    product("fremd", leistungen=(OTHER,), publicly_funded=False)


def test_for_a_leistung_all_kinds() -> None:
    assert keys(alternatives(TAX, OPERATOR, TODAY)) == ["drei", "eins", "zwei", "portal"]


def test_for_a_product_its_own_kind_and_leistungen() -> None:
    assert keys(alternatives("eins", OPERATOR, TODAY)) == ["drei", "eins", "zwei"]


def test_what_was_funded_twice_is_named() -> None:
    assert alternatives(TAX, OPERATOR, TODAY).parallel == (("eins", "zwei"),)
    assert alternatives(OTHER, OPERATOR, TODAY).parallel == ()


def test_a_duplicate_entry_is_no_second_product() -> None:
    double = product("eins-doppelt", leistungen=(TAX,), publicly_funded=True)
    double.merged_into = Product.objects.get(key="eins")
    double.save()
    assert "eins-doppelt" not in keys(alternatives(TAX, OPERATOR, TODAY))


def test_costs_only_as_the_vendor_wishes() -> None:
    told = next(one for one in alternatives(TAX, PUBLIC, TODAY).products if one.key == "eins")
    assert "10 Euro" not in str(told.facts)


def test_interfaces_of_the_newest_release_with_their_level() -> None:
    standard("xm@1.0", {"sender": (["a"], [])})
    release("eins@1", released=date(2025, 1, 1))
    release("eins@2", released=date(2026, 1, 1))
    prove(declare("eins@2", "xm@1.0", "sender"), messages=["a"])
    told = next(one for one in alternatives(TAX, OPERATOR, TODAY).products if one.key == "eins")
    assert (told.release, [(one.name, int(one.level)) for one in told.interfaces]) == ("2", [("xm@1.0/sender", 1)])


def test_queries_do_not_grow(django_assert_max_num_queries: object) -> None:
    for number in range(12):
        product(f"p{number}", leistungen=(TAX,))
        release(f"p{number}@1")
    with django_assert_max_num_queries(9):  # type: ignore[operator]
        assert len(alternatives(TAX, OPERATOR, TODAY).products) == 16


def test_what_is_not_there() -> None:
    for name, code in (("gibtsnicht", "F120"), ("1", "F122")):
        with pytest.raises(SchnittstellenError) as caught:
            alternatives(name, OPERATOR, TODAY)
        assert caught.value.fault.code == code


@pytest.mark.usefixtures("world")
def test_the_command() -> None:
    german = run("alternatives", TAX, *DAY).output
    assert "Doppelentwicklung" in german
    assert "xhundesteuer@2.0/onlinedienst (" in german
    english = run("--lang", "en", "alternatives", "muster-hund-online", *DAY).output
    assert "publicly funded" in english
    assert "Nachweis" not in english
    assert json.loads(run("alternatives", TAX, "--json", *DAY).output)["products"]
