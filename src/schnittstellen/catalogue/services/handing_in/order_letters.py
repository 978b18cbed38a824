"""Mails about test orders to those who act for the vendor: when one is issued, and once before it ends unfulfilled."""

from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now as current_time

from schnittstellen.catalogue.models import IssuedOrder, Member, OrderLetter
from schnittstellen.catalogue.services.languages import of_user, writing
from schnittstellen.catalogue.services.notifying.mail import sent_to
from schnittstellen.catalogue.services.notifying.outbox import sent
from schnittstellen.catalogue.wording.orders import body, subject
from schnittstellen.domain.days import day_of

Kind = OrderLetter.Kind
AHEAD = timedelta(days=7)
"""So long before its last day an order that nobody fulfilled is told of once more."""


def issued(of: IssuedOrder) -> None:
    """Tell of a new order. Belongs into the transaction that issues it."""
    _write(of, Kind.ISSUED)


def collect(today: date) -> int:
    """Write what is due about orders that end soon, each once; returns of how many orders."""
    ending = IssuedOrder.objects.filter(hand_in=None, lapses_on__gt=today, lapses_on__lte=today + AHEAD)
    due = list(ending.filter(issued__lt=today).exclude(letters__kind=Kind.ENDS).select_related("declaration__release"))
    for one in due:
        _write(one, Kind.ENDS)
    return len(due)


def deliver(now: datetime) -> int:
    """Send what waits; returns how many arrived. What is no longer open is not told of any more."""
    rows = OrderLetter.objects.select_related(
        "user", "order__declaration__release__product", "order__declaration__role__version__standard", "order__hand_in"
    )
    return sent(rows, now, _send)


def _write(of: IssuedOrder, kind: OrderLetter.Kind) -> None:
    now = current_time()
    rows = [
        OrderLetter(key=_key(kind, of.key, user), kind=kind, order=of, user_id=user, made_at=now, next_at=now)
        for user in _readers(of)
    ]
    OrderLetter.objects.bulk_create(rows, ignore_conflicts=True)


def _readers(of: IssuedOrder) -> "QuerySet[Member, Any]":
    members = Member.objects.filter(vendor__products__releases=of.declaration.release_id, user__is_active=True)
    return members.exclude(user__email="").order_by("user_id").values_list("user_id", flat=True).distinct()


def _key(kind: str, order: str, user: int) -> str:
    return sha256(f"{kind}|{order}|{user}".encode()).hexdigest()


def _send(one: OrderLetter, now: datetime) -> str:
    if hasattr(one.order, "hand_in") or one.order.lapses_on <= day_of(now):
        return "gone"
    with writing(of_user(one.user_id)):
        words = subject(one), body(one)
    return sent_to(one.user.email, one.key[:32], words)
