"""Writing through /api/v1: with tokens, by the rules of the registry, and never over what somebody else wrote."""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpResponse
from django.test import Client

from schnittstellen.catalogue.models import Change, Declaration, Deployment, Municipality, OldKey, Product, Release
from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.services import access, editing
from schnittstellen.domain.errors import SchnittstellenError
from tests.catalogue import making

pytestmark = pytest.mark.django_db
AKTE = {"name": "Akte", "kind": "e-akte"}


@dataclass
class Writer:
    """A client with a token."""

    client: Client
    secret: str

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            data="" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}", **names},
        )

    def tag(self, path: str) -> str:
        return str(self.send("GET", path)["ETag"])

    def put(self, path: str, body: Any) -> Any:
        """Change what is there as it is now."""
        return self.send("PUT", path, body, If_Match=self.tag(path))


@pytest.fixture
def vendor(client: Client) -> Writer:
    making.vendor()
    return Writer(client, access.create("v", "vendor:musterhaus", ("read", "products", "deployments")))


@pytest.fixture
def town(client: Client) -> Writer:
    making.municipality("05111000")
    return Writer(client, access.create("k", "municipality:05111000", ("read", "landscape")))


@pytest.fixture
def standard() -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})


def problem(answer: Any) -> tuple[int, str | None, list[str]]:
    content = answer.json()
    return answer.status_code, content.get("code"), [one.get("pointer") for one in content.get("errors", ())]


# --- products


def test_a_product_is_made_changed_and_found(vendor: Writer) -> None:
    made = vendor.send("PUT", "products/akte", AKTE, If_None_Match="*")
    assert (made.status_code, made["Location"]) == (201, "/api/v1/products/akte")
    changed = vendor.send("PUT", "products/akte", {**AKTE, "licence": "EUPL-1.2"}, If_Match=made["ETag"])
    assert (changed.status_code, changed.json()["licence"], changed.json()["revision"]) == (200, "EUPL-1.2", 2)
    assert changed["ETag"] == vendor.tag("products/akte")
    assert vendor.send("GET", "search?q=Akte").json()["items"][0]["key"] == "akte"


def test_who_changed_what_is_written_down(vendor: Writer) -> None:
    vendor.send("PUT", "products/akte", AKTE)
    vendor.put("products/akte", {**AKTE, "licence": "EUPL-1.2"})
    newest, _first = Change.objects.filter(kind="products")
    assert (newest.by, newest.key, newest.vendor) == ("Token v", "akte", "musterhaus")
    assert newest.places == [{"place": "licence", "before": None, "after": "EUPL-1.2"}]
    vendor.send("PUT", "products/akte", {**AKTE, "kind": "drucker"}, If_Match=vendor.tag("products/akte"))
    assert Change.objects.filter(kind="products").count() == 2


def test_an_old_address_is_not_given_to_something_else(vendor: Writer) -> None:
    akte = making.product("akte")
    OldKey.objects.create(key="akte-alt", product=akte)
    making.product("akte-doppelt", merged_into=akte)
    for old in ("akte-alt", "akte-doppelt"):
        answer = vendor.send("PUT", f"products/{old}", AKTE)
        assert (answer.status_code, answer["Location"]) == (308, "/api/v1/products/akte")
    assert not Change.objects.filter(kind="products").exists()


def test_what_an_invented_vendor_makes_is_invented(vendor: Writer) -> None:
    assert vendor.send("PUT", "products/akte", AKTE).json()["example"] is True


def test_what_is_left_out_is_no_longer_said_and_releases_stay(vendor: Writer) -> None:
    making.product("akte", licence="EUPL-1.2", publicly_funded=True)
    making.release("akte@1.0")
    content = vendor.put("products/akte", AKTE).json()
    assert "licence" not in content
    assert "publicly_funded" not in content
    assert content["releases"] == ["akte@1.0"]


