"""From targets to events: observations are gathered, and judged here or, where there are many, in several processes."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from schnittstellen.domain.report import Result
from schnittstellen.engine.desk import Desk, crashed
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.events import Event
from schnittstellen.engine.parallel import SECONDS, Pool, Settings
from schnittstellen.engine.ports import Observation, Payload, Transport, Unreadable
from schnittstellen.engine.run import Judged, Run
from schnittstellen.engine.watch import watched

ASKED = "suite"
"""Under this note the report keeps the suite that the user named, as the user wrote it."""

FEW = 200
FEW_BYTES = 24 * 1024 * 1024
"""Up to so many payloads, and so many bytes of them, one process is faster than several."""


@runtime_checkable
class Countable(Protocol):
    """A transport that can say at once about how many observations a target has; None where it cannot."""

    def expected(self, target: str) -> int | None: ...


@runtime_checkable
class Live(Protocol):
    """A transport that keeps a connection open while its observation is judged: none may be asked for in advance."""

    live: bool

    def shown(self, target: str) -> str:
        """The target as reports may name it, without secrets."""
        ...


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a user wants the run.

    `jobs` is the number of processes; None decides by the number of payloads. `options` go to the transports, but for
    `payload_seconds` and `worker_memory` (bytes), which bind the processes that judge. `cancelled` is asked between
    payloads; a true answer ends the run with its report.
    """

    jobs: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    cancelled: Callable[[], bool] = lambda: False


def names_of(targets: Sequence[str]) -> tuple[str, ...]:
    """What reports call each target: of an absolute path only what tells it from the others.

    Reports are handed in and published, and the folders of a machine often name who works there.
    """
    above = _above([target for target in targets if Path(target).is_absolute()])
    return tuple(os.path.relpath(one, above) if above and Path(one).is_absolute() else one for one in targets)


def _above(paths: Sequence[str]) -> str | None:
    """The folder that all these paths are below; None where there is none (several drives)."""
    try:
        return os.path.commonpath([Path(path).parent for path in paths])
    except ValueError:
        return None


class Session:
    """Carries out one run; `make` makes a desk in another process and must be picklable."""

    def __init__(
        self,
        desk: Desk,
        make: Callable[[], Desk],
        transports: Mapping[str, Transport],
        wishes: Wishes,
    ) -> None:
        self._desk, self._make, self._transports, self._wishes = desk, make, transports, wishes

    def events(self, run: Run, targets: tuple[str, ...]) -> Iterator[Event]:
        """Judge all that `targets` lead to; what happens goes through `run`."""
        only = self._desk.assigner.only()
        if only is not None:
            run.uses(*only)
        if self._desk.assigner.name is not None:
            run.note(ASKED, self._desk.assigner.name)
        live = any(isinstance(self._transport(target), Live) for target in targets)
        observations = self.observations(targets)
        happenings = self._closing(observations) if live else self._judged(observations)
        shown = tuple(map(self._shown, targets, names_of(targets)))
        return run.follow(shown, happenings, self._expected(targets))

    # --- observing

    def judged(self, payloads: Iterable[Payload]) -> Iterator[Result]:
        """The results of these payloads, in their order."""
        return (one[1] for one in self._judged(iter(payloads)) if isinstance(one, tuple))

    def observations(self, targets: Sequence[str]) -> Generator[Observation]:
        for target, name in zip(targets, names_of(targets), strict=True):
            options = self._wishes.options if len(targets) == 1 else {**self._wishes.options, "prefix": name}
            transport = self._transport(target)
            try:
                yield from transport.observe(target, {"entry": self._has_entry(), **options})
            except Exception as error:
                if self._desk.debug:
                    raise
                yield Unreadable(name=name, finding=crashed(transport.name, error))

    def _has_entry(self) -> bool:
        """Whether the named suite judges the address itself (a step `entry`), not only operations below it."""
        only = self._desk.assigner.only()
        return only is not None and any(step.id == "entry" for step in only[0].steps)

    def _shown(self, target: str, name: str) -> str:
        """As reports name it; `prefix` names the only target of a run whose own name says nothing to people."""
        transport = self._transport(target)
        return transport.shown(target) if isinstance(transport, Live) else self._wishes.options.get("prefix", name)

    def _transport(self, target: str) -> Transport:
        return next(one for one in self._transports.values() if one.accepts(target))

    def _expected(self, targets: Sequence[str]) -> int | None:
        counts = [self._count(target) for target in targets]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(counts) else None

    def _count(self, target: str) -> int | None:
        transport = self._transport(target)
        return transport.expected(target) if isinstance(transport, Countable) else None

    # --- judging

    def _judged(self, observations: Iterator[Observation]) -> Iterator[Judged | Event]:
        first: list[Observation] = []
        settings = self._settings(observations, first)
        everything = chain(_emptied(first), observations)
        if settings is None:
            yield from self._here(everything)
        else:
            yield from self._pool(settings).run(everything)

    def _settings(self, observations: Iterator[Observation], first: list[Observation]) -> Settings | None:
        seconds, memory = self._wishes.options.get("payload_seconds"), self._wishes.options.get("worker_memory")
        limits = Settings(self._wishes.jobs or 1, float(seconds or SECONDS), memory)
        if self._wishes.jobs is None:
            first.extend(islice(observations, FEW + 1))
            many = len(first) > FEW or sum(one.size for one in first if isinstance(one, Payload)) > FEW_BYTES
            cores = min(os.cpu_count() or 1, max(1, len(first))) if many else 1
            limits = Settings(cores, limits.seconds, memory)
        return limits if limits.jobs > 1 or seconds or memory else None

    def _closing(self, observations: Generator[Observation, None, None]) -> Iterator[Judged | Event]:
        """The same as `_here`; connections are closed and evidence is complete when it ends, however it ends."""
        with closing(observations):
            yield from self._here(observations)

    def _here(self, observations: Iterable[Observation]) -> Iterator[Judged | Event]:
        for seen in observations:
            if self._wishes.cancelled():
                raise KeyboardInterrupt
            if isinstance(seen, Endpoint):
                yield from watched(self._desk, seen, self._wishes.cancelled)
            else:
                yield self._desk(seen)

    def _pool(self, settings: Settings) -> Pool:
        return Pool(partial(_only_results, self._make), settings, self._desk, self._wishes.cancelled)


def _only_results(make: Callable[[], Desk]) -> Callable[[Observation], Result]:
    desk = make()
    return lambda seen: desk(seen)[1]


def _emptied(kept: list[Observation]) -> Iterator[Observation]:
    kept.reverse()
    while kept:
        yield kept.pop()
