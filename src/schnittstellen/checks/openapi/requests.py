"""Values for parameters, taken from what the document itself offers: examples, defaults, enumerations, bounds."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from schnittstellen.checks.openapi.harvest import path_parameters
from schnittstellen.formats.openapi import Document, Operation

_BY_FORMAT = {
    "date": "2026-01-01",
    "date-time": "2026-01-01T00:00:00Z",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "email": "muster@example.org",
    "uri": "https://example.org/",
    "url": "https://example.org/",
    "ipv4": "192.0.2.1",
    "hostname": "example.org",
}


def offered_values(document: Document, parameter: Mapping[str, Any]) -> Iterator[Any]:
    """Values that the document names for a parameter, best first: examples, defaults, enumerations."""
    schema = document.known(parameter.get("schema") or parameter) or {}
    for holder in (parameter, schema):
        if "example" in holder:
            yield holder["example"]
        yield from _examples(document, holder.get("examples"))
    for key in ("default", "const"):
        if key in schema:
            yield schema[key]
    yield from schema.get("enum") or ()


def minimal_value(document: Document, parameter: Mapping[str, Any]) -> Any | None:
    """A value for a parameter that its schema surely allows, or None where none can be told."""
    for value in offered_values(document, parameter):
        return value
    schema = document.known(parameter.get("schema") or parameter) or {}
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), None)
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if kind == "boolean":
        return True
    if kind == "string" and "pattern" not in schema and schema.get("minLength", 0) <= 1:
        return _BY_FORMAT.get(str(schema.get("format"))) if schema.get("format") else "a"
    return None


def exemplary_path(document: Document, operation: Operation) -> dict[str, str] | None:
    """Values for all path parameters that the document names itself, or None where it names none for one of them."""
    declared = {one["name"]: one for one in operation.parameters if one["in"] == "path"}
    values: dict[str, str] = {}
    for name in path_parameters(operation.path):
        value = next(offered_values(document, declared.get(name, {})), None)
        if value is None or isinstance(value, list | dict):
            return None
        values[name] = as_text(value)
    return values


def required_query(document: Document, operation: Operation) -> dict[str, str] | None:
    """Values for all required query parameters, or None where one of them has no value that we could know."""
    values: dict[str, str] = {}
    for parameter in operation.parameters:
        if parameter["in"] == "query" and parameter.get("required"):
            value = minimal_value(document, parameter)
            if value is None:
                return None
            values[parameter["name"]] = as_text(value)
    return values


def required_headers(document: Document, operation: Operation) -> dict[str, str] | None:
    """Values for all required header parameters, or None where one of them has no value that we could know."""
    values: dict[str, str] = {}
    for parameter in operation.parameters:
        if parameter["in"] == "header" and parameter.get("required"):
            value = minimal_value(document, parameter)
            if value is None:
                return None
            values[parameter["name"]] = as_text(value)
    return values


def optional_queries(document: Document, operation: Operation) -> Iterator[dict[str, str]]:
    """One query for each value that the document names for each optional parameter; none is made up."""
    for parameter in operation.parameters:
        if parameter["in"] == "query" and not parameter.get("required") and _is_plain(document, parameter):
            for value in _distinct(offered_values(document, parameter)):
                yield {parameter["name"]: as_text(value)}


def with_query(url: str, query: Mapping[str, str]) -> str:
    """`url` with a query string."""
    return f"{url}?{urlencode(query)}" if query else url


def as_text(value: Any) -> str:
    """A parameter value as it stands in a query: JSON's spelling for booleans and null."""
    return value if isinstance(value, str) else json.dumps(value)


def _examples(document: Document, examples: Any) -> Iterator[Any]:
    if isinstance(examples, list):
        yield from examples
    elif isinstance(examples, Mapping):
        for one in examples.values():
            example = document.known(one)
            if isinstance(example, Mapping) and "value" in example:
                yield example["value"]


def _is_plain(document: Document, parameter: Mapping[str, Any]) -> bool:
    schema = document.known(parameter.get("schema") or parameter) or {}
    return "content" not in parameter and schema.get("type") not in ("array", "object")


def _distinct(values: Iterator[Any]) -> Iterator[Any]:
    seen: set[str] = set()
    for value in values:
        text = as_text(value)
        if text not in seen and not isinstance(value, list | dict):
            seen.add(text)
            yield value
