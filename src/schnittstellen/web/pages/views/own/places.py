"""A few places that come back by themselves."""

import time
from collections.abc import Callable
from threading import Lock


class Places:
    """`most` places, each given back when it is left, and after `seconds` at the latest.

    A server may keep a stream whose reader has gone and never end it; its place must not stay taken for that.
    """

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._taken: dict[object, float] = {}
        self._lock = Lock()

    def take(self) -> object | None:
        """A place, or None where all are taken."""
        with self._lock:
            now = self._clock()
            self._taken = {place: ends for place, ends in self._taken.items() if ends > now}
            if len(self._taken) >= self._most:
                return None
            place = object()
            self._taken[place] = now + self._seconds
            return place

    def leave(self, place: object | None) -> None:
        """Give the place back, where it is still taken."""
        with self._lock:
            self._taken.pop(place, None)