def test_of_two_edits_the_second_is_refused(vendor: Writer) -> None:
    making.product("akte")
    tag = vendor.tag("products/akte")
    assert vendor.send("PUT", "products/akte", {**AKTE, "name": "Erste"}, If_Match=tag).status_code == 200
    second = vendor.send("PUT", "products/akte", {**AKTE, "name": "Zweite"}, If_Match=tag)
    assert problem(second)[:2] == (412, "F148")
    assert Product.objects.get(key="akte").name == "Erste"


def test_of_two_edits_at_the_same_moment_the_second_is_refused() -> None:
    """Both have read the same state before either writes."""
    making.product("akte")
    first, second = editing.kept(forms.PRODUCT, "akte"), editing.kept(forms.PRODUCT, "akte")
    editing.keep(forms.PRODUCT, "akte", {**first.data, "name": "Erste"}, first.revision)
    with pytest.raises(SchnittstellenError) as refused:
        editing.keep(forms.PRODUCT, "akte", {**second.data, "name": "Zweite"}, second.revision)
    assert refused.value.fault.code == "F105"
    assert Product.objects.get(key="akte").name == "Erste"


def test_who_names_no_state_is_refused(vendor: Writer) -> None:
    making.product("akte", name="Alt")
    assert vendor.send("PUT", "products/akte", AKTE).status_code == 428
    assert vendor.send("PUT", "products/akte", AKTE, If_Match="*").status_code == 428
    assert vendor.send("PUT", "products/akte", AKTE, If_None_Match="*").status_code == 412
    assert vendor.send("PUT", "products/neu", AKTE, If_Match='"x"').status_code == 412
    assert Product.objects.get().name == "Alt"


def test_a_tag_that_was_weakened_by_compression_counts(vendor: Writer) -> None:
    making.product("akte")
    tag = f"W/{vendor.tag('products/akte')}"
    assert vendor.send("PUT", "products/akte", AKTE, If_Match=tag).status_code == 200


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"name": "Akte"}, "#/kind"),
        ({**AKTE, "kind": "drucker"}, "#/kind"),
        ({**AKTE, "name": ""}, "#/name"),
        ({**AKTE, "name": "x" * 301}, "#/name"),
        ({**AKTE, "name": " Akte "}, "#/name"),
        ({**AKTE, "level": 4}, "#/level"),
        ({**AKTE, "vendor": "anderer"}, "#/vendor"),
        ({**AKTE, "source_code": "javascript:alert(1)"}, "#/source_code"),
        ({**AKTE, "leistungen": ["99999999999999"]}, "#/leistungen"),
        ({**AKTE, "end_of_support": "2026-02-30"}, "#/end_of_support"),
        ({**AKTE, "trainings": [{"task": "A"}, {"form": "B"}]}, "#/trainings/1/task"),
    ],
)
def test_what_the_domain_rejects_is_rejected_with_its_place(vendor: Writer, body: Any, where: str) -> None:
    assert problem(vendor.send("PUT", "products/akte", body)) == (422, "F145", [where])
    assert not Product.objects.exists()


@pytest.mark.parametrize("body", ["kein JSON", "[1]", '{"name": "a", "name": "b"', "\udcff", "[" * 100_000])
def test_what_is_no_json_object_is_refused(vendor: Writer, body: str) -> None:
    answer = vendor.client.generic(
        "PUT",
        "/api/v1/products/akte",
        data=body.encode("utf-8", "surrogateescape"),
        content_type="application/json",
        headers={"Authorization": f"Bearer {vendor.secret}"},
    )
    assert answer.status_code in {400, 422}
    assert answer["Content-Type"] == "application/problem+json"


def test_an_id_that_the_registry_would_not_take_is_refused(vendor: Writer) -> None:
    assert problem(vendor.send("PUT", "products/Akte", AKTE)) == (422, "F145", ["#/id"])


# --- releases and declarations


