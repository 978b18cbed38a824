"""The board revokes: by as many members as the rules demand, never back in time, once, and the list says so."""

import json
import threading
from datetime import date
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from schnittstellen.attest import documents
from schnittstellen.catalogue.models import Entry, Member, SignedWithdrawals
from schnittstellen.catalogue.services.certifying import board_key, certificates, recalling, withdrawing
from schnittstellen.catalogue.services.certifying.recalling import Said
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.certified import State
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.trust import Trust, Why, Withdrawal, WithdrawalList
from tests.catalogue.certificates.making import PUBLIC, SIGNER, TODAY, board, day, decided
from tests.catalogue.making import vendor
from tests.web.after.making import person

pytestmark = pytest.mark.django_db
BOARD = Viewer(board=True)
SAID = Said(Why.RULES_BROKEN, TODAY, "Weicht im Betrieb ab.")
LIST = "/.well-known/schnittstellen-withdrawals.json"


def page(serial: str) -> str:
    return f"/mein/beirat/bescheinigungen/{serial}/widerruf"


def form(**more: object) -> dict[str, object]:
    sent = {"tun": "vorschlagen", "why": "error", "since": TODAY.isoformat(), "reason": "Irrtum", "sure": "ja"}
    return {**sent, **more}


def user(name: str) -> User:
    made = User.objects.create_user(name, f"{name}@muster.example")
    Member.objects.create(user=made, role="board")
    return made


def code(call: object) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()  # type: ignore[operator]
    return caught.value.fault.code


def revoked(serial: str) -> bool:
    return certificates.one(serial, TODAY).stand.state is State.REVOKED


def test_two_members_revoke_and_everybody_reads_why() -> None:
    serial = decided()
    of = certificates.one(serial, TODAY).declaration
    first, second = person("eins", role="board"), person("zwei", role="board")
    assert first.post(page(serial), form()).status_code == 302
    assert not revoked(serial)
    assert "Ihre Stimme ist eingetragen" in first.get(page(serial)).text
    assert first.post(page(serial), {"tun": "dafuer", "sure": "ja"}).status_code == 302
    assert not revoked(serial), "one member counts once"
    assert second.post(page(serial), {"tun": "dafuer"}).status_code == 422
    assert second.post(page(serial), {"tun": "dafuer", "sure": "ja"}).status_code == 302
    assert revoked(serial)
    assert int(levels([of.pk], TODAY)[of.pk]) == 1
    shown = Client().get(f"/bescheinigungen/{serial}").text
    assert all(text in shown for text in ("Widerrufen zum", "Irrtum"))
    assert second.post(page(serial), {"tun": "dafuer", "sure": "ja"}).status_code == 422
    assert Entry.objects.filter(kind="revocation").count() == 1


def test_a_day_to_come_leaves_it_valid_until_then() -> None:
    serial = decided()
    said = Said(Why.CEASED, day(10), "Wird eingestellt.")
    recalling.propose(BOARD, user("a"), serial, said, TODAY)
    recalling.vote(BOARD, user("b"), serial, (True, ""), day(2))
    assert [certificates.one(serial, day(at)).stand.state for at in (9, 10)] == [State.VALID, State.REVOKED]
    assert certificates.one(serial, TODAY).stand.ends_on == day(10)


def test_agreed_late_it_does_not_reach_back() -> None:
    serial = decided()
    recalling.propose(BOARD, user("a"), serial, SAID, TODAY)
    recalling.vote(BOARD, user("b"), serial, (True, ""), day(5))
    assert [certificates.one(serial, day(at)).stand.state for at in (4, 5)] == [State.VALID, State.REVOKED]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (Said(Why.ERROR, day(-1), "x"), "F429"),
        (Said(Why.ERROR, day(366), "x"), "F429"),
        (Said(Why.ERROR, date.min, "x"), "F429"),
        (Said(Why.ERROR, TODAY, " "), "F401"),
        (Said(Why.ERROR, TODAY, "x" * 5001), "F401"),
    ],
)
def test_what_cannot_be_proposed(said: Said, expected: str) -> None:
    serial = decided()
    assert code(lambda: recalling.propose(BOARD, user("a"), serial, said, TODAY)) == expected


def test_a_dropped_proposal_is_over_and_another_may_follow() -> None:
    serial, one, two = decided(), user("a"), user("b")
    recalling.propose(BOARD, one, serial, SAID, TODAY)
    assert code(lambda: recalling.propose(BOARD, two, serial, SAID, TODAY)) == "F495"
    recalling.drop(BOARD, one, serial, "Zu früh.", TODAY)
    assert code(lambda: recalling.vote(BOARD, two, serial, (True, ""), TODAY)) == "F496"
    recalling.propose(BOARD, two, serial, SAID, TODAY)
    recalling.vote(BOARD, one, serial, (True, ""), TODAY)
    assert revoked(serial)
    assert code(lambda: recalling.propose(BOARD, one, serial, SAID, TODAY)) == "F428"


