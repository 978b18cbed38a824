"""Pages of one process are computed one after the other, in the order in which they were asked for, by one thread.

Python computes in one thread at a time anyway. Threads that compute at once only take turns within their pages: each
waits for all the others between its queries, so that short pages take as long as long ones. One after the other, half
of the readers have their page long before, and nobody has it later. As it is always the same thread, its connection to
the database knows already how most queries are answered.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

LONGEST = 1.0
"""Seconds that anybody waits for others; then they go on side by side, as one of them takes long."""
T = TypeVar("T")


class Turns:
    """Computes for one after another."""

    def __init__(self, longest: float = LONGEST) -> None:
        self._longest = longest
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="pages")

    def one(self, compute: Callable[[], T]) -> T:
        """What `compute` gives, when all that came before are done; computed here where they take too long."""
        asked = self._thread.submit(compute)
        wait([asked], self._longest)
        return compute() if asked.cancel() else asked.result()
