"""One stored report against a draft: judged anew where its payloads are there, else what follows from its findings."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import cast

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.attest.verifying import seeds
from schnittstellen.domain.report import Report, Result, SuiteUse
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.verdict import Verdict, gravest
from schnittstellen.engine.desk import Desk
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Payload
from schnittstellen.engine.preview import Draft, Span, compared, spanned, touched
from schnittstellen.formats.report_json import read_report
from schnittstellen.transports.http.limit_codes import NOT_RECORDED

SECONDS = 120
"""As long as a replay may take."""
MOST_DIGITS = 20
UNSEEN = Span(Verdict.NOT_APPLICABLE, Verdict.FAILED)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a process needs to judge: where the library lies, the draft before it, and payloads by their SHA-256.

    `recordings` maps the digest of a report to the HAR file of its run.
    """

    suite: str
    draft: Path
    roots: tuple[Path, ...]
    payloads: Mapping[str, Path] = field(default_factory=dict)
    recordings: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored report: the primary key of its evidence, its digest and bytes."""

    evidence: int
    sha256: str
    document: bytes


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What the draft says of a stored report; `judged` of `total` observations were judged anew."""

    evidence: int
    span: Span
    judged: int
    total: int


class Foreseer:
    """Judges stored reports by a draft; one for each process."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._known = Library(setting.roots)
        self._library = Library((setting.draft, *setting.roots))
        (self._suite,) = self._library.suites_named(setting.suite)
        self._standard = self._library.standard(f"{self._suite.standard}@{self._suite.version}")
        self._desk: Desk | None = None
        self._drafts: dict[SuiteUse, Draft] = {}

    def __call__(self, stored: Stored) -> Foreseen:
        """What the draft says of one stored report."""
        report = read_report(stored.document.decode("utf-8", "replace"), stored.sha256)
        results = [one for one in report.results if one.suite == self._suite.name]
        use = next(one for one in report.suites if one.name == self._suite.name)
        recording = self._setting.recordings.get(stored.sha256)
        anew = None if recording is None else self._replayed(results, recording, seeds(report))
        pairs = [(anew, True)] if anew is not None else [self._span(one, use) for one in results]
        span = _cut_short(report, spanned(one for one, _ in pairs))
        return Foreseen(stored.evidence, span, sum(judged for _, judged in pairs), len(pairs))

    def _span(self, result: Result, use: SuiteUse) -> tuple[Span, bool]:
        path = self._setting.payloads.get(result.sha256 or "")
        if path is None:
            return self._draft(use).span(result), False
        return compared(result, self._judged(result.name, path.read_bytes())), True

    def _judged(self, name: str, data: bytes) -> Result:
        if self._desk is None:
            self._desk = bootstrap.make_desk(self._library, self._suite.name, False, False)
        seen = Payload(name=name, open=lambda: cast(BufferedIOBase, BytesIO(data)), size=len(data))
        return self._desk(seen)[1]

    def _replayed(self, results: list[Result], recording: Path, seeds: Collection[str]) -> Span:
        """The recorded exchanges, judged anew from the seed of the run.

        Where the draft asks what was not recorded, nothing is known.
        """
        seed = next((int(one) for one in sorted(seeds) if one.isdecimal() and len(one) < MOST_DIGITS), None)
        options = {"replay": str(recording), "seed": seed, "max_seconds": SECONDS}
        targets = tuple(dict.fromkeys(one.name for one in results))
        events = bootstrap.run_targets(targets, suite=self._suite.name, jobs=1, library=self._library, options=options)
        report = next(one.report for one in events if isinstance(one, RunFinished))
        found = {one.name: one for one in report.results if one.suite == self._suite.name}
        if _unrecorded(report) or not found:
            return UNSEEN
        was = {one.name: one for one in results}
        return spanned(compared(was.get(name, one), one) for name, one in found.items())

    def _draft(self, use: SuiteUse) -> Draft:
        key = SuiteUse(use.name, use.edition, use.sha256, use.pins)
        if key not in self._drafts:
            self._drafts[key] = self._made(use)
        return self._drafts[key]

    def _made(self, use: SuiteUse) -> Draft:
        old = self._old(use)
        try:
            standard = self._known.standard(self._standard.name) if old else None
        except NotKnown:
            standard = None
        kinds = touched(use.pins, standard, self._standard)
        return Draft(old, self._suite, kinds, bootstrap.checks(), bootstrap.codes())

    def _old(self, use: SuiteUse) -> Suite | None:
        """The edition that the report was made with, where it still lies here byte for byte."""
        known = (one for one in self._known.suites() if one.name == use.name)
        return next((one for one in known if one.sha256 == use.sha256), None)


def _unrecorded(report: Report) -> bool:
    findings = (one for result in report.results for step in result.steps for one in step.findings)
    return any(one.code == NOT_RECORDED.id for one in findings)


def _cut_short(report: Report, span: Span) -> Span:
    """An interrupted run did not test everything: never green."""
    if not report.interrupted:
        return span
    return Span(gravest((span.low, Verdict.NOT_TESTED)), gravest((span.high, Verdict.NOT_TESTED)), span.reasons)


_HERE: dict[str, Foreseer] = {}


def begin(setting: Setting) -> None:
    """Called once in each process."""
    _HERE["foreseer"] = Foreseer(setting)


def foresee(chunk: Iterable[Stored]) -> list[Foreseen]:
    """What the draft says of some reports, in a process that has begun."""
    return [_HERE["foreseer"](one) for one in chunk]


def files_by_digest(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files below `folder`, each with its SHA-256."""
    from hashlib import file_digest

    for path in sorted(one for one in folder.rglob("*") if one.is_file()):
        with path.open("rb") as stream:
            yield file_digest(stream, "sha256").hexdigest(), path
