"""A suite proves itself: each of its fixtures is a message with a known answer, and together they move every step.

A fixture goes through the same assignment and the same judge as a message of a user. `expect` names what must be found,
as finding codes or as ids of rules, and nothing else may be found. Steps that did not run because an earlier one failed
(E002) follow from a finding that is expected already, and are not named.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.finding import Code, Finding
from schnittstellen.domain.report import RequirementResult, Result, StepResult
from schnittstellen.domain.suite import Fixture, Step, Suite
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Kind, Level, Verdict
from schnittstellen.engine import codes
from schnittstellen.engine.assign import Assigner
from schnittstellen.engine.coverage import Coverage
from schnittstellen.engine.judge import Judge
from schnittstellen.engine.ports import Observation, Payload, Transport
from schnittstellen.engine.recording import read_recording
from schnittstellen.engine.run import judged

FOLDER = "fixtures"
RECORDED = ".har.json"
HEARD = ".heard.json"
"""Fixtures of endpoints end so: the exchanges of a run, with bodies, replayed offline."""

NO_FIXTURES = N_("Die Suite enthält keine Prüfnachrichten (fixtures).")
MISSING = N_("Die Prüfnachricht {file} steht in der Suite, liegt aber nicht vor.")
UNLISTED = N_("Die Datei {file} liegt im Ordner fixtures, steht aber nicht in der Suite.")
TWICE = N_("Die Prüfnachricht {file} steht mehrfach in der Suite.")
NOT_FOUND = N_("{file}: Erwartet, aber nicht gefunden: {names}.")
NOT_EXPECTED = N_("{file}: Gefunden, aber nicht erwartet: {names}.")
NEVER_PASSED = N_("Der Schritt {step} wird von keiner Prüfnachricht bestanden.")
NEVER_FAILED = N_("Der Schritt {step} wird von keiner Prüfnachricht verletzt.")
CRASHED = N_("{file}: Eine Prüfung ist abgestürzt: {names}.")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that keeps a suite from proving itself: a text (template over `parameters`, marked with `N_`)."""

    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of proving one suite. `unbroken` are requirements that the suite can see and no fixture breaks."""

    suite: str
    fixtures: int
    flaws: tuple[Flaw, ...]
    requirements: tuple[RequirementResult, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the suite proves itself."""
        return not self.flaws

    @property
    def unbroken(self) -> tuple[str, ...]:
        """Requirements that were tested and never found broken."""
        return tuple(one.id for one in self.requirements if one.tested and not one.broken)


def prove(  # noqa: PLR0913 - each is a part that a caller may choose
    suite: Suite,
    library: Library,
    judge: Judge,
    codes_of: Mapping[str, Code],
    *,
    seen: Callable[[Path], None] = lambda _: None,
    replay: Transport | None = None,
) -> Proof:
    """Run all fixtures of `suite`; `seen` is told each fixture before it is run. Raises `NotKnown`.

    `replay` is the transport that replays recorded exchanges (option `replay`: the file).
    """
    folder = library.folder(suite)
    proof = _Proof(suite, library, judge, codes_of, replay)
    for fixture in suite.fixtures:
        seen(folder / fixture.file)
        proof.add(fixture, folder / fixture.file)
    flaws = (*_listed(suite, folder), *proof.flaws())
    return Proof(suite.name, len(suite.fixtures), flaws, proof.requirements())


