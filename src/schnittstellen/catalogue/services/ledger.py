"""The chain of records in the database: appended here and nowhere else, read for the public export."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import localtime, make_aware

from schnittstellen.catalogue.models import Declaration, Entry
from schnittstellen.domain.chain import Record, appended

Kind = Entry.Kind
CHAIN_LOCK = 7_205_119_260_418
"""Any number that nobody else locks on the same PostgreSQL server."""
BATCH = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded.

    `body` is plain JSON values, and PUBLIC: no persons, and no municipality that does not show its landscape. `on` is
    the day from which it counts; `declaration` a primary key; `suite` is named where it is about all judged by it.
    """

    kind: Kind
    on: date
    body: dict[str, Any]
    declaration: int | None = None
    suite: str = ""


def append(drafts: Iterable[Draft]) -> list[Entry]:
    """Append records, in order, all or none; waits for others who append. Raises `NotCanonical`."""
    with transaction.atomic():
        alone()
        last, made = head(), []
        for draft in drafts:
            last = appended(last, {"kind": str(draft.kind), "on": draft.on.isoformat(), **draft.body})
            made.append(_row(draft, last))
        return Entry.objects.bulk_create(made, batch_size=BATCH)


def named(one: Declaration) -> dict[str, str]:
    """A declaration by the names that everybody knows."""
    return {"release": str(one.release), "standard": str(one.role.version), "role": one.role.key}


def head() -> Record | None:
    """The last record; None where there is none."""
    found = Entry.objects.order_by("-number").first()
    return None if found is None else record(found)


def records() -> Iterator[Record]:
    """The whole chain, in order."""
    for row in Entry.objects.order_by("number").iterator(chunk_size=2000):
        yield record(row)


def record(row: Entry) -> Record:
    """A row as the chain knows it."""
    return Record(row.number, row.previous, bytes(row.body), row.digest)


def _row(draft: Draft, one: Record) -> Entry:
    return Entry(
        number=one.number,
        kind=draft.kind,
        declaration_id=draft.declaration,
        suite=draft.suite,
        on=draft.on,
        told_at=told_at(draft.on),
        previous=one.previous,
        digest=one.digest,
        body=one.body,
    )


def told_at(on: date) -> datetime:
    """Now; the beginning of `on` where that is an earlier day (evidence that was found elsewhere)."""
    now = localtime()
    return make_aware(datetime.combine(on, time())) if on < now.date() else now


def alone() -> None:
    """Nobody else appends until the transaction ends, so that what is read now still holds when it is recorded.

    SQLite has one writer at a time as it is (BEGIN IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
