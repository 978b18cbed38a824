"""Reading and writing small files that commands are given, with errors of ours, and days as people write them."""

from datetime import UTC, date, datetime
from pathlib import Path

from schnittstellen.attest import faults
from schnittstellen.cli.days import iso
from schnittstellen.cli.faults import os_reason
from schnittstellen.domain.days import day_of
from schnittstellen.domain.errors import SchnittstellenError

MOST = 64 * 1024 * 1024


def content(file: str) -> bytes:
    """All bytes of a file. Raises `SchnittstellenError`."""
    try:
        with Path(file).open("rb") as stream:
            return stream.read(MOST)
    except OSError as error:
        raise SchnittstellenError(faults.NOT_READ, file=file, reason=os_reason(error)) from None


def write(path: Path, data: bytes) -> None:
    """Write beside the file and put it in its place when it is whole. Raises `SchnittstellenError`."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SchnittstellenError(faults.NOT_WRITTEN, file=str(path), reason=os_reason(error)) from None


def day(text: str | None) -> date | None:
    """A day as `JJJJ-MM-TT` or `TT.MM.JJJJ`; None stays None. Raises `SchnittstellenError`."""
    if text is None:
        return None
    try:
        return date.fromisoformat(iso(text))
    except ValueError:
        raise SchnittstellenError(faults.NOT_A_DAY, value=text) from None


def today() -> date:
    """The day it is in Germany: an hour or two earlier than in UTC."""
    return day_of(datetime.now(UTC))
