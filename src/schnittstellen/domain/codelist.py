"""A version of a code list (Codeliste), as genericode or a schema states it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Entry:
    """One code with its description and the days, both included, on which it holds (None: no bound)."""

    code: str
    name: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the code may be used on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Codelist:
    """One version of a code list.

    `uri` names the list, `version` this version of it, `version_uri` both; XÖV messages carry them as `listURI` and
    `listVersionID`. `column` is the recommended key column and `entries` are its codes in the list's order: a code may
    stand there several times with different days. `other_columns` are the entries by each further key column.
    `problems` are lines for people about what the reader could not make sense of.
    """

    uri: str
    version: str
    version_uri: str = ""
    title: str = ""
    publisher: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    column: str = ""
    entries: tuple[Entry, ...] = ()
    other_columns: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The list with its version, as XÖV writes it: `URI_VERSION`."""
        return self.version_uri or (f"{self.uri}_{self.version}" if self.version else self.uri)

    @cached_property
    def codes(self) -> frozenset[str]:
        """All codes of the recommended column, whenever they hold."""
        return frozenset(self._index(None))

    def find(self, code: str, column: str | None = None) -> tuple[Entry, ...]:
        """All entries with that code in `column` (None: the recommended one)."""
        return self._index(column).get(code, ())

    def holds_on(self, day: date) -> bool:
        """Whether this version of the list is in force on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )

    def columns(self) -> Iterator[str]:
        """The key columns, the recommended one first."""
        yield self.column
        yield from self.other_columns

    @cached_property
    def _indexes(self) -> dict[str, dict[str, tuple[Entry, ...]]]:
        return {}

    def _index(self, column: str | None) -> dict[str, tuple[Entry, ...]]:
        name = self.column if column is None else column
        if name not in self._indexes:
            entries = self.entries if name == self.column else self.other_columns.get(name, ())
            self._indexes[name] = _by_code(entries)
        return self._indexes[name]


class UseType(IntEnum):
    """How a schema binds a code to a list (XÖV-Handbuch, Code-Typ 1 to 4).

    1: list, version and codes stand in the schema · 2: list and version stand there · 3: the list stands there, the
    version in the message · 4: both in the message.
    """

    ENUMERATED = 1
    FIXED = 2
    LIST = 3
    OPEN = 4


@dataclass(frozen=True, slots=True)
class CodelistUse:
    """A place in a schema where a code of a list is expected.

    `type_name` is the schema type in Clark notation, `uri` and `version` what the schema says of the list (None: the
    message says it), `column` the key column that it names.
    """

    type_name: str
    use: UseType
    uri: str | None = None
    version: str | None = None
    column: str | None = None
    title: str = ""


def _by_code(entries: tuple[Entry, ...]) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        found[entry.code] = (*found.get(entry.code, ()), entry)
    return found
