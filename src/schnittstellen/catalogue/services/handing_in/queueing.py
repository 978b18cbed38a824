"""Hand-ins that wait for a worker: kept until judged, taken by a lease as runs are (decision 19), ended exactly once.

Everything that can be said without judging is said at once; a worker says the rest. What was sent is deleted with the
answer. What a worker accepts and that it has ended are one transaction.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue import queue
from schnittstellen.catalogue.models import HandIn, QueuedHandIn, QueuedInput, Vendor
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.changes import NOT_OWN, own_vendor
from schnittstellen.catalogue.services.finding import FAULTS as FINDING
from schnittstellen.catalogue.services.handing_in import accepting, keeping, receipts
from schnittstellen.catalogue.services.handing_in.receipts import NO_HAND_IN
from schnittstellen.catalogue.services.handing_in.sent import TOO_LARGE, Input, Keep, Sent
from schnittstellen.catalogue.services.handing_in.written import read, written
from schnittstellen.catalogue.services.leases import MOST_ATTEMPTS, Pulse, Taken
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import GIVEN_UP, TOO_BUSY, Refusal, Refused

State = QueuedHandIn.State
OPEN = (State.WAITING, State.JUDGING)
MOST_WAITING = 20
"""Hand-ins of one vendor that wait at the same time."""
KEPT = timedelta(days=30)
"""How long it is told what became of a hand-in that was refused."""
OTHERS = (NOT_OWN, TOO_LARGE, *FINDING)


def ask(viewer: Viewer, sent: Sent, library: Library, now: datetime) -> tuple[HandIn | QueuedHandIn, bool]:
    """Take a hand-in: its receipt where nothing is to be judged, else what waits; and whether it is a new one.

    Raises `SchnittstellenError` (F120, F121, F144, F411), and `Refused` (V070, and every reason found so far).
    """
    if not sent.inputs:
        return accepting.hand_in(viewer, sent, library, now)
    earlier = accepting.first_look(viewer, sent, library, now)
    if earlier is not None:
        return earlier, False
    vendor = Vendor.objects.get(key=viewer.vendor)
    with transaction.atomic():
        Vendor.objects.select_for_update(no_key=True).get(pk=vendor.pk)
        waiting = QueuedHandIn.objects.filter(vendor=vendor, state__in=OPEN)
        same = waiting.filter(report_sha256=sent.sha256).first()
        if same is not None:
            return same, False
        if (count := waiting.count()) >= MOST_WAITING:
            raise Refused([Refusal(TOO_BUSY, {"count": str(count)})])
        return _queued(vendor, sent, now), True


def _queued(vendor: Vendor, sent: Sent, now: datetime) -> QueuedHandIn:
    made = QueuedHandIn.objects.create(
        vendor=vendor,
        by=audit.actor(),
        at=now,
        release=sent.release,
        suite=sent.suite,
        order=sent.order,
        keep=str(sent.keep),
        report_sha256=sent.sha256,
        report=sent.report,
        envelope=sent.envelope,
        partner=_written(sent.partner),
        total=len(sent.inputs),
    )
    QueuedInput.objects.bulk_create(
        QueuedInput(queued=made, name=keeping.name_of(one), recording=one.recording, document=one.data)
        for one in sent.inputs
    )
    queue.enqueue_hand_in(made.key)
    return made


def sent_of(row: QueuedHandIn) -> Sent:
    """What was sent."""
    inputs = tuple(Input(one.name, bytes(one.document), one.recording) for one in row.inputs.all())
    signed = bytes(row.envelope), bytes(row.report)
    partner = _read(bytes(row.partner))
    return Sent(*signed, row.release, row.suite, inputs, row.order, Keep(row.keep), partner)


def _written(partner: Sent | None) -> bytes:
    if partner is None:
        return b""
    signed = (b64encode(one).decode() for one in (partner.envelope, partner.report))
    return json.dumps([*signed, partner.release, partner.suite]).encode()


def _read(written: bytes) -> Sent | None:
    if not written:
        return None
    envelope, report, release, suite = json.loads(written)
    return Sent(b64decode(envelope), b64decode(report), release, suite)


def found(viewer: Viewer, key: str) -> HandIn | QueuedHandIn:
    """The receipt, or what waits or was refused, under the same key. Raises `SchnittstellenError` (F410)."""
    row = _light().filter(key=key).first()
    if row is None or row.state == State.ACCEPTED:
        return receipts.receipt(viewer, row.hand_in.key if row and row.hand_in else key)
    if not (row.vendor.key == viewer.vendor or viewer.board or viewer.operator):
        raise SchnittstellenError(NO_HAND_IN)
    return row


def listed(viewer: Viewer, vendor: str) -> "QuerySet[QueuedHandIn]":
    """Those of a vendor that wait or were not accepted, the newest first. Raises `SchnittstellenError` (F144)."""
    return _light().filter(vendor__key=own_vendor(viewer, vendor)).exclude(state=State.ACCEPTED)


def _light() -> "QuerySet[QueuedHandIn]":
    rows = QueuedHandIn.objects.select_related("vendor", "hand_in")
    return rows.defer("report", "envelope", "partner", "hand_in__envelope")


def reasons(row: QueuedHandIn) -> tuple[Refusal, ...]:
    """Why it was not accepted."""
    return read(row.reasons, OTHERS)


# --- workers


def take(key: str, now: datetime) -> Taken | None:
    """Take a waiting hand-in; None where it does not wait (any longer), so that of two workers one gets it."""
    lease = secrets.token_hex(16)
    values = {"state": State.JUDGING, "lease": lease, "lease_ends": _ends(now), "done": 0}
    waiting = QueuedHandIn.objects.filter(key=key, state=State.WAITING)
    return Taken(key, lease) if waiting.update(attempts=F("attempts") + 1, **values) else None


def _ends(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.RUN_LEASE_SECONDS)


def ours(taken: Taken) -> "QuerySet[QueuedHandIn]":
    """The hand-in, as long as it is the worker's."""
    return QueuedHandIn.objects.filter(key=taken.key, lease=taken.lease, state=State.JUDGING)


