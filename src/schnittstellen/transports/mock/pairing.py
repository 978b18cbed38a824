"""The meeting of a client and a server: live through our gateway, and again from its recording."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Suite
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.engine.ports import Context
from schnittstellen.engine.run import Run
from schnittstellen.transports.http.har import BadHar, HarWriter, body_of, entries
from schnittstellen.transports.http.session import opened
from schnittstellen.transports.mock.again import Misplaced, said_of
from schnittstellen.transports.mock.judging import Unlike, unlike
from schnittstellen.transports.mock.passing import Passage
from schnittstellen.transports.mock.places import Places
from schnittstellen.transports.mock.server import Listening, serving
from schnittstellen.transports.mock.session import NotRecorded, judged

FORM = "pair-1"
MOST_REQUESTS, MOST_SECONDS = 100_000, 24 * 3600


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where the server is, the seed of the run (None: none), where to listen, the file for the recording."""

    server: str
    seed: int | None
    where: Listening
    record: Path

    @property
    def places(self) -> Places | None:
        """Where the client finds the server."""
        return None if self.seed is None else Places(self.seed)


class PairSession:
    """The running gateway; `report` judges what the client sent."""

    def __init__(self, passage: Passage, suite: Suite, context: Context, run: Run) -> None:
        self.url = passage.recording.name
        self._passage, self._suite, self._context, self._run = passage, suite, context, run

    def heard(self) -> int:
        """Number of requests so far."""
        return len(self._passage.recording.heard)

    @property
    def broken(self) -> int:
        """How many requests for addresses that the server named came to nothing."""
        return self._passage.broken

    def report(self) -> Report:
        """Judge the client."""
        return judged(self._run, self._passage.recording, self._suite, self._context)


@contextmanager
def meeting(
    library: Library, suite: Suite, wanted: Meeting, options: Mapping[str, Any], run: Run
) -> Iterator[PairSession]:
    """Hand on while the block runs.

    Raises `CannotJudge` where the server is not reached, `NotListening`, and `NotRecorded`.
    """
    limits = {"max_requests": MOST_REQUESTS, "max_seconds": MOST_SECONDS}
    with ExitStack() as stack:
        writer = HarWriter(wanted.record, with_content=True, about=about_meeting(suite, wanted.server, wanted.seed))
        try:
            stack.enter_context(writer)
        except OSError as error:
            raise NotRecorded(error.errno, error.strerror) from error
        ask = stack.enter_context(opened(wanted.server, {**options, **limits})).endpoint.sender.send
        make = _maker(ask, wanted, writer)
        passage = stack.enter_context(serving(make, wanted.where))
        yield PairSession(passage, suite, _context(library, suite), run)


def _maker(ask: Any, wanted: Meeting, writer: HarWriter) -> Any:
    return lambda origin: Passage(ask, wanted.server, wanted.places, origin, writer)


def _context(library: Library, suite: Suite) -> Context:
    standard = library.standard(f"{suite.standard}@{suite.version}")
    return Context(standard, library.bundle(standard))


def about_meeting(suite: Suite, server: str, seed: int | None) -> Mapping[str, str]:
    """What the recording says that it is of."""
    return {"mock": FORM, "suite": suite.name, "seed": "" if seed is None else str(seed), "server": server}


def digest_of(file: Path) -> str:
    """SHA-256 of a recording."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@dataclass(frozen=True, slots=True)
class Met:
    """Our own report of a recorded meeting. `reached`: the client read the entry of the server."""

    report: Report
    broken: int
    reached: bool


def met_again(
    library: Library, suite: Suite, recording: Path, told: tuple[str, int | None, str], run: Run
) -> Met | Unlike | Misplaced:
    """Judge a recorded meeting; `told`: address of the server, seed, origin of the gateway. Raises `BadHar`."""
    server, seed, origin = told
    other = unlike(said_of(recording), about_meeting(suite, server, seed))
    if other is not None:
        return other
    places = None if seed is None else Places(seed)
    mount = origin + (places.mount if places else "")
    answers: list[Response] = []
    passage = Passage(lambda request: _given(request, answers), server, places, origin, lambda _exchange: None)
    for number, entry in enumerate(entries(recording), 1):
        try:
            found = _passed(passage, entry, answers, (origin, mount, number))
        except (LookupError, TypeError, AttributeError, ValueError) as error:
            raise BadHar("entry without request or response") from error
        if found is not None:
            return found
    heard = passage.recording.heard
    reached = any(one.kind == "entry" and one.status == 200 for one in heard)
    return Met(judged(run, passage.recording, suite, _context(library, suite)), passage.broken, reached)


def _given(request: Request, answers: list[Response]) -> Call:
    return Call(1, request, answers[-1])


def _passed(
    passage: Passage, entry: Mapping[str, Any], answers: list[Response], where: tuple[str, str, int]
) -> Misplaced | None:
    origin, mount, number = where
    request, response = entry["request"], entry["response"]
    url = str(request["url"])
    beside = not (url.startswith(mount) and url[len(mount) : len(mount) + 1] in ("", "/", "?"))
    if beside and int(response["status"]) != 404:
        return Misplaced(number, url[:200], mount)
    body = body_of(response["content"])
    if body is None:
        raise BadHar("written without the bodies")
    headers = tuple((str(one["name"]), str(one["value"])) for one in response["headers"])
    answers.append(Response(int(response["status"]), headers, body, 0.0))
    sent = {str(one["name"]): str(one["value"]) for one in request["headers"]}
    posted = body_of(request["postData"]) if "postData" in request else None
    passage.answered(str(request["method"]), url.removeprefix(origin), sent, posted)
    return None
