"""Running a report again: the same findings, or which digest differs."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from schnittstellen.artefacts.bundle import ArtefactProblem, Bundle
from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.domain.finding import CannotJudge
from schnittstellen.domain.report import Pin, Report, Result, SuiteUse
from schnittstellen.domain.texts import N_
from schnittstellen.engine.differing import differing_step
from schnittstellen.engine.ports import Observation, Payload, Unreadable

SAME_FINDINGS = N_("Alle Befunde sind dieselben.")
OTHER_FINDINGS = N_("Die Befunde weichen ab.")
NOT_REPEATABLE = N_("Der Lauf lässt sich hier nicht vollständig wiederholen.")

NO_FILE = N_("Zu {name} fehlt die Datei mit der Prüfsumme {was}.")
NO_DIGEST = N_("{name} wurde ohne Prüfsumme berichtet und kann nicht wiederholt werden.")
UNREADABLE = N_("{name} konnte nicht gelesen werden.")
NO_SUITE = N_("Die Suite {name} gibt es in dieser Installation nicht.")
OTHER_SUITE = N_("Die Suite {name} ist eine andere: im Bericht Edition {was}, hier Edition {now}.")
NO_ARTEFACT = N_("Die Datei {name} gehört hier nicht mehr zum Standard oder ist nicht lesbar.")
OTHER_ARTEFACT = N_("Die Datei {name} des Standards hat eine andere Prüfsumme: im Bericht {was}, hier {now}.")
NEW_ARTEFACT = N_("Die Datei {name} gehört hier zusätzlich zum Standard.")
OTHER_TOOL = N_("Andere Version von {name}: im Bericht {was}, hier {now}.")
OTHER_RESULT = N_("{name}: im Bericht {was}, jetzt {now}.")
OTHER_PLACES = N_("{name}: dasselbe Ergebnis {was}, aber andere Befunde im Schritt {now}.")
INTERRUPTED = N_("Der berichtete Lauf wurde abgebrochen; verglichen wurde, was er enthält.")


class Outcome(StrEnum):
    """What a repetition came to; `SAME` only where every result was judged again under the same conditions."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_REPEATABLE = "not_repeatable"