def renew(taken: Taken, now: datetime, done: int) -> Pulse:
    """Say that the worker lives and how many inputs it has judged."""
    return Pulse(ours=bool(ours(taken).update(lease_ends=_ends(now), done=done)), cancel=False)


def accepted(taken: Taken, made: HandIn, now: datetime) -> bool:
    """End it with its receipt. Belongs into the transaction that accepts it; False where it is no longer ours."""
    return _end(taken, State.ACCEPTED, now, hand_in=made)


def refused(taken: Taken, why: Iterable[Refusal], now: datetime) -> bool:
    """End it without anything accepted; False where it is no longer ours."""
    return _end(taken, State.REFUSED, now, reasons=written(why))


def failed(taken: Taken, why: Refusal, now: datetime) -> bool:
    """End it because of a fault of ours; False where it is no longer ours."""
    return _end(taken, State.FAILED, now, reasons=written([why]))


def _end(taken: Taken, state: QueuedHandIn.State, now: datetime, **values: Any) -> bool:
    gone = {"report": b"", "envelope": b"", "partner": b"", "lease": "", "lease_ends": None}
    with transaction.atomic():
        ended = ours(taken).update(state=state, ended_at=now, **gone, **values)
        if ended:
            QueuedInput.objects.filter(queued__key=taken.key).delete()
    return bool(ended)


def hand_back(taken: Taken) -> bool:
    """Give it back because this worker ends; it is no failed attempt. False where it is no longer ours."""
    with transaction.atomic():
        back = _waits(ours(taken), attempts=F("attempts") - 1)
        if back:
            queue.enqueue_hand_in(taken.key)
    return back


def _waits(rows: "QuerySet[QueuedHandIn]", **values: Any) -> bool:
    return bool(rows.update(state=State.WAITING, lease="", lease_ends=None, done=0, **values))


def look_after(now: datetime) -> int:
    """What each worker does now and then: take hand-ins from dead workers, see that each has a job, forget old ones.

    Returns how many were put back to the queue. May happen in several processes at once.
    """
    lapsed = QueuedHandIn.objects.filter(state=State.JUDGING, lease_ends__lt=now)
    back = sum(_taken_away(Taken(key, lease), tries, now) for key, lease, tries in _names(lapsed))
    with transaction.atomic():
        jobs = queue.waiting()
        for key in set(QueuedHandIn.objects.filter(state=State.WAITING).values_list("key", flat=True)) - jobs:
            queue.enqueue_hand_in(key)
    QueuedHandIn.objects.filter(ended_at__lt=now - KEPT).delete()
    return back


def _names(rows: "QuerySet[QueuedHandIn]") -> list[tuple[str, str, int]]:
    return list(rows.values_list("key", "lease", "attempts"))


def _taken_away(taken: Taken, tries: int, now: datetime) -> bool:
    if tries >= MOST_ATTEMPTS:
        failed(taken, Refusal(GIVEN_UP), now)
        return False
    return _waits(ours(taken).filter(lease_ends__lt=now))
