"""ZIP archives as strangers send them: members are read where they lie, never written to disk, and never trusted."""

import os
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BufferedIOBase, BufferedReader
from typing import IO

from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.engine.codes import CHANGED
from schnittstellen.engine.ports import Observation, Payload, Unreadable
from schnittstellen.transports import file_codes
from schnittstellen.transports.directory import DirectoryProblem, read_directory
from schnittstellen.transports.limits import Limits
from schnittstellen.transports.pdf import invoice_in, is_pdf
from schnittstellen.transports.reading import Signature, finding, open_file, shown, unreadable
from schnittstellen.transports.sniff import HEAD, Sort, archive_kind, is_message_name, sniff

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError)
_ENCRYPTED = 0x1 | 0x40
_HEADER = 30
_UTF8 = 0x800


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive at `path` that reports call `name`; picklable, because worker processes open its members."""

    path: str
    name: str
    signature: Signature

    def members(self, prefix: str, limits: Limits) -> Iterator[Observation]:
        """One observation for each file in the archive, sorted by name; `prefix` comes before the names."""
        try:
            self._look_at_end(limits)
            entries = self._opened().infolist()
            self._suspect(entries, limits)
        except CannotJudge as reason:
            yield Unreadable(name=self.name, finding=reason.finding)
            return
        files = sorted((_filename(one), at) for at, one in enumerate(entries) if not one.is_dir())
        times = Counter(filename for filename, _ in files)
        for filename, at in files:
            if times[filename] == 1:
                yield self._member(at, entries[at], prefix + shown(filename), limits)
            elif times.pop(filename, 0) > 1:
                yield unreadable(file_codes.DUPLICATE, prefix + shown(filename))

    def open(self, at: int, name: str) -> BufferedIOBase:
        """A stream over entry number `at`. Raises `CannotJudge`, also while it is read."""
        opened = self._opened()
        info = copy(opened.infolist()[at])
        size, info.file_size = info.file_size, info.file_size + 1
        try:
            return Member(opened.open(info), name, size)
        except NotImplementedError:
            raise CannotJudge(finding(file_codes.METHOD, name)) from None
        except _BROKEN as error:
            raise CannotJudge(finding(file_codes.BROKEN_MEMBER, name, error=type(error).__name__)) from None

    def _opened(self) -> zipfile.ZipFile:
        stream, archive = _opened(self.path, self.name, self.signature)
        if Signature.of(os.fstat(stream.fileno())) != self.signature:
            raise CannotJudge(finding(CHANGED, self.name))
        return archive

    def _look_at_end(self, limits: Limits) -> None:
        try:
            with open_file(self.path, self.name, self.signature) as stream:
                found = read_directory(stream, self.signature.size)
        except DirectoryProblem:
            raise CannotJudge(finding(file_codes.BROKEN_ARCHIVE, self.name)) from None
        if found.entries > limits.max_archive_entries or found.size > limits.max_directory_bytes:
            raise CannotJudge(self._too_many(limits))

    def _suspect(self, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
        if len(entries) > limits.max_archive_entries:
            raise CannotJudge(self._too_many(limits))
        if _overlap(entries, self._opened().start_dir):
            raise CannotJudge(finding(file_codes.OVERLAP, self.name))
        if sum(one.file_size for one in entries) > limits.max_archive_bytes:
            limit = str(limits.max_archive_bytes)
            raise CannotJudge(finding(file_codes.ARCHIVE_TOO_LARGE, self.name, limit=limit))

    def _too_many(self, limits: Limits) -> Finding:
        return finding(file_codes.TOO_MANY, self.name, limit=str(limits.max_archive_entries))

    def _member(self, at: int, info: zipfile.ZipInfo, name: str, limits: Limits) -> Observation:
        reason = _bad_name(info)
        if reason is not None:
            return unreadable(file_codes.BAD_NAME, name, reason=reason)
        if _is_hidden(info.filename):
            return unreadable(file_codes.NOT_XML, name)
        if info.flag_bits & _ENCRYPTED:
            return unreadable(file_codes.ENCRYPTED, name)
        if info.file_size > limits.max_file_bytes:
            return unreadable(file_codes.TOO_LARGE, name, limit=str(limits.max_file_bytes))
        if info.file_size > limits.ratio_from and info.file_size > limits.max_ratio * max(info.compress_size, 1):
            return unreadable(file_codes.BOMB, name, limit=str(limits.max_ratio))
        payload = Payload(name=name, open=partial(self.open, at, name), size=info.file_size)
        return payload if is_message_name(info.filename) else _sorted_out(payload, info.filename)


class Member(BufferedIOBase):
    """A stream over a packed member that says clearly when the packed data are broken.

    `stream` must be ready to give one byte more than `size`, so that a member longer than it says is found out.
    """

    def __init__(self, stream: IO[bytes], name: str, size: int) -> None:
        self._stream = stream
        self._name = name
        self._left = size

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes, all where it is negative. Raises `CannotJudge` where the data are broken."""
        try:
            data = self._stream.read(-1 if size is None else size)
        except _BROKEN as error:
            raise self._broken(type(error).__name__) from None
        self._left -= len(data)
        at_end = size is None or size < 0 or len(data) < size
        if self._left < 0 or (self._left and at_end):
            raise self._broken("length")
        return data

    def read1(self, size: int = -1, /) -> bytes:
        return self.read(size)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()

    def _broken(self, error: str) -> CannotJudge:
        return CannotJudge(finding(file_codes.BROKEN_MEMBER, self._name, error=error))


def _sorted_out(payload: Payload, filename: str) -> Observation:
    try:
        with payload.open() as stream:
            head = stream.read(HEAD)
    except CannotJudge as reason:
        return Unreadable(name=payload.name, finding=reason.finding)
    sort = sniff(filename, head)
    if sort is Sort.MESSAGE:
        return payload
    if sort is Sort.BESIDE:
        return (invoice_in(payload) if is_pdf(head) else None) or unreadable(file_codes.NOT_XML, payload.name)
    return unreadable(file_codes.NESTED, payload.name, kind=archive_kind(head) or "ZIP")


def _overlap(entries: list[zipfile.ZipInfo], end: int) -> bool:
    if not entries:
        return False
    ordered = sorted(entries, key=lambda one: one.header_offset)
    following = [one.header_offset for one in ordered[1:]] + [end]
    return any(
        one.header_offset + _HEADER + len(one.orig_filename) + one.compress_size > limit
        for one, limit in zip(ordered, following, strict=True)
    )


def _filename(info: zipfile.ZipInfo) -> str:
    """The name; where its encoding is not stated, UTF-8 if it can be that, else code page 437 (APPNOTE 6.3.10, D.1)."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _bad_name(info: zipfile.ZipInfo) -> str | None:
    parts = info.filename.replace("\\", "/").split("/")
    if "\x00" in info.orig_filename:
        return "NUL"
    if parts[0] == "":
        return "/"
    if parts[0][1:2] == ":":
        return ":"
    if ".." in parts:
        return ".."
    return "link" if stat.S_ISLNK(info.external_attr >> 16) else None


def _is_hidden(filename: str) -> bool:
    parts = filename.replace("\\", "/").split("/")
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


@lru_cache(maxsize=2)
def _opened(path: str, name: str, signature: Signature) -> tuple[BufferedReader, zipfile.ZipFile]:
    stream = open_file(path, name, signature)
    try:
        return stream, zipfile.ZipFile(stream)
    except (*_BROKEN, NotImplementedError):
        stream.close()
        raise CannotJudge(finding(file_codes.BROKEN_ARCHIVE, name)) from None
