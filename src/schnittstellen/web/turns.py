"""Pages of one process are computed one after the other, in the order in which they were asked for.

Python computes in one thread at a time anyway. Threads that compute at once only take turns within their pages: each
waits for all the others between its queries, so that short pages take as long as long ones. One after the other, half
of the readers have their page long before, and nobody has it later.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

LONGEST = 1.0
"""Seconds that anybody waits for others; then they go on side by side, as one of them takes long."""


class Turns:
    """Gives one thread after another its turn."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._guard = Lock()
        self._waiting: deque[Lock] = deque()
        self._taken = False

    @contextmanager
    def one(self) -> Iterator[None]:
        """The block runs when all that came before are done, or have taken too long."""
        own = self._waited()
        try:
            yield
        finally:
            if own:
                self._pass_on()

    def _waited(self) -> bool:
        """Whether the turn is ours; False where we go on without."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            called = Lock()
            called.acquire()
            self._waiting.append(called)
        return called.acquire(timeout=self._longest) or self._called_just_now(called)

    def _called_just_now(self, called: Lock) -> bool:
        """Nobody waits for a turn any more that was given up, but it may have come at the same moment."""
        with self._guard:
            if called in self._waiting:
                self._waiting.remove(called)
                return False
            return True

    def _pass_on(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False
