"""The board's pages and the interface for duplicates: side by side, asked before it is done, nobody in his own case."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import Member, Product, Vendor
from schnittstellen.catalogue.services import access
from tests.catalogue import making

pytestmark = pytest.mark.django_db
LIST, PAIR = "/mein/beirat/dubletten", "/mein/beirat/dubletten/products/muster-akte/musterakte"
API = "/api/v1"


@pytest.fixture(autouse=True)
def twice() -> None:
    making.product("muster-akte", name="Muster-Akte", vendor=making.vendor("musterhaus"))
    making.product("musterakte", name="Musterakte", vendor=making.vendor("musterhaus"), licence="EUPL-1.2")
    making.release("musterakte@1")


def _board(**also: Any) -> Client:
    user = User.objects.create_user("beirat", "beirat@muster.example", "ein langes Kennwort 7")
    Member.objects.create(user=user, role="board")
    if also:
        Member.objects.create(user=user, **also)
    client = Client()
    client.force_login(user)
    return client


def test_found_compared_asked_and_merged() -> None:
    client = _board()
    assert "nebeneinander ansehen" in client.get(LIST).content.decode()
    page = client.get(PAIR).content.decode()
    assert "EUPL-1.2" in page
    asked = client.post(PAIR, {"bleibt": "muster-akte", "tun": "fragen"}).content.decode()
    assert "Es wechseln die Versionen: 1" in asked
    unsure = client.post(PAIR, {"bleibt": "muster-akte", "tun": "zusammen"})
    assert unsure.status_code == 422
    assert "Wirklich zusammenführen?" in unsure.content.decode()
    assert Product.objects.get(key="musterakte").merged_into is None
    client.post(PAIR, {"bleibt": "muster-akte", "tun": "zusammen", "sure": "ja"})
    merged = Product.objects.get(key="musterakte").merged_into
    assert merged is not None
    assert merged.key == "muster-akte"
    assert client.get(PAIR)["Location"] == "/programme/muster-akte"


def test_what_is_no_duplicate_is_shown_no_more_and_can_be_taken_back() -> None:
    client = _board()
    client.post(PAIR, {"tun": "getrennt"})
    page = client.get(LIST).content.decode()
    assert "Es sieht nichts doppelt aus." in page
    assert "Was keine Dublette ist" in page
    client.post(PAIR, {"tun": "zurueck"})
    assert "nebeneinander ansehen" in client.get(LIST).content.decode()


def test_the_same_versions_are_told_before_anything_happens() -> None:
    making.release("muster-akte@1")
    told = _board().post(PAIR, {"bleibt": "muster-akte", "tun": "fragen"})
    assert told.status_code == 422
    assert "Beide Einträge haben die Versionen: 1." in told.content.decode()


def test_nobody_decides_about_the_own_company() -> None:
    client = _board(role="vendor", vendor=Vendor.objects.get(key="musterhaus"))
    assert client.get(PAIR).status_code == 403
    assert client.post(PAIR, {"tun": "zusammen", "sure": "ja", "bleibt": "muster-akte"}).status_code == 403
    assert Product.objects.get(key="musterakte").merged_into is None


def _bearer(*scopes: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {access.create('Zugang', 'board', scopes)}"})


def test_the_interface_finds_keeps_apart_and_merges() -> None:
    client = _bearer("read", "duplicates")
    (found,) = client.get(f"{API}/duplicates?kind=products").json()["items"]
    assert (found["first"], found["second"]) == ("muster-akte", "musterakte")
    address = f"{API}/distinctions/products/musterakte/muster-akte"
    assert client.put(address).json() == {"kind": "products", "first": "muster-akte", "second": "musterakte"}
    assert client.get(f"{API}/duplicates").json()["items"] == []
    assert len(client.get(f"{API}/duplicates?apart=true").json()["items"]) == 1
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 404
    body = {"kind": "products", "id": "musterakte", "into": "muster-akte"}
    done = client.post(f"{API}/merges", body, "application/json")
    assert (done.status_code, done.json()["releases"]) == (201, ["1"])
    again = client.post(f"{API}/merges", body, "application/json")
    assert (again.status_code, again.json()["code"]) == (409, "F310")
    unknown = client.post(f"{API}/merges", {**body, "id": "nix"}, "application/json")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "F120")


def test_pages_of_the_list_follow_each_other() -> None:
    making.product("muster-akte-x", name="Muster Akte", vendor=making.vendor("musterhaus"))
    client = _bearer("read", "duplicates")
    seen, address = [], f"{API}/duplicates?kind=products&limit=1"
    while address:
        answer = client.get(address).json()
        seen += [(one["first"], one["second"]) for one in answer["items"]]
        address = answer.get("next", "")
    assert len(seen) == len(set(seen)) == 3


def test_without_its_scope_a_token_does_nothing() -> None:
    client = _bearer("read", "orders")
    body = {"kind": "products", "id": "musterakte", "into": "muster-akte"}
    for answer in (client.get(f"{API}/duplicates"), client.post(f"{API}/merges", body, "application/json")):
        assert answer.status_code == 403
