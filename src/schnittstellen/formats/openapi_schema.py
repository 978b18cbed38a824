"""Schema objects of OpenAPI 2.0 to 3.2 as JSON Schema 2020-12 (OpenAPI 3.0.3, Schema Object; OpenAPI 3.1.1, 4.8.24)."""

from collections.abc import Callable, Mapping
from typing import Any

from schnittstellen.formats.schema_words import DIALECT, ONE_SCHEMA, SCHEMA_LISTS, SCHEMA_MAPS, reads_the_same

_DROPPED = ("discriminator", "xml", "externalDocs", "example", "deprecated", "$schema", "$id")
_FORMATS: Mapping[str, Mapping[str, Any]] = {
    "int32": {"minimum": -(2**31), "maximum": 2**31 - 1},
    "int64": {"minimum": -(2**63), "maximum": 2**63 - 1},
    "byte": {"pattern": "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"},
}
"""What the formats of OpenAPI demand that JSON Schema does not know; each binds numbers or texts only."""
_DEPTH = 32
UNUSABLE: Mapping[str, Any] = {"$ref": "#/$defs/"}
"""A schema with a reference that leads nowhere: what holds it cannot be compiled."""
BUNDLED = "bundled-"
"""How the names begin that a bundled document gives to what it brought in from elsewhere."""
_BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


def as_json_schema(
    schema: Any, dialect: str | None, at: Callable[[str], Any], *, reading: bool, discriminating: bool = False
) -> dict[str, Any]:
    """`schema` and all that it refers to, as one self-contained JSON Schema.

    `dialect` is what the schemas are written in ($schema); None is that of OpenAPI before 3.1.
    `at` resolves a reference within the document. While `reading` (answers) writeOnly properties are not required; for
    requests it is the readOnly ones. A reference that `at` does not know stays as it is, and compiling will fail on it.
    With `discriminating`, the schema that a discriminator chooses must hold too; without, it changes nothing.
    """
    converter = _Converter(dialect, at, reading=reading, discriminating=discriminating)
    converted = converter.convert(schema)
    wrapped = converted if isinstance(converted, dict) else {"allOf": [converted]}
    definitions = converter.definitions()
    return {"$schema": DIALECT, **wrapped, "$defs": definitions}


