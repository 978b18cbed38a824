"""Values as parameters and headers carry them, read back by their style (OpenAPI 3.1.1, 4.8.12.4; RFC 6570)."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, unquote_plus

from schnittstellen.formats.openapi import Document

_NUMBER = re.compile(r"-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,3})?\Z", re.ASCII)
_INTEGER = re.compile(r"-?\d{1,400}\Z", re.ASCII)
_LITERALS = {"true": True, "false": False}
_DEPTH = 16


@dataclass(frozen=True, slots=True)
class Shape:
    """What a schema says of a value's outside: JSON types (none: any), its members, the shape of its items."""

    types: frozenset[str]
    members: Mapping[str, Any]
    items: Any = None
    open: bool = True

    @property
    def is_array(self) -> bool:
        return "array" in self.types

    @property
    def is_object(self) -> bool:
        return "object" in self.types or (not self.types and bool(self.members))


def shape(document: Document, schema: Any) -> Shape:
    """The shape of a schema, gathered over references, allOf, anyOf and oneOf."""
    types: set[str] = set()
    members: dict[str, Any] = {}
    items: Any = None
    closed = False
    for part in _parts(document, schema, _DEPTH):
        kind = part.get("type")
        types.update([kind] if isinstance(kind, str) else kind or ())
        types.update(() if kind else _types_of_values(part))
        members.update(part.get("properties") or {})
        items = part.get("items", items)
        closed = closed or part.get("additionalProperties") is False
    return Shape(frozenset(types), members, items, not closed)


def simple(document: Document, schema: Any, text: str, *, explode: bool = False) -> Any:
    """A value in the style `simple`, as headers and paths have it; white space round commas is not part of it."""
    return of_parts(document, schema, [one.strip() for one in text.split(",")], text, explode=explode)


def of_parts(document: Document, schema: Any, parts: Sequence[str], text: str, *, explode: bool = False) -> Any:
    """A value whose separated parts are `parts` and whose whole is `text`."""
    outside = shape(document, schema)
    if outside.is_array:
        return [scalar(document, outside.items, one) for one in parts]
    if outside.is_object:
        return members(document, outside, _pairs(parts, explode))
    return scalar(document, schema, text)


def members(document: Document, outside: Shape, pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """An object of the given pairs of name and text."""
    gathered: dict[str, list[str]] = {}
    for name, text in pairs:
        gathered.setdefault(name, []).append(text)
    return {name: _member(document, outside.members.get(name), texts) for name, texts in gathered.items()}


def scalar(document: Document, schema: Any, text: str) -> Any:
    """A text as the JSON value that the schema's type makes of it; it stays text where it is none of that type."""
    types = shape(document, schema).types
    if "boolean" in types and text in _LITERALS:
        return _LITERALS[text]
    if "integer" in types and _INTEGER.match(text):
        return int(text)
    if "number" in types and _NUMBER.match(text):
        return int(text) if _INTEGER.match(text) else float(text)
    return None if "null" in types and text == "" and "string" not in types else text


def split_raw(raw: str, separators: Sequence[str], decode: Callable[[str], str] = unquote_plus) -> list[str]:
    """The decoded parts of a percent-encoded text; separators are written as they stand in an address."""
    return [decode(one) for one in re.split("|".join(map(re.escape, separators)), raw, flags=re.IGNORECASE)]


def in_path(document: Document, parameter: Mapping[str, Any], raw: str) -> Any:
    """The value of a path parameter in the styles simple, label and matrix; `raw` is percent-encoded."""
    style, explode, schema = parameter.get("style", "simple"), bool(parameter.get("explode")), schema_of(parameter)
    if style == "label":
        separators = (",", "%2C", ".") if explode or "," not in raw else (",", "%2C")
        text = raw.removeprefix(".")
    elif style == "matrix":
        return _matrix(document, parameter, raw, explode=explode)
    else:
        separators, text = (",", "%2C"), raw
    return of_parts(document, schema, split_raw(text, separators, unquote), unquote(text), explode=explode)


def schema_of(parameter: Mapping[str, Any]) -> Any:
    """The schema of a parameter: its own (3.x), or the parameter itself (2.0)."""
    return parameter.get("schema", parameter if "type" in parameter else {})


def _matrix(document: Document, parameter: Mapping[str, Any], raw: str, *, explode: bool) -> Any:
    schema = schema_of(parameter)
    pairs = [one.partition("=")[::2] for one in raw.removeprefix(";").split(";")]
    outside = shape(document, schema)
    if explode and outside.is_object:
        return members(document, outside, [(unquote(name), unquote(text)) for name, text in pairs])
    texts = [text for name, text in pairs if unquote(name) == parameter["name"]]
    parts = list(map(unquote, texts)) if explode else split_raw(",".join(texts), (",", "%2C"), unquote)
    return of_parts(document, schema, parts, unquote(",".join(texts)))


def _member(document: Document, schema: Any, texts: list[str]) -> Any:
    if shape(document, schema).is_array:
        return [scalar(document, shape(document, schema).items, one) for one in texts]
    return scalar(document, schema, texts[-1])


def _pairs(parts: Sequence[str], explode: bool) -> list[tuple[str, str]]:
    if explode:
        return [one.partition("=")[::2] for one in parts]
    return list(zip(parts[::2], [*parts[1::2], ""], strict=False))


def _parts(document: Document, schema: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    schema = document.known(schema)
    if not isinstance(schema, Mapping) or depth == 0:
        return
    yield schema
    for key in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(key) or ():
            yield from _parts(document, one, depth - 1)


def _types_of_values(schema: Mapping[str, Any]) -> Iterator[str]:
    values = [*(schema.get("enum") or ()), *([schema["const"]] if "const" in schema else ())]
    for value in values:
        yield "boolean" if isinstance(value, bool) else _KINDS.get(type(value), "string")


_KINDS: Mapping[type, str] = {int: "integer", float: "number", list: "array", dict: "object"}
