"""The questions of the catalogue through /api/v1."""

from datetime import date, timedelta

import pytest
from django.test import Client

from schnittstellen.catalogue.models import StoredReport
from schnittstellen.catalogue.services import access, search
from tests.catalogue import making
from tests.catalogue.api.test_reading import bearer

pytestmark = pytest.mark.django_db
LEIKA = "99115005060000"


@pytest.fixture
def pair() -> None:
    making.standard("xmuster@1.0", {"a": (["m"], []), "b": ([], ["m"])})
    for key, kind in (("akte", "e-akte"), ("formular", "online-dienst")):
        making.product(key, kind=kind, leistungen=(LEIKA,))
    making.prove(making.declare("akte@1.0", "xmuster@1.0", "b"), messages=["m"])
    making.prove(making.declare("formular@2.0", "xmuster@1.0", "a"), messages=["m"])


@pytest.mark.usefixtures("pair")
def test_partners_with_reasons(client: Client) -> None:
    making.declare("dritte@1.0", "xmuster@1.0", "b")
    content = client.get("/api/v1/products/formular/partners").json()
    assert content["release"] == "formular@2.0"
    assert content["counts"] == {"proven": 1, "declared": 1}
    assert [one["product"]["key"] for one in content["partners"]] == ["akte", "dritte"]
    _, encounter = content["partners"][1]["releases"][0]
    assert encounter["exchanges"][0]["reasons"][0]["why"] == "no_evidence"


def test_a_product_without_releases_has_no_partners(client: Client) -> None:
    making.product("akte")
    content = client.get("/api/v1/products/akte/partners").json()
    assert (content["release"], content["counts"], content["partners"]) == (None, {}, [])
    assert client.get("/api/v1/products/nix/partners").json()["code"] == "F120"


@pytest.mark.usefixtures("pair")
def test_partners_page_by_page(client: Client) -> None:
    making.declare("dritte@1.0", "xmuster@1.0", "b")
    path = "/api/v1/products/formular/partners?limit=1"
    first = client.get(path).json()
    second = client.get(f"{path}&cursor={first['next_cursor']}").json()
    assert [one["product"]["key"] for page in (first, second) for one in page["partners"]] == ["akte", "dritte"]
    assert "next_cursor" not in second


@pytest.mark.usefixtures("pair")
def test_filters_of_partners(client: Client) -> None:
    path = "/api/v1/products/formular/partners"
    assert client.get(f"{path}?status=declared").json()["partners"] == []
    assert len(client.get(f"{path}?status=declared&status=proven").json()["partners"]) == 1
    assert client.get(f"{path}?status=gut").json()["errors"][0]["pointer"] == "status"
    assert client.get(f"{path}?release=9").json()["code"] == "F121"


@pytest.mark.usefixtures("pair")
def test_the_matrix_of_a_leistung(client: Client) -> None:
    content = client.get(f"/api/v1/leistungen/{LEIKA}/matrix").json()
    assert [one["encounter"]["status"] for one in content["cells"]] == ["proven"]
    assert client.get("/api/v1/leistungen/99999999999999/matrix").json()["code"] == "F122"


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize(("opened", "status"), [(True, 200), (False, 403)])
def test_can_procure_asks_nobody_but_those_who_may_see_the_landscape(client: Client, opened: bool, status: int) -> None:
    making.municipality("05111000", open=opened)
    making.deploy("akte@1.0", leistungen=(LEIKA,))
    path = "/api/v1/municipalities/05111000/can-procure?product=formular"
    answer = client.get(path)
    assert answer.status_code == status
    token = access.create("kommune", "municipality:05111000", ("read",))
    own = client.get(path, headers=bearer(token))
    assert own.json()["answer"] == "yes"
    assert own.json()["couplings"][0]["partner"] == "akte"


@pytest.mark.usefixtures("pair")
def test_what_to_ask_for(client: Client) -> None:
    content = client.get(f"/api/v1/tender?leistung={LEIKA}&partner=akte@1.0").json()
    (required,) = content["tender"]["requirements"]
    assert [(one["standard"], one["role"]) for one in required["choices"]] == [("xmuster", "a")]
    assert "xmuster" in content["text"]
    assert client.get(f"/api/v1/tender?leistung={LEIKA}").json()["code"] == "F138"
    assert client.get("/api/v1/tender?partner=akte@1.0").json()["errors"][0]["pointer"] == "leistung"


def test_what_ends_as_data_and_as_calendar(client: Client) -> None:
    making.release("akte@1.0", end_of_support=date.today() + timedelta(30))
    (ending,) = client.get("/api/v1/ending?within=60").json()["coming"]
    assert (ending["what"], ending["subject"]) == ("support", "akte@1.0")
    assert client.get("/api/v1/ending?within=20").json()["coming"] == []
    calendar = client.get("/api/v1/ending.ics?within=60")
    assert calendar["Content-Type"].startswith("text/calendar")
    assert b"akte@1.0" in calendar.content
    making.municipality("05111000")
    assert client.get("/api/v1/ending?municipality=05111000").json()["code"] == "F130"


def test_search(client: Client) -> None:
    making.product("akte", name="Elektronische Bauakte")
    search.reindex_all()
    hits = client.get("/api/v1/search?q=bauakten").json()["items"]
    assert [(one["kind"], one["key"]) for one in hits] == [("product", "akte")]
    assert client.get("/api/v1/search?q=bauakten&kind=standard").json()["items"] == []
    assert client.get("/api/v1/search?q=").status_code == 422
    assert client.get("/api/v1/search").json()["errors"][0]["pointer"] == "q"


@pytest.mark.parametrize(
    ("acts_for", "status"), [(None, 404), ("vendor:anderes", 404), ("vendor:musterhaus", 200), ("board", 200)]
)
def test_reports_are_for_vendor_and_board(client: Client, acts_for: str | None, status: int) -> None:
    making.standard("xmuster@1.0", {"a": (["m"], [])})
    making.vendor("anderes")
    evidence = making.prove(making.declare("akte@1.0", "xmuster@1.0", "a"))
    StoredReport.objects.create(sha256=evidence.report_sha256, document=b'{"a":  1}')
    headers = bearer(access.create("test", acts_for, ("read",))) if acts_for else None
    answer = client.get(f"/api/v1/reports/{evidence.report_sha256}", headers=headers)
    assert answer.status_code == status
    assert status == 404 or answer.content == b'{"a":  1}'


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("path", ["products/formular/partners", f"leistungen/{LEIKA}/matrix"])
def test_answers_hold_for_a_day_and_the_same_answer_has_the_same_tag(client: Client, path: str) -> None:
    past = client.get(f"/api/v1/{path}?on=2020-01-01")
    assert past.json()["day"] == "2020-01-01"
    now = client.get(f"/api/v1/{path}")
    assert now["ETag"] != past["ETag"]
    assert client.get(f"/api/v1/{path}", headers={"If-None-Match": now["ETag"]}).status_code == 304
    assert client.get(f"/api/v1/{path}?on=gestern").json()["errors"][0]["pointer"] == "on"
