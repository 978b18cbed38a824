"""The public export of chained records: one JSON object a line, in their order."""

import json
from collections.abc import Iterable, Iterator
from typing import IO, Any

from schnittstellen.domain.canonical import NotCanonical, canonical
from schnittstellen.domain.chain import GENESIS, Record, digest_of

_HEX = frozenset("0123456789abcdef")


class NotALedger(ValueError):
    """A line is no record. `line` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def write_ledger(records: Iterable[Record], stream: IO[bytes]) -> None:
    """Write records as they are."""
    for one in records:
        stream.write(line(one))


def line(one: Record) -> bytes:
    """A record as a line of the export."""
    head = f'{{"number":{one.number},"previous":"{one.previous}","digest":"{one.digest}","body":'
    return head.encode("ascii") + one.body + b"}\n"


def read_ledger(lines: Iterable[bytes]) -> Iterator[Record]:
    """The records of an export, one at a time. Raises `NotALedger` at a line that is none.

    A line that was written by `write_ledger` is taken as it is: its body is what was digested. Any other way to write
    the same record (spaces, another order) is brought into canonical form first, and means the same.
    """
    for number, written in enumerate(lines, 1):
        if written.strip():
            yield _as_written(written) or _read(written, number)


def _as_written(line: bytes) -> Record | None:
    """The record of a line in our own form whose digest is right, without reading the body as JSON."""
    head, found, rest = line.partition(b',"body":')
    if not found or not head.startswith(b'{"number":') or not rest.endswith(b"}\n"):
        return None
    try:
        said = json.loads(head + b"}")
        record = Record(said["number"], said["previous"], rest[:-2], said["digest"])
    except (ValueError, KeyError):
        return None
    if len(said) != 3 or not _is_record(record):
        return None
    return record if digest_of(record.number, record.previous, record.body) == record.digest else None


def _read(line: bytes, number: int) -> Record:
    try:
        said = json.loads(line, object_pairs_hook=_once)
        record = Record(said["number"], said["previous"], canonical(said["body"]), said["digest"])
    except (ValueError, KeyError, TypeError, RecursionError, NotCanonical):
        raise NotALedger(number) from None
    if not _is_record(record):
        raise NotALedger(number)
    return record


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError
    return found


def _is_record(one: Record) -> bool:
    number = isinstance(one.number, int) and not isinstance(one.number, bool) and one.number > 0
    return number and _is_digest(one.previous) and _is_digest(one.digest)


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == len(GENESIS) and set(value) <= _HEX
