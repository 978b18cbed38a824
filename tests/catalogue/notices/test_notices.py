"""Notices over the real tables: each cause of an end is told once, whatever workers and crashes do."""

import base64
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from icalendar import Calendar

from schnittstellen.catalogue.models import Declaration, Notice, Subscription
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.notifying import subscribing
from schnittstellen.catalogue.services.notifying.delivering import Round, deliver
from schnittstellen.catalogue.services.notifying.due import collect
from schnittstellen.catalogue.services.notifying.outbox import PAUSES
from schnittstellen.catalogue.services.notifying.subscribing import Owner
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Confirmation, Decision, Deviation, Duty, Revocation
from tests.catalogue.making import declare, deploy, municipality, product, prove, release, standard, vendor

TODAY = date.today()
pytestmark = pytest.mark.django_db


def at(offset: int) -> datetime:
    return datetime.combine(TODAY + timedelta(offset), time(12), UTC)


def day(offset: int) -> date:
    return TODAY + timedelta(offset)


@pytest.fixture
def certified() -> Declaration:
    """Proven yesterday, decided today; the board's word ends after 300 days."""
    standard("xmuster@1.0", {"a": (["*"], [])})
    product("musterneu")
    release("musterneu@1.0", released=day(-100))
    of = declare("musterneu@1.0", "xmuster@1.0", "a")
    decided(of, lapses_on=day(300))
    return of


def decided(of: Declaration, **more: Any) -> Decision:
    ran = prove(of)
    one = Decision("d1", TODAY, True, 3, frozenset({ran.report_sha256}), **more)
    recording.decide(of, one)
    return one


def subscribed(of: Owner | None = None, since: int = 0) -> Subscription:
    user = User.objects.create_user("eva", "eva@muster.example")
    return subscribing.by_mail(of or Owner(vendor=vendor()), user, day(since))


def passes(days: range | list[int]) -> list[tuple[int, int, str]]:
    """The clock moves; what was sent by mail: end, days before it, first cause."""
    for offset in days:
        collect(at(offset))
        deliver(at(offset))
    return [
        ((one.ends_on - TODAY).days, one.before, one.causes[0]["why"])
        for one in Notice.objects.filter(state="sent").order_by("sent_at", "pk")
    ]


def test_the_end_of_a_decision_is_told_in_advance_and_on_its_day_each_once(certified: Declaration) -> None:
    subscribed()
    sent = passes([*range(205, 304), 303, 302])
    assert [one for one in sent if one[2] == "decision_ended"] == [
        (300, before, "decision_ended") for before in (90, 30, 7, 0)
    ]
    assert len(mail.outbox) == len(sent) == len(set(sent))


CAUSES = {
    "version_ended": lambda of: _version_ends(of, day(40)),
    "suite_retired": lambda of: recording.retire(str(of.role), "1.0.0", day(41), "neue Ausgabe"),
    "revoked": lambda of: recording.revoke(of, Revocation("d1", day(41), "Beispiel")),
    "new_release": lambda of: _new_release(of, day(41 - 180)),
}


def _version_ends(of: Declaration, on: date) -> None:
    of.role.version.in_force_until = on
    of.role.version.save()
    recording.recompute_current([of.pk])


def _new_release(of: Declaration, on: date) -> None:
    of.release.released = on - timedelta(10)
    of.release.save()
    release("musterneu@2.0", released=on)
    recording.recompute_current([of.pk])


@pytest.mark.parametrize("why", CAUSES)
def test_each_cause_is_told_once_in_advance_and_once_when_it_comes(certified: Declaration, why: str) -> None:
    subscribed()
    CAUSES[why](certified)
    sent = [one for one in passes([0, 1, 12, 20, 35, 41, 42, 43, 50]) if one[2] == why]
    assert sent == [(41, 90, why), (41, 30, why), (41, 7, why), (41, 0, why)]


def test_an_end_by_age_and_a_missed_duty_and_a_deviation(certified: Declaration) -> None:
    subscribed()
    recording.confirm(certified, Confirmation("c", "", TODAY))
    recording.report_deviation(certified, Deviation("x", "", day(3)))
    sent = passes([1, 3, 4])
    assert [one for one in sent if one[2] == "deviation_open"] == [(3, 7, "deviation_open"), (3, 0, "deviation_open")]


def test_a_missed_duty_is_told() -> None:
    standard("xmuster@1.0", {"a": (["*"], [])})
    of = declare("musterneu@1.0", "xmuster@1.0", "a")
    decided(of, duties=(Duty("Handbuch", day(20)),))
    subscribed()
    assert passes([0, 21, 22]) == [(21, 30, "duty_missed"), (21, 0, "duty_missed")]


def test_what_is_recorded_late_is_told_although_its_day_was_asked_already(certified: Declaration) -> None:
    subscribed()
    assert passes([5]) == []
    recording.revoke(certified, Revocation("d1", day(3), "Beispiel"))
    assert passes([6, 7]) == [(3, 0, "revoked")]


def test_nothing_from_before_the_subscription_is_told(certified: Declaration) -> None:
    recording.revoke(certified, Revocation("d1", TODAY, "Beispiel"))
    subscribed(since=2)
    assert passes([2, 3]) == []


