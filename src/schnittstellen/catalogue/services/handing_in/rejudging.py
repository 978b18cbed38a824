"""Our own run over what was handed in: every payload judged, every recording replayed, each difference a refusal."""

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BufferedIOBase, BytesIO
from pathlib import Path
from typing import cast

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import Library
from schnittstellen.attest.verifying import seeds
from schnittstellen.catalogue.services.handing_in.pairing import is_of_pair
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.catalogue.services.handing_in.sessions import is_of_clients, meeting_again, session_again, unsigned
from schnittstellen.domain.refusals import (
    NOT_JUDGED_HERE,
    OTHER_ARTEFACTS,
    OTHER_MESSAGE,
    OTHER_RECORDING,
    OWN_FINDINGS,
    OWN_VERDICT,
    Refusal,
)
from schnittstellen.domain.report import Report, Result, SuiteUse
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Verdict
from schnittstellen.engine.desk import Desk
from schnittstellen.engine.differing import Difference, difference
from schnittstellen.engine.events import RunFinished
from schnittstellen.engine.ports import Payload
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.transports.http.address import Address, BadAddress, read
from schnittstellen.transports.http.har import BadHar, entries
from schnittstellen.transports.http.limit_codes import NOT_RECORDED

UNREADABLE = N_("die Aufzeichnung ist kein HAR mit den Inhalten der Antworten")
UNRECORDED = N_("die Aufzeichnung enthält nicht alle Anfragen, die unser Lauf stellt")
OURS = N_("der Fehler liegt bei uns")
TOO_LONG = N_("es dauert zu lange; reichen Sie weniger auf einmal ein")
SECONDS = 120
"""As long as a replay may take, and after which no further payload is begun."""
PLACES = 5
Told = Callable[[int], object]
"""Hears how many inputs have been judged."""
_desks: dict[str, Desk] = {}


@dataclass(frozen=True, slots=True)
class Judged:
    """The positions of the results that we judged again and found the same, and what contradicts the report."""

    same: frozenset[int] = frozenset()
    refusals: tuple[Refusal, ...] = ()


def other_artefacts(used: SuiteUse, library: Library) -> Iterator[Refusal]:
    """Whether a report rests on other files of the standard than those here."""
    suite = library.suites_named(used.name)[0]
    bundle = library.bundle(library.standard(f"{suite.standard}@{suite.version}"))
    here = {(one.package, one.path): one.sha256 for one in bundle.artefacts()}
    there = {(one.package, one.path): one.sha256 for one in used.pins}
    paths = sorted({path for (_, path), _ in here.items() ^ there.items()})
    if paths:
        yield Refusal(OTHER_ARTEFACTS, {"paths": ", ".join(paths[:PLACES])})


def judged_again(
    report: Report, suite: Suite, inputs: Sequence[Input], library: Library, told: Told = lambda _count: None
) -> Judged:
    """Judge every payload of `inputs` and replay every recording by our own `suite`."""
    payloads = {one.sha256: one for one in inputs if not one.recording}
    recordings = [one for one in inputs if one.recording]
    same, refusals = _payloads(report, suite, payloads, library, told)
    if recordings:
        more, reasons = _recordings(report, suite, recordings, library)
        same, refusals = same | more, refusals + reasons
    return Judged(frozenset(same), tuple(refusals))


def _payloads(
    report: Report, suite: Suite, payloads: Mapping[str, Input], library: Library, told: Told
) -> tuple[set[int], list[Refusal]]:
    same, refusals, known = set[int](), list[Refusal](), dict[str, Result]()
    ends = time.monotonic() + SECONDS
    for position, was in enumerate(report.results):
        given = payloads.get(was.sha256 or "")
        if given is None or was.suite != suite.name:
            continue
        if time.monotonic() > ends:
            return same, [*refusals, Refusal(NOT_JUDGED_HERE, {"name": was.name, "reason": Line(TOO_LONG)})]
        if given.sha256 not in known:
            known[given.sha256] = _judged(was.name, given.data, suite, library)
            told(len(known))
        reason = _compared(was, known[given.sha256])
        refusals += [reason] if reason else []
        same |= set() if reason else {position}
    return same, refusals


def _judged(name: str, data: bytes, suite: Suite, library: Library) -> Result:
    seen = Payload(name=name, open=lambda: cast(BufferedIOBase, BytesIO(data)), size=len(data))
    return _desk(suite, library)(seen)[1]


def _desk(suite: Suite, library: Library) -> Desk:
    """One for each suite: making it reads the schemas."""
    key = f"{suite.name} {suite.sha256}"
    if key not in _desks:
        _desks[key] = bootstrap.make_desk(library, suite.name, False, False)
    return _desks[key]


