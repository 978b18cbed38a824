"""Mails about applications to those concerned, each once: that something happened and where to read it, not what."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now as current_time

from schnittstellen.catalogue.models import Application, Letter, Member
from schnittstellen.catalogue.services.languages import of_user, writing
from schnittstellen.catalogue.services.notifying.mail import sent_to
from schnittstellen.catalogue.services.notifying.outbox import sent
from schnittstellen.catalogue.wording.letters import body, subject

Kind = Letter.Kind
TO_BOARD = (Kind.APPLIED, Kind.ANSWERED, Kind.DUTY_SAID)


def write(of: Application, kind: Letter.Kind, about: str) -> None:
    """Tell those concerned, once for each `about`. Belongs into the transaction of what happened."""
    now = current_time()
    rows = [
        Letter(key=_key(kind, about, user), kind=kind, application=of, user_id=user, made_at=now, next_at=now)
        for user in _readers(of, to_board=kind in TO_BOARD)
    ]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)


def deliver(now: datetime) -> int:
    """Send what waits; returns how many arrived."""
    rows = Letter.objects.select_related(
        "user", "application__declaration__release__product", "application__declaration__role__version__standard"
    )
    return sent(rows, now, _send)


def _readers(of: Application, *, to_board: bool) -> "QuerySet[Member, Any]":
    """Whoever acts for the vendor, or for the board and not for the vendor."""
    vendor = of.declaration.release.product.vendor_id
    of_vendor = Member.objects.filter(vendor=vendor)
    rows = of_vendor
    if to_board:
        rows = Member.objects.filter(role=Member.Role.BOARD).exclude(user__in=of_vendor.values("user"))
    active = rows.filter(user__is_active=True).exclude(user__email="")
    return active.order_by("user_id").values_list("user_id", flat=True).distinct()


def _key(kind: str, about: str, user: int) -> str:
    return sha256(f"{kind}|{about}|{user}".encode()).hexdigest()


def _send(one: Letter, _now: datetime) -> str:
    with writing(of_user(one.user_id)):
        words = subject(one), body(one)
    return sent_to(one.user.email, one.key[:32], words)
