"""OpenAPI documents: read safely, bundled into one document without outside references, schemas made JSON Schema."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import yaml

from schnittstellen.formats import yaml_core
from schnittstellen.formats.json_pointer import anchored, resolve_pointer
from schnittstellen.formats.openapi_ids import localise
from schnittstellen.formats.openapi_schema import BUNDLED, as_json_schema
from schnittstellen.formats.schema_words import DIALECT

METHODS = ("get", "head", "options", "put", "post", "patch", "delete", "trace", "query")
WITH_IDS = ("3.1", "3.2")
"""The versions whose schemas are JSON Schema 2020-12."""
SAFE_METHODS = ("get", "head", "options", "query")
MAX_BYTES = 32 * 1024 * 1024
MAX_ALIASES = 10_000

Fetch = Callable[[str, str], tuple[str, bytes] | None]
"""Finds what a reference `location` inside the document `base` leads to: its own base and its bytes, or None."""


class OpenApiProblem(Exception):
    """No OpenAPI document, or an unusable one; `reason` is syntax, too_large, aliases, not_openapi or version."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: method in lower case, path template, operation object, parameters of path and operation merged.

    `incomplete` says that a parameter is missing here, because its reference leads nowhere.
    """

    method: str
    path: str
    spec: Mapping[str, Any]
    parameters: tuple[Mapping[str, Any], ...] = ()
    incomplete: bool = False

    @property
    def name(self) -> str:
        """What people call it: the operationId, else method and path."""
        return str(self.spec.get("operationId") or f"{self.method.upper()} {self.path}")


@dataclass(slots=True)
class Document:
    """One self-contained document. `unresolved` are references (as written) that lead to nothing that is pinned."""

    content: dict[str, Any]
    unresolved: list[str] = field(default_factory=list)

    @property
    def version(self) -> str:
        """The OpenAPI version in two parts: "2.0", "3.0", "3.1" or "3.2"."""
        return openapi_version(self.content)

    def at(self, pointer: str) -> Any:
        """What stands at a JSON Pointer, with or without a leading "#", or what bears the name of an anchor.

        Raises `KeyError` where nothing does.
        """
        name = pointer.removeprefix("#")
        if name and not name.startswith("/"):
            return anchored(self.content, unquote(name))
        return resolve_pointer(self.content, pointer)

    def deref(self, value: Any) -> Any:
        """`value`, or what it refers to where it is a reference object. Raises `KeyError` for a dead reference."""
        for _ in range(64):
            if not (isinstance(value, Mapping) and isinstance(value.get("$ref"), str)):
                return value
            value = self.at(value["$ref"])
        raise KeyError("reference loop")

    def operations(self) -> Iterator[Operation]:
        """All operations, in the document's order."""
        for path, item in (self.content.get("paths") or {}).items():
            shared = self.known(item)
            for method in METHODS:
                if isinstance(shared, Mapping) and isinstance(shared.get(method), Mapping):
                    yield self._operation(method, path, shared)

    def known(self, value: Any) -> Any:
        """Like `deref`, but None for a dead reference."""
        try:
            return self.deref(value)
        except KeyError:
            return None

    def without_dead_references(self) -> dict[str, Any]:
        """A copy for tools that must not look for anything elsewhere: what a dead reference stands for is left open."""
        copied: dict[str, Any] = self._living(self.content)
        return copied

    def _living(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._living(one) for one in value if not self._is_dead(one)]
        if not isinstance(value, Mapping):
            return value
        if self._is_dead(value):
            return {"description": ""}
        return {key: self._living(one) for key, one in value.items()}

    def _is_dead(self, value: Any) -> bool:
        if not (isinstance(value, Mapping) and isinstance(value.get("$ref"), str)):
            return False
        return not value["$ref"].startswith("#") or self.known(value) is None

    def _operation(self, method: str, path: str, item: Mapping[str, Any]) -> Operation:
        spec = item[method]
        written = [*(item.get("parameters") or ()), *(spec.get("parameters") or ())]
        parameters = [
            one for one in map(self.known, written) if isinstance(one, Mapping) and {"in", "name"} <= set(one)
        ]
        merged = {(one["in"], one["name"]): one for one in parameters}
        return Operation(method, path, spec, tuple(merged.values()), incomplete=len(parameters) < len(written))

    def json_schema(self, schema: Any, *, reading: bool = True, discriminating: bool = False) -> dict[str, Any]:
        """`schema` of this document as self-contained JSON Schema 2020-12, for answers (`reading`) or for requests.

        With `discriminating`, what a discriminator chooses must hold too.
        """
        dialect = (self.content.get("jsonSchemaDialect") or DIALECT) if self.version in WITH_IDS else None
        return as_json_schema(schema, dialect, self.at, reading=reading, discriminating=discriminating)


