"""What is due: computed from facts and the day, put into the table of notices once, however often it is asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Declaration, Notice, Standing, Subscription
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.facts import Known, known_of
from schnittstellen.catalogue.services.notifying import documents
from schnittstellen.domain import notices

LOOK_BACK = timedelta(days=14)
"""Facts may be recorded some days after the day they count from."""
CHUNK = 500


def collect(now: datetime) -> int:
    """Put what is due today into the table, for all subscriptions; returns how many are new."""
    return sum(_collect(one, now) for one in Subscription.objects.select_related("vendor", "municipality"))


def _collect(of: Subscription, now: datetime) -> int:
    today = now.date()
    since = _since(of, today)
    keys = list(_changing(of, since, today))
    made = 0
    for chunk in _chunks(keys):
        made += _add([row for key, known in known_of(chunk).items() for row in _rows(of, key, known, since, now)])
    made += _add([_row(of, key, one, now) for key, one in documents.due(of, concerned(of, today), since, today)])
    Subscription.objects.filter(pk=of.pk).update(told_until=today)
    return made


def _since(of: Subscription, today: date) -> date:
    """From when ends are looked for: since the last time, some days before that, never before the subscription."""
    last = min(of.told_until or today, today)
    return max(last - LOOK_BACK, of.since - timedelta(days=1))


def _changing(of: Subscription, since: date, today: date) -> "QuerySet[Standing, int]":
    """Declarations of which something ends in that time; the standings of all days are there already."""
    until = today + timedelta(days=max(of.ahead, default=0))
    rows = Standing.objects.filter(declaration__in=concerned(of, today), until__gt=since, until__lte=until)
    return rows.order_by("declaration_id").values_list("declaration_id", flat=True).distinct()


def concerned(of: Subscription, day: date) -> "QuerySet[Declaration]":
    """What the subscriber hears of: a vendor of its own products, a municipality of what it runs, the board of all."""
    if of.vendor_id:
        return Declaration.objects.filter(release__product__vendor=of.vendor_id)
    if of.municipality_id:
        runs = Q(release__deployments__until=None) | Q(release__deployments__until__gte=day)
        return Declaration.objects.filter(runs, release__deployments__municipality=of.municipality_id)
    return Declaration.objects.all() if of.role == Subscription.Role.BOARD else Declaration.objects.none()


def _rows(of: Subscription, declaration: int, known: Known, since: date, now: datetime) -> Iterator[Notice]:
    found = notices.due(known.facts, terms(), of.ahead, since=since, today=now.date(), sent=())
    for one in found:
        yield _row(of, declaration, one, now)


def _row(of: Subscription, declaration: int | None, one: notices.Notice, now: datetime) -> Notice:
    """`declaration` is a primary key, None where it is about the list of withdrawals."""
    return Notice(
        subscription=of,
        key=sha256(f"{declaration or ''}|{one.key}".encode()).hexdigest(),
        declaration_id=declaration,
        ends_on=one.ends_on,
        before=one.before,
        level=int(one.level),
        causes=[{"why": str(it.why), "day": it.day.isoformat(), "about": it.about} for it in one.reasons],
        made_at=now,
        next_at=now,
    )


def _add(rows: list[Notice]) -> int:
    """Those that are not there yet; a worker that does the same at the same time makes no difference."""
    if not rows:
        return 0
    with transaction.atomic():
        of = Notice.objects.filter(subscription=rows[0].subscription)
        before = of.count()
        Notice.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
        return of.count() - before


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
