"""Where schemas stand inside schemas of JSON Schema 2020-12, and which schemas are written in it."""

from collections.abc import Iterator, Mapping
from typing import Any

ONE_SCHEMA = (
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
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_OPENAPI = "https://spec.openapis.org/oas/3."
_OLDER = (
    "http://json-schema.org/schema",
    "http://json-schema.org/draft-06/schema",
    "http://json-schema.org/draft-07/schema",
    "https://json-schema.org/draft/2019-09/schema",
)
_DIFFERENT = frozenset(
    {
        "$dynamicRef",
        "$recursiveRef",
        "additionalItems",
        "dependencies",
        "dependentRequired",
        "dependentSchemas",
        "maxContains",
        "minContains",
        "prefixItems",
        "unevaluatedItems",
        "unevaluatedProperties",
    }
)
"""Keywords that one of the older dialects does not know, or that mean something else there."""
_SAYS_NOTHING = frozenset({"$ref", "$comment", "$schema", "title", "description", "default", "examples", "definitions"})

Place = tuple[str | int, ...]


def subschemas(schema: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """The schemas directly inside `schema`, each with the keys that lead to it (JSON Schema 2020-12, 10 and 11)."""
    for key, value in schema.items():
        if key in ONE_SCHEMA:
            yield (key,), value
        elif key in SCHEMA_LISTS and isinstance(value, list):
            yield from (((key, number), one) for number, one in enumerate(value))
        elif key in SCHEMA_MAPS and isinstance(value, Mapping):
            yield from (((key, name), one) for name, one in value.items())


def reads_the_same(dialect: Any, schema: Mapping[str, Any]) -> bool:
    """Whether the keywords of `schema`, written in `dialect` ($schema, jsonSchemaDialect), mean the same in 2020-12.

    Of the drafts 6 to 2019-09 that is so where no keyword is used that changed since; of dialects unknown here, of a
    reference alone.
    """
    if not schema.keys() - _SAYS_NOTHING:
        return True
    name = str(dialect).removesuffix("#")
    if name == DIALECT or name.startswith(_OPENAPI):
        return True
    changed = _DIFFERENT & schema.keys() or isinstance(schema.get("items"), list)
    hides = "$ref" in schema and schema.keys() - _SAYS_NOTHING
    return name in _OLDER and not changed and not hides
