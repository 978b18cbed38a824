"""Requirement coverage: what a run says of each requirement of a standard, and why it says nothing of the others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.report import RequirementResult, Result, StepResult
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict, gravest

NO_STEP = N_("Kein Schritt der Suite prüft diese Anforderung.")
OTHER_ROLE = N_("Diese Anforderung richtet sich an eine andere Rolle.")
NOT_SEEN = N_("In den geprüften Eingaben kam nichts vor, worauf sie anzuwenden wäre.")

_NOTHING: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Tally:
    tested: int = 0
    broken: int = 0
    verdicts: set[Verdict] = field(default_factory=set)


class Coverage:
    """Counts, result by result, in memory that does not grow with the number of results."""

    def __init__(self, suite: Suite, requirements: Mapping[str, Requirement]) -> None:
        self._steps = {step.id: step for step in suite.steps}
        self._role = suite.role
        self._requirements = requirements
        self._tallies: dict[str, _Tally] = {}
        self._clean: Counter[tuple[str, frozenset[str]]] = Counter()
        self._reachable: set[str] = {id for step in suite.steps for id in step.requirements}

    def add(self, result: Result) -> None:
        """Count one result of the suite."""
        for step in result.steps:
            if step.verdict is Verdict.PASSED and not step.findings:
                self._clean[step.step, step.covered or _NOTHING] += 1
            elif step.verdict is not Verdict.NOT_APPLICABLE:
                self._add_step(step)

    def can_see(self, ids: Iterable[str]) -> None:
        """Say that the suite can see these rules, though none of its steps names them."""
        self._reachable.update(ids)

    def results(self) -> tuple[RequirementResult, ...]:
        """One entry for each requirement, in the standard's order."""
        self._count_clean()
        return tuple(self._result(requirement) for requirement in self._requirements.values())

    def ceiling(self) -> tuple[int, int]:
        """How many requirements the suite can see at all, of how many that address its role."""
        seen = [id for id, one in self._requirements.items() if id in self._reachable and one.not_tested is None]
        return len(seen), sum(1 for one in self._requirements.values() if self._addresses(one))

    def _count_clean(self) -> None:
        for (step, covered), times in self._clean.items():
            named = self._steps[step].requirements if step in self._steps else ()
            for id in covered.union(named):
                self._count(id, [Verdict.PASSED], times)
        self._clean.clear()

    def _add_step(self, step: StepResult) -> None:
        named = self._steps[step.step].requirements if step.step in self._steps else ()
        by_rule: dict[str, list[Verdict]] = {}
        general: list[Verdict] = []
        for finding, verdict in zip(step.findings, step.verdicts, strict=True):
            if finding.rule is None:
                general.append(verdict)
            else:
                by_rule.setdefault(finding.rule, []).append(verdict)
        for id in {*named, *(step.covered or ()), *by_rule}:
            own = by_rule.get(id, [])
            inherited = general if id in named or step.covered is None else []
            self._count(id, own + inherited)

    def _count(self, id: str, verdicts: list[Verdict], times: int = 1) -> None:
        verdict = gravest(verdicts) if verdicts else Verdict.PASSED
        if verdict is Verdict.NOT_APPLICABLE:
            return
        tally = self._tallies.setdefault(id, _Tally())
        tally.verdicts.add(verdict)
        if verdict not in (Verdict.NOT_TESTED, Verdict.ERROR):
            tally.tested += times
        if verdict in (Verdict.FAILED, Verdict.PASSED_WITH_WARNINGS):
            tally.broken += times

    def _result(self, requirement: Requirement) -> RequirementResult:
        tally = self._tallies.get(requirement.id)
        verdict = gravest(tally.verdicts) if tally else Verdict.NOT_TESTED
        reason = None if tally else self._reason(requirement)
        return RequirementResult(
            requirement.id,
            verdict,
            requirement.text,
            requirement.reference,
            reason,
            tally.tested if tally else 0,
            tally.broken if tally else 0,
        )

    def _addresses(self, requirement: Requirement) -> bool:
        bound = not requirement.binds or self._role in requirement.binds
        return bound or requirement.id in self._reachable

    def _reason(self, requirement: Requirement) -> str:
        if not self._addresses(requirement):
            return OTHER_ROLE
        if requirement.not_tested is not None:
            return requirement.not_tested
        return NOT_SEEN if requirement.id in self._reachable else NO_STEP
