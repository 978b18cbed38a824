"""Judging what a visitor hands over: in a process of its own with bounds, from a file that has no name.

A file without a name goes when nobody has it open any more, whatever dies first: there is nothing to clean up.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from schnittstellen.catalogue.services.trying.faults import BROKE, TOO_LONG, TOO_MUCH_FOUND
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.formats.report_json import read_report

MIB = 1024 * 1024
MOST_BYTES = 20 * MIB
"""Of one hand-over."""
SECONDS = 25
"""After these the run ends with a report of what was done by then."""
HARD_SECONDS = 40
"""After these the process is ended; then there is no report."""
MOST_REPORT = 8 * MIB
OPTIONS = {
    "payload_seconds": 20,
    "worker_memory": 1024 * MIB,
    "max_file_bytes": MOST_BYTES,
    "max_archive_entries": 2_000,
    "max_archive_bytes": 200 * MIB,
}
CHILD = "schnittstellen.catalogue.services.trying.child"
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "XDG_DATA_HOME", "SCHNITTSTELLEN_HOME")
"""Variables that the process needs; secrets of the server are not among them."""


@dataclass(frozen=True, slots=True)
class Handed:
    """A message or archive: what it is called, and an open file that begins with its first byte.

    `text` is what was pasted; of a file that was sent, empty.
    """

    name: str
    file: IO[bytes]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of it: the report, and the same as it is written down."""

    report: Report
    document: bytes


def judge(handed: Handed, suite: str | None, progress: int) -> Judged:
    """Judge it against `suite`, or against what it is recognised as. Raises `SchnittstellenError` (F433-F435).

    `progress` is an open run file (see `passing`), which tells meanwhile how many messages are done.
    """
    with _running(handed, progress) as (process, life):
        asked = {
            "payload": handed.file.fileno(),
            "life": life,
            "progress": progress,
            "name": handed.name,
            "suite": suite,
        }
        document = _heard(process, {**asked, "seconds": SECONDS, "options": OPTIONS})
    if process.returncode != 0 or not document:
        raise SchnittstellenError(BROKE)
    if len(document) > MOST_REPORT:
        raise SchnittstellenError(TOO_MUCH_FOUND, limit=str(MOST_REPORT // MIB))
    return Judged(read_report(document.decode()), document)


@contextmanager
def _running(handed: Handed, progress: int) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    theirs, ours = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=(handed.file.fileno(), theirs, progress),
            start_new_session=True,
            env=environment(),
        )
        try:
            yield process, theirs
        finally:
            end(process)
    finally:
        os.close(theirs)
        os.close(ours)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End it and all it started; one that was waited for is gone already, and its number may be another's."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def _heard(process: "subprocess.Popen[bytes]", asked: dict[str, Any]) -> bytes:
    try:
        return process.communicate(json.dumps(asked).encode(), timeout=HARD_SECONDS)[0]
    except subprocess.TimeoutExpired:
        raise SchnittstellenError(TOO_LONG, seconds=str(HARD_SECONDS)) from None


def environment() -> dict[str, str]:
    """What a process that judges may know of ours: no secrets."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(str(Path(one).absolute()) for one in sys.path if one)}
