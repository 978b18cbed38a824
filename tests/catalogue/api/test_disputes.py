"""Objections and deviations through REST: read by all, raised by those whom it concerns."""

from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.services import access
from tests.catalogue.making import deploy
from tests.web.after.making import FINDING, declared, failed

pytestmark = pytest.mark.django_db
API = "/api/v1"


def sent(scope: str, acts_for: str, path: str, body: dict[str, Any]) -> Any:
    secret = access.create(f"{acts_for} {scope}", acts_for, ("read", scope))
    bearer = {"Authorization": f"Bearer {secret}"}
    return Client().post(f"{API}/{path}", body, content_type="application/json", headers=bearer)


def read(path: str) -> Any:
    answer = Client().get(f"{API}/{path}")
    assert answer.status_code == 200
    return answer.json()


def test_a_vendor_objects_once_and_everybody_reads_it() -> None:
    run = failed(declared())
    body = {"report": run.report_sha256, "suite": run.suite, "finding": FINDING, "reason": "streng vertraulich"}
    made = sent("products", "vendor:musterhaus", "objections", body)
    assert made.status_code == 201
    assert (made.json()["state"], made.json()["release"]) == ("open", "musterneu@1.0")
    assert sent("products", "vendor:musterhaus", "objections", body).status_code == 422
    found = read("objections?product=musterneu")
    assert [one["finding"] for one in found["items"]] == [FINDING]
    assert "vertraulich" not in str(found)
    assert read("objections?product=anderes") == {"items": [], "more": False}


def test_others_cannot_object() -> None:
    from tests.catalogue.making import vendor

    run = failed(declared())
    vendor("fremd")
    body = {"report": run.report_sha256, "suite": run.suite, "finding": FINDING, "reason": "x"}
    assert sent("products", "vendor:fremd", "objections", body).status_code == 422
    anonymous = Client().post(f"{API}/objections", body, content_type="application/json")
    assert anonymous.status_code == 401
    assert read("objections")["items"] == []


def test_a_municipality_reports_and_is_named_only_where_it_says_so() -> None:
    of = declared()
    deploy("musterneu@1.0", "05999001")
    body = {
        "municipality": "05999001",
        "release": "musterneu@1.0",
        "standard": str(of.role.version),
        "role": of.role.key,
        "summary": "Beträge fehlen",
        "detail": "nur für den Hersteller",
    }
    made = sent("landscape", "municipality:05999001", "deviations", body)
    assert made.status_code == 201, made.json()
    found = read("deviations?product=musterneu")
    (one,) = found["items"]
    assert (one["municipality"], one["summary"], one["closed_on"]) == (None, "Beträge fehlen", None)
    assert "nur für" not in str(found)
    assert sent("landscape", "municipality:05999001", "deviations", {**body, "role": "nichts"}).status_code == 422
    deploy("musterneu@1.0", "05999002")
    assert sent("landscape", "municipality:05999002", "deviations", body).status_code == 403
    assert sent("landscape", "municipality:05999002", "deviations", {**body, "x": 1}).status_code == 422
