"""Sending what is due, always with the same id, by which a receiver knows what it has already (see `outbox`)."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from schnittstellen.catalogue.models import Notice, Subscription
from schnittstellen.catalogue.services.disputing import case_letters
from schnittstellen.catalogue.services.handing_in import order_letters
from schnittstellen.catalogue.services.notifying import letters, mail, webhook
from schnittstellen.catalogue.services.notifying.due import collect
from schnittstellen.catalogue.services.notifying.outbox import sent
from schnittstellen.catalogue.services.notifying.telling import data, id_of

COLLECT_EVERY = timedelta(hours=1)
log = logging.getLogger(__name__)
Send = Callable[[Notice, datetime], str]


def deliver(now: datetime, send: Send | None = None) -> int:
    """Send what waits and is due by `now`, at most as many as `outbox` takes; returns how many arrived."""
    rows = Notice.objects.select_related(
        "subscription", "declaration__release__product", "declaration__role__version__standard"
    )
    return sent(rows, now, send or _send)


def deliver_all(now: datetime) -> int:
    """The same for every kind of mail that waits."""
    return deliver(now) + letters.deliver(now) + order_letters.deliver(now) + case_letters.deliver(now)


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
                order_letters.collect(now.date())
                case_letters.collect(now.date())
            deliver_all(now)
        except Exception:
            log.exception("notices")
