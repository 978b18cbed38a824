"""References by `$id`, `$anchor` and `$dynamicRef` made references to a place in the document.

JSON Schema 2020-12, core, 8.2 and 9.1; OpenAPI 3.1.1, 4.8.24.2: a schema with `$id` is a resource, and references
inside it start from there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from schnittstellen.formats.json_pointer import resolve_pointer, written_pointer
from schnittstellen.formats.schema_words import Place, subschemas

_HERE = "http://document.invalid/"
_NOWHERE = "/%24nowhere"
_NO_SCHEMAS = ("example", "examples", "default", "enum", "const")
_IDENTIFIERS = ("$id", "$anchor", "$dynamicAnchor")


def localise(content: dict[str, Any]) -> None:
    """Changes the references in `content` so that each names its target by place, and takes the identifiers out.

    What leads outside stays. What an identifier names twice leads nowhere afterwards, and so does a `$dynamicRef` that
    could mean several schemas: which one depends on how an answer is read.
    """
    places = list(_places(content))
    index = _Index(content, {_base_of(content): ""})
    for one in places:
        index.enter(one)
    for one in places:
        index.rewrite(one)
    for one in places:
        for key in _IDENTIFIERS if one.is_schema else ():
            one.value.pop(key, None)


@dataclass(frozen=True, slots=True)
class _Found:
    """An object that may hold a reference, where it is, and the URI that its references start from."""

    value: dict[str, Any]
    place: Place
    base: str
    is_schema: bool

    @property
    def pointer(self) -> str:
        return written_pointer(self.place)


@dataclass(slots=True)
class _Index:
    """What identifiers name, as pointers from the document's root."""

    content: dict[str, Any]
    resources: dict[str, str]
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    moving: dict[str, set[str]] = field(default_factory=dict)
    """For each `$dynamicAnchor` the resources that have it."""

    def enter(self, found: _Found) -> None:
        """Remembers what `found` names."""
        if not found.is_schema:
            return
        if _is_id(found.value.get("$id")):
            _name(self.resources, found.base, found.pointer)
        for key in ("$anchor", "$dynamicAnchor"):
            name = found.value.get(key)
            if isinstance(name, str):
                _name(self.anchors, (found.base, name), found.pointer)
                if key == "$dynamicAnchor":
                    self.moving.setdefault(name, set()).add(found.base)

    def rewrite(self, found: _Found) -> None:
        """Makes the references of `found` references by place."""
        schema = found.value
        if isinstance(schema.get("$ref"), str):
            schema["$ref"] = self._target(schema["$ref"], found.base)
        if found.is_schema and isinstance(schema.get("$dynamicRef"), str):
            target = self._moving_target(schema.pop("$dynamicRef"), found.base)
            parts = schema.get("allOf")
            schema["allOf"] = [*(parts if isinstance(parts, list) else ()), {"$ref": target}]

    def _moving_target(self, reference: str, base: str) -> str:
        """`$dynamicRef` (core, 8.2.3.2): like `$ref`, unless several resources have a `$dynamicAnchor` of that name."""
        resource, fragment = _resolved(base, reference)
        having = self.moving.get(fragment, set())
        return f"#{_NOWHERE}" if resource in having and len(having) > 1 else self._target(reference, base)

    def _target(self, reference: str, base: str) -> str:
        resource, fragment = _resolved(base, reference)
        start = self.resources.get(resource)
        if start is None or self._means_document(reference, start + fragment):
            return reference
        if fragment and not fragment.startswith("/"):
            return f"#{self.anchors.get((resource, fragment), _NOWHERE)}"
        return f"#{start}{fragment}"

    def _means_document(self, reference: str, pointer: str) -> bool:
        """Publishers who give a schema an `$id` often go on to write references from the document's root."""
        return reference.startswith("#/") and not self._exists(pointer)

    def _exists(self, pointer: str) -> bool:
        try:
            resolve_pointer(self.content, pointer)
        except KeyError:
            return False
        return True


def _name(names: dict[Any, str], key: Any, pointer: str) -> None:
    names[key] = pointer if names.get(key, pointer) == pointer else _NOWHERE


def _places(content: dict[str, Any]) -> Iterator[_Found]:
    """All schemas, and all objects outside schemas."""
    waiting: list[tuple[Any, Place, str, bool]] = [(content, (), _base_of(content), _is_schema(content))]
    while waiting:
        value, place, base, is_schema = waiting.pop()
        if isinstance(value, list):
            waiting += ((one, (*place, number), base, False) for number, one in enumerate(value))
        elif isinstance(value, dict):
            base = _joined(base, value["$id"]) if is_schema and _is_id(value.get("$id")) else base
            found = _Found(value, place, base, is_schema)
            yield found
            waiting += _below(found)


def _below(found: _Found) -> Iterator[tuple[Any, Place, str, bool]]:
    if found.is_schema:
        for more, one in subschemas(found.value):
            if isinstance(one, dict):
                yield one, (*found.place, *more), found.base, True
        return
    for key, one in found.value.items():
        place = (*found.place, key)
        if key in ("schemas", "$defs", "definitions") and isinstance(one, dict):
            yield from ((each, (*place, name), found.base, True) for name, each in one.items())
        elif key not in _NO_SCHEMAS and not key.startswith("x-"):
            yield one, place, found.base, key in ("schema", "itemSchema")


def _is_schema(content: Mapping[str, Any]) -> bool:
    """Whether a file is one schema, not a description of an API or a collection of its parts."""
    if {"openapi", "swagger", "paths", "components"} & content.keys():
        return False
    return bool({"$schema", "$id"} & content.keys()) or any(True for _ in subschemas(content))


def _base_of(content: Mapping[str, Any]) -> str:
    """What the document calls itself (OpenAPI 3.2.0, 4.1.2.2; JSON Schema 2020-12, core, 8.2.1)."""
    own = content.get("$self", content.get("$id"))
    return _joined(_HERE, own) if _is_id(own) else _HERE


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and bool(value.removesuffix("#")) and "#" not in value.removesuffix("#")


def _joined(base: str, reference: str) -> str:
    """The URI `reference`, seen from `base`, without an empty fragment."""
    if reference.startswith("#"):
        return (base + reference).removesuffix("#")
    try:
        return (reference if urlsplit(reference).scheme else urljoin(base, reference)).removesuffix("#")
    except ValueError:
        return reference.removesuffix("#")


def _resolved(base: str, reference: str) -> tuple[str, str]:
    """The URI without a fragment, and the fragment."""
    resource, _, fragment = _joined(base, reference).partition("#")
    return resource, fragment
