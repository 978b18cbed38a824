"""Records chained by digest: whoever changes, removes, inserts or moves one is found, by anyone who has the records.

The digest of a record covers its number, the digest of the record before, and its body. Published heads (number and
digest of a record) find a chain that was rewritten or cut at its end, which a chain alone cannot.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from schnittstellen.domain.canonical import canonical

SCHEMA = "schnittstellen.ledger/1"
GENESIS = "0" * 64
MOST_OPEN = 10_000
"""Gaps and misplaced records that are kept in mind; a chain with more of them is not worth describing."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `number` counts from 1; `body` is canonical JSON; `previous` and `digest` are SHA-256."""

    number: int
    previous: str
    body: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Head:
    """The number and digest of a record as they were published once, out of reach of who keeps the chain."""

    number: int
    digest: str


class Kind(StrEnum):
    """What was done to a chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"
    REWRITTEN = "rewritten"
    HOPELESS = "hopeless"


@dataclass(frozen=True, slots=True)
class Break:
    """Records `number` to `until` (inclusive) and what was done to them. `position` counts what was read, from 1."""

    kind: Kind
    number: int
    until: int
    position: int


def digest_of(number: int, previous: str, body: bytes) -> str:
    """The digest of a record."""
    return hashlib.sha256(b"%s\n%d\n%s\n%b" % (SCHEMA.encode(), number, previous.encode(), body)).hexdigest()


def appended(last: Record | None, body: Any) -> Record:
    """The record that follows `last` (None: the first one). Raises `NotCanonical`."""
    number, previous = (1, GENESIS) if last is None else (last.number + 1, last.digest)
    data = canonical(body)
    return Record(number, previous, data, digest_of(number, previous, data))


def breaks(records: Iterable[Record], heads: Iterable[Head] = ()) -> Iterator[Break]:
    """Everything that is wrong with a chain, neighbours of one kind as one; nothing where it is whole.

    Reads `records` once, in constant memory. Only `heads` tell that the end is missing or all was rewritten.
    """
    pending: Break | None = None
    for one in _Reader({head.number: head.digest for head in heads}).read(records):
        if pending is not None and (one.kind, one.number) == (pending.kind, pending.until + 1):
            pending = replace(pending, until=one.until)
            continue
        if pending is not None:
            yield pending
        pending = one
    if pending is not None:
        yield pending


class _Reader:
    """Keeps what is needed to say what happened: the expected number, the last digest, gaps, misplaced records."""

    def __init__(self, heads: dict[int, str]) -> None:
        self._heads = heads
        self._expected = 1
        self._last = GENESIS
        self._position = 0
        self._jump: tuple[int, str, Record] | None = None
        self._gaps: dict[int, int] = {}
        self._early: dict[int, str] = {}
        self._rivals: dict[str, int] = {}

    def read(self, records: Iterable[Record]) -> Iterator[Break]:
        for record in records:
            self._position += 1
            number, last = record.number, self._last
            sound = digest_of(number, record.previous, record.body) == record.digest
            if sound and number == self._expected and record.previous == last and not self._special(number):
                self._last = record.digest
                self._expected = number + 1
                continue
            yield from self._odd(record, sound)
            if len(self._gaps) + len(self._early) > MOST_OPEN:
                yield Break(Kind.HOPELESS, number, number, self._position)
                return
        yield from self._end()

    def _special(self, number: int) -> bool:
        return bool(self._rivals) or self._jump is not None or number in self._heads or number in self._early

    def _odd(self, record: Record, sound: bool) -> Iterator[Break]:
        if not sound:
            yield self._break(Kind.CHANGED, record.number)
        head = self._heads.pop(record.number, None)
        if head is not None and sound and head != record.digest:
            yield Break(Kind.REWRITTEN, 1, record.number, self._position)
        self._skip_early()
        if self._jump is not None and self._came_back(record):
            number, last, moved = self._jump
            yield self._break(Kind.MOVED, moved.number, self._position - 1)
            self._expected, self._last = number, last
            self._early[moved.number] = moved.digest
        elif self._jump is not None:
            self._gaps[self._jump[0]] = self._jump[2].number - 1
        self._jump = None
        yield from self._placed(record, sound)

    def _came_back(self, record: Record) -> bool:
        assert self._jump is not None
        number, last, _ = self._jump
        return record.number == number and record.previous == last

    def _placed(self, record: Record, sound: bool) -> Iterator[Break]:
        if record.number == self._expected:
            yield from self._in_place(record, sound)
        elif record.number > self._expected:
            self._jump = (self._expected, self._last, record)
            self._go_on(record)
        elif self._fills(record.number):
            yield self._break(Kind.MOVED, record.number)
        else:
            yield from self._twice(record)

    def _in_place(self, record: Record, sound: bool) -> Iterator[Break]:
        if self._rivals:
            yield from self._decided(record)
        elif sound and record.previous != self._last:
            yield self._break(Kind.CHANGED, max(record.number - 1, 1), self._position - 1)
        self._go_on(record)

    def _go_on(self, record: Record) -> None:
        self._expected, self._last = record.number + 1, record.digest

    def _twice(self, record: Record) -> Iterator[Break]:
        if record.number == self._expected - 1 and record.digest != self._last:
            self._rivals = {self._last: self._position - 1, record.digest: self._position, **self._rivals}
        else:
            yield self._break(Kind.INSERTED, record.number)

    def _decided(self, record: Record | None) -> Iterator[Break]:
        """Which of several records with one number is the right one: that to which the next refers."""
        wrong = [at for digest, at in self._rivals.items() if record is None or digest != record.previous]
        for at in wrong[1:] if len(wrong) == len(self._rivals) else wrong:
            yield self._break(Kind.INSERTED, self._expected - 1, at)
        self._rivals = {}

    def _skip_early(self) -> None:
        while self._expected in self._early:
            self._last = self._early.pop(self._expected)
            self._expected += 1

    def _fills(self, number: int) -> bool:
        for first, last in self._gaps.items():
            if first <= number <= last:
                del self._gaps[first]
                if first < number:
                    self._gaps[first] = number - 1
                if number < last:
                    self._gaps[number + 1] = last
                return True
        return False

    def _end(self) -> Iterator[Break]:
        if self._jump is not None:
            self._gaps[self._jump[0]] = self._jump[2].number - 1
        if self._rivals:
            yield from self._decided(None)
        self._skip_early()
        for first, last in sorted(self._gaps.items()):
            yield Break(Kind.REMOVED, first, last, self._position)
        beyond = [number for number in self._heads if number >= self._expected]
        if beyond:
            yield Break(Kind.REMOVED, self._expected, max(beyond), self._position)

    def _break(self, kind: Kind, number: int, position: int | None = None) -> Break:
        return Break(kind, number, number, self._position if position is None else position)
