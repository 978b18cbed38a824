"""Sending what is due: at least once, and always with the same id, by which a receiver knows what it has already.

A worker takes a notice for `LEASE`; if it dies between sending and saying so, another sends it again afterwards.
"""

import logging
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import F

from schnittstellen.catalogue.models import Notice, Subscription
from schnittstellen.catalogue.services.notifying import mail, webhook
from schnittstellen.catalogue.services.notifying.due import collect
from schnittstellen.catalogue.services.notifying.telling import data, id_of

State = Notice.State
LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 300, 600, 900))
"""After each failed attempt; then it is given up."""
MOST = 200
COLLECT_EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)
Send = Callable[[Notice, datetime], str]


def deliver(now: datetime, send: Send | None = None) -> int:
    """Send what waits and is due by `now`, at most `MOST`; returns how many arrived."""
    waiting = Notice.objects.filter(state=State.WAITING, next_at__lte=now).order_by("next_at", "pk")
    return sum(_deliver(pk, now, send or _send) for pk in list(waiting.values_list("pk", flat=True)[:MOST]))


def _deliver(pk: int, now: datetime, send: Send) -> bool:
    lease = secrets.token_hex(16)
    mine = Notice.objects.filter(pk=pk, state=State.WAITING, next_at__lte=now)
    if not mine.update(lease=lease, next_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    rows = Notice.objects.select_related(
        "subscription", "declaration__release__product", "declaration__role__version__standard"
    )
    one = rows.get(pk=pk)
    problem = send(one, now)
    held = Notice.objects.filter(pk=pk, lease=lease, state=State.WAITING)
    if not problem:
        return bool(held.update(state=State.SENT, sent_at=now, lease="", problem=""))
    if problem == "gone" or one.attempts > len(PAUSES):
        held.update(state=State.GIVEN_UP, lease="", problem=problem)
    else:
        held.update(next_at=now + PAUSES[one.attempts - 1], lease="", problem=problem)
    return False


def _send(one: Notice, now: datetime) -> str:
    of = one.subscription
    if of.way == Subscription.Way.MAIL:
        return mail.send(one)
    body = webhook.written(data(one))
    return webhook.send(of.address, body, webhook.signed(of.secret, id_of(one), now, body))


class Round:
    """What a worker does now and then: collect once an hour, send what waits. Several workers may do it at once."""

    def __init__(self) -> None:
        self._collected: datetime | None = None

    def notify(self, now: datetime) -> None:
        """Never raises for what a receiver does; a fault of ours is logged and does not stop the worker."""
        try:
            if self._collected is None or now - self._collected >= COLLECT_EVERY:
                self._collected = now
                collect(now)
            deliver(now)
        except Exception:
            log.exception("notices")
