"""What a request carries for each parameter that its operation declares, read by the style of the parameter."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import unquote, unquote_plus

from schnittstellen.checks.openapi.media_types import is_json, plain
from schnittstellen.checks.openapi.serialised import (
    Shape,
    in_path,
    members,
    of_parts,
    schema_of,
    shape,
    simple,
    split_raw,
)
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.recording import MASK
from schnittstellen.formats.openapi import Document, Operation

_SEPARATORS = {
    "form": (",", "%2C"),
    "spaceDelimited": ("%20", "+"),
    "pipeDelimited": ("|", "%7C"),
    "csv": (",", "%2C"),
    "ssv": ("%20", "+"),
    "tsv": ("%09",),
    "pipes": ("|", "%7C"),
}
_KEY = re.compile(r"\[([^\[\]]*)\]")
_SAYING_NOTHING = {"type", "title", "description", "example", "examples", "deprecated", "default"}
ABSENT = object()
"""Stands for a parameter that the request does not carry."""


class BadContent(Exception):
    """The text of a parameter that should be JSON is none."""


@dataclass(frozen=True, slots=True)
class Carried:
    """The parts of one request. `query` are pairs of decoded name and raw text; `path` are raw texts by name."""

    path: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]

    def texts(self, name: str) -> list[str]:
        """The raw texts of a query parameter, in order."""
        return [text for key, text in self.query if key == name]


def carried(request: Request, path: Mapping[str, str]) -> Carried:
    """Takes a request apart; header names in lower case."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    pairs = [one.partition("=") for one in parts_of(request.url).query.split("&") if one]
    query = tuple((unquote_plus(name), text) for name, _, text in pairs)
    return Carried(path, query, headers, _cookies(headers.get("cookie", "")))


def value_of(document: Document, parameter: Mapping[str, Any], sent: Carried) -> Any:
    """The value of one parameter, or `ABSENT`. Raises `BadContent`."""
    name, where = str(parameter["name"]), parameter["in"]
    if where == "query":
        return _from_query(document, parameter, sent)
    raw = {"path": sent.path, "cookie": sent.cookies, "header": sent.headers}.get(str(where), {})
    text = raw.get(name.lower() if where == "header" else name)
    if text is None:
        return ABSENT
    if "content" in parameter:
        return _content(parameter, unquote(text) if where == "path" else text)
    if where == "path":
        return in_path(document, parameter, text)
    return simple(document, schema_of(parameter), text, explode=bool(parameter.get("explode")))


def is_masked(parameter: Mapping[str, Any], sent: Carried) -> bool:
    """Whether the recording keeps the value of this parameter back, because it may be a secret."""
    name, where = str(parameter["name"]), parameter["in"]
    if where == "header":
        return sent.headers.get(name.lower()) == MASK
    return bool(where == "cookie" and sent.cookies.get(name) == MASK)


def constrains(schema: Any) -> bool:
    """Whether a schema demands more of a value than that it is some text."""
    return isinstance(schema, Mapping) and bool(
        {*schema} - _SAYING_NOTHING or schema.get("type") not in (None, "string")
    )


def names_in_query(document: Document, operation: Operation) -> set[str]:
    """Names that the query of an operation may use; for objects in the style deepObject their first part."""
    names: set[str] = set()
    for parameter in operation.parameters:
        if parameter["in"] == "query":
            names.add(parameter["name"].split("[")[0])
            if _is_spread(parameter, shape(document, schema_of(parameter))):
                names.update(shape(document, schema_of(parameter)).members)
    return names


def open_query(document: Document, operation: Operation) -> bool:
    """Whether a parameter takes members of any name from the query."""
    return any(
        one["in"] == "query" and _is_spread(one, outside) and outside.open
        for one in operation.parameters
        for outside in (shape(document, schema_of(one)),)
    )


def _from_query(document: Document, parameter: Mapping[str, Any], sent: Carried) -> Any:
    schema = schema_of(parameter)
    outside = shape(document, schema)
    if "content" not in parameter and outside.is_object:
        return _object(document, parameter, outside, sent)
    texts = sent.texts(str(parameter["name"]))
    if not texts:
        return ABSENT
    if "content" in parameter:
        return _content(parameter, unquote_plus(texts[-1]))
    if outside.is_array:
        return of_parts(document, schema, list(_items(parameter, texts)), "")
    return of_parts(document, schema, [], unquote_plus(texts[-1]))


def _items(parameter: Mapping[str, Any], texts: list[str]) -> Iterator[str]:
    style = _style(parameter)
    if _explodes(parameter, style):
        yield from map(unquote_plus, texts)
        return
    for text in texts:
        yield from split_raw(text, _SEPARATORS.get(style, (",", "%2C")))


def _object(document: Document, parameter: Mapping[str, Any], outside: Shape, sent: Carried) -> Any:
    name, style = str(parameter["name"]), _style(parameter)
    if style == "deepObject":
        pairs = [(key, unquote_plus(text)) for key, text in _deep(name, sent)]
    elif _explodes(parameter, style):
        pairs = [(key, unquote_plus(text)) for key, text in sent.query if key in outside.members]
    else:
        parts = [part for text in sent.texts(name) for part in split_raw(text, _SEPARATORS.get(style, (",", "%2C")))]
        pairs = list(zip(parts[::2], [*parts[1::2], ""], strict=False))
    return members(document, outside, pairs) if pairs else ABSENT


def _deep(name: str, sent: Carried) -> Iterator[tuple[str, str]]:
    for key, text in sent.query:
        if key.startswith(f"{name}["):
            keys = [one for one in _KEY.findall(key[len(name) :]) if one]
            if keys:
                yield keys[0], text


def _is_spread(parameter: Mapping[str, Any], outside: Shape) -> bool:
    style = _style(parameter)
    return outside.is_object and "content" not in parameter and style == "form" and _explodes(parameter, style)


def _style(parameter: Mapping[str, Any]) -> str:
    if "type" in parameter and "schema" not in parameter:
        return str(parameter.get("collectionFormat", "csv"))
    return str(parameter.get("style", "form"))


def _explodes(parameter: Mapping[str, Any], style: str) -> bool:
    return style == "multi" or bool(parameter.get("explode", style == "form"))


def _content(parameter: Mapping[str, Any], text: str) -> Any:
    media_type = plain(next(iter(parameter["content"]), ""))
    if not is_json(media_type):
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadContent from None


def _cookies(text: str) -> Mapping[str, str]:
    cookie: SimpleCookie = SimpleCookie()
    try:
        cookie.load(text)
    except CookieError:
        return {}
    return {name: one.value for name, one in cookie.items()}
