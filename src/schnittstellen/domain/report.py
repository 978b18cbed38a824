"""What a run came to, as data. Reports are written from it, evidence is made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.finding import Finding
from schnittstellen.domain.verdict import Cause, Level, Verdict


@dataclass(frozen=True, slots=True)
class StepResult:
    """What one step said of one observation. `verdicts` runs parallel to `findings`."""

    step: str
    check: str
    level: Level
    verdict: Verdict
    cause: Cause | None = None
    findings: tuple[Finding, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    covered: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a suite said of one observation (a payload or an endpoint)."""

    name: str
    suite: str | None
    verdict: Verdict
    cause: Cause | None
    steps: tuple[StepResult, ...] = ()
    message: str | None = None
    sha256: str | None = None
    size: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class RequirementResult:
    """What a run says of one requirement; `reason` tells why it was not tested."""

    id: str
    verdict: Verdict
    text: str = ""
    reference: str = ""
    reason: str | None = None
    tested: int = 0
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Pin:
    """The digest of something that a verdict depends on: an artefact, a code list, a suite."""

    path: str
    sha256: str
    package: str | None = None
    package_version: str | None = None


@dataclass(frozen=True, slots=True)
class SuiteUse:
    """A suite that took part in a run, with all that it depends on and the coverage of its standard.

    `ceiling` is how many requirements the suite can see at all; what it found of them stands in `requirements`.
    """

    name: str
    edition: str
    sha256: str
    pins: tuple[Pin, ...] = ()
    requirements: tuple[RequirementResult, ...] = ()
    ceiling: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """One run. `started` is ISO 8601 with zone, `seconds` the duration; all else repeats for the same input."""

    targets: tuple[str, ...]
    verdict: Verdict
    cause: Cause | None
    suites: tuple[SuiteUse, ...]
    results: tuple[Result, ...]
    tool: Mapping[str, str]
    started: str
    seconds: float
    interrupted: bool = False
    notes: Mapping[str, str] = field(default_factory=dict)
