"""One session of the mock: from a standard to the report about the client."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Context
from schnittstellen.engine.prove import RECORDED
from schnittstellen.engine.recording import Recording
from schnittstellen.engine.run import Assigned, Run
from schnittstellen.formats.openapi import Document
from schnittstellen.transports.mock.server import Manners, mocking

ROLE = "client"
SERVER = "server"
AD_HOC = "0.0.0"
"""Edition of the suite that is made where a standard has none for its clients."""


class MockSession:
    """The running mock of one standard; `report` judges what it heard."""

    def __init__(self, run: Run, suite: Suite, context: Context, recording: Recording) -> None:
        self.url = recording.name
        self._run = run
        self._suite = suite
        self._context = context
        self._recording = recording

    def heard(self) -> int:
        """Number of requests so far."""
        return len(self._recording.heard)

    def report(self) -> Report:
        """Judge the requests."""
        assigned = [Assigned(self._recording, self._suite, self._context)]
        for event in self._run.events((f"mock:{self._context.standard.name}",), assigned):
            if isinstance(event, RunFinished):
                return event.report
        raise RuntimeError("the run ended without a report")


@contextmanager
def session(  # noqa: PLR0913
    library: Library,
    name: str,
    run: Run,
    *,
    document: Document,
    port: int,
    manners: Manners,
    must_call: tuple[str, ...],
) -> Iterator[MockSession]:
    """Serve while the block runs. Raises `NotKnown`."""
    standard = library.standard(name)
    with mocking(document, port, manners, _recorded(library, standard.name)) as recording:
        context = Context(standard, library.bundle(standard))
        yield MockSession(run, suite_for(library, standard.name, {"must_call": list(must_call)}), context, recording)


def _recorded(library: Library, name: str) -> Path | None:
    """The recording by which the suite for servers proves that it lets a good one pass."""
    try:
        suite = library.suites_named(f"{name}/{SERVER}")[0]
    except NotKnown:
        return None
    good = [one.file for one in suite.fixtures if not one.expect and one.file.endswith(RECORDED)]
    return library.folder(suite) / good[0] if good else None


def suite_for(library: Library, name: str, options: Mapping[str, Any]) -> Suite:
    """The suite for clients of a standard, or one with the single step that every client must pass."""
    try:
        return library.suites_named(f"{name}/{ROLE}")[0]
    except NotKnown:
        id, _, version = name.partition("@")
        return Suite(id, version, ROLE, AD_HOC, (Step("requests", "openapi.client", options=options),))
