"""The OpenAPI document: what the generator leaves open is said here."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from schnittstellen.web.api.problems import MEDIA_TYPE

Document = dict[str, Any]
_TAG = {"description": "Entity tag of this representation.", "schema": {"type": "string"}}
_SECONDS = {"description": "Seconds to wait.", "schema": {"type": "integer"}}
_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


class Described(OpenAPISchema):
    """The document as the generator makes it; two shapes of one name are a mistake that it would pass over."""

    def add_schema_definitions(self, definitions: Document) -> None:
        """Remembers in `twice` the names that meant something else already."""
        known = self.__dict__.setdefault("twice", set())
        known.update(name for name, one in definitions.items() if self.schemas.get(name, one) != one)
        super().add_schema_definitions(definitions)


def finish(document: Described) -> None:
    """Media type of problems, headers of answers, tokens that may be missing; no schema that nobody names.

    Raises `ValueError` where a name that is left stands for two shapes.
    """
    for operation in _operations(document):
        operation["responses"].setdefault(429, {"description": "Too Many Requests", "content": {}})
        for status, response in operation["responses"].items():
            _response(int(status), response)
        if {"MaybeToken": []} in operation.get("security", []):
            operation["security"] = [{}, {"Token": []}]
    components = document["components"]
    components["schemas"] = _named(document["paths"], components["schemas"])
    if twice := document.__dict__.get("twice", set()) & set(components["schemas"]):
        raise ValueError(f"two shapes of one name: {sorted(twice)}")
    components.get("securitySchemes", {}).pop("MaybeToken", None)


def _operations(document: Document) -> Iterator[Document]:
    for operations in document["paths"].values():
        yield from operations.values()


def _response(status: int, response: Document) -> None:
    if status >= 400 and "content" in response:
        response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    if status == 429:
        response["headers"] = {"Retry-After": _SECONDS}
    if status in (200, 201, 304):
        response["headers"] = {"ETag": _TAG}


def _named(paths: Document, schemas: Document) -> Document:
    """The schemas that paths lead to, directly or through others."""
    found: set[str] = set()
    waiting = set(_REFERENCE.findall(json.dumps(paths)))
    while waiting - found:
        name = (waiting - found).pop()
        found.add(name)
        waiting |= set(_REFERENCE.findall(json.dumps(schemas[name])))
    return {name: schemas[name] for name in sorted(found)}
