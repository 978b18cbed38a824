"""Opening files so that what is read is what was seen; picklable, because worker processes open the files."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from io import BufferedReader, FileIO
from typing import NamedTuple

from schnittstellen.domain.finding import CannotJudge, Code, Finding
from schnittstellen.engine.codes import CHANGED
from schnittstellen.engine.ports import Payload, Unreadable
from schnittstellen.transports import file_codes

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_KINDS = {stat.S_IFIFO: "FIFO", stat.S_IFSOCK: "socket", stat.S_IFCHR: "device", stat.S_IFBLK: "device"}


class Signature(NamedTuple):
    """What tells one state of a file from the next: device, inode, size in bytes, time of change in nanoseconds."""

    device: int
    inode: int
    size: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        return cls(status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)


def open_file(path: str, name: str, signature: Signature) -> BufferedReader:
    """A stream over the file, if it is still the one of `signature`; never waits. Raises `CannotJudge`."""
    with reading(name):
        descriptor = os.open(path, _FLAGS)
        if Signature.of(os.fstat(descriptor)) == signature:
            return BufferedReader(FileIO(descriptor))
        os.close(descriptor)
    raise CannotJudge(finding(CHANGED, name))


@contextmanager
def reading(name: str) -> Iterator[None]:
    """Turns what the operating system says while the file called `name` is read into `CannotJudge`."""
    try:
        yield
    except FileNotFoundError:
        raise CannotJudge(finding(file_codes.VANISHED, name)) from None
    except OSError as error:
        raise CannotJudge(refusal(name, error)) from None


def file_payload(path: str, name: str, status: os.stat_result) -> Payload:
    """The regular file at `path` as a payload."""
    return Payload(name=name, open=partial(open_file, path, name, Signature.of(status)), size=status.st_size)


def unreadable(code: Code, name: str, **parameters: str) -> Unreadable:
    """An observation that says why `name` cannot be tested."""
    return Unreadable(name=name, finding=finding(code, name, **parameters))


def finding(code: Code, name: str, **parameters: str) -> Finding:
    """A finding about the file that reports call `name`."""
    return Finding(code.id, parameters={"path": name, **parameters})


def refusal(name: str, error: OSError) -> Finding:
    """The finding for an error of the operating system; names the error by its symbol, the same in every language."""
    symbol = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return finding(file_codes.UNREADABLE, name, error=symbol)


def kind_of(mode: int) -> str:
    """What people call a file that is not regular."""
    return _KINDS.get(stat.S_IFMT(mode), "?")


def shown(name: str) -> str:
    """A file name as reports can carry it: valid Unicode, `/` between folders, control characters escaped."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
