"""Judges one answer against what an OpenAPI document says of its operation: status, headers, media type, content."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from schnittstellen.checks.openapi import codes, media_types
from schnittstellen.checks.openapi.compiling import Schemas
from schnittstellen.checks.openapi.media_types import is_json
from schnittstellen.checks.openapi.schema_errors import deepest, first, pointer_of, rule, shape_of
from schnittstellen.checks.openapi.serialised import scalar, schema_of, simple
from schnittstellen.domain.finding import Finding, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Call, Response
from schnittstellen.formats.openapi import Document, Operation
from schnittstellen.formats.safe_xml import XmlProblem, parse

_EMPTY = (204, 205, 304)
_UNRESOLVED: Mapping[str, Any] = {"description": "unresolved"}


class AnswerJudge:
    """Judges the answers of one document's operations."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._schemas = Schemas(document)

    def judge(self, operation: Operation, call: Call) -> Iterator[Finding]:
        """Yield what departs from the document; nothing where no answer came."""
        answer = call.response
        if answer is None:
            return
        documented = self._documented(operation, answer.status)
        if documented is None:
            yield self._undocumented(operation, call, answer)
            return
        if documented is _UNRESOLVED:
            status = str(answer.status)
            yield found(codes.NO_SCHEMA.id, operation, call, status=status, reason="unresolved")
            return
        yield from self._headers(operation, call, answer, documented)
        yield from self._content(operation, call, answer, documented)

    def json_of(self, answer: Response) -> Any:
        """The JSON content of an answer. Raises `ValueError` where it is none."""
        return json.loads(answer.body.decode("utf-8"), parse_constant=_refuse)

    def _documented(self, operation: Operation, status: int) -> Mapping[str, Any] | None:
        answers = operation.spec.get("responses") or {}
        for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
            if key in answers:
                described = self._document.known(answers[key])
                return described if isinstance(described, Mapping) else _UNRESOLVED
        return None

    def _undocumented(self, operation: Operation, call: Call, answer: Response) -> Finding:
        documented = ", ".join(map(str, operation.spec.get("responses") or {})) or "-"
        level = Level.SHOULD if answer.status in (400, 404, 405, 406, 415, 429) else None
        code = codes.SERVER_ERROR if answer.status >= 500 else codes.STATUS
        return found(code.id, operation, call, level=level, status=str(answer.status), documented=documented)

    def _headers(
        self, operation: Operation, call: Call, answer: Response, documented: Mapping[str, Any]
    ) -> Iterator[Finding]:
        for name, one in (documented.get("headers") or {}).items():
            header = self._document.known(one) or {}
            value = answer.header(name)
            if value is None:
                if header.get("required"):
                    yield found(codes.HEADER_MISSING.id, operation, call, header=name)
            elif name.lower() != "content-type":
                yield from self._header_value(operation, call, name, value, header)

    def _header_value(
        self, operation: Operation, call: Call, name: str, value: str, header: Mapping[str, Any]
    ) -> Iterator[Finding]:
        media = next(iter((header.get("content") or {}).items()), None)
        schema = (media[1] or {}).get("schema") if media else schema_of(header)
        validator = None if schema is None else self._schemas.validator(schema)
        if validator is None or isinstance(validator, str):
            return
        try:
            read = simple(self._document, schema, value, explode=bool(header.get("explode")))
            content = json.loads(value) if media and is_json(media_types.plain(media[0])) else read
        except ValueError:
            yield found(codes.HEADER_VALUE.id, operation, call, header=name, keyword="content", expected="JSON")
            return
        error = next(validator.iter_errors(content), None)
        if error is not None and not validator.is_valid(value):
            keyword, expected = rule(error)
            yield found(codes.HEADER_VALUE.id, operation, call, header=name, keyword=keyword, expected=expected)

    def _content(
        self, operation: Operation, call: Call, answer: Response, documented: Mapping[str, Any]
    ) -> Iterator[Finding]:
        offered = offered_content(operation, documented, self._document)
        if answer.status in _EMPTY or call.request.method == "HEAD":
            if answer.body:
                yield found(codes.UNEXPECTED_BODY.id, operation, call, status=str(answer.status))
            return
        if not answer.body:
            if offered:
                names = ", ".join(offered)
                yield found(codes.EMPTY_BODY.id, operation, call, status=str(answer.status), documented=names)
            return
        yield from self._typed(operation, call, answer, offered)

    def _typed(
        self, operation: Operation, call: Call, answer: Response, offered: Mapping[str, Any]
    ) -> Iterator[Finding]:
        declared = answer.header("content-type")
        if declared is None:
            yield found(codes.NO_MEDIA_TYPE.id, operation, call)
            return
        media_type = media_types.plain(declared)
        name = media_types.fitting(declared, offered)
        if name is None and offered:
            names = ", ".join(offered)
            yield found(codes.MEDIA_TYPE.id, operation, call, media_type=media_type, documented=names)
        if answer.truncated:
            return
        described = (offered.get(name) or {}) if name else {}
        if is_json(media_type):
            schema = described.get("schema") if name else _json_schema_of(offered)
            yield from self._body(operation, call, answer, schema)
        elif media_types.is_xml(media_type):
            yield from _well_formed(operation, call, answer)
        elif media_type == "text/plain" and described.get("schema") is not None:
            yield from self._text(operation, call, answer, described["schema"])

    def _text(self, operation: Operation, call: Call, answer: Response, schema: Any) -> Iterator[Finding]:
        validator = self._schemas.validator(schema)
        if not isinstance(validator, str):
            content = scalar(self._document, schema, answer.body.decode("utf-8", "replace"))
            for broken in first(validator.iter_errors(content)):
                yield self._schema_finding(operation, call, broken)

    def _body(self, operation: Operation, call: Call, answer: Response, schema: Any) -> Iterator[Finding]:
        try:
            content = self.json_of(answer)
        except (ValueError, RecursionError) as error:
            reason = "UTF-8" if isinstance(error, UnicodeDecodeError) else "Syntax"
            yield found(codes.NOT_JSON.id, operation, call, reason=reason)
            return
        if schema is None:
            return
        validator = self._schemas.validator(schema)
        if isinstance(validator, str):
            status = str(answer.status)
            yield found(codes.NO_SCHEMA.id, operation, call, status=status, reason=validator)
            return
        errors = list(first(validator.iter_errors(content)))
        for broken in errors:
            yield self._schema_finding(operation, call, deepest(broken))
        if not errors:
            yield from self._discriminated(operation, call, schema, content)

    def _discriminated(self, operation: Operation, call: Call, schema: Any, content: Any) -> Iterator[Finding]:
        """Whether the schema holds that a discriminator chooses; later editions of OpenAPI leave that open."""
        validator = self._schemas.validator(schema, discriminating=True)
        error = None if isinstance(validator, str) else next(validator.iter_errors(content), None)
        if error is not None:
            place = Place(pointer=pointer_of(deepest(error)), url=call.request.url)
            shape = shape_of(deepest(error))
            yield found(codes.DISCRIMINATOR.id, operation, call, place=place, level=Level.SHOULD, pointer=shape)

    def _schema_finding(self, operation: Operation, call: Call, error: jsonschema_rs.ValidationError) -> Finding:
        keyword, expected = rule(error)
        place = Place(pointer=pointer_of(error), url=call.request.url)
        return found(
            codes.SCHEMA.id, operation, call, place=place, pointer=shape_of(error), keyword=keyword, expected=expected
        )


