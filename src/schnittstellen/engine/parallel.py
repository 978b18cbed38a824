"""Judging in several processes: the same results in the same order, whatever happens to a process."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Protocol

from schnittstellen.domain.finding import Finding
from schnittstellen.domain.report import Result
from schnittstellen.engine import codes
from schnittstellen.engine.ports import Observation, Payload
from schnittstellen.engine.run import Judged
from schnittstellen.engine.worker import Factory, Worker, Workload

SECONDS = 300.0
WINDOW = 4096
"""How many observations may be under way or wait for an earlier one, so that memory stays bounded."""

_TICK = 0.5
_START = 60.0
_LONGEST = 64
_PER_CHUNK = 0.05


@dataclass(frozen=True, slots=True)
class Settings:
    """How to work: number of processes, seconds that one observation may take, bytes of memory for each process."""

    jobs: int
    seconds: float = SECONDS
    memory: int | None = None


class WorkersFailed(RuntimeError):
    """The processes could not even start; the text says why."""


@dataclass(slots=True)
class _Busy:
    """What a worker has in hand: observations by number, and when it last showed a sign of life (monotonic seconds).

    It works at one chunk and has the next one waiting in its pipe; `given` is the size of that last one, `size` how
    large the next is to be. `alone` says that it has one observation only, on which another process was lost.
    """

    worker: Worker
    hand: dict[int, Observation] = field(default_factory=dict)
    last: float = 0.0
    given: int = 0
    size: int = 1
    ready: bool = False
    alone: bool = False

    @property
    def wants(self) -> bool:
        """Whether the worker has nothing waiting in its pipe."""
        return not self.hand or (self.ready and not self.alone and len(self.hand) <= self.given)


class Home(Protocol):
    """What this process does: judge what cannot travel, complete results that come back, speak for what was lost."""

    def __call__(self, seen: Observation) -> Judged: ...

    def judged_elsewhere(self, seen: Observation, result: Result) -> Judged: ...

    def unjudged(self, seen: Observation, finding: Finding) -> Judged: ...


class Pool:
    """Deals observations to processes.

    `factory` makes, in each process, what judges an observation; it must be picklable. `cancelled` is asked now and
    then; a true answer ends the pool with `KeyboardInterrupt`.
    """

    def __init__(
        self, factory: Factory, settings: Settings, home: Home, cancelled: Callable[[], bool] = lambda: False
    ) -> None:
        self._factory, self._settings, self._home, self._cancelled = factory, settings, home, cancelled
        self._done: dict[int, Judged] = {}
        self._alone: deque[tuple[int, Observation]] = deque()
        self._workers: list[_Busy] = []
        self._source: Iterator[Observation] = iter(())
        self._seen, self._told, self._more = 0, 0, True

    def run(self, observations: Iterable[Observation]) -> Iterator[Judged]:
        """Yield each observation's result, in the order of the observations."""
        self._source = iter(observations)
        try:
            while self._more or self._told < self._seen:
                self._deal()
                while self._told in self._done:
                    self._told += 1
                    yield self._done.pop(self._told - 1)
                if any(busy.hand for busy in self._workers):
                    self._collect()
        finally:
            self._dismiss()

    # --- dealing

    def _deal(self) -> None:
        for busy in self._waiting():
            if self._alone:
                if not busy.hand:
                    self._give(busy, [self._alone.popleft()], alone=True)
                continue
            chunk = self._next_chunk(busy.size)
            if chunk:
                self._give(busy, chunk)

    def _next_chunk(self, size: int) -> Workload:
        chunk: list[tuple[int, Observation]] = []
        while len(chunk) < size and self._seen - self._told < WINDOW:
            observation = next(self._source, None)
            if observation is None:
                self._more = False
                break
            if isinstance(observation, Payload):
                chunk.append((self._seen, observation))
            else:
                self._done[self._seen] = self._home(observation)
            self._seen += 1
        return chunk

    def _waiting(self) -> Iterator[_Busy]:
        yield from [busy for busy in self._workers if busy.wants]
        while len(self._workers) < self._settings.jobs and (self._more or self._alone):
            self._workers.append(_Busy(Worker(self._factory, self._settings.memory)))
            yield self._workers[-1]

    def _give(self, busy: _Busy, chunk: Workload, *, alone: bool = False) -> None:
        if not busy.hand:
            busy.last = time.monotonic()
        try:
            busy.worker.send(chunk)
        except OSError:
            busy.hand.update(chunk)
            self._end(busy, None)
        except Exception:
            self._done.update({number: self._home(seen) for number, seen in chunk})
        else:
            busy.hand.update(chunk)
            busy.given, busy.alone = len(chunk), alone

    # --- collecting

    def _collect(self) -> None:
        if self._cancelled():
            raise KeyboardInterrupt
        at_work = {busy.worker.connection: busy for busy in self._workers if busy.hand}
        for connection in wait(list(at_work), timeout=_TICK):
            self._receive(at_work[connection])  # type: ignore[index]
        for busy in [one for one in self._workers if one.hand and self._is_late(one)]:
            if not busy.worker.connection.poll():
                self._end(busy, Finding(codes.TIMED_OUT.id, parameters={"seconds": f"{self._settings.seconds:g}"}))

    def _is_late(self, busy: _Busy) -> bool:
        allowed = self._settings.seconds if busy.ready else max(self._settings.seconds, _START)
        return time.monotonic() - busy.last > allowed

    def _receive(self, busy: _Busy) -> None:
        try:
            said = busy.worker.receive()
        except (EOFError, OSError):
            self._end(busy, None)
            return
        if isinstance(said, str):
            raise WorkersFailed(said)
        for number, rest in said:
            seen = busy.hand.pop(number)
            self._done[number] = self._home.judged_elsewhere(seen, Result(seen.name, *rest))
        now = time.monotonic()
        if busy.ready:
            busy.size = _next_size(busy.size, len(said), now - busy.last)
        busy.last, busy.ready = now, True

    def _end(self, busy: _Busy, finding: Finding | None) -> None:
        status = self._bury(busy)
        if len(busy.hand) > 1:
            self._alone.extend(busy.hand.items())
            return
        for number, seen in busy.hand.items():
            self._done[number] = self._home.unjudged(
                seen, finding or Finding(codes.DIED.id, parameters={"status": status})
            )

    def _bury(self, busy: _Busy) -> str:
        self._workers.remove(busy)
        return busy.worker.kill()

    def _dismiss(self) -> None:
        for busy in self._workers:
            busy.worker.kill() if busy.hand else busy.worker.dismiss()
        self._workers.clear()


def _next_size(size: int, count: int, seconds: float) -> int:
    """Chunks of about `_PER_CHUNK` seconds: long enough to hide the way there and back, short enough to share."""
    wanted = max(1, int(_PER_CHUNK * count / max(seconds, 1e-6)))
    return min(_LONGEST, 2 * size, wanted)