@pytest.mark.usefixtures("standard")
def test_a_release_with_a_declaration(vendor: Writer) -> None:
    making.product("akte")
    path = "declarations/akte@1.0/xmuster@1.0/a"
    assert vendor.send("PUT", "releases/akte@1.0", {"released": "2026-01-01"}).status_code == 201
    made = vendor.send("PUT", path, {"messages": ["m"]})
    assert (made.status_code, made.json()["level"], made.json()["messages"]) == (201, 0, ["m"])
    assert vendor.put(path, {"documentation": "https://example.org/doku"}).json()["messages"] == []
    assert vendor.put("releases/akte@1.0", {}).json()["declarations"] == ["akte@1.0/xmuster@1.0/a"]
    assert vendor.send("DELETE", path, If_Match=vendor.tag(path)).status_code == 204
    assert vendor.send("DELETE", "releases/akte@1.0", If_Match=vendor.tag("releases/akte@1.0")).status_code == 204
    assert not Release.objects.exists()


@pytest.mark.usefixtures("standard")
@pytest.mark.parametrize(
    ("path", "body", "where"),
    [
        ("declarations/akte@1.0/xmuster@9/a", {}, "#/releases/0/declarations/0/standard"),
        ("declarations/akte@1.0/xmuster@1.0/c", {}, "#/releases/0/declarations/0/role"),
        ("declarations/akte@1.0/xmuster@1.0/a", {"messages": ["n"]}, "#/releases/0/declarations/0/messages"),
        (
            "releases/akte@2",
            {"released": "2026-02-01", "end_of_support": "2026-01-01"},
            "#/releases/1/end_of_support",
        ),
    ],
)
def test_rules_of_declarations_and_releases(vendor: Writer, path: str, body: Any, where: str) -> None:
    making.release("akte@1.0")
    assert problem(vendor.send("PUT", path, body)) == (422, "F145", [where])
    assert not Declaration.objects.exists()


@pytest.mark.usefixtures("standard")
def test_nobody_takes_back_what_was_tested(vendor: Writer) -> None:
    making.prove(making.declare("akte@1.0", "xmuster@1.0", "a"), verdict="failed")
    for path in ("declarations/akte@1.0/xmuster@1.0/a", "releases/akte@1.0"):
        answer = vendor.send("DELETE", path, If_Match=vendor.tag(path))
        assert problem(answer)[:2] == (422, "F145")
    assert Declaration.objects.count() == 1


def test_a_release_of_nothing(vendor: Writer) -> None:
    assert problem(vendor.send("PUT", "releases/nix@1.0", {}))[:2] == (404, "F149")
    assert vendor.send("DELETE", "releases/nix@1.0").status_code == 404


# --- whose it is


def test_without_token_scope_or_ownership_nothing_is_written(vendor: Writer, town: Writer, client: Client) -> None:
    making.product("fremd", vendor=making.vendor("anderes"))
    reader = Writer(client, access.create("r", "vendor:musterhaus", ("read",)))
    assert client.put("/api/v1/products/akte", AKTE, content_type="application/json").status_code == 401
    blind = Writer(client, access.create("b", "vendor:musterhaus", ("products",)))
    assert problem(reader.send("PUT", "products/akte", AKTE))[:2] == (403, "F147")
    assert problem(blind.send("PUT", "products/akte", AKTE))[:2] == (403, "F147")
    assert problem(town.send("PUT", "products/akte", AKTE))[:2] == (403, "F147")
    assert problem(vendor.put("products/fremd", AKTE))[:2] == (403, "F144")
    assert problem(vendor.put("vendors/anderes", {"name": "X"}))[:2] == (403, "F144")
    assert problem(town.put("municipalities/05111000", {"open": True}))[0] == 405
    assert set(Product.objects.values_list("name", flat=True)) == {"fremd"}


def test_a_browser_that_is_logged_in_writes_nothing_here(vendor: Writer) -> None:
    """Only tokens count, so that no other site can make a browser write."""
    user = get_user_model().objects.create_superuser("muster")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(user)
    assert browser.put("/api/v1/products/akte", AKTE, content_type="application/json").status_code == 401
    headers = {"Authorization": f"Bearer {vendor.secret}"}
    answer = browser.put("/api/v1/products/akte", AKTE, content_type="application/json", headers=headers)
    assert answer.status_code == 201


def test_the_own_company(vendor: Writer) -> None:
    answer = vendor.put("vendors/musterhaus", {"name": "Musterhaus GmbH"})
    assert (answer.json()["name"], answer.json()["example"]) == ("Musterhaus GmbH", True)


