"""A report arranged for reading: equal findings together, the gravest first, and what is worth counting counted."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from schnittstellen.domain.finding import NOWHERE, Finding, Place
from schnittstellen.domain.report import Report, RequirementResult, Result, SuiteUse
from schnittstellen.domain.verdict import Verdict, gravity, is_green
from schnittstellen.engine.codes import NEEDS_EARLIER
from schnittstellen.engine.coverage import OTHER_ROLE

MOST_PLACES = 3

_Key = tuple[str, str | None, Verdict, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class Group:
    """Equal findings of one result: the first of them, how many there are, and the first few places."""

    finding: Finding
    verdict: Verdict
    step: str
    count: int = 0
    places: list[Place] = field(default_factory=list)

    def add(self, finding: Finding) -> None:
        """Take in one more."""
        self.count += finding.count
        for place in finding.examples or (finding.place,):
            if len(self.places) < MOST_PLACES and place not in (*self.places, NOWHERE):
                self.places.append(place)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a code (with its rule) was found, and in how many results."""

    finding: Finding
    verdict: Verdict
    findings: int
    results: int


@dataclass(frozen=True, slots=True)
class Score:
    """The figures of a suite: requirements in all, visible to the suite, tested in this run, of these kept."""

    total: int
    ceiling: int
    tested: int
    kept: int


def groups(result: Result) -> list[Group]:
    """The findings of a result, equal ones together, the gravest first."""
    found: dict[_Key, Group] = {}
    for step in result.steps:
        for finding, verdict in zip(step.findings, step.verdicts, strict=True):
            found.setdefault(_key(finding, verdict), Group(finding, verdict, step.step)).add(finding)
    return sorted(found.values(), key=lambda group: -gravity(group.verdict))


def _key(finding: Finding, verdict: Verdict) -> _Key:
    """What makes findings equal; steps that were left out for want of an earlier one are told once, not one by one."""
    follows = finding.code == NEEDS_EARLIER.id
    return finding.code, finding.rule, verdict, () if follows else tuple(sorted(finding.parameters.items()))


def by_verdict(report: Report) -> Mapping[Verdict, int]:
    """How many results came to each verdict, the gravest first."""
    counted = Counter(result.verdict for result in report.results)
    return {verdict: counted[verdict] for verdict in sorted(counted, key=gravity, reverse=True)}


def noteworthy(report: Report) -> Iterator[Result]:
    """Results with something to mend, the gravest first, else in the order of the run."""
    worth = (one for one in report.results if _to_mend(one))
    return iter(sorted(worth, key=lambda result: -gravity(result.verdict)))


def tallies(report: Report) -> list[Tally]:
    """Codes by gravity and by the number of results in which they were found."""
    counted: dict[tuple[str, str | None], Tally] = {}
    for result in report.results:
        for key, new in _of_result(result).items():
            old = counted.get(key)
            counted[key] = new if old is None else _sum(old, new)
    return sorted(counted.values(), key=lambda one: (-gravity(one.verdict), -one.results, one.finding.code))


def score(suite: SuiteUse) -> Score:
    """The figures of one suite; what addresses another role does not count."""
    counting = addressed((suite,))
    tested = [one for one in counting.values() if one.tested]
    kept = sum(1 for one in tested if not one.broken)
    return Score(len(counting), suite.ceiling, len(tested), kept)


def addressed(suites: Iterable[SuiteUse]) -> dict[str, RequirementResult]:
    """The requirements that count for the role, by id: of several runs that which tested it most."""
    found: dict[str, RequirementResult] = {}
    for one in (one for suite in suites for one in suite.requirements if one.reason != OTHER_ROLE):
        if one.id not in found or one.tested > found[one.id].tested:
            found[one.id] = one
    return found


def requirement_order(requirement: RequirementResult) -> tuple[int, str]:
    """Sorts what was broken first, then what was not tested, then the rest."""
    return -gravity(requirement.verdict), requirement.id


def _to_mend(result: Result) -> bool:
    if result.verdict is Verdict.NOT_APPLICABLE:
        return False
    return not is_green(result.verdict) or any(step.findings for step in result.steps)


def _of_result(result: Result) -> dict[tuple[str, str | None], Tally]:
    found: dict[tuple[str, str | None], Tally] = {}
    for group in groups(result):
        key = (group.finding.code, group.finding.rule)
        before = found[key].findings if key in found else 0
        kept = found.get(key, Tally(group.finding, group.verdict, 0, 1))
        found[key] = Tally(kept.finding, kept.verdict, before + group.count, 1)
    return found


def _sum(first: Tally, second: Tally) -> Tally:
    gravest = max(first.verdict, second.verdict, key=gravity)
    return Tally(first.finding, gravest, first.findings + second.findings, first.results + second.results)
