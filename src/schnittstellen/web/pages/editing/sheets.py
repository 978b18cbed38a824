"""A form: its fields in groups, what was typed into all of them, and what is wrong where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.services.editing import Data
from schnittstellen.web.pages.editing.fields import Field, Typed, Unclear


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a field, or with the whole where `name` is empty; `text` is a template."""

    name: str
    label: str
    text: str
    parameters: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The fields of one kind. Whatever else is sent is not read."""

    groups: tuple[Group, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All, in their order."""
        return tuple(one for group in self.groups for one in group.fields)

    def read(self, sent: QueryDict) -> dict[str, Typed]:
        """What was typed into each field."""
        return {one.name: one.read(sent) for one in self.fields}

    def typed(self, data: Data) -> dict[str, Typed]:
        """What is kept, as it would have been typed."""
        return {one.name: one.typed(data.get(one.name)) for one in self.fields}

    def values(self, typed: Mapping[str, Typed]) -> tuple[Data, list[Wrong]]:
        """What the registry is to keep, and what is wrong with what was typed."""
        values, wrong = {}, []
        for one in self.fields:
            try:
                values[one.name] = one.value(typed[one.name])
            except Unclear as error:
                wrong.append(Wrong(one.name, one.label, error.text, error.parameters))
        return {name: value for name, value in values.items() if value not in ("", None, [])}, wrong

    def placed(self, problems: Iterable[Problem]) -> list[Wrong]:
        """Each problem at its field; the innermost name of its place that is a field's counts."""
        labels = {one.name: one.label for one in self.fields}
        found = []
        for one in problems:
            named = [part for part in reversed(one.path.split(".")) if part in labels]
            name = named[0] if named else ""
            found.append(Wrong(name, labels.get(name, ""), one.text, one.parameters))
        return found

    def differing(self, here: Mapping[str, Typed], there: Mapping[str, Typed]) -> list[tuple[str, str, str]]:
        """Label and both texts of each field that differs."""
        pairs = [(one.label, one.told(here[one.name]), one.told(there[one.name])) for one in self.fields]
        return [(label, old, new) for label, old, new in pairs if old != new]


def one_group(*fields: Field) -> Sheet:
    """A short form without headings."""
    return Sheet((Group("", fields),))


Values = Mapping[str, Any]
