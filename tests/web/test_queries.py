"""No page asks the database more often because there is more to show."""

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.models import StandardVersion
from tests.catalogue import making

pytestmark = pytest.mark.django_db
LEISTUNG = "99115005060000"


def more(names: range) -> None:
    """Products with releases, declarations, evidence, users and couplings."""
    version = StandardVersion.objects.get(standard__key="xtest")
    before = None
    for number in names:
        key = f"p{number}"
        making.product(key, leistungen=(LEISTUNG,))
        role = "b" if number % 2 else "a"
        making.prove(making.declare(f"{key}@1", "xtest@1.0", role))
        making.prove(making.declare(f"{key}@2", "xtest@1.0", role), reach=2)
        here = making.deploy(f"{key}@2", "05000001")
        making.deploy("p0@2", f"0600{number:04}")
        if before:
            making.couple(before, here, version)
        before = here


def grow_one() -> None:
    """One product with more of everything that is its own."""
    for number in range(5):
        declared = making.declare(f"p0@3.{number}", "xtest@1.0", "a")
        making.prove(declared)


ADDRESSES = (
    "/",
    "/suche?q=p1",
    "/programme",
    "/programme/p0",
    "/programme/p0/partner",
    "/programme/p0/mit/p1",
    "/vergleich?programm=p0&programm=p1",
    "/standards",
    "/standards/xtest",
    "/leistungen",
    f"/leistungen/{LEISTUNG}",
    "/kommunen",
    "/kommunen/05000001",
    "/termine",
    "/neues",
    "/neues?standard=xtest",
    "/neues.atom?programm=p0",
    "/programme/p0/verlauf",
    "/hersteller/musterhaus",
    "/beschaffen?programm=p0&kommune=05000001",
    f"/beschaffen/ausschreibung?leistung={LEISTUNG}&kommune=05000001",
)


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> dict[str, tuple[int, int]]:
    """Queries of each page with little and with much to show."""
    with django_db_blocker.unblock(), transaction.atomic():
        making.standard("xtest@1.0", {"a": (["m1"], ["m2"]), "b": (["m2"], ["m1"])})
        making.municipality("05000001", open=True)
        more(range(12))
        few = {address: count(address) for address in ADDRESSES}
        more(range(12, 24))
        grow_one()
        cache.clear()
        found = {address: (few[address], count(address)) for address in ADDRESSES}
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_number_of_queries_stays(counts: dict[str, tuple[int, int]], address: str) -> None:
    few, many = counts[address]
    assert 0 < many <= few


def count(address: str) -> int:
    """Queries of a page, once caches are warm."""
    client = Client()
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)
