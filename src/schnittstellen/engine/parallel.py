"""Judging in several processes: the same results in the same order, whatever happens to a process."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
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

    `size` is how many it is given at once, `given` how many it was given last, at the time `dealt`.
    """

    worker: Worker
    hand: dict[int, Observation] = field(default_factory=dict)
    last: float = 0.0
    dealt: float = 0.0
    given: int = 0
    size: int = 1
    ready: bool = False


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

    def run(self, observations: Iterable[Observation]) -> Iterator[Judged]:
        """Yield each observation's result, in the order of the observations."""
        source = enumerate(observations)
        told, seen, more = 0, 0, True
        try:
            while more or told < seen:
                seen, more = self._deal(source, seen, told, more)
                while told in self._done:
                    yield self._done.pop(told)
                    told += 1
                if more or told < seen:
                    self._collect()
        finally:
            self._dismiss()

    # --- dealing

    def _deal(self, source: Iterator[tuple[int, Observation]], seen: int, told: int, more: bool) -> tuple[int, bool]:
        for busy in self._idle():
            if self._alone:
                self._give(busy, [self._alone.popleft()])
                continue
            chunk: list[tuple[int, Observation]] = []
            while more and len(chunk) < busy.size and seen - told < WINDOW:
                number, observation = next(source, (None, None))
                if number is None or observation is None:
                    more = False
                    break
                seen = number + 1
                if isinstance(observation, Payload):
                    chunk.append((number, observation))
                else:
                    self._done[number] = self._home(observation)
            if chunk:
                self._give(busy, chunk)
        return seen, more

    def _idle(self) -> Iterator[_Busy]:
        yield from [busy for busy in self._workers if not busy.hand]
        while len(self._workers) < self._settings.jobs:
            self._workers.append(_Busy(Worker(self._factory, self._settings.memory)))
            yield self._workers[-1]

    def _give(self, busy: _Busy, chunk: Workload) -> None:
        now = time.monotonic()
        try:
            busy.worker.send([(number, replace(seen, memo={})) for number, seen in chunk])
        except OSError:
            self._alone.extend(chunk)
            self._bury(busy)
        except Exception:
            self._done.update({number: self._home(seen) for number, seen in chunk})
        else:
            busy.hand, busy.given, busy.last, busy.dealt = dict(chunk), len(chunk), now, now

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
            results = busy.worker.receive()
        except (EOFError, OSError):
            self._end(busy, None)
            return
        if isinstance(results, str):
            raise WorkersFailed(results)
        busy.last = time.monotonic()
        if not busy.ready:
            busy.ready, busy.dealt = True, busy.last
        for number, result in results:
            self._done[number] = self._home.judged_elsewhere(busy.hand.pop(number), result)
        if not busy.hand:
            busy.size = _next_size(busy.size, busy.given, busy.last - busy.dealt)

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
