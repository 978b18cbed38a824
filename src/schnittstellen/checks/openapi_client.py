"""`openapi.client`: judges what a client product sent, and whether all calls that its role must make occurred."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.templating.paths.exceptions import OperationNotFound, PathNotFound
from openapi_core.validation.request.exceptions import (
    InvalidParameter,
    MissingRequiredParameter,
    ParameterValidationError,
    RequestBodyValidationError,
    SecurityValidationError,
)
from werkzeug.datastructures import Headers, ImmutableMultiDict

from schnittstellen.checks.openapi import client_codes, codes
from schnittstellen.checks.openapi.harvest import path_pattern
from schnittstellen.checks.openapi.source import document_of, operations_as_requirements
from schnittstellen.domain.finding import CannotJudge, Code, Covered, Finding, Item, Place
from schnittstellen.domain.standard import Requirement
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.recording import Heard, Recording
from schnittstellen.formats.openapi import Document, Operation

_KINDS: tuple[tuple[type[Exception], Code], ...] = (
    (PathNotFound, client_codes.NO_PATH),
    (OperationNotFound, client_codes.NO_METHOD),
    (MissingRequiredParameter, client_codes.MISSING),
    (InvalidParameter, client_codes.INVALID),
    (ParameterValidationError, client_codes.INVALID),
    (RequestBodyValidationError, client_codes.BODY),
    (SecurityValidationError, client_codes.SECURITY),
)


class Client:
    """Judges each request against the document with openapi-core.

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
        self._operations = [(path_pattern(one.path), one) for one in document.operations()]
        self._openapi = OpenAPI.from_dict(_at_the_root(document))

    def operation(self, request: Request) -> Operation | None:
        """The operation that a request calls, or None."""
        path, method = urlsplit(request.url).path, request.method.lower()
        wanted = "get" if method == "head" else method
        return next((one for form, one in self._operations if one.method == wanted and form.fullmatch(path)), None)

    def judge(self, heard: Heard) -> Iterator[Finding]:
        """Yield what departs from the document in one request."""
        operation = self.operation(heard.request)
        if heard.request.method in ("HEAD", "OPTIONS") and operation is None:
            return
        for error in self._openapi.iter_request_errors(_Adapted(heard.request, operation)):
            yield self._finding(heard, operation, error)
        if operation is not None:
            yield from self._unknown_query(heard, operation)

    def _finding(self, heard: Heard, operation: Operation | None, error: Exception) -> Finding:
        name = operation.name if operation else heard.request.method
        parameters = {"operation": name, "number": str(heard.number)}
        if isinstance(getattr(error, "name", None), str):
            parameters["parameter"] = str(getattr(error, "name", ""))
        code = next((code for kind, code in _KINDS if isinstance(error, kind)), client_codes.OTHER)
        if code is client_codes.OTHER:
            parameters["error"] = type(error).__name__
        rule = operation.name if operation else None
        return Finding(code.id, Place(url=urlsplit(heard.request.url).path), parameters, rule=rule)

    def _unknown_query(self, heard: Heard, operation: Operation) -> Iterator[Finding]:
        known = {one["name"] for one in operation.parameters if one["in"] == "query"}
        for name in dict(parse_qsl(urlsplit(heard.request.url).query, keep_blank_values=True)):
            if name not in known and not any(one.split("[")[0] == name.split("[")[0] for one in known):
                parameters = {"operation": operation.name, "parameter": name, "number": str(heard.number)}
                yield Finding(client_codes.UNKNOWN.id, parameters=parameters, rule=operation.name, level=Level.SHOULD)


def _at_the_root(document: Document) -> dict[str, Any]:
    """The document as the mock serves it: below "/", whatever servers it, its paths and its operations name."""
    content = document.without_dead_references()
    paths = {path: _without_servers(item) for path, item in (content.get("paths") or {}).items()}
    return {**content, "paths": paths, "servers": [{"url": "/"}]}


def _without_servers(item: Any) -> Any:
    if not isinstance(item, Mapping):
        return item
    return {
        key: {name: value for name, value in one.items() if name != "servers"} if isinstance(one, Mapping) else one
        for key, one in item.items()
        if key != "servers"
    }


class _Adapted:
    """A request as openapi-core wants to see it."""

    def __init__(self, request: Request, operation: Operation | None) -> None:
        parts = urlsplit(request.url)
        self.host_url = ""
        self.path = parts.path
        self.method = operation.method if operation else request.method.lower()
        self.content_type = next(
            (value for name, value in request.headers.items() if name.lower() == "content-type"), ""
        )
        self.body = request.body
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(parts.query, keep_blank_values=True)),
            header=Headers(list(request.headers.items())),
        )
