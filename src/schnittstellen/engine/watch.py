"""Judging an endpoint takes minutes: it happens in a thread, while progress is told and an interrupt is heard."""

import threading
from collections.abc import Callable, Iterator

from schnittstellen.domain.finding import Finding
from schnittstellen.engine import codes
from schnittstellen.engine.desk import Desk
from schnittstellen.engine.endpoint import Endpoint
from schnittstellen.engine.events import Event, Progress
from schnittstellen.engine.run import Judged

_TICK = 0.25
_GRACE = 15.0
"""Seconds that the steps get to come to an end after an interrupt; no request leaves in this time."""


def watched(desk: Desk, seen: Endpoint, cancelled: Callable[[], bool] = lambda: False) -> Iterator[Judged | Event]:
    """Yield `Progress` while `desk` judges `seen`, then what it said.

    After an interrupt the endpoint is stopped, the result of the steps done so far is yielded, and `KeyboardInterrupt`
    is raised again.
    """
    judging = _Judging(desk, seen)
    judging.start()
    try:
        yield from _progress(judging, seen, cancelled)
    except KeyboardInterrupt:
        seen.stop()
        judging.join(_GRACE)
        yield judging.outcome()
        raise
    except GeneratorExit:
        seen.stop()
        raise
    yield judging.outcome()


def _progress(judging: "_Judging", seen: Endpoint, cancelled: Callable[[], bool]) -> Iterator[Event]:
    told = -1
    while judging.is_alive():
        judging.join(_TICK)
        if cancelled():
            raise KeyboardInterrupt
        if len(seen.sender.calls) != told:
            told = len(seen.sender.calls)
            yield Progress(seen.name, told, seen.max_requests)


class _Judging(threading.Thread):
    def __init__(self, desk: Desk, seen: Endpoint) -> None:
        super().__init__(name="judging", daemon=True)
        self._desk = desk
        self._seen = seen
        self._judged: Judged | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._judged = self._desk(self._seen)
        except BaseException as error:
            self._error = error

    def outcome(self) -> Judged:
        """What the desk said. Raises what it raised."""
        if self._error is not None:
            raise self._error
        if self._judged is None:
            return self._desk.unjudged(self._seen, Finding(codes.INTERRUPTED.id))
        return self._judged
