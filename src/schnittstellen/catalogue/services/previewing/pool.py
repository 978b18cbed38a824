"""Many stored reports in several processes, in their order, with few of them in memory at a time."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

from schnittstellen.catalogue.services.previewing.judging import Foreseen, Setting, Stored, begin, foresee

AHEAD = 3
"""Chunks under way for each process."""
ALONE = 1
"""So many chunks are judged here: starting processes would take longer."""


def foreseen(setting: Setting, chunks: Iterable[list[Stored]], jobs: int) -> Iterator[Foreseen]:
    """What the draft says of all reports in `chunks`, with `jobs` processes; one judges here."""
    if jobs == 1:
        begin(setting)
        for chunk in chunks:
            yield from foresee(chunk)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=begin, initargs=(setting,)) as pool:
        yield from _in_order(pool, iter(chunks), jobs * AHEAD)


def _in_order(pool: ProcessPoolExecutor, chunks: Iterator[list[Stored]], most: int) -> Iterator[Foreseen]:
    waiting: deque[Future[list[Foreseen]]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(foresee, chunk))
        if len(waiting) >= most:
            yield from waiting.popleft().result()
    while waiting:
        yield from waiting.popleft().result()
