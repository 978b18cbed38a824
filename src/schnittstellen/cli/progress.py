"""What a person sees while a long run lasts: a bar on the terminal's standard error, and nothing in a pipe."""

import sys
import time
from collections.abc import Iterable
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.engine import events
from schnittstellen.i18n import _
from schnittstellen.reports.telling import clean

PATIENCE = 0.7
"""Seconds before a bar appears: a short run needs none."""


class Bar:
    """Listens to the events of a run and draws them; use as a context manager."""

    def __init__(self, shown: bool) -> None:
        self._shown = shown and sys.stderr.isatty()
        self._since = time.monotonic()
        self._progress: Progress | None = None
        self._done = 0
        self._expected: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def listen(self, event: events.Event) -> None:
        """Take in one event."""
        if isinstance(event, events.RunStarted):
            self._expected = event.expected
        elif isinstance(event, events.ObservationFinished):
            self._done += 1
            self._draw(event.result.name, self._done, self._expected)
        elif isinstance(event, events.Progress):
            self._draw(event.name, event.done, event.total)

    def _draw(self, name: str, done: int, total: int | None) -> None:
        if not self._shown or time.monotonic() - self._since < PATIENCE:
            return
        if self._progress is None:
            self._progress = _bar()
            self._progress.add_task(_(N_("Prüfung läuft")), total=total, name="")
            self._progress.start()
        self._progress.update(self._progress.task_ids[0], completed=done, total=total, name=clean(name)[-30:])


def follow(happenings: Iterable[events.Event], bar: Bar) -> Report:
    """The report at the end of a run. Ctrl-C ends the run with the report of what was done."""
    iterator = iter(happenings)
    while True:
        try:
            event = next(iterator)
            bar.listen(event)
        except KeyboardInterrupt:
            event = iterator.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
        if isinstance(event, events.RunFinished):
            return event.report


def _bar() -> Progress:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", style="dim"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
