"""Reading through /api/v1: records, pages of lists, conditional requests, problems."""

from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import OldKey, Product
from schnittstellen.catalogue.services import access
from tests.catalogue import making

pytestmark = pytest.mark.django_db
PROBLEM = "application/problem+json"


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def walked(client: Client, path: str) -> list[str]:
    """The ids of all pages of a list."""
    found: list[str] = []
    page: dict[str, Any] = client.get(path).json()
    found += [one["id"] for one in page["items"]]
    while "next_cursor" in page:
        page = client.get(f"{path}&cursor={page['next_cursor']}").json()
        found += [one["id"] for one in page["items"]]
    return found


def test_a_product_with_its_releases(client: Client) -> None:
    making.product("akte", leistungen=("99115005060000",), licence="EUPL-1.2")
    making.release("akte@1.0")
    answer = client.get("/api/v1/products/akte")
    content = answer.json()
    assert answer["Content-Type"] == "application/json"
    assert content["id"] == "akte"
    assert content["licence"] == "EUPL-1.2"
    assert content["releases"] == ["akte@1.0"]
    assert content["leistungen"] == ["99115005060000"]
    assert "publicly_funded" not in content


def test_pages_hold_each_record_once_also_when_something_comes_in_between(client: Client) -> None:
    for number in range(7):
        making.product(f"produkt-{number}")
    first = client.get("/api/v1/products?limit=3")
    making.product("produkt-0-neu")
    following = client.get(first["Link"].partition(">")[0].removeprefix("<")).json()
    ids = [one["id"] for one in (*first.json()["items"], *following["items"])]
    assert ids == [f"produkt-{number}" for number in range(6)]
    assert len(walked(client, "/api/v1/products?limit=3")) == 8


def test_filters_narrow_and_do_not_repeat(client: Client) -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    making.declare("akte@1.0", "xmuster@1.0", "a")
    making.declare("akte@1.0", "xmuster@1.0", "b")
    making.declare("akte@2.0", "xmuster@1.0", "a")
    making.product("formular", kind="online-dienst")
    assert walked(client, "/api/v1/products?standard=xmuster") == ["akte"]
    assert walked(client, "/api/v1/products?kind=online-dienst") == ["formular"]
    assert walked(client, "/api/v1/declarations?release=akte@1.0") == [
        "akte@1.0/xmuster@1.0/a",
        "akte@1.0/xmuster@1.0/b",
    ]


def test_the_level_is_computed(client: Client) -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    declaration = making.declare("akte@1.0", "xmuster@1.0", "a")
    path = "/api/v1/declarations/akte@1.0/xmuster@1.0/a"
    assert client.get(path).json()["level"] == 0
    making.prove(declaration, 2)
    assert client.get(path).json()["level"] == 2


def test_what_the_reader_has_is_not_sent_again(client: Client) -> None:
    made = making.product("akte")
    tag = client.get("/api/v1/products/akte")["ETag"]
    same = client.get("/api/v1/products/akte", headers={"If-None-Match": tag})
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", tag)
    Product.objects.filter(pk=made.pk).update(name="Neuer Name")
    changed = client.get("/api/v1/products/akte", headers={"If-None-Match": tag})
    assert changed.status_code == 200
    assert changed["ETag"] != tag


def test_head_answers_as_get_does(client: Client) -> None:
    making.product("akte")
    assert client.head("/api/v1/products/akte")["ETag"] == client.get("/api/v1/products/akte")["ETag"]


def test_old_addresses_lead_to_the_product(client: Client) -> None:
    akte = making.product("akte")
    OldKey.objects.create(key="akte-alt", product=akte)
    making.product("akte-doppelt", merged_into=akte)
    for old in ("akte-alt", "akte-doppelt"):
        answer = client.get(f"/api/v1/products/{old}")
        assert (answer.status_code, answer["Location"]) == (308, "/api/v1/products/akte")
    assert walked(client, "/api/v1/products?limit=5") == ["akte"]


@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("products/gibt-es-nicht", 404, None),
        ("releases/akte@9", 404, None),
        ("gibt-es-nicht", 404, None),
        ("products?vendors=musterhaus", 422, "vendors"),
        ("products?limit=0", 422, "limit"),
        ("products?limit=201", 422, "limit"),
        ("products?leistung=abc", 422, "leistung"),
        ("products/akte?sicht=alles", 422, "sicht"),
        ("products/..%00", 422, "id"),
        ("releases?cursor=x", 422, "cursor"),
        ("releases?cursor=9999999999999999999", 422, "cursor"),
        ("products?cursor=%00", 422, "cursor"),
        ("products/akte/partners?on=0", 422, "on"),
    ],
)
def test_problems_say_place_and_reason(client: Client, path: str, status: int, where: str | None) -> None:
    making.product("akte")
    answer = client.get(f"/api/v1/{path}")
    content = answer.json()
    assert (answer.status_code, answer["Content-Type"], content["status"]) == (status, PROBLEM, status)
    assert content["title"]
    assert content["detail"]
    assert ([one["pointer"] for one in content["errors"]] if where else content.get("errors")) == (
        [where] if where else None
    )


