"""Applications through REST: the vendor's and the board's tokens, and nobody else's."""

from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Application, Declaration
from schnittstellen.catalogue.services import access
from tests.catalogue.board.making import agree, declared, member, proposed
from tests.catalogue.making import municipality, prove, vendor

pytestmark = pytest.mark.django_db
API = "/api/v1"
SECRET = "Vertraulich"
FINDING = "X102 R-001"


def bearer(acts_for: str, *scopes: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {access.create(acts_for, acts_for, scopes or ('read', 'applications'))}"}


@pytest.fixture
def tokens(db: None) -> dict[str, dict[str, str]]:
    vendor()
    vendor("fremd")
    municipality("05999001")
    return {
        "vendor": bearer("vendor:musterhaus"),
        "other": bearer("vendor:fremd"),
        "board": bearer("board"),
        "town": bearer("municipality:05999001", "read"),
        "no scope": bearer("vendor:musterhaus", "read", "products"),
        "nobody": {},
    }


def get(headers: dict[str, str], path: str) -> Any:
    return Client().get(f"{API}/{path}", headers=headers)


def post(headers: dict[str, str], path: str, body: dict[str, Any] | None = None) -> Any:
    return Client().post(f"{API}/{path}", body or {}, content_type="application/json", headers=headers)


def body_of(of: Declaration, **more: Any) -> dict[str, Any]:
    run = prove(of, verdict="failed", cause="product", failing=[FINDING])
    named = {"release": str(of.release), "standard": str(of.role.version), "role": of.role.key}
    return {**named, "evidence": [run.report_sha256], "statement": SECRET, **more}


def test_a_vendor_applies_answers_and_withdraws(tokens: dict[str, dict[str, str]]) -> None:
    of = declared()
    made = post(tokens["vendor"], "applications", body_of(of))
    assert made.status_code == 201, made.json()
    told = made.json()
    assert (told["state"], told["release"], told["votes"]) == ("open", "musterneu@1.0", None)
    assert post(tokens["vendor"], "applications", body_of(of)).json()["code"] == "F375"
    one = f"applications/{told['id']}"
    asked = post(tokens["board"], f"{one}/questions", {"finding": FINDING, "text": "Warum?"})
    assert asked.status_code == 201
    answered = post(tokens["vendor"], f"questions/{asked.json()['id']}/posts", {"text": SECRET})
    assert (answered.status_code, answered.json()["state"]) == (201, "answered")
    (thread,) = get(tokens["board"], f"questions?application={told['id']}").json()["items"]
    assert [(it["of"], it["text"]) for it in thread["posts"]] == [("board", "Warum?"), ("vendor", SECRET)]
    assert post(tokens["vendor"], f"{one}/questions", {"text": "Warum?"}).status_code == 403
    assert post(tokens["board"], f"{one}/withdraw").status_code == 403
    assert post(tokens["vendor"], f"{one}/withdraw").json()["state"] == "withdrawn"
    assert post(tokens["vendor"], f"{one}/withdraw").json()["code"] == "F371"
    assert [it["state"] for it in get(tokens["vendor"], "applications?state=withdrawn").json()["items"]] == [
        "withdrawn"
    ]
    assert get(tokens["vendor"], "applications?state=open").json() == {"items": [], "more": False}
    refused = get(tokens["vendor"], "applications?status=open")
    assert (refused.status_code, refused.json()["detail"]) == (422, "Berichtigen Sie die genannten Stellen.")


def test_what_a_body_must_say(tokens: dict[str, dict[str, str]]) -> None:
    of = declared()
    good = body_of(of)
    for wrong, status in (
        ({"evidence": []}, 422),
        ({"evidence": ["0" * 64]}, 422),
        ({"evidence": ["0"]}, 422),
        ({"level": 4}, 422),
        ({"role": "nichts"}, 404),
        ({"release": "anderes@1"}, 404),
        ({"state": "granted"}, 422),
        ({"statement": "x" * 5001}, 422),
    ):
        assert post(tokens["vendor"], "applications", {**good, **wrong}).status_code == status, wrong
    assert post(tokens["other"], "applications", good).status_code == 404
    assert post(tokens["board"], "applications", good).status_code == 403
    assert not Application.objects.exists()


def test_nobody_else_learns_that_it_is_there(tokens: dict[str, dict[str, str]]) -> None:
    made = post(tokens["vendor"], "applications", body_of(declared())).json()["id"]
    asked = post(tokens["board"], f"applications/{made}/questions", {"text": SECRET}).json()["id"]
    unknown = "f" * 24
    for who, status in (("other", 404), ("no scope", 403), ("town", 403), ("nobody", 401)):
        for key, thread in ((made, asked), (unknown, unknown)):
            told = [
                post(tokens[who], f"applications/{key}/withdraw"),
                post(tokens[who], f"applications/{key}/questions", {"text": "?"}),
                post(tokens[who], f"questions/{thread}/posts", {"text": "!"}),
            ]
            assert {one.status_code for one in told} == {status}, who
            assert all(SECRET not in one.text for one in told)
    for path in ("applications", f"applications?id={made}", "questions", f"questions?application={made}"):
        assert get(tokens["other"], path).json() == get(tokens["nobody"], path).json() == {"items": [], "more": False}
        assert {get(tokens[who], path).status_code for who in ("no scope", "town")} == {403}
    assert [one["id"] for one in get(tokens["board"], "applications").json()["items"]] == [made]


def test_votes_are_counted_for_the_board_only(tokens: dict[str, dict[str, str]]) -> None:
    made = post(tokens["vendor"], "applications", body_of(declared())).json()["id"]
    of = proposed(Application.objects.get(key=made), granted=False, reason=SECRET)
    agree(of, member("ada"))
    told = {who: get(tokens[who], f"applications?id={made}").json()["items"][0] for who in ("board", "vendor")}
    assert (told["board"]["votes"], told["board"]["reason"]) == ({"agree": 1, "disagree": 0, "abstain": 0}, SECRET)
    assert (told["vendor"]["votes"], told["vendor"]["reason"]) == (None, None)


def test_a_list_costs_as_many_queries_for_many_as_for_few(
    tokens: dict[str, dict[str, str]], django_assert_max_num_queries: Any
) -> None:
    post(tokens["vendor"], "applications", body_of(declared()))
    with django_assert_max_num_queries(20) as few:
        get(tokens["board"], "applications")
    allowed = len(few)
    for number in range(4):
        post(tokens["vendor"], "applications", body_of(declared(f"viel{number}@1.0")))
    with django_assert_max_num_queries(allowed):
        assert len(get(tokens["board"], "applications").json()["items"]) == 5
