"""Mails about deviations in operation to those concerned, each once, and the same to all who run the release.

Who acts for a municipality hears of what it runs itself; nothing in a mail, and nothing that others see, tells who else
does.
"""

from collections.abc import Iterable
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import now as current_time

from schnittstellen.catalogue.models import Case, CaseLetter, Deployment, Member
from schnittstellen.catalogue.services.languages import of_user, writing
from schnittstellen.catalogue.services.notifying.mail import sent_to
from schnittstellen.catalogue.services.notifying.outbox import sent
from schnittstellen.catalogue.wording.case_letters import body, subject

Kind = CaseLetter.Kind


def opened(of: Case) -> None:
    """Tell vendor, board and those who run the release, without who reported it."""
    _write(of, Kind.OPENED, "", vendor(of) | board(of) | running(of, of.opened_on).exclude(_reporter(of)))


def planned(of: Case, day: date) -> None:
    """Tell board, who reported it and those who run the release; the same plan entered again is no news."""
    about = f"{of.due}|{of.plan}"
    _write(of, Kind.PLANNED, about, board(of) | running(of, day) | Member.objects.filter(_reporter(of)))


def closed(of: Case, day: date) -> None:
    """Tell all of them."""
    _write(of, Kind.CLOSED, "", vendor(of) | board(of) | running(of, day) | Member.objects.filter(_reporter(of)))


def collect(today: date) -> int:
    """Tell vendor, board and who reported it of plans whose day has passed, each once; returns how many there are."""
    due = Case.objects.filter(closed_on=None, due__lt=today).select_related("declaration__release__product")
    late = list(due.defer("attachment"))
    for one in late:
        _write(one, Kind.OVERDUE, str(one.due), vendor(one) | board(one) | Member.objects.filter(_reporter(one)))
    return len(late)


def deliver(now: datetime) -> int:
    """Send what waits; returns how many arrived."""
    rows = CaseLetter.objects.select_related(
        "user", "case__declaration__release__product", "case__declaration__role__version__standard"
    ).defer("case__attachment")
    return sent(rows, now, _send)


def vendor(of: Case) -> "QuerySet[Member]":
    """Who acts for the vendor of the product."""
    return Member.objects.filter(vendor=of.declaration.release.product.vendor_id)


def board(of: Case) -> "QuerySet[Member]":
    """Who is of the board, and not of the vendor."""
    partial = Member.objects.filter(vendor=of.declaration.release.product.vendor_id).values("user")
    return Member.objects.filter(~Q(user__in=partial), role=Member.Role.BOARD)


def running(of: Case, day: date) -> "QuerySet[Member]":
    """Who acts for a municipality that runs the release on `day` by its own statement."""
    runs = Deployment.objects.filter(release=of.declaration.release_id, confirmed=True)
    runs = runs.exclude(until__lt=day).exclude(since__gt=day)
    return Member.objects.filter(municipality__in=runs.values("municipality"))


def _reporter(of: Case) -> Q:
    return Q(municipality=of.municipality_id) if of.municipality_id else Q(pk=None)


def _write(of: Case, kind: CaseLetter.Kind, about: str, readers: "QuerySet[Member]") -> None:
    now = current_time()
    rows = [
        CaseLetter(key=_key((kind, of.key, about, user)), kind=kind, case=of, user_id=user, made_at=now, next_at=now)
        for user in _users(readers)
    ]
    CaseLetter.objects.bulk_create(rows, ignore_conflicts=True)


def _users(readers: "QuerySet[Member]") -> "QuerySet[Member, Any]":
    active = readers.filter(user__is_active=True).exclude(user__email="")
    return active.order_by("user_id").values_list("user_id", flat=True).distinct()


def _key(parts: Iterable[object]) -> str:
    return sha256("|".join(map(str, parts)).encode()).hexdigest()


def _send(one: CaseLetter, _now: datetime) -> str:
    with writing(of_user(one.user_id)):
        words = subject(one), body(one)
    return sent_to(one.user.email, one.key[:32], words)
