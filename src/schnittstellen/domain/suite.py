"""What is tested of a standard (written form: conformance_suites/<standard>/<version>/<role>/suite.toml)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schnittstellen.domain.verdict import Level


@dataclass(frozen=True, slots=True)
class Step:
    """One use of a check: the check finds, the step weighs.

    `messages` restricts the step to these messages of the standard (empty: all). `requirements` are the ids that the
    step proves as a whole. `options` is what the written form calls `with`. `needs` names earlier steps that must not
    have failed.
    """

    id: str
    check: str
    level: Level = Level.MUST
    requirements: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fixture:
    """A known answer that proves the suite: exactly the codes (or rule ids) in `expect` must be found."""

    file: str
    expect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """One edition of the tests for one role of one version of a standard."""

    standard: str
    version: str
    role: str
    edition: str
    steps: tuple[Step, ...]
    fixtures: tuple[Fixture, ...] = ()
    title: str = ""
    sha256: str = ""

    @property
    def name(self) -> str:
        """`standard@version/role`, as people write it."""
        return f"{self.standard}@{self.version}/{self.role}"
