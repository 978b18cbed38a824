"""The only place that puts parts together. Modules are named as text and imported when they are first needed."""

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from importlib import import_module, metadata
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from schnittstellen import __version__
from schnittstellen.artefacts.library import Library, built_in, home
from schnittstellen.domain.finding import Code
from schnittstellen.engine.codes import CODES
from schnittstellen.engine.ports import Check, Transport

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from schnittstellen.domain.report import Report
    from schnittstellen.domain.suite import Suite
    from schnittstellen.engine.desk import Desk
    from schnittstellen.engine.events import Event
    from schnittstellen.engine.reproduce import Reproduced
    from schnittstellen.engine.run import Clock, Run
    from schnittstellen.formats.openapi import Document
    from schnittstellen.reports.explaining import Rules
    from schnittstellen.transports.mock.again import Misplaced
    from schnittstellen.transports.mock.judging import Again, Unlike
    from schnittstellen.transports.mock.pairing import Meeting, Met, PairSession
    from schnittstellen.transports.mock.session import MockSession, Wanted

CHECKS = {
    "xml.wellformed": "schnittstellen.checks.xml_wellformed:WellFormed",
    "xml.schema": "schnittstellen.checks.xml_schema:Schema",
    "xml.schematron": "schnittstellen.checks.xml_schematron:Schematron",
    "xml.profile": "schnittstellen.checks.xml_profile:Profile",
    "kosit.accept": "schnittstellen.checks.kosit_accept:Accept",
    "codeliste": "schnittstellen.checks.codeliste:Codeliste",
    "api.claims": "schnittstellen.checks.api_claims:Claims",
    "api.client": "schnittstellen.checks.api_client:FollowingClient",
    "api.crawl": "schnittstellen.checks.api_crawl:CrawlCheck",
    "api.filter": "schnittstellen.checks.api_filter:Filter",
    "api.files": "schnittstellen.checks.api_files:Files",
    "api.scenario": "schnittstellen.checks.api_scenario:Scenario",
    "openapi.offer": "schnittstellen.checks.openapi_offer:Offer",
    "openapi.responses": "schnittstellen.checks.openapi_responses:Responses",
    "openapi.client": "schnittstellen.checks.openapi_client:Client",
    "openapi.probe": "schnittstellen.checks.openapi_probe:Probe",
}
TRANSPORTS = {
    "http": "schnittstellen.transports.http.transport:Http",
    "files": "schnittstellen.transports.files:Files",
}
REPORTS = {
    "text": "schnittstellen.reports.text:write",
    "json": "schnittstellen.reports.json_report:write",
    "junit": "schnittstellen.reports.junit:write",
    "html": "schnittstellen.reports.html:write",
}


_Part = TypeVar("_Part")


class Parts(Mapping[str, _Part]):
    """Parts by name, each made when it is first asked for; entry points of `group` come after the built-in ones."""

    def __init__(self, built_in: Mapping[str, str], group: str, *, instantiate: bool) -> None:
        self._built_in = built_in
        self._group = group
        self._instantiate = instantiate
        self._made: dict[str, _Part] = {}

    def __getitem__(self, name: str) -> _Part:
        if name not in self._made:
            part = self._load(name)
            self._made[name] = part() if self._instantiate else part
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._built_in
        yield from (point.name for point in self._points() if point.name not in self._built_in)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def __contains__(self, name: object) -> bool:
        return name in self._built_in or any(point.name == name for point in self._points())

    def loaded(self) -> Iterator[_Part]:
        """The parts that were asked for so far."""
        return iter(tuple(self._made.values()))

    def _load(self, name: str) -> Any:
        if name in self._built_in:
            module, _, attribute = self._built_in[name].partition(":")
            return getattr(import_module(module), attribute)
        for point in self._points():
            if point.name == name:
                return point.load()
        raise KeyError(name)

    def _points(self) -> metadata.EntryPoints:
        return metadata.entry_points(group=self._group)


