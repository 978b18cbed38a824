"""`openapi.client`: judges what a client product sent, and whether all calls that its role must make occurred."""

from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from schnittstellen.checks.openapi import client_codes, codes
from schnittstellen.checks.openapi.compiling import Schemas
from schnittstellen.checks.openapi.credentials import authorised, query_names
from schnittstellen.checks.openapi.request_body import UNJUDGED, BadBody, content_of, described
from schnittstellen.checks.openapi.request_values import (
    ABSENT,
    BadContent,
    Carried,
    carried,
    constrains,
    is_masked,
    names_in_query,
    open_query,
    value_of,
)
from schnittstellen.checks.openapi.serialised import schema_of
from schnittstellen.checks.openapi.source import document_of, operations_as_requirements
from schnittstellen.domain.finding import CannotJudge, Code, Covered, Finding, Item, Place
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.recording import Heard, Recording
from schnittstellen.formats.openapi import Document, Operation
from schnittstellen.formats.openapi_paths import Routes


class Client:
    """Judges each request against the document.

    Options: `document`, `must_call` (names of operations that the client has to call at least once).
    """

    name = "openapi.client"
    codes = client_codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:
        """Judge every request heard, then what was never asked for."""
        if not isinstance(seen, Recording):
            raise CannotJudge(Finding(codes.NO_DOCUMENT.id, parameters={"path": seen.name, "reason": "recording"}))
        if not seen.heard:
            raise CannotJudge(Finding(client_codes.SILENT.id))
        yield from seen.notes()
        document = document_of(context, options, seen)
        judge = RequestJudge(document)
        called = {operation.name for one in seen.heard if (operation := judge.operation(one.request)) is not None}
        yield from fold(finding for one in seen.heard for finding in judge.judge(one))
        for name in options.get("must_call", ()):
            if name not in called:
                yield Finding(client_codes.NEVER_CALLED.id, parameters={"operation": name}, rule=name)
        yield Covered(frozenset(called))

    def rules(self, step: Step, context: Context) -> dict[str, Requirement]:
        """Each operation of the document is a requirement; those that the client never called are not tested."""
        return operations_as_requirements(document_of(context, step.options))


class RequestJudge:
    """Finds the operation of a request and what is wrong with it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._routes = Routes(document)
        self._schemas = Schemas(document, reading=False)

    def operation(self, request: Request) -> Operation | None:
        """The operation that a request calls, or None."""
        found = self._found(request)
        return None if found is None else found[0]

    def judge(self, heard: Heard) -> Iterator[Finding]:
        """Yield what departs from the document in one request."""
        request = heard.as_sent()
        found = self._found(request)
        if found is None:
            if request.method not in ("HEAD", "OPTIONS"):
                known = self._routes.knows(parts_of(request.url).path)
                yield _finding(client_codes.NO_METHOD if known else client_codes.NO_PATH, heard, None)
            return
        operation, path = found
        sent = carried(request, path)
        for parameter in operation.parameters:
            yield from self._parameter(heard, operation, parameter, sent)
        if not authorised(self._document, operation, sent):
            yield _finding(client_codes.SECURITY, heard, operation)
        yield from self._body(heard, operation, request)
        yield from self._unknown_query(heard, operation, sent)

    def _found(self, request: Request) -> tuple[Operation, Mapping[str, str]] | None:
        path, method = parts_of(request.url).path, request.method.lower()
        found = self._routes.find(method, path)
        return self._routes.find("get", path) if found is None and method == "head" else found

    def _parameter(
        self, heard: Heard, operation: Operation, parameter: Mapping[str, Any], sent: Carried
    ) -> Iterator[Finding]:
        name = str(parameter["name"])
        if parameter["in"] == "header" and name.lower() in ("accept", "content-type", "authorization"):
            return
        if is_masked(parameter, sent):
            if constrains(self._document.known(_schema(parameter))):
                yield _finding(client_codes.MASKED, heard, operation, name)
            return
        try:
            value = value_of(self._document, parameter, sent)
        except BadContent:
            yield _finding(client_codes.INVALID, heard, operation, name)
            return
        if value is ABSENT:
            if parameter.get("required") and parameter["in"] not in ("body", "formData"):
                yield _finding(client_codes.MISSING, heard, operation, name)
        elif not (value == "" and parameter.get("allowEmptyValue")):
            yield from self._kept(heard, operation, _schema(parameter), value, name)

    def _kept(
        self, heard: Heard, operation: Operation, schema: Any, value: Any, parameter: str | None = None
    ) -> Iterator[Finding]:
        validator = None if schema is None or value is UNJUDGED else self._schemas.validator(schema)
        if isinstance(validator, str):
            yield _finding(client_codes.NOT_JUDGED, heard, operation, parameter)
        elif isinstance(validator, jsonschema_rs.Draft202012Validator) and not validator.is_valid(value):
            code = client_codes.BODY if parameter is None else client_codes.INVALID
            yield _finding(code, heard, operation, parameter)

    def _body(self, heard: Heard, operation: Operation, request: Request) -> Iterator[Finding]:
        required, offered = described(self._document, operation)
        if not offered or not (request.body or required):
            return
        try:
            content, schema = content_of(self._document, request, offered)
        except BadBody:
            yield _finding(client_codes.BODY, heard, operation)
            return
        yield from self._kept(heard, operation, schema, content)

    def _unknown_query(self, heard: Heard, operation: Operation, sent: Carried) -> Iterator[Finding]:
        known = names_in_query(self._document, operation) | query_names(self._document, operation)
        for name in dict(sent.query):
            if name.split("[")[0] not in known and not open_query(self._document, operation):
                yield _finding(client_codes.UNKNOWN, heard, operation, name, Level.SHOULD)


def _finding(
    code: Code, heard: Heard, operation: Operation | None, parameter: str | None = None, level: Level | None = None
) -> Finding:
    parameters = {"operation": operation.name if operation else heard.request.method, "number": str(heard.number)}
    if parameter is not None:
        parameters["parameter"] = parameter
    rule = operation.name if operation else None
    return Finding(code.id, Place(url=parts_of(heard.request.url).path), parameters, rule=rule, level=level)


def _schema(parameter: Mapping[str, Any]) -> Any:
    media = next(iter((parameter.get("content") or {}).values()), None)
    return (media or {}).get("schema") if "content" in parameter else schema_of(parameter)
