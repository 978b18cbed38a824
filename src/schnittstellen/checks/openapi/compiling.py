"""The schemas of a document, each compiled once, when it is first needed."""

from typing import Any

import jsonschema_rs

from schnittstellen.formats.openapi import Document

Validator = jsonschema_rs.Draft202012Validator | str
"""A compiled schema, or why it could not be compiled."""


class Schemas:
    """Compiles for answers (`reading`) or for requests; formats are demanded."""

    def __init__(self, document: Document, *, reading: bool = True) -> None:
        self._document = document
        self._reading = reading
        self._validators: dict[tuple[int, bool], tuple[Any, Validator]] = {}

    def validator(self, schema: Any, *, discriminating: bool = False) -> Validator:
        """The compiled schema; with `discriminating`, what a discriminator chooses must hold too."""
        key = id(schema), discriminating
        if key not in self._validators:
            self._validators[key] = schema, self._compiled(schema, discriminating)
        return self._validators[key][1]

    def _compiled(self, schema: Any, discriminating: bool) -> Validator:
        try:
            converted = self._document.json_schema(schema, reading=self._reading, discriminating=discriminating)
            return jsonschema_rs.Draft202012Validator(converted, validate_formats=True)
        except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
            return type(error).__name__