def _compared(was: Result, now: Result) -> Refusal | None:
    found = difference(was, now)
    if found is None and was.message != now.message:
        said = {"claimed": (was.message or "–")[:200], "found": now.message or "–"}
        return Refusal(OTHER_MESSAGE, {"name": was.name, **said})
    if found is None:
        return None
    if now.verdict is Verdict.ERROR:
        return Refusal(NOT_JUDGED_HERE, {"name": was.name, "reason": Line(OURS)})
    return _told(was.name, found)


def _told(name: str, one: Difference) -> Refusal:
    changes = [f"− {it}" for it in one.gone[:PLACES]] + [f"+ {it}" for it in one.new[:PLACES]]
    said = {"name": name, "step": one.step, "findings": ", ".join(changes) or "–"}
    if one.claimed is one.found:
        return Refusal(OWN_FINDINGS, said)
    words = {"claimed": Line(VERDICTS[one.claimed]), "found": Line(VERDICTS[one.found])}
    return Refusal(OWN_VERDICT, {**said, **words})


# --- recorded exchanges


def _recordings(
    report: Report, suite: Suite, recordings: Sequence[Input], library: Library
) -> tuple[set[int], list[Refusal]]:
    targets = tuple(dict.fromkeys(one.name for one in report.results if one.sha256 is None and one.suite))
    same, refusals = set[int](), list[Refusal]()
    with tempfile.TemporaryDirectory() as folder:
        for number, one in enumerate(recordings):
            path = Path(folder) / f"{number}.har"
            path.write_bytes(one.data)
            try:
                target = _target(path, targets)
            except BadHar:
                refusals.append(Refusal(NOT_JUDGED_HERE, {"name": one.name, "reason": Line(UNREADABLE)}))
                continue
            if target is None:
                refusals.append(Refusal(OTHER_RECORDING, {"name": one.name}))
                continue
            if is_of_clients(suite):
                more, reasons = _heard_again(report, suite, one, (target, path), library)
            else:
                more, reasons = _replayed(report, suite, target, path, library)
            same, refusals = same | more, refusals + reasons
    return same, refusals


def _target(path: Path, targets: Sequence[str]) -> str | None:
    """The target that was asked in the recording. Raises `BadHar`."""
    asked = set()
    for entry in entries(path):
        try:
            asked.add(read(entry["request"]["url"]).origin)
        except (LookupError, TypeError, BadAddress):
            raise BadHar("request") from None
    return next((one for one in targets if (at := _address(one)) is not None and at.origin in asked), None)


def _address(text: str) -> Address | None:
    try:
        return read(text)
    except BadAddress:
        return None


def _heard_again(
    report: Report, suite: Suite, one: Input, where: tuple[str, Path], library: Library
) -> tuple[set[int], list[Refusal]]:
    """A session of a client, played again to our mock."""
    unnamed = unsigned(report, one)
    if unnamed is not None:
        return set(), [unnamed]
    target, path = where
    seed, origin = _seed(report), str(read(target).origin)
    try:
        if is_of_pair(report):
            found = meeting_again(report, suite, one, (path, seed, origin), library)
        else:
            found = session_again(suite, path, one.name, (seed, origin), library)
    except BadHar:
        return set(), [Refusal(NOT_JUDGED_HERE, {"name": one.name, "reason": Line(UNREADABLE)})]
    if isinstance(found, Refusal):
        return set(), [found]
    return _all_compared(report, target, found)


def _seed(report: Report) -> int | None:
    found = [int(one) for one in seeds(report) if one.isdecimal() and len(one) < 20]
    return found[0] if found else None


def _replayed(
    report: Report, suite: Suite, target: str, path: Path, library: Library
) -> tuple[set[int], list[Refusal]]:
    options = {"replay": str(path), "seed": _seed(report), "max_seconds": SECONDS}
    events = bootstrap.run_targets((target,), suite=suite.name, jobs=1, library=library, options=options)
    now = next(one.report for one in events if isinstance(one, RunFinished)).results
    if any(one.code == NOT_RECORDED.id for result in now for step in result.steps for one in step.findings):
        return set(), [Refusal(NOT_JUDGED_HERE, {"name": target, "reason": Line(UNRECORDED)})]
    return _all_compared(report, target, now)


def _all_compared(report: Report, target: str, now: Sequence[Result]) -> tuple[set[int], list[Refusal]]:
    """The positions at which the report says the same of `target`, and where it does not."""
    was = [(position, one) for position, one in enumerate(report.results) if one.name == target]
    if len(was) != len(now):
        return set(), [Refusal(NOT_JUDGED_HERE, {"name": target, "reason": Line(UNRECORDED)})]
    pairs = [(position, _compared(old, new)) for (position, old), new in zip(was, now, strict=True)]
    return {position for position, reason in pairs if not reason}, [reason for _, reason in pairs if reason]