# --- landscapes


def test_a_municipality_opens_its_landscape(town: Writer, client: Client) -> None:
    making.deploy("akte@1.0")
    path = "municipalities/05111000"
    tag = town.tag(path)
    assert town.send("PATCH", path, {"open": True}, If_Match=tag).json()["open"] is True
    assert town.send("PATCH", path, {"open": False}, If_Match=tag).status_code == 412
    assert len(client.get("/api/v1/deployments").json()["items"]) == 1
    making.municipality("05111999")
    assert problem(town.send("PATCH", "municipalities/05111999", {"open": True}))[:2] == (403, "F144")


def test_a_landscape_is_written_and_removed(town: Writer) -> None:
    for name in ("akte@1.0", "formular@2.0"):
        making.release(name)
    ids = {"05111000-akte": "akte@1.0", "05111000-formular": "formular@2.0"}
    for id, release in ids.items():
        assert town.send("PUT", f"deployments/{id}", {"release": release}).status_code == 201
    first, second = ids
    coupled = town.send("PUT", "couplings/05111000-k", {"first": first, "second": second, "messages": ["m"]})
    assert (coupled.status_code, coupled.json()["first"]) == (201, first)
    assert town.put(f"deployments/{first}", {"release": "akte@1.0", "since": "2026-01-01"}).json()["confirmed"] is True
    for id in ids:
        path = f"deployments/{id}"
        assert town.send("DELETE", path, If_Match=town.tag(path)).status_code == 204
    assert not Deployment.objects.exists()


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"release": "nix@1.0"}, "#/deployments/0/release"),
        ({"release": "akte@1.0", "operator": "niemand"}, "#/deployments/0/operator"),
        ({"release": "akte@1.0", "since": "2026-02-01", "until": "2026-01-01"}, "#/deployments/0/until"),
        ({"release": "akte"}, "#/release"),
    ],
)
def test_rules_of_landscapes(town: Writer, body: Any, where: str) -> None:
    making.release("akte@1.0")
    assert problem(town.send("PUT", "deployments/05111000-akte", body)) == (422, "F145", [where])
    assert not Deployment.objects.exists()


def test_a_claim_counts_once_the_municipality_has_confirmed_it(vendor: Writer, town: Writer) -> None:
    making.release("akte@1.0")
    claimed = vendor.send("POST", "deployments", {"municipality": "05111000", "release": "akte@1.0"})
    assert (claimed.status_code, claimed.json()["confirmed"]) == (201, False)
    again = vendor.send("POST", "deployments", {"municipality": "05111000", "release": "akte@1.0"})
    assert problem(again) == (422, "F145", ["#/release"])
    path = claimed["Location"].removeprefix("/api/v1/")
    assert town.put(path, {"release": "akte@1.0"}).json()["confirmed"] is True
    assert vendor.send("GET", path).status_code == 404


def test_a_vendor_claims_only_its_own_and_learns_nothing(vendor: Writer, town: Writer) -> None:
    making.release("akte@1.0")
    making.product("fremd", vendor=making.vendor("anderes"))
    making.release("fremd@1.0")
    town.send("PUT", "deployments/05111000-akte", {"release": "akte@1.0"})
    foreign = {"municipality": "05111000", "release": "fremd@1.0"}
    assert problem(vendor.send("POST", "deployments", foreign))[:2] == (403, "F144")
    assert problem(vendor.send("POST", "deployments", {**foreign, "confirmed": True}))[0] == 422
    assert problem(town.send("PUT", "deployments/05111000-x", {"release": "akte@1.0", "confirmed": False}))[0] == 422
    for id in ("akte", "gibt-es-nicht"):
        answer = vendor.send("PUT", f"deployments/05111000-{id}", {"release": "akte@1.0"})
        assert problem(answer)[:2] == (403, "F147")
    unknown = vendor.send("POST", "deployments", {"municipality": "05999999", "release": "akte@1.0"})
    assert problem(unknown)[0] == 422
    assert Municipality.objects.count() == 1
