"""The guard for real persons: where a payload that is to be published probably names one; places, never content.

Found are numbers that name a person, birth dates and addresses beside a name. What is marked as invented passes:
names such as Mustermann, test numbers of specifications, and whatever stands beside a marked name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from schnittstellen.domain.finding import Place
from schnittstellen.domain.identifiers import Kind, in_text
from schnittstellen.domain.texts import N_

NEAR = 4
"""A name counts for fields that share an ancestor with it at most so many levels above."""
LABELS = {
    Kind.IBAN: N_("Bankverbindung (IBAN)"),
    Kind.STEUER_ID: N_("Steuerliche Identifikationsnummer"),
    Kind.RENTENVERSICHERUNG: N_("Rentenversicherungsnummer"),
    Kind.KRANKENVERSICHERUNG: N_("Krankenversichertennummer"),
    Kind.AUSWEIS: N_("Nummer eines Ausweises oder Passes"),
    Kind.BIRTH_DATE: N_("Geburtsdatum bei einem Namen"),
    Kind.ADDRESS: N_("Anschrift bei einem Namen"),
}
_MARK = re.compile(r"(?<![a-zäöüß])(muster|test|beispiel|dummy|fikti|erfunden|synthet|example|sample)", re.IGNORECASE)
_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4})(?!\d)")
_BORN = re.compile(r"\b(geb\.|geboren|geburtsdatum|geburtstag|born|date of birth)[\s:.]{0,3}(am\s)?\s*$", re.IGNORECASE)
_STREET = re.compile(
    r"\b[A-ZÄÖÜ][\wäöüß.-]*(straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm|chaussee|stieg|markt)\s+\d{1,4}\s?[a-z]?\b"
    r"[\s,;]{1,4}(?:D-)?\d{5}\s+[A-ZÄÖÜ]",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(herrn?|frau|wohnhaft|geb\.|geboren|mr\.?|mrs\.?|ms\.?)\s", re.IGNORECASE)


class _Role(StrEnum):
    NAME = r"(familien|nach|vor|geburts)name|(sur|last|first|given|family)[_-]?name"
    BIRTH = r"geburts(datum|tag)|birth[_-]?(date|day)|date[_-]?of[_-]?birth"
    MARKED = r"name|inhaber|(?<![a-z])ort\Z|stadt|gemeinde|town|city"
    STREET = r"stra(ss|ß)e|street"
    NUMBER = r"hausnummer|house[_-]?(number|no)|postleitzahl|(?<![a-z])plz|post(al)?[_-]?code|(?<![a-z])zip"


_NOBODYS = re.compile("(?<![0-9])00[0-9]{3}(?![0-9])")
"""No post code begins with 00."""
_ROLES = {role: re.compile(role.value, re.IGNORECASE) for role in _Role}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a document: the names of the fields around it from the root, its text, its place.

    Names of fields that repeat bear their position, so that two persons in a list are two.
    """

    path: tuple[str, ...]
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sighting:
    """Something personal, and where it is; never what it is."""

    kind: Kind
    place: Place


def sightings(leaves: Iterable[Leaf]) -> Iterator[Sighting]:
    """Where a document probably names a real person, in its order, each place and kind once."""
    seen: set[Sighting] = set()
    document = _Document(leaves)
    for leaf in document.leaves:
        for kind in document.kinds(leaf):
            sighting = Sighting(kind, leaf.place)
            if sighting not in seen:
                seen.add(sighting)
                yield sighting


class _Document:
    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self.leaves = [leaf for leaf in leaves if leaf.text.strip()]
        self._fields: dict[_Role, dict[tuple[str, ...], list[str]]] = {role: defaultdict(list) for role in _Role}
        for leaf in self.leaves:
            for role in self._roles(leaf):
                for around in _around(leaf):
                    self._fields[role][around].append(leaf.text)

    def kinds(self, leaf: Leaf) -> Iterator[Kind]:
        """What is personal in one value, where nothing marks it as invented."""
        if self._invented(leaf):
            return
        yield from (kind for kind, _ in in_text(leaf.text, "/".join(leaf.path[0:1] + leaf.path[-3:])))
        roles, named = self._roles(leaf), bool(self._near(_Role.NAME, leaf))
        if (_Role.BIRTH in roles and named and _DATE.search(leaf.text)) or _birth_in(leaf.text):
            yield Kind.BIRTH_DATE
        if (_Role.STREET in roles and named and self._near(_Role.NUMBER, leaf)) or _address_in(leaf.text):
            yield Kind.ADDRESS

    def _invented(self, leaf: Leaf) -> bool:
        """Whether the value itself, the nearest name, or a name or town beside it is marked."""
        beside = self._fields[_Role.MARKED].get(leaf.path[:-1], [])
        codes = self._fields[_Role.NUMBER].get(leaf.path[:-1], []) if _Role.STREET in self._roles(leaf) else []
        marked = any(map(_MARK.search, (leaf.text, *beside, *self._near(_Role.NAME, leaf))))
        return marked or any(map(_NOBODYS.search, codes))

    def _near(self, role: _Role, leaf: Leaf) -> list[str]:
        """Values of the nearest fields of that role."""
        fields = self._fields[role]
        return next((fields[around] for around in _around(leaf) if around in fields), [])

    def _roles(self, leaf: Leaf) -> list[_Role]:
        names = "/".join(leaf.path[-2:])
        return [role for role, pattern in _ROLES.items() if pattern.search(names)]


def _around(leaf: Leaf) -> Iterator[tuple[str, ...]]:
    """The ancestors of a value, the nearest first."""
    for depth in range(len(leaf.path) - 1, max(len(leaf.path) - 1 - NEAR, -1), -1):
        yield leaf.path[:depth]


def _birth_in(text: str) -> bool:
    return any(_BORN.search(text[: match.start()]) for match in _DATE.finditer(text))


def _address_in(text: str) -> bool:
    return bool(_PERSON.search(text) and _STREET.search(text))
