"""The end of a ZIP file (APPNOTE.TXT 4.3.14 to 4.3.16), read before the directory itself, so that limits come first."""

import struct
from io import BufferedIOBase
from typing import NamedTuple

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_TAIL = _END.size + 0xFFFF


class DirectoryProblem(Exception):
    """The file has no readable end of central directory record."""


class Directory(NamedTuple):
    """What the archive says of its directory: number of entries, size and position of the directory in bytes."""

    entries: int
    size: int
    start: int


def read_directory(stream: BufferedIOBase, file_size: int) -> Directory:
    """What the last record of an archive says. Raises `DirectoryProblem`."""
    offset = max(0, file_size - _TAIL)
    stream.seek(offset)
    tail = stream.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + _END.size > len(tail):
        raise DirectoryProblem
    *_, entries, size, start, _comment = _END.unpack_from(tail, at)
    if 0xFFFF in (entries,) or 0xFFFFFFFF in (size, start):
        entries, size, start = _large(stream, offset + at) or (entries, size, start)
    if start + size > file_size:
        raise DirectoryProblem
    return Directory(entries, size, offset + at - size if start + size <= offset + at else start)


def _large(stream: BufferedIOBase, end: int) -> tuple[int, int, int] | None:
    if end < _LOCATOR.size:
        return None
    stream.seek(end - _LOCATOR.size)
    magic, _, position, _ = _LOCATOR.unpack(stream.read(_LOCATOR.size))
    if magic != b"PK\x06\x07":
        return None
    if position > end:
        raise DirectoryProblem
    stream.seek(position)
    record = stream.read(_END_64.size)
    if len(record) < _END_64.size or not record.startswith(b"PK\x06\x06"):
        raise DirectoryProblem
    *_, entries, size, start = _END_64.unpack(record)
    return entries, size, start
