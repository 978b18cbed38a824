"""Who does the same, funding and process chains through /api/v1."""

import pytest
from django.test import Client

from tests.catalogue import making

pytestmark = pytest.mark.django_db
LEIKA = "99115005060000"
LEISTUNG = f"/api/v1/leistungen/{LEIKA}"


@pytest.fixture(autouse=True)
def world() -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.leistung(LEIKA, chain=["online-dienst", "fachverfahren"])
    funded = {"publicly_funded": True, "cost_licence": "9 Euro", "costs_seen_by": "municipalities"}
    for key, kind in (("fach", "fachverfahren"), ("fach-2", "fachverfahren"), ("formular", "online-dienst")):
        making.product(key, kind=kind, leistungen=(LEIKA,), **funded)
    making.prove(making.declare("fach@1.0", "xmuster@1.0", "b"), messages=["m"])
    making.prove(making.declare("formular@2.0", "xmuster@1.0", "a"), messages=["m"])


def test_products_side_by_side_with_what_was_funded_twice(client: Client) -> None:
    content = client.get("/api/v1/products/fach/alternatives").json()
    assert [one["product"]["id"] for one in content["products"]] == ["fach", "fach-2"]
    assert content["products"][0]["interfaces"] == [{"role": "xmuster@1.0/b", "level": 1}]
    assert content["parallel"] == [["fach", "fach-2"]]
    assert content["leistungen"] == [LEIKA]
    assert "cost_licence" not in content["products"][0]["product"]


def test_all_products_of_a_leistung(client: Client) -> None:
    found = client.get(f"{LEISTUNG}/products").json()["products"]
    assert [one["product"]["id"] for one in found] == ["fach", "fach-2", "formular"]
    assert found[0]["product"]["self"] == "/api/v1/products/fach"


def test_funding_with_every_reason(client: Client) -> None:
    content = client.get("/api/v1/products/fach/funding").json()
    assert (content["release"], content["met"]) == ("fach@1.0", "no")
    assert {"parallel": "no", "licence": "unknown"}.items() <= {
        one["rule"]: one["met"] for one in content["reasons"]
    }.items()
    assert client.get("/api/v1/products/fach/funding?release=9").json()["code"] == "F121"
    unreleased = client.get("/api/v1/products/fach-2/funding").json()
    assert (unreleased["release"], unreleased["met"]) == (None, "unknown")


def test_the_chain_of_a_leistung(client: Client) -> None:
    content = client.get(f"{LEISTUNG}/chain").json()
    assert content["whole"] == "yes"
    (link,) = content["links"]
    assert link["stations"] == ["online-dienst", "fachverfahren"]
    assert link["joints"][0]["releases"] == ["formular@2.0", "fach@1.0"]


def test_the_chain_of_a_municipality_is_its_own(client: Client) -> None:
    making.deploy("fach@1.0")
    assert client.get(f"{LEISTUNG}/chain?municipality=05111000").status_code == 403
    making.municipality("05111001", open=True)
    making.deploy("fach@1.0", "05111001")
    content = client.get(f"{LEISTUNG}/chain?municipality=05111001").json()
    assert (content["whole"], content["municipality"]) == ("unknown", "05111001")
    assert content["links"][0]["missing"] == ["online-dienst"]


@pytest.mark.parametrize(
    "path", ["products/nix/alternatives", "products/nix/funding", "leistungen/00000000000000/chain"]
)
def test_what_is_not_there(client: Client, path: str) -> None:
    assert client.get(f"/api/v1/{path}").status_code == 404
    assert client.get(f"/api/v1/{path}?falsch=1").status_code == 422
