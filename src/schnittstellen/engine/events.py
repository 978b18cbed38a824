"""What happens in a run, in order. Reports, progress bars and the database listen; the engine does not know them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.report import Report, Result, StepResult


@dataclass(frozen=True, slots=True)
class RunStarted:
    targets: tuple[str, ...]
    expected: int | None = None


@dataclass(frozen=True, slots=True)
class ObservationStarted:
    name: str
    suite: str | None


@dataclass(frozen=True, slots=True)
class Progress:
    """Something countable within one long observation, such as requests sent of a budget."""

    name: str
    done: int
    total: int | None = None
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepFinished:
    name: str
    result: StepResult


@dataclass(frozen=True, slots=True)
class ObservationFinished:
    result: Result


@dataclass(frozen=True, slots=True)
class RunFinished:
    report: Report


Event = RunStarted | ObservationStarted | Progress | StepFinished | ObservationFinished | RunFinished
