"""Equal findings become one, with a count and three examples, in memory that does not grow with their number."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from schnittstellen.domain.finding import Finding, Place
from schnittstellen.domain.verdict import Level

EXAMPLES = 3
KINDS = 200
VARYING = ("curl", "object", "url", "found", "other")
MANY = "…"

_Key = tuple[str, str | None, Level | None, tuple[tuple[str, str], ...]]


@dataclass(slots=True)
class _Group:
    first: Finding
    count: int = 0
    places: list[Place] = field(default_factory=list)


class Folder:
    """Takes findings and gives them back folded, in the order in which each kind was first seen.

    Findings are equal where code, rule, level and parameters are, but for the parameters named in `varying`, of which
    the first finding's stay. Of one code, at most `kinds` kinds are kept apart; all further ones are folded into one
    whose parameters read "…".
    """

    def __init__(self, varying: Iterable[str] = VARYING, kinds: int = KINDS) -> None:
        self._varying = frozenset(varying)
        self._limit = kinds
        self._groups: dict[_Key, _Group] = {}
        self._kinds: dict[str, int] = {}

    def add(self, finding: Finding) -> None:
        """Take in one finding."""
        key = self._key(finding)
        if key not in self._groups:
            if self._kinds.get(finding.code, 0) >= self._limit:
                finding = replace(finding, parameters=self._blurred(finding.parameters))
                key = self._key(finding)
            self._kinds[finding.code] = self._kinds.get(finding.code, 0) + 1
        group = self._groups.setdefault(key, _Group(finding))
        group.count += finding.count
        for place in finding.examples or (finding.place,):
            if len(group.places) < EXAMPLES and place not in group.places:
                group.places.append(place)

    def findings(self) -> Iterator[Finding]:
        """The folded findings; `examples` is empty where there is only one."""
        for group in self._groups.values():
            examples = tuple(group.places) if group.count > 1 else ()
            yield replace(group.first, count=group.count, examples=examples)

    def _key(self, finding: Finding) -> _Key:
        fixed = tuple(sorted((name, value) for name, value in finding.parameters.items() if name not in self._varying))
        return finding.code, finding.rule, finding.level, fixed

    def _blurred(self, parameters: Mapping[str, str]) -> dict[str, str]:
        return {name: value if name in self._varying else MANY for name, value in parameters.items()}


def fold(findings: Iterable[Finding], varying: Iterable[str] = VARYING) -> Iterator[Finding]:
    """All of `findings`, folded."""
    folder = Folder(varying)
    for finding in findings:
        folder.add(finding)
    return folder.findings()