def test_problems_speak_the_language_of_the_reader(client: Client) -> None:
    german = client.get("/api/v1/products/x").json()["title"]
    english = client.get("/api/v1/products/x", headers={"Accept-Language": "en"}).json()["title"]
    assert german == "Unter dieser Adresse gibt es nichts."
    assert english == "There is nothing at this address."


def test_methods_that_are_not_there(client: Client) -> None:
    answer = client.delete("/api/v1/standards")
    assert (answer.status_code, answer["Content-Type"], answer["Allow"]) == (405, PROBLEM, "GET")


def test_a_token_that_is_not_valid_is_refused(client: Client) -> None:
    answer = client.get("/api/v1/products", headers=bearer("sst_falsch"))
    assert (answer.status_code, answer.json()["code"]) == (401, "F146")
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_landscape_is_for_its_municipality_and_for_all_where_it_is_open(client: Client) -> None:
    making.municipality("05111000")
    making.municipality("05111999", open=True)
    making.deploy("akte@1.0", "05111000")
    making.deploy("akte@1.0", "05111999")
    own = access.create("eigen", "municipality:05111000", ("read",))
    without_scope = access.create("ohne", "municipality:05111000", ("landscape",))

    def seen(headers: dict[str, str] | None = None) -> set[str]:
        items = client.get("/api/v1/deployments", headers=headers).json()["items"]
        return {one["municipality"] for one in items}

    assert seen() == {"05111999"}
    assert seen(bearer(without_scope)) == {"05111999"}
    assert seen(bearer(own)) == {"05111000", "05111999"}


def test_costs_are_shown_as_the_vendor_chose(client: Client) -> None:
    making.municipality("05111000")
    making.product("akte", cost_licence="1.000 EUR", costs_seen_by="municipalities")
    token = access.create("kommune", "municipality:05111000", ("read",))
    path = "/api/v1/products/akte"
    everybody, municipality = client.get(path), client.get(path, headers=bearer(token))
    assert "cost_licence" not in everybody.json()
    assert municipality.json()["cost_licence"] == "1.000 EUR"
    assert everybody["ETag"] != municipality["ETag"]
    assert municipality["Cache-Control"].startswith("private")


def test_queries_do_not_grow_with_the_rows(client: Client, django_assert_max_num_queries: Any) -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    for number in range(12):
        making.prove(making.declare(f"produkt-{number}@1.0", "xmuster@1.0", "a"))
        making.deploy(f"produkt-{number}@1.0", "05111999")
    making.municipality("05111999").__class__.objects.update(open=True)
    for kind in ("standards", "versions", "roles", "vendors", "products", "releases", "declarations", "evidence"):
        with django_assert_max_num_queries(5):
            assert client.get(f"/api/v1/{kind}").status_code == 200
    for kind in ("leistungen", "municipalities", "providers", "deployments", "couplings"):
        with django_assert_max_num_queries(5):
            assert client.get(f"/api/v1/{kind}").status_code == 200


def test_other_sites_may_read(client: Client) -> None:
    assert client.get("/api/v1/products")["Access-Control-Allow-Origin"] == "*"
    asked = {"Access-Control-Request-Method": "PUT", "Origin": "https://anderswo.example"}
    preflight = client.options("/api/v1/products/akte", headers=asked)
    assert (preflight.status_code, preflight["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "Authorization" not in preflight["Access-Control-Allow-Headers"]


def test_a_fault_of_ours_is_a_problem_without_a_trace(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("geheimer Pfad")

    monkeypatch.setattr("schnittstellen.web.api.records.paging.page", broken)
    client.raise_request_exception = False
    answer = client.get("/api/v1/products")
    assert (answer.status_code, answer["Content-Type"]) == (500, PROBLEM)
    assert "geheim" not in answer.text


@pytest.mark.parametrize("headers", [{"CONTENT_LENGTH": str(11 * 2**20)}, {"CONTENT_LENGTH": "viel"}])
def test_sizes_are_limited(client: Client, headers: dict[str, str]) -> None:
    answer = client.get("/api/v1/products", **headers)  # type: ignore[arg-type]
    assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM)
    assert client.get(f"/api/v1/products?vendor={'a' * 5000}").status_code == 413