def test_only_the_board_and_nobody_of_the_vendor() -> None:
    serial = decided()
    of_vendor = Viewer(board=True, vendor="musterhaus")
    for viewer in (Viewer(), Viewer(operator=True), Viewer(vendor="musterhaus"), of_vendor):
        assert code(lambda viewer=viewer: recalling.propose(viewer, user("x"), serial, SAID, TODAY)) == "F400"
        User.objects.all().delete()
    both = person("beides", role="board")
    Member.objects.create(user=User.objects.get(username="beides"), role="vendor", vendor=vendor())
    assert both.post(page(serial), form()).status_code == 403
    assert both.get(page(serial)).status_code == 403
    assert "widerruf" not in both.get(f"/bescheinigungen/{serial}").text.partition("<main")[2].lower()
    assert not Entry.objects.filter(kind="revocation").exists()


def test_the_form_keeps_what_was_typed() -> None:
    serial = decided()
    member = person("eins", role="board")
    assert page(serial) in member.get(f"/bescheinigungen/{serial}").text
    for wrong in ({"sure": ""}, {"since": "gestern"}, {"since": day(-1).isoformat()}):
        sent = {name: value for name, value in form(**wrong).items() if value}
        answer = member.post(page(serial), {**sent, "reason": "Text <b>"})
        assert answer.status_code == 422
        assert "Text &lt;b&gt;" in answer.text


# --- the list


def listed(document: bytes) -> WithdrawalList:
    return documents.read_withdrawals(document, Trust((PUBLIC,)), TODAY)


def test_the_list_is_signed_and_names_what_was_revoked(tmp_path: Path) -> None:
    with board(tmp_path, server_signs=True):
        serial, other = decided(), None
        first = listed(Client().get(LIST).content)
        assert (first.number, first.withdrawn) == (1, ())
        recalling.propose(BOARD, user("a"), serial, SAID, TODAY)
        recalling.vote(BOARD, user("b"), serial, (True, ""), TODAY)
        second = listed(Client().get(LIST).content)
        assert (second.number, second.withdrawn) == (2, (Withdrawal(serial, TODAY, Why.RULES_BROKEN, SAID.reason),))
        assert listed(Client().get(LIST).content) == second
        assert withdrawing.current(day(7)) is not None
        assert SignedWithdrawals.objects.count() == 3
    assert other is None


def test_without_the_key_the_board_signs_the_list(tmp_path: Path) -> None:
    with board(tmp_path):
        assert Client().get(LIST).status_code == 404
        earlier = WithdrawalList(
            "muster-beirat", 41, TODAY, day(31), (Withdrawal("ab" * 32, day(-3), Why.COMPROMISED),)
        )
        row = withdrawing.publish(SIGNER, TODAY, earlier)
        assert row.number == 42
        assert [one.what for one in listed(Client().get(LIST).content).withdrawn] == ["ab" * 32]
        serial = decided()
        recalling.propose(BOARD, user("a"), serial, SAID, TODAY)
        recalling.vote(BOARD, user("b"), serial, (True, ""), TODAY)
        assert withdrawing.missing(withdrawing.newest())
        again = listed(bytes(withdrawing.publish(SIGNER, TODAY).document))
    assert (again.number, [one.what for one in again.withdrawn]) == (43, ["ab" * 32, serial])


def test_keys_are_published_with_those_of_the_board(tmp_path: Path) -> None:
    place = "/.well-known/schnittstellen-keys.json"
    with board(tmp_path):
        (key,) = json.loads(Client().get(place).content)["keys"]
        assert (key["id"], key["purpose"]) == (PUBLIC.id, "board")
        assert board_key.trust().keys == (PUBLIC,)
    assert json.loads(Client().get(place).content)["keys"] == []


# --- at the same time


@pytest.mark.skipif(connection.vendor != "postgresql", reason="the test database of SQLite has one connection only")
@pytest.mark.django_db(transaction=True)
def test_two_who_agree_at_the_same_time_revoke_once() -> None:
    serial = decided()
    recalling.propose(BOARD, user("a"), serial, SAID, TODAY)
    others, gate, outcomes = [user("b"), user("c"), user("d")], threading.Barrier(3), list[str]()

    def agree(member: User) -> None:
        gate.wait()
        try:
            recalling.vote(BOARD, member, serial, (True, ""), TODAY)
            outcomes.append("done")
        except SchnittstellenError as error:
            outcomes.append(error.fault.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=agree, args=(one,)) for one in others]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) == ["F428", "F428", "done"]
    assert Entry.objects.filter(kind="revocation").count() == 1