@cache
def checks() -> Parts[Check]:
    """All checks, by the name that suites use."""
    return Parts(CHECKS, "schnittstellen.checks", instantiate=True)


@cache
def transports() -> Parts[Transport]:
    """All transports."""
    return Parts(TRANSPORTS, "schnittstellen.transports", instantiate=True)


@cache
def reports() -> Parts[Any]:
    """All ways to write a report."""
    return Parts(REPORTS, "schnittstellen.reports", instantiate=False)


class CodeBook(Mapping[str, Code]):
    """Every finding code that any part of this installation can give; asks the parts that are loaded first."""

    def __init__(self) -> None:
        self._known = {code.id: code for code in CODES}

    def __getitem__(self, id: str) -> Code:
        for parts in (self._loaded, self._all):
            if id not in self._known:
                self._learn(parts())
        return self._known[id]

    def __iter__(self) -> Iterator[str]:
        self._learn(self._all())
        return iter(self._known)

    def __len__(self) -> int:
        return len(list(iter(self)))

    def _learn(self, parts: Iterator[Check | Transport]) -> None:
        self._known.update((code.id, code) for part in parts for code in part.codes)

    def _loaded(self) -> Iterator[Check | Transport]:
        yield from checks().loaded()
        yield from transports().loaded()

    def _all(self) -> Iterator[Check | Transport]:
        yield from checks().values()
        yield from transports().values()


@cache
def codes() -> CodeBook:
    """Every finding code that any part of this installation can give."""
    return CodeBook()


def roots() -> tuple[Path, ...]:
    """Where standards and suites lie: added by the user first, then those built in."""
    return home(), built_in()


def library() -> Library:
    """Standards and suites: added by the user first, then those built in."""
    return Library(roots())


@cache
def rules() -> "Rules":
    """Every requirement and rule that a standard of this installation knows, as it was when first asked for."""
    from schnittstellen.reports.explaining import Rules

    return Rules(library(), checks())


VERSIONS = ("schnittstellen", "lxml", "xmlschema", "elementpath", "saxonche", "factur-x")
"""Distributions whose versions a verdict may depend on."""

_NO_OPTIONS: Mapping[str, Any] = MappingProxyType({})


def tool() -> dict[str, str]:
    """Names and versions of everything that a verdict depends on beside the suite and its artefacts."""
    from lxml import etree

    found = {"schnittstellen": __version__}
    for name in VERSIONS[1:]:
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found | {"libxml2": ".".join(map(str, etree.LIBXML_VERSION)), "python": platform.python_version()}


def run_targets(  # noqa: PLR0913
    targets: Sequence[str],
    *,
    suite: str | None = None,
    jobs: int | None = None,
    with_content: bool = False,
    debug: bool = False,
    library: Library | None = None,
    clock: "Clock | None" = None,
    options: Mapping[str, Any] = _NO_OPTIONS,
    notes: Mapping[str, str] = _NO_OPTIONS,
    cancelled: Callable[[], bool] = lambda: False,
) -> "Iterator[Event]":
    """Judge everything that `targets` lead to and yield what happens; the last event is `RunFinished`.

    `suite` is `STANDARD[@VERSION][/ROLE]`; None lets each payload be recognised. `jobs` is the number of processes;
    None takes one for few payloads and all cores for many. `options` go to the transports; beside those,
    `payload_seconds` limits the time for one payload and `worker_memory` the memory of a process in bytes (both demand
    processes of their own). `notes` are put into the report. `cancelled` is asked between payloads; a
    `KeyboardInterrupt` thrown into the iterator has the same effect: the run ends with the report of what was done.
    Raises `NotKnown` at once for an unknown `suite`.
    """
    from schnittstellen.engine.run import Run, utc_now
    from schnittstellen.engine.session import Session, Wishes

    make = partial(make_desk, library or Library(roots()), suite, with_content, debug)
    desk = make()
    run = Run(desk.judge, checks(), tool(), clock or utc_now)
    for name, text in notes.items():
        run.note(name, text)
    session = Session(desk, make, transports(), Wishes(jobs, {"with_content": with_content, **options}, cancelled))
    return session.events(run, tuple(targets))


