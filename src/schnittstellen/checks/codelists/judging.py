"""What is wrong with a code, by its list, version and the day of the message; worked out once for each combination."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schnittstellen.checks.codelists import codes
from schnittstellen.checks.codelists.lists import BrokenList, Lists
from schnittstellen.checks.codelists.places import Coded
from schnittstellen.domain.codelist import Codelist, Entry
from schnittstellen.domain.finding import Code, Finding
from schnittstellen.domain.verdict import Level

NONE = "-"
_KEPT = 100_000
_SHOWN = 200
"""What a message says of a code is shown and remembered up to this many characters."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, without the place. `content` is the code where it may be anything that the sender wrote."""

    code: Code
    parameters: Mapping[str, str]
    level: Level | None = None
    secret: bool = False

    def finding(self, coded: Coded) -> Finding:
        """The finding for one occurrence, still without its place."""
        return Finding(
            self.code.id,
            parameters={"element": coded.name, **self.parameters},
            content={"value": coded.value[:_SHOWN]} if self.secret else {},
            level=self.level,
        )


class Judge:
    """Judges codes of one message; `day` is the day of the message where it is known."""

    def __init__(self, lists: Lists, day: date | None) -> None:
        self._lists = lists
        self._day = day
        self._known: dict[tuple[str, str | None, str | None], tuple[Problem, ...]] = {}
        self.used: set[str] = set()

    def problems(self, coded: Coded) -> tuple[Problem, ...]:
        """All that is wrong with this code."""
        enumeration = coded.binding.enumeration
        if enumeration and (coded.value not in enumeration or not self._lists.versions(coded.uri or "")):
            return ()
        if not coded.uri or (not coded.version and (coded.version == "" or coded.binding.version_required)):
            return self._incomplete(coded)
        key = coded.value, coded.uri, coded.version
        if sum(len(part or "") for part in key) > _SHOWN * len(key):
            return tuple(self._judged(*key))
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = tuple(self._judged(*key))
        return self._known[key]

    def _incomplete(self, coded: Coded) -> tuple[Problem, ...]:
        """Something is missing: a departure where the schema demands it, else only not to be tested."""
        if coded.uri is None and coded.binding.uri_required:
            return (Problem(codes.NO_LIST, {}),)
        if coded.uri and coded.version is None and coded.binding.version_required:
            return (Problem(codes.NO_VERSION, {"list": coded.uri}),)
        return (Problem(codes.UNNAMED, {}, Level.SHOULD),)

    def _judged(self, value: str, uri: str, version: str | None) -> list[Problem]:
        at_hand = self._lists.versions(uri)
        if not at_hand:
            return [self._absent(uri, version)]
        if version is not None and version not in at_hand:
            parameters = {"list": uri, "version": version[:_SHOWN], "versions": ", ".join(at_hand)}
            return [Problem(codes.VERSION_UNKNOWN, parameters)]
        try:
            return self._in_any(value, uri) if version is None else self._in_version(value, uri, version)
        except BrokenList as problem:
            return [_broken(problem, uri)]

    def _absent(self, uri: str, version: str | None) -> Problem:
        if self._lists.unusable is not None:
            return _broken(self._lists.unusable, uri)
        parameters = {"list": uri[:_SHOWN], "version": (version or NONE)[:_SHOWN]}
        return Problem(codes.LIST_UNKNOWN, parameters, Level.SHOULD)

    def _in_any(self, value: str, uri: str) -> list[Problem]:
        """No version is named and none is demanded: judged where all known versions agree."""
        found = [self._in_version(value, uri, version) for version in self._lists.versions(uri)]
        if all(one == [] for one in found):
            return []
        if all(one and one[0].code is codes.UNKNOWN for one in found):
            return [Problem(codes.UNKNOWN, {"list": uri, "version": NONE}, secret=True)]
        return [Problem(codes.UNNAMED, {}, Level.SHOULD)]

    def _in_version(self, value: str, uri: str, version: str) -> list[Problem]:
        codelist = self._lists.get(uri, version)
        self.used.add(codelist.name)
        entries = _entries(codelist, value)
        if entries:
            return [*self._force(codelist), *self._on_day(entries, value, codelist)]
        holding = [one.version for one in self._lists.others(uri, version) if _entries(one, value)]
        parameters = {"list": uri, "version": version}
        if not holding:
            return [*self._force(codelist), Problem(codes.UNKNOWN, parameters, secret=True)]
        versions = {"code": value, "versions": ", ".join(holding)}
        return [*self._force(codelist), Problem(codes.OTHER_VERSION, {**parameters, **versions})]

    def _force(self, codelist: Codelist) -> list[Problem]:
        if self._day is None or codelist.holds_on(self._day):
            return []
        validity = f"{_day(codelist.valid_from)} – {_day(codelist.valid_until)}"
        parameters = {"list": codelist.uri, "version": codelist.version, "validity": validity}
        return [Problem(codes.NOT_IN_FORCE, parameters, Level.SHOULD)]

    def _on_day(self, entries: tuple[Entry, ...], value: str, codelist: Codelist) -> list[Problem]:
        if any(one.valid_from is None and one.valid_until is None for one in entries):
            return []
        if self._day is None:
            return [Problem(codes.NO_DATE, {"code": value, "list": codelist.uri})]
        day = self._day
        if any(one.holds_on(day) for one in entries):
            return []
        others = self._lists.others(codelist.uri, codelist.version)
        holding = [one.version for one in others if any(entry.holds_on(day) for entry in _entries(one, value))]
        parameters = {"code": value, "list": codelist.uri, "version": codelist.version}
        parameters["versions"] = ", ".join(holding) or NONE
        starts = [one.valid_from for one in entries if one.valid_from is not None and one.valid_from > day]
        if starts:
            return [Problem(codes.NOT_YET, {**parameters, "start": _day(min(starts))})]
        ends = [one.valid_until for one in entries if one.valid_until is not None]
        return [Problem(codes.NO_LONGER, {**parameters, "end": _day(max(ends))})]


def _entries(codelist: Codelist, value: str) -> tuple[Entry, ...]:
    """Entries with that code in any key column: which one a message means, only the text of a standard says."""
    return next((found for column in codelist.columns() if (found := codelist.find(value, column))), ())


def _broken(problem: BrokenList, uri: str) -> Problem:
    return Problem(codes.BROKEN_LIST, {"list": uri[:_SHOWN], "path": problem.path, "reason": problem.reason})


def _day(day: date | None) -> str:
    return NONE if day is None else day.isoformat()
