"""Files, folders, ZIP archives and standard input as payloads, lazily and always in the same order."""

import os
import stat
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.ports import Observation, Payload, Unreadable
from schnittstellen.transports import file_codes
from schnittstellen.transports.archives import Archive
from schnittstellen.transports.folders import walk
from schnittstellen.transports.limits import Limits
from schnittstellen.transports.pdf import invoice_in, is_pdf
from schnittstellen.transports.reading import Signature, file_payload, finding, kind_of, reading, shown, unreadable
from schnittstellen.transports.sniff import HEAD, Sort, archive_kind, is_message_name, is_zip, sniff
from schnittstellen.transports.spool import spooled

STDIN = "-"


class Files:
    """Shows the payloads below a path. A path that is named outright is always judged, whatever it holds.

    Options: the names of `Limits`, and `prefix`, which comes before every name (several targets need it to tell
    their files apart).
    """

    name = "files"
    codes: ClassVar = file_codes.CODES

    def accepts(self, target: str) -> bool:
        """Everything but an address with a network scheme."""
        return urlsplit(target).scheme.lower() not in ("http", "https")

    def observe(self, target: str, options: Mapping[str, Any]) -> Iterator[Observation]:
        """One observation for each file that `target` leads to."""
        limits, prefix = Limits.of(options), str(options.get("prefix", ""))
        if target == STDIN:
            yield from _standard_input(prefix or STDIN, limits, options.get("stdin") or sys.stdin.buffer)
            return
        name = prefix or shown(Path(target).name or target)
        try:
            status = _status(target, name)
        except CannotJudge as reason:
            yield Unreadable(name=name, finding=reason.finding)
            return
        if stat.S_ISDIR(status.st_mode):
            yield from _folder(target, f"{prefix}/" if prefix else "", limits)
        else:
            yield from _named_file(target, name, f"{prefix}/" if prefix else "", status, limits)

    def expected(self, target: str) -> int | None:
        """About how many files there are below a folder, for a progress bar; None where nobody knows."""
        if not Path(target).is_dir():
            return None
        count = 0
        for _, folders, files in os.walk(target):
            folders[:] = [name for name in folders if not name.startswith(".")]
            count += sum(not name.startswith(".") for name in files)
        return count


def _status(target: str, name: str) -> os.stat_result:
    try:
        with reading(name):
            return Path(target).stat()
    except CannotJudge as reason:
        if reason.finding.code == file_codes.VANISHED.id:
            raise CannotJudge(finding(file_codes.NOT_FOUND, name)) from None
        raise


def _named_file(path: str, name: str, prefix: str, status: os.stat_result, limits: Limits) -> Iterator[Observation]:
    checked = _regular(path, name, status, limits)
    if isinstance(checked, Unreadable):
        yield checked
        return
    try:
        head = _head(checked)
    except CannotJudge as reason:
        yield Unreadable(name=name, finding=reason.finding)
        return
    if is_zip(head):
        yield from Archive(path, name, Signature.of(status)).members(prefix, limits)
    else:
        yield (invoice_in(checked) if is_pdf(head) else None) or checked


def _folder(folder: str, prefix: str, limits: Limits) -> Iterator[Observation]:
    for found in walk(folder):
        name = prefix + shown(found.name)
        if found.status is not None:
            yield from _found_file(found.path, name, found.status, limits)
        elif found.error is not None:
            yield Unreadable(name=name, finding=found.error)
        else:
            yield unreadable(found.code or file_codes.VANISHED, name)


def _found_file(path: str, name: str, status: os.stat_result, limits: Limits) -> Iterator[Observation]:
    checked = _regular(path, name, status, limits)
    if isinstance(checked, Unreadable) or is_message_name(path):
        yield checked
        return
    try:
        head = _head(checked)
    except CannotJudge as reason:
        yield Unreadable(name=name, finding=reason.finding)
        return
    sort = sniff(path, head)
    if sort is Sort.ZIP:
        yield from Archive(path, name, Signature.of(status)).members(f"{name}/", limits)
    elif sort is Sort.ARCHIVE:
        yield unreadable(file_codes.NESTED, name, kind=archive_kind(head) or "?")
    elif sort is Sort.BESIDE:
        yield (invoice_in(checked) if is_pdf(head) else None) or unreadable(file_codes.NOT_XML, name)
    else:
        yield checked


def _regular(path: str, name: str, status: os.stat_result, limits: Limits) -> Payload | Unreadable:
    if not stat.S_ISREG(status.st_mode):
        return unreadable(file_codes.SPECIAL, name, kind=kind_of(status.st_mode))
    if status.st_size > limits.max_file_bytes:
        return unreadable(file_codes.TOO_LARGE, name, limit=str(limits.max_file_bytes))
    return file_payload(path, name, status)


def _head(payload: Payload) -> bytes:
    with payload.open() as stream, reading(payload.name):
        return stream.read(HEAD)


def _standard_input(name: str, limits: Limits, stream: Any) -> Iterator[Observation]:
    try:
        spool = spooled(stream, name, limits.max_file_bytes)
    except CannotJudge as reason:
        yield Unreadable(name=name, finding=reason.finding)
        return
    if not is_zip(spool.head):
        payload = Payload(name=name, open=spool, size=spool.signature.size)
        yield (invoice_in(payload) if is_pdf(spool.head) else None) or payload
        return
    for one in Archive(spool.path, name, spool.signature).members("", limits):
        one.memo["spool"] = spool
        yield one