class Weight(StrEnum):
    """What a remark does to the outcome: nothing, keeps the repetition from being one, or shows other findings."""

    NOTE = "note"
    CONDITION = "condition"
    FINDINGS = "findings"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that differs. `text` is a template over `parameters` (German, marked with `N_`)."""

    weight: Weight
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reproduced:
    """What came of running a report again: `same` of `total` results were judged again with equal findings.

    What was never judged (files beside the messages, unreadable ones) does not count.
    """

    outcome: Outcome
    remarks: tuple[Remark, ...]
    same: int
    total: int

    @property
    def text(self) -> str:
        """The outcome in a sentence (German, marked with `N_`)."""
        return _TEXTS[self.outcome]


_TEXTS = {
    Outcome.SAME: SAME_FINDINGS,
    Outcome.DIFFERENT: OTHER_FINDINGS,
    Outcome.NOT_REPEATABLE: NOT_REPEATABLE,
}

Judging = Callable[[str | None, list[Payload]], Iterator[Result]]
"""Judges payloads by the suite of that full name (None: as the run was asked to), in their order."""


def reproduce(
    report: Report, observations: Iterable[Observation], library: Library, tool: Mapping[str, str], judge: Judging
) -> Reproduced:
    """Judge again what `report` tells of, on the files among `observations` that have the same digests."""
    remarks = [*_conditions(report, library, tool)]
    wanted = [one for one in report.results if one.sha256 is not None]
    without = [one for one in report.results if one.sha256 is None and one.suite is not None]
    remarks += [Remark(Weight.CONDITION, NO_DIGEST, {"name": one.name}) for one in without]
    files, lost = _by_digest(observations, {one.sha256 for one in wanted})
    beside = {one.name for one in report.results if one.sha256 is None}
    remarks += [Remark(Weight.NOTE, UNREADABLE, {"name": name}) for name in lost if name not in beside]
    again = _judged_again(wanted, files, library, judge)
    same = 0
    for one in wanted:
        found = _compared(one, again.get((one.suite, one.sha256)), one.sha256 in files)
        remarks += [found] if found is not None else []
        same += found is None
    return Reproduced(_outcome(remarks), _once(remarks), same, len(wanted) + len(without))


def _once(remarks: list[Remark]) -> tuple[Remark, ...]:
    """What holds for many results (a suite that is not there) is told once."""
    return tuple({(one.text, *sorted(one.parameters.items())): one for one in remarks}.values())


def _outcome(remarks: list[Remark]) -> Outcome:
    weights = {remark.weight for remark in remarks}
    if Weight.FINDINGS in weights:
        return Outcome.DIFFERENT
    return Outcome.NOT_REPEATABLE if Weight.CONDITION in weights else Outcome.SAME


# --- conditions


def _conditions(report: Report, library: Library, tool: Mapping[str, str]) -> Iterator[Remark]:
    if report.interrupted:
        yield Remark(Weight.NOTE, INTERRUPTED)
    for name, was in sorted(report.tool.items()):
        now = tool.get(name, "–")
        if now != was:
            yield _remark(Weight.NOTE, OTHER_TOOL, name, was, now)
    for used in report.suites:
        yield from _suite_conditions(used, library)


def _suite_conditions(used: SuiteUse, library: Library) -> Iterator[Remark]:
    suite = next((one for one in library.suites() if one.name == used.name), None)
    if suite is None:
        yield Remark(Weight.CONDITION, NO_SUITE, {"name": used.name})
        return
    if (suite.sha256, suite.edition) != (used.sha256, used.edition):
        was, now = f"{used.edition} ({used.sha256[:12]})", f"{suite.edition} ({suite.sha256[:12]})"
        yield _remark(Weight.CONDITION, OTHER_SUITE, used.name, was, now)
    try:
        bundle = library.bundle(library.standard(f"{suite.standard}@{suite.version}"))
    except NotKnown:
        yield Remark(Weight.CONDITION, NO_SUITE, {"name": used.name})
        return
    now_pinned = {(one.package, one.path): one for one in bundle.artefacts()}
    for pin in used.pins:
        artefact = now_pinned.pop((pin.package, pin.path), None)
        yield from _pin_condition(pin, None if artefact is None else _digest(bundle, artefact.path))
    for _, path in now_pinned:
        yield Remark(Weight.CONDITION, NEW_ARTEFACT, {"name": path})


def _digest(bundle: Bundle, path: str) -> str | None:
    try:
        return hashlib.sha256(bundle.file(path).read_bytes()).hexdigest()
    except (OSError, ArtefactProblem):
        return None


def _pin_condition(pin: Pin, now: str | None) -> Iterator[Remark]:
    if now is None:
        yield Remark(Weight.CONDITION, NO_ARTEFACT, {"name": pin.path})
    elif now != pin.sha256:
        yield _remark(Weight.CONDITION, OTHER_ARTEFACT, pin.path, pin.sha256, now)


# --- results


def _by_digest(
    observations: Iterable[Observation], wanted: set[str | None]
) -> tuple[dict[str | None, Payload], list[str]]:
    files: dict[str | None, Payload] = {}
    lost: list[str] = []
    for seen in observations:
        try:
            digest = seen.identity()[0]
        except CannotJudge:
            lost.append(seen.name)
            continue
        if isinstance(seen, Payload) and digest in wanted:
            files.setdefault(digest, seen)
        elif isinstance(seen, Unreadable):
            lost.append(seen.name)
        seen.memo.clear()
    return files, lost


def _judged_again(
    wanted: list[Result], files: Mapping[str | None, Payload], library: Library, judge: Judging
) -> dict[tuple[str | None, str | None], Result]:
    known = {suite.name for suite in library.suites()}
    by_suite: dict[str | None, dict[str | None, Payload]] = defaultdict(dict)
    for one in wanted:
        if one.sha256 in files and (one.suite is None or one.suite in known):
            by_suite[one.suite].setdefault(one.sha256, files[one.sha256])
    return {
        (suite, digest): result
        for suite, payloads in by_suite.items()
        for digest, result in zip(payloads, judge(suite, list(payloads.values())), strict=True)
    }


def _compared(was: Result, now: Result | None, there: bool) -> Remark | None:
    if not there:
        return Remark(Weight.CONDITION, NO_FILE, {"name": was.name, "was": was.sha256 or ""})
    if now is None:
        return Remark(Weight.CONDITION, NO_SUITE, {"name": was.suite or ""})
    if was.verdict is not now.verdict:
        return _remark(Weight.FINDINGS, OTHER_RESULT, was.name, was.verdict, now.verdict)
    differing = differing_step(was, now)
    return None if differing is None else _remark(Weight.FINDINGS, OTHER_PLACES, was.name, was.verdict, differing)


def _remark(weight: Weight, text: str, name: str, was: str, now: str) -> Remark:
    return Remark(weight, text, {"name": name, "was": was, "now": now})
