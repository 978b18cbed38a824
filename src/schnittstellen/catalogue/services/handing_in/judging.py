"""Judging a hand-in in a process of its own, bound in time and memory; a worker keeps it for the next ones."""

import json
import os
import select
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress

from schnittstellen.catalogue.services.handing_in.rejudging import OURS, SECONDS, TOO_LONG, Judged, Told
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.catalogue.services.handing_in.written import read
from schnittstellen.catalogue.services.trying.judging import end, environment
from schnittstellen.domain.refusals import NOT_JUDGED_HERE, Refusal
from schnittstellen.domain.texts import Line

CHILD = "schnittstellen.catalogue.services.handing_in.child"
HARD_SECONDS = SECONDS + 30
"""After these the process is ended, and the hand-in is refused."""
MEMORY = 1024 * 1024 * 1024
"""Bytes that it may take."""
MOST_JOBS = 25
"""So many hand-ins one process judges; then another takes its place."""
PAUSE = 0.2


class Stopped(Exception):
    """The judging was cut short because somebody asked for that."""


class Bench:
    """Judges one hand-in after the other. Not for several threads at once."""

    def __init__(self, seconds: float = HARD_SECONDS, memory: int = MEMORY) -> None:
        self._seconds, self._memory = seconds, memory
        self._process: subprocess.Popen[bytes] | None = None
        self._life = -1
        self._jobs = 0

    def __call__(
        self,
        report: bytes,
        suite: str,
        inputs: Sequence[Input],
        told: Told = lambda _count: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Judged:
        """What our own run says. What kills the process, or takes too long, is refused. Raises `Stopped`."""
        asked = {
            "report": report.decode("utf-8", "replace"),
            "suite": suite,
            "inputs": [(one.name, b64encode(one.data).decode(), one.recording) for one in inputs],
        }
        try:
            return self._asked(json.dumps(asked).encode() + b"\n", told, stop)
        except (EOFError, TimeoutError, BrokenPipeError) as error:
            self.close()
            why = Line(TOO_LONG if isinstance(error, TimeoutError) else OURS)
            return Judged(refusals=(Refusal(NOT_JUDGED_HERE, {"name": suite, "reason": why}),))
        except BaseException:
            self.close()
            raise

    def _asked(self, line: bytes, told: Told, stop: Callable[[], bool]) -> Judged:
        process = self._begun()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(line)
        process.stdin.flush()
        ends, heard = time.monotonic() + self._seconds, b""
        while True:
            if stop():
                raise Stopped
            if time.monotonic() > ends:
                raise TimeoutError
            if not select.select([process.stdout], [], [], PAUSE)[0]:
                continue
            heard += _more(process.stdout.fileno())
            *lines, heard = heard.split(b"\n")
            for one in map(json.loads, lines):
                if "same" in one:
                    return Judged(frozenset(one["same"]), read(one["refusals"]))
                told(one["done"])

    def _begun(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and (self._jobs >= MOST_JOBS or self._process.poll() is not None):
            self.close()
        if self._process is None:
            self._process = self._started()
        self._jobs += 1
        return self._process

    def _started(self) -> "subprocess.Popen[bytes]":
        theirs, self._life = os.pipe()
        try:
            return subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-m", CHILD, str(theirs), str(self._memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs,),
                start_new_session=True,
                env=environment(),
            )
        finally:
            os.close(theirs)

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process, self._jobs = self._process, None, 0
        if process is not None:
            with suppress(BrokenPipeError):
                end(process)
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(BrokenPipeError):
                        stream.close()
            os.close(self._life)


def _more(file: int) -> bytes:
    """Raises `EOFError` where the process is gone."""
    found = os.read(file, 1 << 20)
    if not found:
        raise EOFError
    return found
