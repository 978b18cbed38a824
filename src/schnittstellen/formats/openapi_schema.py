"""Schema objects of OpenAPI 2.0 to 3.2 as JSON Schema 2020-12 (OpenAPI 3.0.3, Schema Object; OpenAPI 3.1.1, 4.8.24)."""

from collections.abc import Callable, Mapping
from typing import Any

_DROPPED = ("discriminator", "xml", "externalDocs", "example", "deprecated", "$schema", "$id")
_ONE_SCHEMA = (
    "additionalProperties",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "items",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs")
_BOUNDS = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


def as_json_schema(schema: Any, version: str, at: Callable[[str], Any], *, reading: bool) -> dict[str, Any]:
    """`schema` and all that it refers to, as one self-contained JSON Schema.

    `at` resolves a reference within the document. While `reading` (answers) writeOnly properties are not required; for
    requests it is the readOnly ones. A reference that `at` does not know stays as it is, and compiling will fail on it.
    """
    converter = _Converter(version, reading=reading)
    converted = converter.convert(schema)
    wrapped = converted if isinstance(converted, dict) else {"allOf": [converted]}
    definitions = converter.definitions(at)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **wrapped, "$defs": definitions}


class _Converter:
    """Converts schemas and remembers which references they make."""

    def __init__(self, version: str, *, reading: bool) -> None:
        self._old = version in ("2.0", "3.0")
        self._hidden = "writeOnly" if reading else "readOnly"
        self._named: dict[str, str] = {}

    def definitions(self, at: Callable[[str], Any]) -> dict[str, Any]:
        """Everything referred to so far, and by that, under the names that the references were given."""
        made: dict[str, Any] = {}
        while missing := [reference for reference, name in self._named.items() if name not in made]:
            for reference in missing:
                try:
                    made[self._named[reference]] = self.convert(at(reference))
                except KeyError:
                    made[self._named[reference]] = {"$ref": reference}
        return made

    def convert(self, schema: Any) -> Any:
        """One schema object; booleans and anything else pass."""
        if not isinstance(schema, Mapping):
            return schema
        if self._old and isinstance(schema.get("$ref"), str):
            return {"$ref": self._moved(schema["$ref"])}
        converted = {key: self._value(key, value) for key, value in schema.items() if key not in _DROPPED}
        self._required(schema, converted)
        return self._old_dialect(converted) if self._old else converted

    def _value(self, key: str, value: Any) -> Any:
        if key == "$ref" and isinstance(value, str):
            return self._moved(value)
        if key in _ONE_SCHEMA:
            return self.convert(value)
        if key in _SCHEMA_LISTS and isinstance(value, list):
            return [self.convert(one) for one in value]
        if key in _SCHEMA_MAPS and isinstance(value, Mapping):
            return {name: self.convert(one) for name, one in value.items()}
        return value

    def _moved(self, reference: str) -> str:
        if not reference.startswith("#"):
            return reference
        name = self._named.setdefault(reference, f"s{len(self._named) + 1}")
        return f"#/$defs/{name}"

    def _required(self, schema: Mapping[str, Any], converted: dict[str, Any]) -> None:
        properties = schema.get("properties")
        if isinstance(schema.get("required"), list) and isinstance(properties, Mapping):
            hidden = {name for name, one in properties.items() if isinstance(one, Mapping) and one.get(self._hidden)}
            converted["required"] = [name for name in schema["required"] if name not in hidden]
        elif not isinstance(schema.get("required", []), list):
            converted.pop("required")

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


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    """null is allowed, also beside an enum or references that do not name it: that is what publishers mean by it."""
    if isinstance(schema.get("type"), str) and not any(key in schema for key in ("$ref", "allOf", "anyOf", "oneOf")):
        values = [*schema["enum"], None] if isinstance(schema.get("enum"), list) else None
        more = {} if values is None else {"enum": values}
        return {**schema, "type": [schema["type"], "null"], **more}
    return {"anyOf": [schema, {"type": "null"}]}