def reproduce(
    report: "Report",
    targets: Sequence[str],
    *,
    jobs: int | None = None,
    library: Library | None = None,
    options: Mapping[str, Any] = _NO_OPTIONS,
) -> "Reproduced":
    """Judge again what `report` tells of, on the files among `targets` with the same digests, whatever their names."""
    from schnittstellen.engine.reproduce import reproduce
    from schnittstellen.engine.session import ASKED, Session, Wishes

    known, asked = library or Library(roots()), report.notes.get(ASKED)

    def session(suite: str | None) -> Session:
        make = partial(make_desk, known, suite, False, False)
        return Session(make(), make, transports(), Wishes(jobs, options))

    observations = session(None).observations(targets)
    return reproduce(report, observations, known, tool(), lambda suite, files: session(suite or asked).judged(files))


def make_desk(library: Library, suite: str | None, with_content: bool, debug: bool) -> "Desk":
    """What judges observations with the checks of this installation, here or in another process."""
    from schnittstellen.engine.assign import Assigner
    from schnittstellen.engine.desk import Desk
    from schnittstellen.engine.judge import Judge

    judge = Judge(checks(), codes(), debug=debug)
    assigner = Assigner(library, suite, wellformed=checks().get("xml.wellformed"), with_content=with_content)
    return Desk(assigner, judge, debug=debug)


def mock(
    name: str, wanted: "Wanted | None" = None, notes: Mapping[str, str] = _NO_OPTIONS
) -> "AbstractContextManager[MockSession]":
    """Play the server of the standard `name` on 127.0.0.1; `notes` are put into the report.

    Raises `NotKnown`, `CannotJudge` without document, and `OSError` where nothing can be recorded.
    """
    from schnittstellen.transports.mock.session import Wanted, session

    known = library()
    run = _plain_run()
    for key, text in notes.items():
        run.note(key, text)
    return session(known, name, run, _document(known, name), wanted or Wanted())


def mock_again(library: Library, suite: "Suite", recording: Path, seed: int | None, origin: str) -> "Again":
    """Play the recorded session of a client again, without a network, and judge it. Raises `BadHar`."""
    from schnittstellen.transports.mock.judging import session_again

    name = f"{suite.standard}@{suite.version}"
    return session_again(library, suite, _document(library, name), (recording, seed, origin), _plain_run())


def meet(
    suite: "Suite", wanted: "Meeting", options: Mapping[str, Any], notes: Mapping[str, str] = _NO_OPTIONS
) -> "AbstractContextManager[PairSession]":
    """Stand between a client of `suite` and a server, on 127.0.0.1; `options` are those of the endpoint.

    Raises `CannotJudge` where the server is not reached, and `OSError` where nothing can be recorded.
    """
    from schnittstellen.transports.mock.pairing import meeting

    run = _plain_run()
    for key, text in notes.items():
        run.note(key, text)
    return meeting(library(), suite, wanted, options, run)


def met_again(
    library: Library, suite: "Suite", recording: Path, told: tuple[str, int | None, str]
) -> "Met | Unlike | Misplaced":
    """Judge a recorded meeting again, without a network; `told`: address of the server, seed, origin of the gateway.

    Raises `BadHar`.
    """
    from schnittstellen.transports.mock.pairing import met_again

    return met_again(library, suite, recording, told, _plain_run())


def _document(library: Library, name: str) -> "Document":
    from schnittstellen.checks.openapi.source import document_of
    from schnittstellen.engine.ports import Context

    standard = library.standard(name)
    return document_of(Context(standard, library.bundle(standard)), {})


def _plain_run() -> "Run":
    from schnittstellen.engine.judge import Judge
    from schnittstellen.engine.run import Run

    return Run(Judge(checks(), codes()), checks(), tool())
