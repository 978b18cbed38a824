"""What ends although no level sinks, told once: the signed document alone, the list of withdrawals; and renewal."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from schnittstellen.catalogue.models import Notice, SignedCertificate
from schnittstellen.catalogue.services import ledger, recording
from schnittstellen.catalogue.services.certifying import certificates, renewing, signing, withdrawing
from schnittstellen.catalogue.services.ledger import Draft
from schnittstellen.catalogue.services.notifying import subscribing
from schnittstellen.catalogue.services.notifying.delivering import Round
from schnittstellen.catalogue.services.notifying.subscribing import Owner
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.certified import State
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Decision, Duty
from schnittstellen.domain.reasons import Why
from tests.catalogue.certificates.making import SIGNER, TODAY, board, day, decided, declared
from tests.catalogue.making import prove, vendor
from tests.web.after.making import person

pytestmark = pytest.mark.django_db
BOARD = Viewer(board=True)
END = 25


@pytest.fixture
def serial(tmp_path: Path) -> str:
    """Signed by the board today; its evidence of the endpoint is too old after some days, its decision holds longer."""
    of = declared()
    old = prove(of, reach=2, days_ago=365 - END, messages=["anfrage"])
    row = recording.decide(of, Decision("d-old", TODAY, True, 3, frozenset({old.report_sha256}), lapses_on=day(300)))
    with board(tmp_path):
        signing.sign(certificates.serial_of(row), SIGNER, TODAY)
    return certificates.serial_of(row)


def subscribed(of: Owner) -> None:
    name = "beirat" if of == Owner() else "firma"
    subscribing.by_mail(of, User.objects.create_user(name, f"{name}@muster.example"), TODAY)


def passes(*offsets: int) -> None:
    """The clock moves, each day with a worker that was started anew, and one that asks twice."""
    for offset in offsets:
        for worker in (Round(), Round()):
            worker.notify(datetime.combine(day(offset), time(12), UTC))


def told(why: Why) -> list[tuple[str, int, int]]:
    """To whom which end was told how many days ahead."""
    return [
        (one.subscription.address.partition("@")[0], (one.ends_on - TODAY).days, one.before)
        for one in Notice.objects.filter(state="sent").order_by("pk")
        if one.causes[0]["why"] == why
    ]


def met_late(serial: str) -> None:
    of = certificates.one(serial, TODAY)
    recording.meet_duty(of.declaration, of.decision.id, 0, TODAY)


@pytest.fixture
def with_duty(tmp_path: Path) -> str:
    """The signed document ends with its duty; once that is met, only the document does."""
    with board(tmp_path):
        made = decided(duties=(Duty("Handbuch", day(END - 1)),))
        signing.sign(made, SIGNER, TODAY)
    met_late(made)
    return made


def test_a_document_that_ends_alone_is_told_to_all_concerned_each_once(with_duty: str) -> None:
    subscribed(Owner(vendor=vendor()))
    subscribed(Owner())
    passes(0, 0, 10, 18, 19, 24, 25, 26, 30)
    each = [("firma", END, before) for before in (30, 7, 0)] + [("beirat", END, before) for before in (30, 7, 0)]
    assert sorted(told(Why.DOCUMENT_ENDED)) == sorted(each)
    assert len({one.subject + one.to[0] for one in mail.outbox}) <= len(mail.outbox) == Notice.objects.count()
    found = certificates.one(with_duty, day(END))
    assert (found.stand.state, [one.why for one in found.stand.reasons]) == (State.ENDED, [Why.DOCUMENT_ENDED])


def test_the_board_alone_hears_that_it_can_be_issued_anew_once(with_duty: str) -> None:
    subscribed(Owner(vendor=vendor()))
    subscribed(Owner())
    passes(0, 0, 1, 2, 30)
    assert told(Why.DOCUMENT_OLD) == [("beirat", END, 0)]
    assert with_duty in next(one.body for one in mail.outbox if "neu ausstellen" in one.subject)


def test_issued_anew_the_old_end_is_told_no_more(tmp_path: Path, with_duty: str) -> None:
    subscribed(Owner())
    passes(0)
    with board(tmp_path):
        signing.sign(with_duty, SIGNER, TODAY, again=True)
    passes(18, 25, 26)
    assert told(Why.DOCUMENT_ENDED) == [("beirat", END, 30)]
    assert certificates.one(with_duty, day(END)).holds


def test_renewed_evidence_makes_it_renewable(tmp_path: Path, serial: str) -> None:
    of = certificates.one(serial, TODAY)
    subscribed(Owner())
    before = renewing.renewed(of, TODAY)
    fresh = prove(of.declaration, reach=2, days_ago=0, messages=["anfrage"])
    body = {**ledger.named(of.declaration), "report_sha256": fresh.report_sha256}
    ledger.append([Draft(ledger.Kind.EVIDENCE, TODAY, body, of.declaration.pk)])
    made = renewing.renewed(certificates.one(serial, TODAY), TODAY)
    assert before is None
    assert made is not None
    assert (of.certificate and of.certificate.lapses_on, made.lapses_on) == (day(END), day(300))
    passes(0)
    assert [one[0] for one in told(Why.DOCUMENT_OLD)] == ["beirat"]


def test_the_page_offers_it_to_the_board_alone(tmp_path: Path, with_duty: str) -> None:
    page, new = f"/bescheinigungen/{with_duty}", f"/mein/beirat/bescheinigungen/{with_duty}/neu"
    member, firm = person("ada", role="board"), person("firma", vendor=vendor())
    offer = "Neu ausstellen (Beirat)"
    assert [offer in client.get(page).text for client in (member, firm, Client())] == [True, False, False]
    with board(tmp_path):
        shown = member.get(new).text
        assert f"certificates sign {with_duty} --key board.key --again" in shown
        assert member.post(new, {"sure": "ja"}).status_code == 422
    with board(tmp_path, server_signs=True):
        assert firm.post(new, {"sure": "ja"}).status_code == 403
        assert member.post(new).status_code == 422
        assert SignedCertificate.objects.count() == 1
        assert member.post(new, {"sure": "ja"}).status_code == 302
        assert SignedCertificate.objects.count() == 2
        assert certificates.one(with_duty, day(END)).holds
        with pytest.raises(SchnittstellenError) as caught:
            renewing.renew(BOARD, with_duty, TODAY)
        assert caught.value.fault.code == "F498"
    assert offer not in member.get(page).text


def test_the_list_of_withdrawals_is_told_ahead_to_the_board_where_it_signs_itself(tmp_path: Path) -> None:
    subscribed(Owner(vendor=vendor()))
    subscribed(Owner())
    with board(tmp_path):
        withdrawing.publish(SIGNER, TODAY)
        passes(0, 23, 24, 29, 30, 31, 40)
        assert told(Why.LIST_ENDED) == [("beirat", 31, before) for before in (7, 2, 0)]
        withdrawing.publish(SIGNER, day(40))
        passes(64)
        assert told(Why.LIST_ENDED)[3:] == [("beirat", 71, 7)]
    assert not any("{" in one.subject + one.body for one in mail.outbox)


def test_where_the_server_signs_the_list_nobody_is_bothered(tmp_path: Path) -> None:
    subscribed(Owner())
    with board(tmp_path, server_signs=True):
        withdrawing.current(TODAY)
        passes(25, 31)
    assert told(Why.LIST_ENDED) == []


def test_webhooks_tell_which_kind_it_is(with_duty: str) -> None:
    from schnittstellen.catalogue.services.notifying.telling import data

    subscribed(Owner())
    passes(0)
    kinds = {data(one)["type"] for one in Notice.objects.all()}
    assert {"certificate.document_ends", "certificate.renewable"} <= kinds