def test_who_hears_of_what(certified: Declaration) -> None:
    recording.revoke(certified, Revocation("d1", day(3), "Beispiel"))
    place = municipality("05999001")
    other = subscribed(Owner(vendor=vendor("anderes")))
    runs = subscribing.by_mail(Owner(municipality=place), other.user, TODAY)
    board = subscribing.by_mail(Owner(), other.user, TODAY)
    collect(at(0))
    assert [one.subscription_id for one in Notice.objects.all()] == [board.pk]
    deploy("musterneu@1.0", "05999001")
    collect(at(0))
    assert {one.subscription_id for one in Notice.objects.all()} == {board.pk, runs.pk}


def test_the_mail_says_what_ends_and_carries_the_day(certified: Declaration) -> None:
    subscribed()
    recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
    passes([0])
    (message,) = mail.outbox
    assert message.to == ["eva@muster.example"]
    assert "Nachweisstufe 1" in str(message.body)
    assert "widerrufen" in str(message.body)
    (event,) = Calendar.from_ical(str(message.attachments[0][1])).events
    assert event.start == day(5)


# --- crashes, workers, failures


def test_two_workers_at_once_send_it_once(certified: Declaration) -> None:
    subscribed()
    recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
    sent: list[str] = []

    def meanwhile(one: Notice, _now: datetime) -> str:
        collect(at(0))
        assert deliver(at(0), lambda it, _: sent.append(f"second {it.key}") or "") == 0
        sent.append(one.key)
        return ""

    collect(at(0))
    assert deliver(at(0), meanwhile) == 1
    assert sent == [Notice.objects.get().key]


def test_a_crash_between_sending_and_saying_so_sends_it_again_with_the_same_id(certified: Declaration) -> None:
    from schnittstellen.catalogue.services.notifying.telling import id_of

    subscribed()
    recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
    collect(at(0))
    ids: list[str] = []

    def dies(one: Notice, _now: datetime) -> str:
        ids.append(id_of(one))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver(at(0), dies)
    assert deliver(at(0)) == 0
    later = at(0) + timedelta(minutes=3)
    assert deliver(later, lambda one, _: ids.append(id_of(one)) or "") == 1
    assert len(ids) == 2
    assert len(set(ids)) == 1
    assert deliver(later + timedelta(days=2)) == 0


def test_a_receiver_that_never_answers_is_given_up_after_bounded_attempts(certified: Declaration) -> None:
    subscribed()
    recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
    collect(at(0))
    tries: list[int] = []
    for hour in range(24 * 30):
        deliver(at(0) + timedelta(hours=hour), lambda *_: tries.append(1) or "timeout")
    one = Notice.objects.get()
    assert (len(tries), one.state, one.problem) == (len(PAUSES) + 1, "given_up", "timeout")


def test_a_fault_of_ours_does_not_stop_the_worker(certified: Declaration, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribed()
    monkeypatch.setattr(Subscription.objects, "select_related", None)
    Round().notify(at(0))


# --- webhooks


@contextmanager
def receiver(status: int = 204) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    heard: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def user(db: None) -> User:
    return User.objects.create_user("eva", "eva@muster.example")


def test_a_webhook_is_signed(certified: Declaration, settings: Any, user: User) -> None:
    settings.PRIVATE_ENDPOINTS = True
    with receiver() as (url, heard):
        of = subscribing.by_webhook(Owner(vendor=vendor()), user, url, TODAY)
        recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
        assert passes([0, 0]) == [(5, 7, "revoked")]
    ((headers, body),) = heard
    key = base64.b64decode(of.secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    assert headers["webhook-signature"] == "v1," + base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    told = json.loads(body)
    assert (told["type"], told["data"]["release"], told["data"]["ends_on"], told["data"]["level"]) == (
        "declaration.ends",
        "musterneu@1.0",
        day(5).isoformat(),
        1,
    )


@pytest.mark.parametrize(("status", "state"), [(500, "waiting"), (410, "given_up"), (302, "waiting")])
def test_what_a_receiver_answers(certified: Declaration, settings: Any, user: User, status: int, state: str) -> None:
    settings.PRIVATE_ENDPOINTS = True
    with receiver(status) as (url, heard):
        subscribing.by_webhook(Owner(vendor=vendor()), user, url, TODAY)
        recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
        passes([0])
        assert len(heard) == 1
    assert Notice.objects.get().state == state


def test_a_name_that_leads_inside_is_not_called(certified: Declaration, settings: Any, user: User) -> None:
    settings.PRIVATE_ENDPOINTS = True
    with receiver() as (url, heard):
        subscribing.by_webhook(Owner(vendor=vendor()), user, url, TODAY)
        recording.revoke(certified, Revocation("d1", day(5), "Beispiel"))
        settings.PRIVATE_ENDPOINTS = False
        passes([0])
        assert heard == []
    assert Notice.objects.get().problem == "address"


@pytest.mark.parametrize(
    "url",
    [
        "http://muster.example/x",
        "https://127.0.0.1/x",
        "https://10.0.0.1/",
        "https://[::1]/",
        "ftp://x",
        "x",
        "https://a:b@c.example/",
    ],
)
def test_addresses_that_are_no_webhooks(certified: Declaration, user: User, settings: Any, url: str) -> None:
    settings.PRIVATE_ENDPOINTS = False
    with pytest.raises(SchnittstellenError) as caught:
        subscribing.by_webhook(Owner(vendor=vendor()), user, url, TODAY)
    assert caught.value.fault.code == "F393"