class _Converter:
    """Converts schemas and remembers which references they make."""

    def __init__(self, dialect: str | None, at: Callable[[str], Any], *, reading: bool, discriminating: bool) -> None:
        self._at = at
        self._discriminating = discriminating
        self._dialect: Any = dialect
        self._old = dialect is None
        self._hidden = "writeOnly" if reading else "readOnly"
        self._named: dict[str, str] = {}

    def definitions(self) -> dict[str, Any]:
        """Everything referred to so far, and by that, under the names that the references were given."""
        made: dict[str, Any] = {}
        while missing := [reference for reference, name in self._named.items() if name not in made]:
            for reference in missing:
                alive = self._resolved({"$ref": reference}) is not None
                made[self._named[reference]] = self.convert(self._at(reference)) if alive else UNUSABLE
        return made

    def convert(self, schema: Any, hidden: frozenset[str] = frozenset()) -> Any:
        """One schema object; booleans and anything else pass. `hidden` are members that no part may require."""
        if not isinstance(schema, Mapping):
            return schema
        if self._dialect is None:
            return self._converted(schema, hidden)
        around, self._dialect = self._dialect, schema.get("$schema", self._dialect)
        same = reads_the_same(self._dialect, schema)
        converted = self._converted(schema, hidden) if same else dict(UNUSABLE)
        self._dialect = around
        return converted

    def _converted(self, schema: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
        if self._old and isinstance(schema.get("$ref"), str):
            return {"$ref": self._moved(schema["$ref"])}
        hidden = hidden | self._hidden_in(schema, _DEPTH)
        converted = {key: self._value(key, value, hidden) for key, value in schema.items() if key not in _DROPPED}
        self._required(converted, hidden)
        converted = self._old_dialect(converted) if self._old else converted
        more = [_FORMATS[schema["format"]]] if schema.get("format") in _FORMATS else []
        more += self._chosen(schema) if self._discriminating else []
        return {"allOf": [converted, *more]} if more else converted

    def _chosen(self, schema: Mapping[str, Any]) -> list[dict[str, Any]]:
        """For each value of a discriminator beside oneOf or anyOf: what must hold then; and that there is no other."""
        found = chosen_by(schema)
        if found is None or not all(map(self._leads_somewhere, found[1].values())):
            return []
        name, mapping = found
        return [
            {"properties": {name: {"enum": list(mapping)}}},
            *(
                {
                    "if": {"properties": {name: {"const": value}}, "required": [name]},
                    "then": {"$ref": self._moved(reference)},
                }
                for value, reference in mapping.items()
            ),
        ]

    def _leads_somewhere(self, reference: str) -> bool:
        return reference.startswith("#") and self._resolved({"$ref": reference}) is not None

    def _hidden_in(self, schema: Any, depth: int) -> frozenset[str]:
        """Members that the other direction alone carries, declared here or in any part of an allOf."""
        if not isinstance(schema, Mapping) or depth == 0:
            return frozenset()
        parts = schema.get("allOf") if isinstance(schema.get("allOf"), list) else []
        if isinstance(schema.get("$ref"), str):
            parts = [self._resolved(schema), *(() if self._old else parts or ())]
        properties = schema.get("properties")
        own = properties.items() if isinstance(properties, Mapping) else ()
        return frozenset(name for name, one in own if self._is_hidden(one)).union(
            *(self._hidden_in(one, depth - 1) for one in parts or ())
        )

    def _is_hidden(self, schema: Any) -> bool:
        if isinstance(schema, Mapping) and not self._old and schema.get(self._hidden):
            return True
        schema = self._resolved(schema)
        return isinstance(schema, Mapping) and bool(schema.get(self._hidden))

    def _resolved(self, schema: Any) -> Any:
        for _ in range(_DEPTH):
            if not (isinstance(schema, Mapping) and isinstance(schema.get("$ref"), str)):
                return schema
            if schema["$ref"] == "#":
                return None
            try:
                schema = self._at(schema["$ref"])
            except KeyError:
                return None
        return None

    def _value(self, key: str, value: Any, hidden: frozenset[str]) -> Any:
        if key == "$ref" and isinstance(value, str):
            return self._moved(value)
        if key in ONE_SCHEMA:
            return self.convert(value)
        if key in SCHEMA_LISTS and isinstance(value, list):
            return [self.convert(one, hidden if key == "allOf" else frozenset()) for one in value]
        if key in SCHEMA_MAPS and isinstance(value, Mapping):
            return {name: self.convert(one) for name, one in value.items()}
        return value

    def _moved(self, reference: str) -> str:
        if not reference.startswith("#"):
            return reference
        name = self._named.setdefault(reference, f"s{len(self._named) + 1}")
        return f"#/$defs/{name}"

    def _required(self, converted: dict[str, Any], hidden: frozenset[str]) -> None:
        names = converted.get("required", [])
        if not isinstance(names, list):
            converted.pop("required")
        elif hidden and names:
            converted["required"] = [name for name in names if name not in hidden]

    def _old_dialect(self, converted: dict[str, Any]) -> dict[str, Any]:
        for limit, exclusive in _BOUNDS:
            flag = converted.get(exclusive)
            if isinstance(flag, bool):
                converted.pop(exclusive)
                if flag and limit in converted:
                    converted[exclusive] = converted.pop(limit)
        nullable = converted.pop("nullable", False) is True or converted.pop("x-nullable", False) is True
        if converted.get("type") == "file":
            converted.pop("type")
        return _nullable(converted) if nullable else converted


def chosen_by(schema: Mapping[str, Any]) -> tuple[str, dict[str, str]] | None:
    """The member that a discriminator names, and for each of its values the reference of the schema that it chooses.

    None where there is none beside oneOf or anyOf, or where an alternative has no name of its own.
    """
    what = schema.get("discriminator")
    name = what.get("propertyName") if isinstance(what, Mapping) else None
    alternatives = schema.get("oneOf") or schema.get("anyOf")
    if not isinstance(what, Mapping) or not isinstance(name, str) or not isinstance(alternatives, list):
        return None
    references = [one.get("$ref") for one in alternatives if isinstance(one, Mapping)]
    if len(references) < len(alternatives) or not all(isinstance(one, str) for one in references):
        return None
    named = {str(one).rpartition("/")[2]: str(one) for one in references}
    if any(one.startswith(BUNDLED) for one in named):
        return None
    given = what.get("mapping")
    mapping = given.items() if isinstance(given, Mapping) else ()
    return name, {**named, **{str(value): named.get(str(one), str(one)) for value, one in mapping}}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """null is allowed, also beside an enum or references that do not name it: that is what publishers mean by it."""
    if isinstance(schema.get("type"), str) and not any(key in schema for key in ("$ref", "allOf", "anyOf", "oneOf")):
        values = [*schema["enum"], None] if isinstance(schema.get("enum"), list) else None
        more = {} if values is None else {"enum": values}
        return {**schema, "type": [schema["type"], "null"], **more}
    return {"anyOf": [schema, {"type": "null"}]}
