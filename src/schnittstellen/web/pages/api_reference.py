"""Our own OpenAPI document as a page shows it: groups of operations with parameters, bodies, answers, an example."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any
from urllib.parse import urlencode

Schema = Mapping[str, Any]
Document = Mapping[str, Any]
EXAMPLES = {
    "/standards/{id}": {"id": "xmuster-vorgang"},
    "/versions/{id}": {"id": "xmuster-vorgang@2.0"},
    "/roles/{version}/{role}": {"version": "xmuster-vorgang@2.0", "role": "fachverfahren"},
    "/vendors/{id}": {"id": "musterhaus"},
    "/releases/{id}": {"id": "muster-hundesteuer@5.0"},
    "/declarations/": {"release": "muster-hundesteuer@5.0", "standard": "xhundesteuer@2.0", "role": "fachverfahren"},
    "/leistungen/": {"id": "99102013002000"},
    "/municipalities/": {"id": "05999001", "product": "muster-akte-offen"},
    "/deployments/{id}": {"id": "05999001-muster-akte-9.0"},
    "/couplings/{id}": {"id": "05999001-muster-antrag-4.2_muster-bote-2.0"},
    "/reports/": {"id": "0" * 64},
    "/evidence/": {"id": "0" * 64},
    "/hand-ins/": {"id": "0" * 32},
    "/orders/": {"id": "0" * 32},
    "/certificates/": {"id": "2026-00001"},
    "/products/": {"id": "muster-hundesteuer"},
    "/tender": {"leistung": "99102013002000", "municipality": "05999001"},
    "/providers/": {"id": "muster-rechenzentrum-nord"},
    "/search": {"q": "Hundesteuer"},
}
"""Values of what must be named, of the invented example world, by how a path begins."""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body."""

    name: str
    place: str
    kind: str
    required: bool
    told: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `told` is the English sentence of the document."""

    id: str
    method: str
    path: str
    told: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    statuses: tuple[int, ...]
    token: bool
    example: str


def groups(document: Document, base: str) -> dict[str, list[Operation]]:
    """The operations by their tag, in the order of the document; `base` is where the interface is reached."""
    found: dict[str, list[Operation]] = {}
    for path, method, written in _operations(document):
        tag = next(iter(written.get("tags", ())), "")
        found.setdefault(tag, []).append(_operation(document, (path, method, base), written))
    return found


def _operations(document: Document) -> Iterator[tuple[str, str, Schema]]:
    for path, operations in document["paths"].items():
        for method, written in operations.items():
            yield path, method.upper(), written


def _operation(document: Document, at: tuple[str, str, str], written: Schema) -> Operation:
    path, method, base = at
    token = {} not in written.get("security", [{}])
    parameters = tuple(_field(one["name"], one["in"], one["schema"], one) for one in written.get("parameters", ()))
    body = tuple(_body(document, written))
    told = written.get("description") or written.get("summary", "")
    call = _curl(base + _filled(path, parameters), method, token=token, body=bool(body))
    statuses = tuple(sorted(int(one) for one in written["responses"]))
    return Operation(written["operationId"], method, path, told, parameters, body, statuses, token, call)


def _body(document: Document, written: Schema) -> Iterator[Field]:
    content = written.get("requestBody", {}).get("content", {}).get("application/json")
    if content:
        schema = _resolved(document, content["schema"])
        for name, one in schema.get("properties", {}).items():
            yield _field(name, "body", _resolved(document, one), {"required": name in schema.get("required", ())})


def _resolved(document: Document, schema: Schema) -> Schema:
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return document["components"]["schemas"][name] if name else schema


def _field(name: str, place: str, schema: Schema, more: Schema) -> Field:
    told = more.get("description") or schema.get("description", "")
    return Field(name, place, _kind(schema), bool(more.get("required")), told)


def _kind(schema: Schema) -> str:
    """A schema in the words of JSON Schema, in one line."""
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}, …]"
    limits = [f"{sign} {schema[name]}" for name, sign in (("minimum", "≥"), ("maximum", "≤")) if name in schema]
    pattern = [f"/{schema['pattern']}/"] if "pattern" in schema else []
    return " ".join((schema.get("format") or schema.get("type", "object"), *limits, *pattern))


def _filled(path: str, parameters: tuple[Field, ...]) -> str:
    known = next((values for begins, values in EXAMPLES.items() if path.startswith(begins)), {})
    query = {one.name: known[one.name] for one in parameters if one.place == "query" and one.name in known}
    filled = re.sub(r"\{(\w+)\}", lambda found: known.get(found[1], found[0]), path)
    return filled.replace("{standard}", "xhundesteuer@2.0") + (f"?{urlencode(query)}" if query else "")


def _curl(address: str, method: str, *, token: bool, body: bool) -> str:
    parts = ["curl"]
    if method != "GET":
        parts.append(f"-X {method}")
    if token:
        parts.append('-H "Authorization: Bearer $SCHLUESSEL"')
    if method in {"PUT", "PATCH", "DELETE"}:
        parts.append("-H 'If-Match: \"…\"'")
    if body:
        parts.append("-H 'Content-Type: application/json' --data @angaben.json")
    return " ".join((*parts, quote(address)))


def pretty(value: object) -> str:
    """JSON as people read it."""
    return json.dumps(value, ensure_ascii=False, indent=2)
