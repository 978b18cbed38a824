"""Answers that an OpenAPI document allows: its examples where it has any, else the smallest value of the schema."""

import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from schnittstellen.domain.web_address import parts_of
from schnittstellen.formats.openapi import Document, Operation

_TEXT = {
    "date": "2026-01-02",
    "date-time": "2026-01-02T10:00:00+01:00",
    "time": "10:00:00+01:00",
    "uuid": "6f1c7b0e-2f5e-4a53-8f0c-1d2b3c4d5e6f",
    "email": "muster@example.org",
    "ipv4": "192.0.2.1",
    "hostname": "example.org",
}
_DEEPEST = 12


def answer_of(document: Document, operation: Operation, base: str) -> tuple[int, str | None, bytes]:
    """Status, media type and content of the first documented success of an operation; links lead to `base`.

    Ids that are UUIDs depend on the path of `base`, where it has one.
    """
    answers = operation.spec.get("responses") or {}
    status = next((key for key in answers if str(key).startswith("2")), "200")
    documented = document.known(answers.get(status) or {}) or {}
    number = int(status) if str(status).isdigit() else 200
    for media_type, media in (documented.get("content") or {}).items():
        if "json" in media_type:
            return number, media_type, json.dumps(_content(document, media, base), ensure_ascii=False).encode()
    return number, None, b""


def sample(document: Document, schema: Any, base: str, depth: int = 0) -> Any:
    """A value that keeps to `schema`, the same each time."""
    schema = document.known(schema)
    if not isinstance(schema, Mapping) or depth > _DEEPEST:
        return {}
    for key in ("example", "const", "default"):
        if key in schema:
            return schema[key]
    for key in ("examples", "enum"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    if "allOf" in schema:
        return _all_of(document, schema, base, depth)
    for key in ("oneOf", "anyOf"):
        if schema.get(key):
            return sample(document, schema[key][0], base, depth + 1)
    return _by_type(document, schema, base, depth)


def _content(document: Document, media: Mapping[str, Any], base: str) -> Any:
    if "example" in media:
        return media["example"]
    for one in (media.get("examples") or {}).values():
        example = document.known(one)
        if isinstance(example, Mapping) and "value" in example:
            return example["value"]
    return sample(document, media.get("schema") or {}, base)


def _all_of(document: Document, schema: Mapping[str, Any], base: str, depth: int) -> Any:
    parts = [sample(document, one, base, depth + 1) for one in schema["allOf"]]
    parts.append(_object(document, schema, base, depth))
    if not all(isinstance(part, dict) for part in parts[:-1]):
        return parts[0]
    merged: dict[str, Any] = {}
    for part in parts:
        merged.update(part)
    return merged


def _by_type(document: Document, schema: Mapping[str, Any], base: str, depth: int) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((one for one in kind if one != "null"), "null")
    if kind == "array":
        number = max(1, int(schema.get("minItems", 0))) if depth < _DEEPEST // 2 else int(schema.get("minItems", 0))
        return [sample(document, schema.get("items") or {}, base, depth + 1) for _ in range(number)]
    if kind == "string":
        return _text(schema, base)
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if kind == "boolean":
        return False
    return None if kind == "null" else _object(document, schema, base, depth)


def _object(document: Document, schema: Mapping[str, Any], base: str, depth: int) -> dict[str, Any]:
    properties = schema.get("properties") or {}
    required = set(schema.get("required") or ())
    wanted = [name for name in properties if name in required or depth < 3]
    return {name: sample(document, properties[name], base, depth + 1) for name in wanted}


def _text(schema: Mapping[str, Any], base: str) -> str:
    form = str(schema.get("format", ""))
    if form in ("uri", "url"):
        return f"{base}/"
    if form == "uuid" and parts_of(base).path:
        return str(uuid5(NAMESPACE_URL, parts_of(base).path))
    return _TEXT.get(form, "Muster".ljust(int(schema.get("minLength", 0)), "x")[: int(schema.get("maxLength", 1000))])
