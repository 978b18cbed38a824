"""What an OpenAPI document with `x-hypermedia` says of the objects of an API and of the links between them.

Extensions read here: at the document `x-hypermedia` (entry, types, list, deleted, requirements, ...); at a schema
`x-type` (the name of an object type) and `x-requirement`; at a property `x-object` (address of an object of that type),
`x-list` (address of a list of such objects), `x-file` (address of a file), `x-alone` (demanded where the object stands
alone), `x-quiet` (not missed where it is never used), `x-requirement`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import jsonschema_rs

from schnittstellen.artefacts.bundle import ArtefactProblem
from schnittstellen.checks.hypermedia import reach_codes
from schnittstellen.checks.hypermedia.forms import FORMS
from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.engine.ports import Context
from schnittstellen.formats.openapi import Document, OpenApiProblem, bundled

_REFERENCE = "#/components/schemas/"
LinkKind = Literal["object", "list", "file", "embedded"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property of an object type; `link` says where its value leads, `target` to which type (or way, for files)."""

    name: str
    requirement: str | None = None
    quiet: bool = False
    alone: bool = False
    many: bool = False
    link: LinkKind | None = None
    target: str = ""
    format: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectType:
    """One object type. `validator` judges an object without what is embedded in it."""

    name: str
    requirement: str | None
    required: frozenset[str]
    properties: Mapping[str, Property]
    validator: jsonschema_rs.Draft202012Validator

    def links(self, kind: LinkKind) -> tuple[Property, ...]:
        """The properties that lead somewhere in this way."""
        return tuple(one for one in self.properties.values() if one.link == kind)


@dataclass(frozen=True, slots=True)
class Omission:
    """A query parameter that leaves out embedded lists: which properties of which types."""

    parameter: str
    value: str
    properties: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that the checks know of the API; `rules` maps what is judged to the requirement behind it."""

    entry: str
    types: Mapping[str, ObjectType]
    prefix: str
    other_prefix: str
    ignore_case: bool
    threshold: int
    hidden_deleted: bool
    deleted: ObjectType
    page: ObjectType
    page_validator: jsonschema_rs.Draft202012Validator
    filters: Mapping[str, tuple[str, bool]]
    position: Mapping[str, str]
    omit: Omission | None
    rules: Mapping[str, str] = field(default_factory=dict)

    def type_of(self, address: object) -> str | None:
        """The name of the object type that a `type` URL stands for, in this version, or None."""
        return self._named(address, self.prefix)

    def other_type_of(self, address: object) -> str | None:
        """The same for the neighbouring version of the standard."""
        return self._named(address, self.other_prefix) if self.other_prefix else None

    def _named(self, address: object, prefix: str) -> str | None:
        if not isinstance(address, str) or not address.startswith(prefix):
            return None
        name = address[len(prefix) :]
        if self.ignore_case:
            return next((known for known in self.types if known.lower() == name.lower()), None)
        return name if name in self.types else None


def read_model(context: Context, path: str) -> Model:
    """The model in the artefact `path`. Raises `CannotJudge` where it is missing, damaged or has no `x-hypermedia`."""
    try:
        document = bundled(context.bundle.read(path), path, _nothing_outside)
        return _Reader(document).model()
    except ArtefactProblem as problem:
        reason = problem.reason
    except (OpenApiProblem, KeyError, ValueError) as problem:
        reason = str(problem)
    raise CannotJudge(Finding(reach_codes.NO_DESCRIPTION.id, parameters={"path": path, "reason": reason}))


def _nothing_outside(_location: str, _base: str) -> None:
    return None


class _Reader:
    def __init__(self, document: Document) -> None:
        self._document = document
        self._schemas: Mapping[str, Any] = document.content["components"]["schemas"]
        self._about: Mapping[str, Any] = document.content["x-hypermedia"]

    def model(self) -> Model:
        about = self._about
        types = {one["x-type"]: self._type(name) for name, one in self._schemas.items() if "x-type" in one}
        return Model(
            entry=about["entry"],
            types=types,
            prefix=about["types"],
            other_prefix=about.get("other-types", ""),
            ignore_case=bool(about.get("types-ignore-case")),
            threshold=int(about.get("list-threshold", 0)),
            hidden_deleted=about.get("deleted-in-lists") == "only-with-modified-since",
            deleted=self._type(about["deleted"]),
            page=self._type(about["list"]),
            page_validator=_validator(self._document.json_schema({"$ref": _REFERENCE + about["list"]})),
            filters={
                name: (one["property"], one["keeps"] == "later") for name, one in about.get("filters", {}).items()
            },
            position=about.get("position", {}),
            omit=self._omission(),
            rules=about.get("requirements", {}),
        )

    def _omission(self) -> Omission | None:
        written = self._about.get("omit")
        if written is None:
            return None
        properties = {name: tuple(names) for name, names in written["properties"].items()}
        return Omission(written["parameter"], str(written["value"]), properties)

    def _type(self, name: str) -> ObjectType:
        schema = self._schemas[name]
        properties = {key: self._property(key, one) for key, one in schema["properties"].items()}
        return ObjectType(
            schema.get("x-type", name),
            schema.get("x-requirement"),
            frozenset(schema.get("required", ())),
            properties,
            _validator(self._document.json_schema(self._flat(schema))),
        )

    def _property(self, name: str, schema: Mapping[str, Any]) -> Property:
        many = schema.get("type") == "array"
        inner = schema["items"] if many else schema
        link, target = self._link(inner)
        return Property(
            name=name,
            requirement=schema.get("x-requirement"),
            quiet=bool(schema.get("x-quiet")),
            alone=bool(schema.get("x-alone")),
            many=many,
            link=link,
            target=target,
            format=inner.get("format"),
        )

    def _link(self, schema: Mapping[str, Any]) -> tuple[LinkKind | None, str]:
        for extension, kind in (("x-object", "object"), ("x-list", "list"), ("x-file", "file")):
            if extension in schema:
                return kind, schema[extension]  # type: ignore[return-value]
        embedded = self._embedded(schema)
        return ("embedded", embedded) if embedded else (None, "")

    def _embedded(self, schema: Mapping[str, Any]) -> str | None:
        target = self._schemas.get(str(schema.get("$ref", "")).removeprefix(_REFERENCE))
        return None if target is None else target.get("x-type")

    def _flat(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The schema with embedded objects of any form: these are judged one by one."""
        properties = {name: self._loose(one) for name, one in schema["properties"].items()}
        return {**schema, "properties": properties}

    def _loose(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        if self._embedded(schema):
            return {"type": "object"}
        if schema.get("type") == "array" and self._embedded(schema["items"]):
            return {"type": "array", "items": {"type": "object"}}
        return schema


def _validator(schema: dict[str, Any]) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=dict(FORMS), offline=True)
