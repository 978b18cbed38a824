"""What ends although no level sinks: a signed certificate before its decision, and the list of withdrawals."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery

from schnittstellen.catalogue.models import Declaration, Entry, SignedCertificate, Subscription
from schnittstellen.catalogue.services.certifying import board_key, certificates, renewing, withdrawing
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.domain.certified import State
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.notices import Notice, nearest
from schnittstellen.domain.reasons import Reason, Why

LIST_AHEAD = (7, 2)
"""Days before the list of withdrawals is out of date; it lives for a month only."""
RECENT = timedelta(days=14)
RENEWING = (Entry.Kind.EVIDENCE, Entry.Kind.DUTY_MET, Entry.Kind.CONFIRMATION, Entry.Kind.DEVIATION_CLOSED)
"""What may let a certificate be issued anew."""
Due = tuple[int | None, Notice]
"""A notice, and the primary key of the declaration that it is about."""


def due(of: Subscription, concerned: "QuerySet[Declaration]", since: date, today: date) -> Iterator[Due]:
    """What is to be told on `today` to the subscriber, whom `concerned` concern; ends after `since`."""
    yield from _ending(of, concerned, since, today)
    if of.role == Subscription.Role.BOARD:
        yield from _renewable(concerned, today)
        yield from _list(since, today)


def _ending(of: Subscription, concerned: "QuerySet[Declaration]", since: date, today: date) -> Iterator[Due]:
    """Documents that end while what they say still holds."""
    until = today + timedelta(days=max(of.ahead, default=0))
    rows = _newest(concerned).filter(lapses_on__gt=since, lapses_on__lte=until)
    for one in _found(rows, today):
        end = one.signed.lapses_on if one.signed else today
        then = certificates.one(one.serial, end)
        before = nearest(of.ahead, end, today)
        if before is not None and Why.DOCUMENT_ENDED in {it.why for it in then.stand.reasons}:
            yield one.declaration.pk, Notice(end, before, then.stand.level, _why(Why.DOCUMENT_ENDED, end, one))


def _renewable(concerned: "QuerySet[Declaration]", today: date) -> Iterator[Due]:
    """Documents that could say more since evidence was renewed or a duty met; told once for each document."""
    told = Entry.objects.filter(kind__in=RENEWING, told_at__date__gte=today - RECENT)
    rows = _newest(concerned).filter(decision__declaration__in=told.values("declaration"))
    for one in _found(rows, today):
        if one.signed is not None and renewing.renewed(one, today) is not None:
            reasons = _why(Why.DOCUMENT_OLD, one.signed.issued, one)
            yield one.declaration.pk, Notice(one.signed.lapses_on, 0, one.stand.level, reasons)


def _list(since: date, today: date) -> Iterator[Due]:
    """Where the board signs the list itself."""
    row = withdrawing.newest()
    if row is None or _signs() or row.next_by <= since:
        return
    before = nearest(LIST_AHEAD, row.next_by, today)
    if before is not None:
        reason = Reason(Why.LIST_ENDED, row.next_by, str(row.number))
        yield None, Notice(row.next_by, before, Nachweisstufe.DECLARED, (reason,))


def _signs() -> bool:
    """Whether the server renews the list by itself."""
    try:
        return board_key.signer() is not None
    except SchnittstellenError:
        return False


def _newest(concerned: "QuerySet[Declaration]") -> "QuerySet[SignedCertificate]":
    """The document that counts of each certificate."""
    same = SignedCertificate.objects.filter(decision=OuterRef("decision")).order_by()
    newest = same.values("decision").annotate(newest=Max("pk")).values("newest")
    return SignedCertificate.objects.filter(pk=Subquery(newest), decision__declaration__in=concerned)


def _found(rows: "QuerySet[SignedCertificate]", today: date) -> list[Found]:
    """Their certificates, as far as they hold today."""
    entries = list(Entry.objects.filter(pk__in=rows.values("decision")).order_by("number"))
    return [one for one in certificates.found_of(entries, today) if one.stand.state in (State.VALID, State.ENDED)]


def _why(why: Why, day: date, of: Found) -> tuple[Reason, ...]:
    return (Reason(why, day, of.serial),)