def read(data: bytes) -> dict[str, Any]:
    """The JSON or YAML document in `data`; dates stay text. Raises `OpenApiProblem`."""
    if len(data) > MAX_BYTES:
        raise OpenApiProblem("too_large")
    try:
        content = _parsed(data)
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        raise OpenApiProblem("syntax", type(error).__name__) from error
    if not isinstance(content, dict):
        raise OpenApiProblem("not_openapi")
    return content


def openapi_version(content: Mapping[str, Any]) -> str:
    """The version that a document declares, in two parts. Raises `OpenApiProblem`."""
    declared = content.get("openapi", content.get("swagger"))
    parts = str(declared).split(".") if declared is not None else []
    version = ".".join(parts[:2])
    if version not in ("2.0", "3.0", "3.1", "3.2"):
        raise OpenApiProblem("not_openapi" if declared is None else "version", str(declared or ""))
    return version


def bundled(data: bytes, base: str, fetch: Fetch) -> Document:
    """The document in `data` with everything that it refers to inside; `base` is what `fetch` knows it by.

    Raises `OpenApiProblem` where `data` itself is no OpenAPI document. A reference that leads nowhere is listed.
    """
    content = read(data)
    if openapi_version(content) in WITH_IDS:
        localise(content)
    return _Bundler(content, base, fetch).bundle()


def outside(data: bytes) -> Iterator[str]:
    """The files that the document or part of one in `data` refers to, as written. Raises `OpenApiProblem`."""
    content = read(data)
    if str(content.get("openapi", "3.1"))[:3] in WITH_IDS:
        localise(content)
    waiting: list[Any] = [content]
    while waiting:
        here = waiting.pop()
        if isinstance(here, dict):
            reference = here.get("$ref")
            if isinstance(reference, str) and reference.partition("#")[0]:
                yield reference.partition("#")[0]
            waiting += [one for key, one in here.items() if key not in ("$ref", "example", "examples")]
        elif isinstance(here, list):
            waiting += here


def _parsed(data: bytes) -> Any:
    text = data.decode("utf-8-sig")
    if text.lstrip().startswith(("{", "[")):
        return json.loads(text)
    if text.count("*") > MAX_ALIASES:
        raise OpenApiProblem("aliases")
    return _text_keys(yaml_core.load(text))


def _text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _text_keys(one) for key, one in value.items()}
    return [_text_keys(one) for one in value] if isinstance(value, list) else value


class _Bundler:
    """Copies each outside target once under components/schemas (or x-bundled) and points references there."""

    def __init__(self, content: dict[str, Any], base: str, fetch: Fetch) -> None:
        self._content = content
        self._base = base
        self._fetch = fetch
        self._loaded: dict[str, Any] = {base: content}
        self._bases: dict[str, str] = {base: base}
        self._names: dict[tuple[str, str], str] = {}
        self._unresolved: list[str] = []
        self._done: set[int] = set()

    def bundle(self) -> Document:
        self._walk(self._content, self._base)
        return Document(self._content, self._unresolved)

    def _walk(self, value: Any, base: str) -> None:
        stack = [(value, base)]
        while stack:
            here, where = stack.pop()
            if isinstance(here, dict):
                if isinstance(here.get("$ref"), str) and id(here) not in self._done:
                    self._done.add(id(here))
                    stack.extend(self._redirect(here, where))
                stack.extend((one, where) for key, one in here.items() if key not in ("$ref", "example", "examples"))
            elif isinstance(here, list):
                stack.extend((one, where) for one in here)

    def _redirect(self, reference: dict[str, Any], base: str) -> list[tuple[Any, str]]:
        location, _, pointer = reference["$ref"].partition("#")
        if not location and base == self._base:
            return []
        target = self._load(location, base) if location else base
        if target is None:
            self._unresolved.append(reference["$ref"])
            return []
        if target == self._base:
            reference["$ref"] = f"#{pointer}"
            return []
        return self._embed(reference, target, pointer)

    def _embed(self, reference: dict[str, Any], target: str, pointer: str) -> list[tuple[Any, str]]:
        known = self._names.get((target, pointer))
        if known is not None:
            reference["$ref"] = known
            return []
        try:
            found = resolve_pointer(self._loaded[target], pointer)
        except KeyError:
            self._unresolved.append(reference["$ref"])
            return []
        reference["$ref"] = self._names[target, pointer] = self._keep(found)
        return [(found, target)]

    def _keep(self, found: Any) -> str:
        schemas = self._content.setdefault("components", {}).setdefault("schemas", {})
        name = f"{BUNDLED}{len(self._names) + 1}"
        schemas[name] = found
        return f"#/components/schemas/{name}"

    def _load(self, location: str, base: str) -> str | None:
        got = self._fetch(location, base)
        if got is None:
            return None
        where, data = got
        if where not in self._loaded:
            try:
                self._loaded[where] = self._part(data)
            except OpenApiProblem:
                return None
        return where

    def _part(self, data: bytes) -> dict[str, Any]:
        content = read(data)
        if openapi_version(self._content) in WITH_IDS:
            localise(content)
        return content
