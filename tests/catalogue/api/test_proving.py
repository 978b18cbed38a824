"""What one report proves through /api/v1, and what lists tell of another day."""

from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Contest, Coupling, Evidence
from schnittstellen.catalogue.services import ledger
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY = date.today()
LAST_YEAR = TODAY - timedelta(365)


def proven(**more: object) -> Evidence:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    return making.prove(making.declare("akte@1.0", "xmuster@1.0", "a"), 1, days_ago=10, **more)


def test_a_report_tells_what_it_proves_and_leads_back(client: Client) -> None:
    made = proven()
    (listed,) = client.get("/api/v1/evidence").json()["items"]
    answer = client.get(listed["self"])
    content = answer.json()
    assert (content["id"], content["self"]) == (made.report_sha256, listed["self"])
    assert content["evidence"] == [listed]
    assert (content["objections"], content["mistaken"], content["published"]) == ([], [], [])
    assert "report" not in content
    assert client.get(listed["self"], headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_objections_and_mistaken_findings_stand_with_it(client: Client) -> None:
    made = proven(verdict="failed", failing=["X102", "X103"])
    contest = Contest.objects.create(evidence=made, finding="X102", reason="vertraulich", raised_on=TODAY)
    erratum = {"suite": made.suite, "finding": "X103"}
    ledger.append([ledger.Draft(ledger.Kind.ERRATUM, TODAY, erratum, None, made.suite)])
    answer = client.get(f"/api/v1/evidence/{made.report_sha256}")
    content = answer.json()
    (objection,) = content["objections"]
    assert (objection["id"], objection["finding"], objection["state"]) == (contest.key, "X102", "open")
    assert content["mistaken"] == [{"suite": made.suite, "finding": "X103", "since": TODAY.isoformat()}]
    assert "vertraulich" not in answer.text
    yesterday = client.get(f"/api/v1/evidence/{made.report_sha256}?on={TODAY - timedelta(1)}").json()
    assert (yesterday["objections"], yesterday["mistaken"]) == ([], [])


def test_nothing_is_proven_before_the_run(client: Client) -> None:
    made = proven()
    path = f"/api/v1/evidence/{made.report_sha256}"
    assert client.get(f"{path}?on={TODAY - timedelta(10)}").status_code == 200
    for missing in (f"{path}?on={TODAY - timedelta(11)}", f"/api/v1/evidence/{'0' * 64}"):
        answer = client.get(missing)
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/api/v1/evidence/abc").json()["errors"][0]["pointer"] == "id"
    assert len(client.get(f"/api/v1/evidence?on={TODAY - timedelta(10)}").json()["items"]) == 1
    assert client.get(f"/api/v1/evidence?on={TODAY - timedelta(11)}").json()["items"] == []


@pytest.mark.parametrize(
    ("days", "runs", "coupled"),
    [(-31, ["alt"], []), (-30, ["alt", "neu"], []), (-20, ["alt", "neu"], ["k"]), (-9, ["neu"], []), (0, ["neu"], [])],
)
def test_a_landscape_of_another_day(client: Client, days: int, runs: list[str], coupled: list[str]) -> None:
    making.municipality(open=True)
    old = making.deploy("alt@1.0", until=TODAY - timedelta(10))
    new = making.deploy("neu@1.0", since=TODAY - timedelta(30))
    Coupling.objects.create(key="k", first=old, second=new, since=TODAY - timedelta(20))
    on = TODAY + timedelta(days)
    found = client.get(f"/api/v1/deployments?on={on}").json()["items"]
    assert [one["release"].partition("@")[0] for one in found] == runs
    assert [one["id"] for one in client.get(f"/api/v1/couplings?on={on}").json()["items"]] == coupled
    assert len(client.get("/api/v1/deployments").json()["items"]) == 2


@pytest.mark.parametrize("path", ["products", "products/akte", "standards", "municipalities", "deployments/alt"])
def test_where_only_the_present_is_known_another_day_is_refused(client: Client, path: str) -> None:
    making.product("akte")
    answer = client.get(f"/api/v1/{path}?on={LAST_YEAR}")
    (place,) = answer.json()["errors"]
    assert (answer.status_code, place["pointer"]) == (422, "on")
    assert "nur bekannt, was heute gilt" in place["detail"]
