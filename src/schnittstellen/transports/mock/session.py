"""One session of the mock: from a standard to the report about the client, and the same again from its recording."""

import errno
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.domain.judged_again import RECORDING
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Step, Suite
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Context
from schnittstellen.engine.prove import RECORDED
from schnittstellen.engine.recording import Recording
from schnittstellen.engine.run import Assigned, Run
from schnittstellen.formats.openapi import Document
from schnittstellen.transports.http.har import HarWriter
from schnittstellen.transports.mock.places import Places
from schnittstellen.transports.mock.playing import Manners, Play
from schnittstellen.transports.mock.server import Listening, mocking

ROLE = "client"
SERVER = "server"
AD_HOC = "0.0.0"
"""Edition of the suite that is made where a standard has none for its clients."""
FORM = "2"
"""Changes with whatever changes an answer of the mock."""
FOLLOWS, BY_DOCUMENT = "api.client", "openapi.client"


class NotRecorded(OSError):
    """The recording cannot be written."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a session is wanted. `must_call` counts where the standard has no suite for clients.

    `seed` moves everything to addresses of its own (None: they are always the same). `record` is the file for the
    recording (HAR, with contents, without secrets).
    """

    where: Listening = field(default_factory=Listening)
    manners: Manners = field(default_factory=Manners)
    must_call: tuple[str, ...] = ()
    seed: int | None = None
    record: Path | None = None


class MockSession:
    """The running mock of one standard; `report` judges what it heard."""

    def __init__(self, run: Run, suite: Suite, context: Context, recording: Recording) -> None:
        self.url = recording.name
        self.writer: HarWriter | None = None
        self._run = run
        self._suite = suite
        self._context = context
        self.recording = recording

    def heard(self) -> int:
        """Number of requests so far."""
        return len(self.recording.heard)

    def report(self) -> Report:
        """Judge the requests; the report names the digest of the recording. Raises `NotRecorded`."""
        if self.writer is not None:
            if self.writer.failed:
                raise NotRecorded(errno.ENOSPC, "")
            self._run.note(RECORDING, hashlib.sha256(self.writer.path.read_bytes()).hexdigest())
        return judged(self._run, self.recording, self._suite, self._context)


def judged(run: Run, recording: Recording, suite: Suite, context: Context) -> Report:
    """The report of a run over one session."""
    assigned = [Assigned(recording, suite, context)]
    for event in run.events((f"mock:{context.standard.name}",), assigned):
        if isinstance(event, RunFinished):
            return event.report
    raise RuntimeError("the run ended without a report")


@contextmanager
def session(library: Library, name: str, run: Run, document: Document, wanted: Wanted) -> Iterator[MockSession]:
    """Serve while the block runs. Raises `NotKnown`, `NotListening`, and `NotRecorded`."""
    standard = library.standard(name)
    suite = suite_for(library, standard.name, {"must_call": list(wanted.must_call)})
    play = played_by(library, suite, document, wanted.seed, wanted.manners)
    with ExitStack() as stack:
        writer = None
        if wanted.record is not None:
            writer = HarWriter(wanted.record, with_content=True, about=about_session(suite, play))
            try:
                stack.enter_context(writer)
            except OSError as error:
                raise NotRecorded(error.errno, error.strerror) from error
        recording = stack.enter_context(mocking(play, wanted.where, writer))
        made = MockSession(run, suite, Context(standard, library.bundle(standard)), recording)
        made.writer = writer
        yield made


def played_by(library: Library, suite: Suite, document: Document, seed: int | None, manners: Manners) -> Play:
    """What clients of `suite` are shown; addresses are opaque where clients are to follow links."""
    checks = {step.check for step in suite.steps}
    follows = FOLLOWS in checks and BY_DOCUMENT not in checks
    places = None if seed is None else Places(seed, follows)
    return Play(document, manners, _recorded(library, f"{suite.standard}@{suite.version}"), places, follows)


def about_session(suite: Suite, play: Play) -> Mapping[str, str]:
    """What a recording says that it is of: all that our answers depend on beside the requests."""
    played = hashlib.sha256(play.played.read_bytes()).hexdigest() if play.played else ""
    seed = "" if play.places is None else str(play.places.seed)
    shown = {"mock": FORM, "suite": suite.name, "seed": seed, "played": played}
    return {**shown, "fail_every": str(play.manners.fail_every)}


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
