"""The OpenAPI document: what the generator leaves open is said here."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ninja.openapi.schema import OpenAPISchema

from schnittstellen.web.api.problems import MEDIA_TYPE

Document = dict[str, Any]
_TAG = {"description": "Entity tag of this representation.", "schema": {"type": "string"}}
_REFERENCE = re.compile(r'"#/components/schemas/([^"]+)"')


class Described(OpenAPISchema):
    """The document as the generator makes it; two shapes of one name are a mistake that it would pass over."""

    def add_schema_definitions(self, definitions: Document) -> None:
        """Raises `ValueError` for a name that means something else already."""
        for name, one in definitions.items():
            if self.schemas.get(name, one) != one:
                raise ValueError(f"two shapes are called {name}")
        super().add_schema_definitions(definitions)


def finish(document: Document) -> None:
    """Media type of problems, headers of answers, tokens that may be missing; no schema that nobody names."""
    for operation in _operations(document):
        for status, response in operation["responses"].items():
            _response(int(status), response)
        if {"MaybeToken": []} in operation.get("security", []):
            operation["security"] = [{}, {"Token": []}]
    components = document["components"]
    components["schemas"] = _named(document["paths"], components["schemas"])
    components.get("securitySchemes", {}).pop("MaybeToken", None)


def _operations(document: Document) -> Iterator[Document]:
    for operations in document["paths"].values():
        yield from operations.values()


def _response(status: int, response: Document) -> None:
    if status >= 400 and "content" in response:
        response["content"] = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
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
