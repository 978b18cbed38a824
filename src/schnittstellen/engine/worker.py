"""A process that judges: takes observations from a pipe, sends results back, and ends when the pipe does."""

import multiprocessing
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler

from schnittstellen.domain.report import Result, StepResult
from schnittstellen.domain.verdict import Cause, Verdict
from schnittstellen.engine.ports import Observation

Factory = Callable[[], Callable[[Observation], Result]]
Workload = Sequence[tuple[int, Observation]]
Said = tuple[str | None, Verdict, Cause | None, tuple[StepResult, ...], str | None, str | None, int | None, float]

_SIGN_OF_LIFE = 0.1
_PATIENCE = 2.0


class Worker:
    """A process of our own, and the pipe to it."""

    def __init__(self, factory: Factory, memory: int | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, factory, memory), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, workload: Workload) -> None:
        """Hand over numbered observations. Raises what pickling raises; `OSError` where the process is gone."""
        self.connection.send_bytes(ForkingPickler.dumps([(number, _lean(seen)) for number, seen in workload]))

    def receive(self) -> list[tuple[int, Said]] | str:
        """What was said of observations so far, or the text that says why the process could not start.

        The first answer of a process is empty: it says that it is ready. Raises `EOFError` where it is gone.
        """
        received: list[tuple[int, Said]] | str = self.connection.recv()
        return received

    def kill(self) -> str:
        """End the process at once; returns how it ended: the name of a signal, or "exit" with its status."""
        self._process.join(0.05)
        if self._process.exitcode is None:
            self._process.kill()
        self._process.join()
        self.connection.close()
        return _status(self._process.exitcode)

    def dismiss(self) -> None:
        """Let an idle process end by itself; end it if it does not."""
        self.connection.close()
        self._process.join(_PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()


def _status(exitcode: int | None) -> str:
    if exitcode is not None and exitcode < 0:
        with suppress(ValueError):
            return signal.Signals(-exitcode).name
    return f"exit {exitcode}"


def _serve(connection: Connection, factory: Factory, memory: int | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _limit(memory)
        judge = factory()
    except Exception as error:
        connection.send(f"{type(error).__name__}: {error}")
        return
    with suppress(EOFError, OSError):
        connection.send([])
        while True:
            _work(connection, judge, connection.recv())


def _work(connection: Connection, judge: Callable[[Observation], Result], workload: Workload) -> None:
    done: list[tuple[int, Said]] = []
    last = time.monotonic()
    for number, seen in workload:
        done.append((number, _said(judge(seen))))
        if time.monotonic() - last > _SIGN_OF_LIFE:
            connection.send(done)
            done, last = [], time.monotonic()
    if done:
        connection.send(done)


def _said(one: Result) -> Said:
    """Plain tuples travel in half the time of frozen dataclasses."""
    return one.suite, one.verdict, one.cause, one.steps, one.message, one.sha256, one.size, one.seconds


def _lean(seen: Observation) -> Observation:
    return replace(seen, memo={}) if seen.memo else seen


def _limit(memory: int | None) -> None:
    if memory is None:
        return
    import resource

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
