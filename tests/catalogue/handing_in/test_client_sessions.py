"""Recorded sessions of client products: what they prove by a test order, and each forgery with its own code."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Entry, Evidence, HandIn, IssuedOrder
from schnittstellen.catalogue.registry.loading import load
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.catalogue.services.handing_in import orders, receipts
from schnittstellen.catalogue.services.handing_in.judging import Bench
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.refusals import Refused
from tests.catalogue.handing_in import making, sessions
from tests.catalogue.handing_in.making import TODAY, hand_in
from tests.catalogue.handing_in.sessions import CLIENT, Session, changed, session, with_seed, writing
from tests.catalogue.handing_in.test_orders import issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def sent(of: Session, **more: Any) -> Any:
    report, *recordings = of
    return making.sent(report, tuple(recordings), suite=CLIENT, **more)


def by(order: IssuedOrder, client: Callable[[str], None] = sessions.good) -> Session:
    noted = orders.order_of(order).notes()
    return session(int(order.seed), client=client, notes=tuple(noted.items()))


def refused(of: Session) -> tuple[str, ...]:
    found = making.refused(sent(of))
    assert not HandIn.objects.exists() or not found
    return found


def why(of: Session) -> dict[str, str]:
    """The parameters of the only refusal."""
    with pytest.raises(Refused) as caught:
        hand_in(sent(of))
    (one,) = caught.value.refusals
    return dict(one.parameters)


def test_a_session_by_order_proves_the_client_also_when_loaded_anew(tmp_path: Path) -> None:
    of, order = sessions.declares(), issue(CLIENT)
    made, _ = hand_in(sent(by(order)))
    assert (made.judged, made.total, made.order) == (1, 1, order)
    assert (made.evidence.verdict, made.evidence.reach, levels([of.pk], TODAY)[of.pk]) == ("passed", 2, 2)
    assert json.loads(bytes(Entry.objects.get(kind="evidence").body))["order"] == order.key
    write(tmp_path, bootstrap.library())
    HandIn.objects.all().delete()
    Evidence.objects.all()._raw_delete("default")
    load(tmp_path, bootstrap.library())
    assert (Evidence.objects.get().order, levels([of.pk], TODAY)[of.pk]) == (order.key, 2)


@pytest.mark.parametrize("seed", [None, 11])
def test_a_session_without_an_order_proves_nothing(seed: int | None) -> None:
    of = sessions.declares()
    made, _ = hand_in(sent(session(seed)))
    assert (made.judged, made.claimed, made.evidence.verdict) == (1, "passed", "not_tested")
    assert receipts.without_order(made)
    assert levels([of.pk], TODAY)[of.pk] == 0


@pytest.mark.parametrize("client", [sessions.incomplete, sessions.giving_up])
def test_a_session_in_which_something_required_did_not_come_up_proves_nothing(client: Callable[[str], None]) -> None:
    """By order, judged again as a whole, and still no level: what our mock shows every client was not borne."""
    of, order = sessions.declares(), issue(CLIENT)
    made, _ = hand_in(sent(by(order, client)))
    assert (made.judged, made.order, made.evidence.verdict) == (1, order, "not_tested")
    assert levels([of.pk], TODAY)[of.pk] == 0


def test_a_departure_counts_without_an_order() -> None:
    sessions.declares()
    made, _ = hand_in(sent(session(client=writing)))
    assert (made.judged, made.evidence.verdict, made.evidence.failing) == (1, "failed", ["A522"])


def test_addresses_depend_on_the_seed_and_credentials_are_not_recorded() -> None:
    first, second = (session(seed)[1].data.decode() for seed in (11, 12))
    asked = [{one["request"]["url"].rpartition("/lauf-")[2] for one in _entries(text)} for text in (first, second)]
    assert not asked[0] & asked[1]
    assert "Bearer ***" in first
    assert "geheim" not in first


def _entries(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)["log"]["entries"]
    return found


def test_the_process_that_has_no_network_comes_to_the_same() -> None:
    report, har = session(11)
    bench = Bench()
    try:
        assert bench(making.as_json(report), CLIENT, [har]).same == {0}
    finally:
        bench.close()


# --- forgeries


def test_what_a_refusal_shows_of_a_recording_can_be_kept() -> None:
    sessions.declares()

    def hostile(log: dict[str, Any]) -> None:
        log["entries"][0]["response"]["content"]["mimeType"] = "a\0\ud800"

    assert "\0" not in why(changed(session(11), hostile))["found"]
    assert why(changed(session(11), hostile))["found"].encode()


def test_a_session_prepared_before_the_order_is_refused() -> None:
    """The seed of the order is written into the report of an older session, or into its recording too."""
    sessions.declares()
    order = issue(CLIENT)
    forged = with_seed(session(11), int(order.seed), **orders.order_of(order).notes())
    assert refused(forged) == ("V079",)

    def renamed(log: dict[str, Any]) -> None:
        log["_schnittstellen"]["seed"] = order.seed

    assert refused(changed(forged, renamed)) == ("V077",)
    assert refused(by(order)) == ()


def edited(log: dict[str, Any]) -> None:
    """The vendor takes the next page out of an answer that its client did not follow."""
    one = next(it for it in log["entries"] if '"next"' in it["response"]["content"].get("text", ""))
    content = json.loads(one["response"]["content"]["text"])
    content["links"]["next"] = None
    one["response"]["content"]["text"] = json.dumps(content)


def test_an_answer_that_our_mock_never_gave_is_refused_and_shown() -> None:
    sessions.declares()
    forged = changed(session(11), edited)
    assert refused(forged) == ("V078",)
    told = why(forged)
    assert (told["place"], told["found"]) == ("/links/next", "null")
    assert "/lauf-" in told["expected"]


@pytest.mark.parametrize("field", ["status", "type"])
def test_status_and_media_type_are_compared_too(field: str) -> None:
    sessions.declares()

    def other(log: dict[str, Any]) -> None:
        response = log["entries"][0]["response"]
        response["status"] = 404 if field == "status" else 200
        response["content"]["mimeType"] = "text/html"

    told = why(changed(session(11), other))
    assert told["place"] == ("status" if field == "status" else "Content-Type")


def test_a_recording_that_the_signed_report_does_not_name_is_refused() -> None:
    sessions.declares()
    report, _ = session(11)
    assert refused((report, changed(session(11), edited)[1])) == ("V080",)
    bare = replace(report, notes={})
    assert refused((bare, session(11)[1])) == ("V080",)


def test_recordings_of_another_suite_or_of_a_server_are_refused() -> None:
    sessions.declares()
    report, _ = session(11)
    older = session(11, "oparl@1.0")[1]
    port = report.results[0].name.split("/")[2].encode()
    theirs = _entries(older.data.decode())[0]["request"]["url"].split("/")[2].encode()
    server = making.recorded(11)[1].data.replace(b"ris.musterstadt.example", port).replace(b"https:", b"http:")
    for data in (older.data.replace(theirs, port), server):
        forged = changed((report, Input("fremd.har", data, recording=True)), sessions.at_now)
        assert refused(forged) == ("V079",)


def test_a_report_that_its_own_session_contradicts_is_refused() -> None:
    """The client wrote; the vendor hands in the report of one that did not."""
    sessions.declares()
    bad, recording = session(client=writing)
    passed, _ = session()
    (one,) = passed.results
    forged = replace(passed, results=(replace(one, name=bad.results[0].name),), notes=bad.notes)
    assert refused((forged, recording)) == ("V061",)


def test_an_order_is_used_once_and_needs_the_recording() -> None:
    sessions.declares()
    order = issue(CLIENT)
    report, recording = by(order)
    assert making.refused(making.sent(report, (), suite=CLIENT)) == ("V069",)
    hand_in(sent((report, recording)))
    assert making.refused(sent((replace(report, seconds=9.0), recording))) == ("V033",)


def test_what_is_no_recording_is_refused() -> None:
    sessions.declares()

    def bodiless(log: dict[str, Any]) -> None:
        del log["entries"][0]["response"]["content"]["text"]

    def headless(log: dict[str, Any]) -> None:
        log["entries"][0]["request"]["headers"] = "kaputt"

    for change in (bodiless, headless):
        assert refused(changed(session(11), change)) == ("V063",)