class _Proof:
    def __init__(
        self,
        suite: Suite,
        library: Library,
        judge: Judge,
        codes_of: Mapping[str, Code],
        replay: Transport | None,
    ) -> None:
        self._suite = suite
        self._replay = replay
        self._judge = judge
        self._assign = Assigner(library, suite.name)
        self._codes = codes_of
        self._coverage = Coverage(suite, library.standard(f"{suite.standard}@{suite.version}").requirements)
        self._passed: set[str] = set()
        self._failed: set[str] = set()
        self._flaws: list[Flaw] = []

    def add(self, fixture: Fixture, path: Path) -> None:
        """Run one fixture and keep what differs from `expect`."""
        try:
            data = path.read_bytes()
        except OSError:
            self._flaws.append(Flaw(MISSING, {"file": fixture.file}))
            return
        for seen in self._observed(fixture, path, data):
            result = judged(self._judge, self._assign(seen))
            self._coverage.add(result)
            self._flaws += self._differences(fixture, result)
            for step in result.steps:
                self._note(step, fixture)

    def _observed(self, fixture: Fixture, path: Path, data: bytes) -> Iterable[Observation]:
        if fixture.file.endswith(HEARD):
            return (read_recording(path),)
        if fixture.file.endswith(RECORDED) and self._replay is not None:
            target: str = json.loads(data)["log"]["entries"][0]["request"]["url"]
            return self._replay.observe(target, {"replay": str(path), "entry": True})
        return (Payload(name=fixture.file, open=lambda: BytesIO(data), size=len(data)),)

    def flaws(self) -> Iterator[Flaw]:
        """All flaws, those of the steps last."""
        yield from self._flaws
        for step in self._suite.steps:
            if step.id not in self._passed:
                yield Flaw(NEVER_PASSED, {"step": step.id})
            if step.id not in self._failed and _can_fail(step):
                yield Flaw(NEVER_FAILED, {"step": step.id})

    def requirements(self) -> tuple[RequirementResult, ...]:
        """What the fixtures say of the requirements of the standard."""
        return self._coverage.results()

    def _note(self, step: StepResult, fixture: Fixture) -> None:
        if step.verdict is Verdict.PASSED and not step.findings and step.covered != frozenset():
            self._passed.add(step.step)
        if any(self._breaks(finding) or finding.code in fixture.expect for finding in step.findings):
            self._failed.add(step.step)

    def _breaks(self, finding: Finding) -> bool:
        return self._codes[finding.code].kind is Kind.DEPARTURE

    def _differences(self, fixture: Fixture, result: Result) -> Iterator[Flaw]:
        findings = [one for step in result.steps for one in step.findings if self._counts(one)]
        expected = set(fixture.expect)
        absent = sorted(expected - {name for one in findings for name in _names(one)})
        surplus = sorted({_title(one) for one in findings if not _names(one) & expected})
        crashed = sorted({one.parameters.get("check", "") for one in findings if one.code == codes.CRASHED.id})
        if absent:
            yield Flaw(NOT_FOUND, {"file": fixture.file, "names": ", ".join(absent)})
        if surplus:
            yield Flaw(NOT_EXPECTED, {"file": fixture.file, "names": ", ".join(surplus)})
        if crashed:
            yield Flaw(CRASHED, {"file": fixture.file, "names": ", ".join(crashed)})

    def _counts(self, finding: Finding) -> bool:
        return finding.code != codes.NEEDS_EARLIER.id and self._codes[finding.code].kind is not Kind.BESIDE


def _listed(suite: Suite, folder: Path) -> Iterator[Flaw]:
    if not suite.fixtures:
        yield Flaw(NO_FIXTURES)
    named = [fixture.file for fixture in suite.fixtures]
    for file in sorted({one for one in named if named.count(one) > 1}):
        yield Flaw(TWICE, {"file": file})
    known = {(folder / file).resolve() for file in named}
    for path in sorted(_files(folder / FOLDER)):
        if path.resolve() not in known:
            yield Flaw(UNLISTED, {"file": path.relative_to(folder).as_posix()})


def _files(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _names(finding: Finding) -> set[str]:
    return {finding.code, finding.rule} if finding.rule is not None else {finding.code}


def _title(finding: Finding) -> str:
    return finding.code if finding.rule is None else f"{finding.code} ({finding.rule})"


def _can_fail(step: Step) -> bool:
    """A step that only informs need not be broken."""
    return step.level is not Level.MAY
