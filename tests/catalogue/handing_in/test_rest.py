"""The same through REST: forgeries, receipts, orders, and who may what."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Change, Evidence, QueuedInput
from schnittstellen.catalogue.services import access
from schnittstellen.catalogue.services.handing_in.sent import MOST_BYTES, Sent
from schnittstellen.domain.orders import Order
from tests.catalogue.handing_in import making
from tests.catalogue.handing_in.making import GOOD, RELEASE, SUITE, TODAY, files, honest
from tests.catalogue.handing_in.test_forgeries import FORGERIES

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


ONLY_OUR_RUN_SAYS = ("V061", "V062", "V074")


def asking(acts_for: str = "vendor:musterhaus", *scopes: str) -> dict[str, str]:
    every = access.SCOPES_OF[access.Token.Role(acts_for.partition(":")[0])]
    return {"Authorization": f"Bearer {access.create('Prüfstelle', acts_for, scopes or every)}"}


def body(one: Sent, **more: Any) -> dict[str, Any]:
    inputs = [
        {"name": it.name, "content": base64.b64encode(it.data).decode(), "recording": it.recording} for it in one.inputs
    ]
    signed = {"envelope": one.envelope.decode(), "report": one.report.decode()}
    return {"release": one.release, "suite": one.suite, "inputs": inputs, **signed, **more}


def post(path: str, content: Any, headers: dict[str, str], language: str = "de") -> Any:
    asked = {**headers, "Accept-Language": language}
    return Client().post(f"{API}/{path}", content, content_type="application/json", headers=asked)


@pytest.mark.parametrize(("forge", "code"), FORGERIES.items(), ids=lambda one: getattr(one, "__name__", one))
def test_each_forgery_is_refused_with_its_own_code(forge: Callable[[], Sent], code: str) -> None:
    headers = asking()
    answer = post("hand-ins", body(forge()), headers)
    assert not Evidence.objects.exists()
    assert (answer.status_code == 202) is (code in ONLY_OUR_RUN_SAYS)
    if answer.status_code == 202:
        making.settle()
        told = Client().get(answer.headers["Location"], headers=headers).json()
        assert (told["state"], {one["code"] for one in told["reasons"]}) == ("refused", {code})
        assert not Evidence.objects.exists()
        assert not QueuedInput.objects.exists()
        return
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.status_code == (403 if code.startswith("V01") else 422)
    assert (answer.json()["code"], [one["code"] for one in answer.json()["errors"]]) == (code, [code])


def test_an_honest_report_gets_a_receipt_and_again_the_same() -> None:
    headers = asking()
    first = post("hand-ins", body(honest()), headers)
    place = first.headers["Location"]
    assert (first.status_code, place, first.headers["Retry-After"]) == (
        202,
        f"{API}/hand-ins/{first.json()['id']}",
        "2",
    )
    assert (first.json()["state"], first.json()["inputs"], first.json()["verdict"]) == ("waiting", 1, None)
    assert post("hand-ins", body(honest()), headers).json() == first.json()
    assert Client().get(f"{API}/hand-ins", headers=headers).json()["open"] == [first.json()]
    making.settle()
    made = Client().get(place, headers=headers)
    again = post("hand-ins", body(honest()), headers)
    assert (made.status_code, again.status_code) == (200, 200)
    assert made.json() == again.json()
    found = made.json()
    assert (found["id"], found["state"]) == (first.json()["id"], "accepted")
    assert (found["verdict"], found["judged_again"], found["results"]) == ("passed", 1, 1)
    assert found["inputs_until"] == (TODAY + timedelta(30)).isoformat()
    assert Change.objects.get(kind="products").by == "Token Prüfstelle"
    assert Client().get(f"{API}/hand-ins", headers=headers).json() == {"items": [found], "more": False, "open": []}
    evidence = Client().get(f"{API}/evidence?report={found['report']}").json()["items"]
    assert [one["judged_again"] for one in evidence] == [1]


def test_who_reads_a_receipt() -> None:
    made = post("hand-ins", body(honest()), asking()).json()
    place = f"{API}/hand-ins/{made['id']}"
    making.making.municipality()
    for acts_for, status in (("board", 200), ("vendor:musterwerk", 404), ("municipality:05111000", 404)):
        assert Client().get(place, headers=asking(acts_for)).status_code == status
    making.settle()
    for acts_for, status in (("board", 200), ("vendor:musterwerk", 404), ("municipality:05111000", 404)):
        assert Client().get(place, headers=asking(acts_for)).status_code == status
    assert Client().get(place).status_code == 401
    assert Client().get(f"{API}/hand-ins", headers=asking("vendor:musterwerk")).json()["items"] == []


@pytest.mark.parametrize(
    ("acts_for", "scopes", "code"),
    [("vendor:musterwerk", (), "F144"), ("board", (), "F147"), ("vendor:musterhaus", ("read", "products"), "F147")],
)
def test_who_may_not_hand_in(acts_for: str, scopes: tuple[str, ...], code: str) -> None:
    answer = post("hand-ins", body(honest()), asking(acts_for, *scopes))
    assert (answer.status_code, answer.json()["code"]) == (403, code)


def test_all_reasons_in_the_language_of_the_reader() -> None:
    wrong = making.sent(making.run_of(GOOD), files(making.BAD), private=making.THEIRS)
    found = post("hand-ins", body(wrong), asking(), "en").json()
    assert [one["code"] for one in found["errors"]] == ["V014", "V022"]
    assert "belongs to musterwerk" in found["errors"][0]["detail"]
    assert "exactly the files" in found["errors"][1]["hint"]


@pytest.mark.parametrize(
    "more",
    [
        {"keep": "for ever"},
        {"unknown": 1},
        {"inputs": [{"name": "a", "content": "ÄÖ"}]},
        {"report": ""},
        {"envelope": 7},
        {"release": "ohne-version"},
    ],
)
def test_what_is_no_hand_in(more: dict[str, Any]) -> None:
    answer = post("hand-ins", body(honest(), **more), asking())
    assert (answer.status_code, answer.json()["code"]) == (422, "F145")


def test_evil_text_is_refused_in_order() -> None:
    headers = asking()
    for report in ("[" * 100_000, '{"a": NaN}', "\x00", '"\\ud800"', "null"):
        assert post("hand-ins", body(honest(), report=report), headers).status_code == 422
        assert post("hand-ins", body(honest(), envelope=report), headers).status_code == 422
    for more in ({"order": "\x00"}, {"suite": "a\x00"}, {"release": "a@\x00"}):
        assert post("hand-ins", body(honest(), **more), headers).status_code in (404, 422)
    named = [{"name": "a\x00.xml", "content": base64.b64encode(files(GOOD)[0].data).decode()}]
    assert post("hand-ins", body(honest(), inputs=named), headers).status_code == 202
    assert post("orders", {**WANTED, "suite": "a\x00"}, asking("board")).status_code == 422


def test_too_much_at_once() -> None:
    large = [{"name": "a", "content": base64.b64encode(b"x" * MOST_BYTES).decode()}]
    answer = post("hand-ins", body(honest(), inputs=large), asking())
    assert (answer.status_code, answer.json()["code"]) == (413, "F411")


# --- orders

LAST = (TODAY + timedelta(30)).isoformat()
WANTED = {"release": RELEASE, "suite": SUITE, "last_day": LAST}


def test_an_order_is_issued_fetched_and_fulfilled_once() -> None:
    board, vendor = asking("board"), asking()
    made = post("orders", WANTED, board)
    assert made.status_code == 201
    assert made.json()["hand_in"] is None
    fetched = Client().get(f"{API}/orders/{made.json()['id']}", headers=vendor).json()
    assert fetched == made.json()
    order = _order(fetched)
    notes = tuple(order.notes().items())
    first = making.sent(making.run_of(GOOD, notes=notes), files(GOOD))
    place = post("hand-ins", body(first), vendor).headers["Location"]
    making.settle()
    receipt = Client().get(place, headers=vendor).json()
    assert receipt["order"] == fetched["id"]
    other = making.sent(making.replace(making.run_of(GOOD, notes=notes), seconds=9.0), files(GOOD))
    refused = post("hand-ins", body(other, order=order.id), vendor)
    assert [one["code"] for one in refused.json()["errors"]] == ["V033"]
    listed = Client().get(f"{API}/orders", headers=vendor).json()["items"]
    assert [one["hand_in"] for one in listed] == [receipt["id"]]


def _order(fetched: dict[str, Any]) -> Order:
    from schnittstellen.attest.documents import unverified_order

    return unverified_order(json.dumps(fetched["document"]).encode())


def test_who_issues_and_who_sees_orders() -> None:
    made = post("orders", WANTED, asking("board")).json()
    refused = post("orders", WANTED, asking())
    assert (refused.status_code, refused.json()["code"]) == (403, "F147")
    assert Client().get(f"{API}/orders/{made['id']}", headers=asking("vendor:musterwerk")).status_code == 404
    assert Client().get(f"{API}/orders", headers=asking("vendor:musterwerk")).json()["items"] == []
    assert len(Client().get(f"{API}/orders", headers=asking("board")).json()["items"]) == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [({"last_day": "2020-01-01"}, "F414"), ({"suite": "unsinn"}, "F413"), ({"last_day": "bald"}, "F145")],
)
def test_what_cannot_be_ordered(more: dict[str, Any], code: str) -> None:
    answer = post("orders", {**WANTED, **more}, asking("board"))
    assert (answer.status_code, answer.json()["code"]) == (422, code)