def found(
    code: str,
    operation: Operation,
    call: Call | None,
    *,
    place: Place | None = None,
    level: Level | None = None,
    **parameters: str,
) -> Finding:
    """A finding about one call of an operation."""
    where = place or Place(url=call.request.url if call else None)
    named = {"operation": operation.name, **parameters}
    if call is not None:
        named["method"] = call.request.method
    return Finding(code, where, named, level=level, rule=operation.name)


def offered_content(operation: Operation, documented: Mapping[str, Any], document: Document) -> dict[str, Any]:
    """Media types that an answer may have, in lower case, each with its media type object (3.x) or schema (2.0)."""
    if isinstance(documented.get("content"), Mapping):
        return {str(name).lower(): one or {} for name, one in documented["content"].items()}
    if "schema" in documented:
        names = operation.spec.get("produces") or document.content.get("produces") or ["application/json"]
        return {str(name).lower(): {"schema": documented["schema"]} for name in names}
    return {}


def _json_schema_of(offered: Mapping[str, Any]) -> Any:
    return next((one.get("schema") for name, one in offered.items() if is_json(name.split(";")[0])), None)


def _well_formed(operation: Operation, call: Call, answer: Response) -> Iterator[Finding]:
    try:
        parse(answer.body)
    except XmlProblem as problem:
        yield found(codes.NOT_XML.id, operation, call, reason=problem.reason)


def _refuse(name: str) -> Any:
    raise ValueError(name)
