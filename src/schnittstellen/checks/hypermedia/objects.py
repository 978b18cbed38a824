"""Judging one object as it is put out: its type, its properties, and what is embedded in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jsonschema_rs

from schnittstellen.checks.hypermedia import forms, list_codes, object_codes, reach_codes
from schnittstellen.checks.hypermedia.model import ObjectType, Property
from schnittstellen.checks.hypermedia.survey import Demand, Softened, Survey
from schnittstellen.domain.finding import Place

_KINDS = {dict: "object", list: "array", str: "string", bool: "boolean", int: "integer", float: "number"}


@dataclass(frozen=True, slots=True)
class Seen:
    """An object where it was seen: the answer's address, the JSON Pointer in it, the type expected there.

    `depth` is 0 for an object of a list or under its id, more for embedded ones; `alone` says that it was asked for.
    """

    content: Mapping[str, Any]
    url: str
    pointer: str
    expected: str
    depth: int = 0
    alone: bool = False

    def place(self, name: str | None = None) -> Place:
        """Where it, or one of its properties, stands."""
        return Place(url=self.url, pointer=self.pointer if name is None else f"{self.pointer}/{_escaped(name)}")

    @property
    def deleted(self) -> bool:
        """Whether the object is marked as deleted."""
        return self.content.get("deleted") is True


class Objects:
    """Judges objects, and remembers which types and properties occurred."""

    def __init__(self, survey: Survey) -> None:
        self._survey = survey
        self._model = survey.model
        self.used: dict[str, set[str]] = {}
        self.counts: dict[str, int] = {}
        self.deleted = 0

    def judge(self, one: Seen) -> Iterator[tuple[Seen, ObjectType]]:
        """Judge an object and all that is embedded in it; yields each of them with the type that it is judged by."""
        known = self._type(one)
        if known is None:
            return
        if one.deleted:
            self._deleted(one, known)
            yield one, known
            return
        self.counts[known.name] = self.counts.get(known.name, 0) + 1
        self._properties(one, known)
        yield one, known
        for inner in self._inner(one, known):
            yield from self.judge(inner)

    def _type(self, one: Seen) -> ObjectType | None:
        """The type to judge by: what the object says it is, else what is expected; None for a vendor's own type."""
        address = one.content.get("type")
        name = self._model.type_of(address)
        if name is None:
            return self._odd_type(one, address)
        if name != one.expected:
            fields = {"type": name, "expected": one.expected, "property": "type"}
            self._survey.report(object_codes.WRONG_KIND, one.place("type"), "type", **fields)
        return self._model.types[name]

    def _odd_type(self, one: Seen, address: object) -> ObjectType | None:
        expected = self._model.types[one.expected]
        if not isinstance(address, str):
            return expected
        other = self._model.other_type_of(address)
        if other is not None:
            self._survey.report(object_codes.OTHER_TYPES, one.place("type"), "type", type=other)
            return self._model.types[other]
        if _of_standard(address, self._model.prefix):
            self._survey.report(object_codes.UNKNOWN_TYPE, one.place("type"), "type", type=one.expected)
            return expected
        return None

    def _properties(self, one: Seen, known: ObjectType) -> None:
        if not known.validator.is_valid(one.content):
            for error in known.validator.iter_errors(one.content):
                self._error(one, known, error)
        used = self.used.setdefault(known.name, set())
        for name, value in one.content.items():
            own = known.properties.get(name)
            if own is None:
                self._unknown(one, known, name)
            elif value is not None:
                used.add(name)
                self._value(one, known, own, value)
        if one.alone:
            self._back_references(one, known)

    def _unknown(self, one: Seen, known: ObjectType, name: str) -> None:
        if ":" not in name:
            self._survey.report(
                object_codes.UNKNOWN, one.place(name), "vendor", type=known.name, property=name, object=_id(one)
            )

    def _value(self, one: Seen, known: ObjectType, own: Property, value: Any) -> None:
        names = {"type": known.name, "property": own.name, "object": _id(one)}
        if value in ("", []) and own.name not in known.required:
            self._survey.report(object_codes.EMPTY, one.place(own.name), "empty", **names)
        if not isinstance(value, str):
            return
        if own.format == "date-time" and forms.is_date_time(value) and not forms.is_exact(value):
            place = one.place(own.name)
            self._survey.report(object_codes.NOTATION, place, Softened("date_time"), **names)
        if own.format is None and forms.is_masked(value):
            place = one.place(own.name)
            self._survey.report(reach_codes.ESCAPED, place, Softened("escaping"), **names)
        if own.format == "uri" and (own.link or own.name == "id") and self._survey.other_scheme(value):
            schemes = {"found": value.partition(":")[0], "expected": self._survey.seen.url.partition(":")[0]}
            self._survey.report(object_codes.SCHEME, one.place(own.name), "url", **names, **schemes)

    def _back_references(self, one: Seen, known: ObjectType) -> None:
        for own in known.properties.values():
            if own.alone and one.content.get(own.name) is None:
                names = {"type": known.name, "property": own.name, "object": _id(one)}
                self._survey.report(object_codes.NO_BACK, one.place(), "alone", **names)

    def _error(self, one: Seen, known: ObjectType, error: jsonschema_rs.ValidationError) -> None:
        kind = error.kind.name
        if kind == "required":
            self._missing(one, known, list(error.instance_path), str(error.kind.as_dict()["property"]))
            return
        path = list(error.instance_path)
        name = str(path[0]) if path else "type"
        own = known.properties.get(name) or Property(name)
        place = Place(url=one.url, pointer=one.pointer + "".join(f"/{_escaped(str(part))}" for part in path))
        names = {"type": known.name, "property": name, "object": _id(one)}
        if kind == "type" and error.instance is None and len(path) == 1:
            self._null(place, known, own, names)
        elif kind == "type":
            expected = ", ".join(error.kind.as_dict()["types"])
            found = _KINDS.get(type(error.instance), "null")
            requirement = own.requirement or known.requirement
            fields = {**names, "expected": expected, "found": found}
            self._survey.report(object_codes.TYPE, place, Demand(requirement), **fields)
        elif kind == "format":
            self._format(place, own, names, error)
        else:
            requirement = own.requirement or known.requirement
            self._survey.report(object_codes.VALUE, place, Demand(requirement), **names, rule_kind=kind)

    def _missing(self, one: Seen, known: ObjectType, path: list[str | int], name: str) -> None:
        full = [*map(str, path), name]
        own = known.properties.get(full[0]) or Property(full[0])
        requirement = own.requirement or known.requirement
        fields = {"type": known.name, "property": ".".join(full), "object": _id(one)}
        place = Place(url=one.url, pointer=one.pointer + "".join(f"/{_escaped(part)}" for part in full[:-1]))
        self._survey.report(object_codes.MISSING, place, Demand(requirement), **fields)

    def _null(self, place: Place, known: ObjectType, own: Property, names: dict[str, str]) -> None:
        if own.name in known.required:
            self._survey.report(object_codes.NULL, place, "null_required", **names)
        else:
            self._survey.report(object_codes.NULL_OPTIONAL, place, "null_optional", **names)

    def _format(self, place: Place, own: Property, names: dict[str, str], error: jsonschema_rs.ValidationError) -> None:
        form = own.format or str(error.kind.as_dict().get("format", ""))
        rule = {"date": "date", "date-time": "date_time", "uri": "url"}.get(form)
        fields = {"format": forms.SHOWN.get(form, form), "example": forms.EXAMPLES.get(form, "")}
        self._survey.report(object_codes.FORMAT, place, rule, **names, **fields)

    def _deleted(self, one: Seen, known: ObjectType) -> None:
        self.deleted += 1
        if one.depth:
            fields = {"type": known.name, "property": one.pointer.rstrip("0123456789/").rpartition("/")[2]}
            self._survey.report(list_codes.DELETED_EMBEDDED, one.place(), "internal_deleted", **fields)
        for error in self._model.deleted.validator.iter_errors(one.content):
            missing = error.kind.name == "required"
            name = str(error.kind.as_dict()["property"]) if missing else "/".join(map(str, error.instance_path))
            fields = {"type": known.name, "property": name, "object": _id(one)}
            self._survey.report(list_codes.DELETED_BARE, one.place(), "deleted_kept", **fields)

    def _inner(self, one: Seen, known: ObjectType) -> Iterator[Seen]:
        for own in known.links("embedded"):
            value = one.content.get(own.name)
            many = value if isinstance(value, list) else [value]
            for index, inner in enumerate(many):
                if isinstance(inner, dict):
                    pointer = f"{one.pointer}/{own.name}" + (f"/{index}" if isinstance(value, list) else "")
                    place = Seen(inner, one.url, pointer, own.target, one.depth + 1)
                    self._position(place, own, index)
                    yield place

    def _position(self, one: Seen, own: Property, index: int) -> None:
        name = self._model.position.get(own.target)
        if name and own.name == own.target[:1].lower() + own.target[1:]:
            value = one.content.get(name)
            if isinstance(value, int) and value != index:
                fields = {"type": own.target, "property": name, "object": _id(one)}
                self._survey.report(object_codes.POSITION, one.place(name), "position", **fields)


def _id(one: Seen) -> str:
    value = one.content.get("id")
    return value if isinstance(value, str) and forms.is_address(value) else one.url


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _of_standard(address: str, prefix: str) -> bool:
    """Whether a type URL lies where the standard keeps its own types (of any version)."""
    return address.startswith(prefix.rstrip("/").rpartition("/")[0] + "/")
