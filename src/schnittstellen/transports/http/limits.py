"""How much a run may do: requests, time, bytes, redirects, and how fast."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of one run. Times are in seconds, sizes in bytes, `rate` in requests per second (0: not limited).

    `connect` holds for name, TCP and TLS each, `read` for the pause between two packets, `total` for one exchange from
    its first byte out to its last byte in. `max_bytes` holds twice: for what comes over the wire and for what it
    decompresses to. `max_wait` is the longest single pause that a `Retry-After` can cause.
    """

    max_requests: int = 10_000
    max_seconds: float = 900.0
    connect: float = 10.0
    read: float = 30.0
    total: float = 60.0
    max_bytes: int = 32 * 1024 * 1024
    max_headers: int = 256
    max_redirects: int = 5
    max_wait: float = 30.0
    max_retries: int = 2
    rate: float = 0.0


class Budget:
    """Counts requests and time of one run; may be used by several threads."""

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.limits = limits
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._ends = clock() + limits.max_seconds
        self._next = 0.0
        self.used = 0

    def take(self) -> str | None:
        """Take one request out of the budget, or say why there is none: `budget` or `deadline`."""
        with self._lock:
            if self._clock() >= self._ends:
                return "deadline"
            if self.used >= self.limits.max_requests:
                return "budget"
            self.used += 1
            return None

    def stop(self) -> None:
        """End the run's time now."""
        with self._lock:
            self._ends = self._clock()

    def remaining(self) -> float:
        """Seconds until the deadline of the run, never negative."""
        return max(0.0, self._ends - self._clock())

    def wait_turn(self) -> None:
        """Sleep until the next request may leave under `rate`."""
        if self.limits.rate <= 0:
            return
        with self._lock:
            now = self._clock()
            turn = max(now, self._next)
            self._next = turn + 1.0 / self.limits.rate
        if turn > now:
            self._sleep(min(turn - now, self.remaining()))

    def pause(self, seconds: float) -> bool:
        """Sleep because the server asked for it; False where that would be longer than allowed or than time is left."""
        if seconds > self.limits.max_wait or seconds >= self.remaining():
            return False
        self._sleep(seconds)
        return True
