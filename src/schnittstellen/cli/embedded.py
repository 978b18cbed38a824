"""The worker that `serve` brings: a process of its own, started again where it dies."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

COMMAND = (sys.executable, "-m", "schnittstellen", "work", "--with-parent")
PAUSE = 2.0
GRACE = 30.0


class Worker(Thread):
    """Keeps one worker process running until `end`."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="worker")
        self._ended = Event()
        self._process: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Start it, and again where it dies."""
        while not self._ended.is_set():
            self._process = subprocess.Popen(COMMAND)  # noqa: S603
            while self._process.poll() is None and not self._ended.wait(0.2):
                pass
            if self._process.poll() is None:
                _stopped(self._process)
            self._ended.wait(PAUSE)

    def end(self) -> None:
        """Let it give back what it has, and wait for it."""
        self._ended.set()
        self.join(GRACE + PAUSE)


def _stopped(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def working() -> Iterator[None]:
    """A worker runs while the block does."""
    worker = Worker()
    worker.start()
    try:
        yield
    finally:
        worker.end()
