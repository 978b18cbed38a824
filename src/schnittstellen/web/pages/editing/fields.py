"""Fields of forms: how each is shown, what was typed into it, and what the registry keeps of that.

What was typed is kept as text whatever it is, so that a refused form comes back as it was sent.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from schnittstellen.catalogue.models import Leistung
from schnittstellen.catalogue.services.naming import leistung_meant
from schnittstellen.domain.texts import N_

Typed = Any
"""A text, a list of texts, or a list of rows of texts, as the field has it."""
MOST_LINE, MOST_TEXT, MOST_ROWS = 300, 20_000, 200
SPARE_ROWS = 2
YES_NO = {"ja": True, "nein": False}
_GERMAN_DAY = re.compile(r"^(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_LEIKA = re.compile(r"^(\d{14})\b")
UNCLEAR = N_("„{text}“ ist nicht eindeutig. Meinten Sie: {options}?")
SIMILAR = N_("„{text}“ steht so nicht im Katalog. Meinten Sie: {options}?")
UNKNOWN = N_("„{text}“ haben wir nicht gefunden. Prüfen Sie die Schreibweise.")
NO_CHOICE = N_("Wählen Sie eine der angebotenen Möglichkeiten.")
TOO_LONG = N_("Höchstens {most} Zeichen.")
NEEDED = N_("Hier fehlt eine Angabe.")


class Unclear(Exception):
    """What was typed means nothing that can be kept; `text` is a template for `parameters`."""

    def __init__(self, text: str, /, **parameters: str) -> None:
        super().__init__(text)
        self.text = text
        self.parameters = parameters


@dataclass(frozen=True, slots=True)
class Field:
    """One line of text, and what all fields share. `widget` names the macro that shows it."""

    name: str
    label: str
    hint: str = ""
    required: bool = False
    widget: str = "line"
    most: int = MOST_LINE

    def read(self, sent: QueryDict) -> Typed:
        """What was typed."""
        return sent.get(self.name, "").strip()

    def typed(self, value: Any) -> Typed:
        """What is kept, as it would have been typed."""
        return "" if value is None else str(value)

    def value(self, typed: Typed) -> Any:
        """What the registry keeps of it; empty is nothing. Raises `Unclear`."""
        if self.required and not typed:
            raise Unclear(NEEDED)
        if isinstance(typed, str) and len(typed) > self.most:
            raise Unclear(TOO_LONG, most=f"{self.most:,}".replace(",", "."))
        return typed

    def told(self, typed: Typed) -> str:
        """For reading: what was typed, in one text."""
        return str(typed)


@dataclass(frozen=True, slots=True)
class Text(Field):
    """Several lines."""

    widget: str = "text"
    most: int = MOST_TEXT

    def value(self, typed: Typed) -> Any:
        return Field.value(self, typed.replace("\r\n", "\n"))


@dataclass(frozen=True, slots=True)
class Day(Field):
    """A day, also in the German way of writing."""

    widget: str = "day"

    def value(self, typed: Typed) -> Any:
        found = _GERMAN_DAY.match(typed)
        return Field.value(self, f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else typed)


@dataclass(frozen=True, slots=True)
class Choice(Field):
    """One of several; `choices` are texts by what is kept. Where nothing need be chosen, there is an empty choice."""

    widget: str = "choice"
    choices: Mapping[str, str] = field(default_factory=dict)

    def value(self, typed: Typed) -> Any:
        if typed and typed not in self.choices:
            raise Unclear(NO_CHOICE)
        return Field.value(self, typed)

    def told(self, typed: Typed) -> str:
        return self.choices.get(typed, typed)


@dataclass(frozen=True, slots=True)
class YesNo(Field):
    """Yes, no, or nothing said."""

    widget: str = "yes_no"

    def typed(self, value: Any) -> Typed:
        return {True: "ja", False: "nein"}.get(value, "")

    def value(self, typed: Typed) -> Any:
        Field.value(self, typed)
        if typed and typed not in YES_NO:
            raise Unclear(NO_CHOICE)
        return YES_NO.get(typed)


@dataclass(frozen=True, slots=True)
class Checks(Field):
    """Any of several."""

    widget: str = "checks"
    choices: Mapping[str, str] = field(default_factory=dict)

    def read(self, sent: QueryDict) -> Typed:
        return sent.getlist(self.name)

    def typed(self, value: Any) -> Typed:
        return list(value or ())

    def value(self, typed: Typed) -> Any:
        if not set(typed) <= self.choices.keys():
            raise Unclear(NO_CHOICE)
        return Field.value(self, typed)

    def told(self, typed: Typed) -> str:
        return ", ".join(typed)


@dataclass(frozen=True, slots=True)
class Lines(Field):
    """A list, one entry in each line."""

    widget: str = "text"
    most: int = MOST_TEXT

    def typed(self, value: Any) -> Typed:
        return "\n".join(value or ())

    def value(self, typed: Typed) -> Any:
        return Field.value(self, list(dict.fromkeys(one.strip() for one in typed.splitlines() if one.strip())))


@dataclass(frozen=True, slots=True)
class Leistungen(Lines):
    """Leistungen by their key or their name, one in each line; shown with both."""

    def typed(self, value: Any) -> Typed:
        titles = dict(Leistung.objects.filter(key__in=value or ()).values_list("key", "title"))
        return "\n".join(f"{key} {titles.get(key, '')}".strip() for key in value or ())

    def value(self, typed: Typed) -> Any:
        return list(dict.fromkeys(_leistung(one) for one in Lines.value(self, typed)))


def _leistung(text: str) -> str:
    found = _LEIKA.match(text)
    if found:
        return found[1]
    meant = leistung_meant(text[:MOST_LINE])
    if meant.key:
        return meant.key
    if meant.offered:
        options = " · ".join(f"{one.title} ({one.key})" for one in meant.offered)
        raise Unclear(UNCLEAR if meant.known else SIMILAR, text=text, options=options)
    raise Unclear(UNKNOWN, text=text)


@dataclass(frozen=True, slots=True)
class Rows(Field):
    """A list of entries with fields of their own; there are always some empty ones to fill in."""

    widget: str = "rows"
    of: tuple[Field, ...] = ()

    def read(self, sent: QueryDict) -> Typed:
        asked = sent.get(f"{self.name}-zahl", "")
        count = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0
        return [self._row(sent, number) for number in range(min(count, MOST_ROWS))]

    def _row(self, sent: QueryDict, number: int) -> dict[str, str]:
        return {one.name: sent.get(f"{self.name}-{number}-{one.name}", "").strip() for one in self.of}

    def typed(self, value: Any) -> Typed:
        there = [{one.name: one.typed(entry.get(one.name)) for one in self.of} for entry in value or ()]
        return [*there, *({one.name: "" for one in self.of} for _ in range(SPARE_ROWS))]

    def value(self, typed: Typed) -> Any:
        kept = [{name: text for name, text in row.items() if text} for row in typed]
        return Field.value(self, [row for row in kept if row])

    def told(self, typed: Typed) -> str:
        return "; ".join(", ".join(text for text in row.values() if text) for row in typed if any(row.values()))
