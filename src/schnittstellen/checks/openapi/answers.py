"""Judges one answer against what an OpenAPI document says of its operation: status, headers, media type, content."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import jsonschema_rs

from schnittstellen.checks.openapi import codes
from schnittstellen.domain.finding import Finding, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Call, Response
from schnittstellen.formats.openapi import Document, Operation

_EMPTY = (204, 205, 304)
_MOST = 50
_UNRESOLVED: Mapping[str, Any] = {"description": "unresolved"}


class AnswerJudge:
    """Compiles the schemas of a document once, each when it is first needed."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._validators: dict[int, jsonschema_rs.Draft202012Validator | str] = {}

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
            elif name.lower() != "content-type" and isinstance(header.get("schema"), Mapping):
                yield from self._header_value(operation, call, name, value, header["schema"])

    def _header_value(
        self, operation: Operation, call: Call, name: str, value: str, schema: Mapping[str, Any]
    ) -> Iterator[Finding]:
        validator = self._validator(schema)
        if isinstance(validator, str) or any(validator.is_valid(one) for one in _readings(value)):
            return
        error = next(validator.iter_errors(value))
        keyword, expected = _rule(error)
        yield found(codes.HEADER_VALUE.id, operation, call, header=name, keyword=keyword, expected=expected)

    def _content(
        self, operation: Operation, call: Call, answer: Response, documented: Mapping[str, Any]
    ) -> Iterator[Finding]:
        offered = offered_content(operation, documented)
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
        media_type = declared.split(";")[0].strip().lower()
        name = _fitting(media_type, offered)
        if name is None and offered:
            names = ", ".join(offered)
            yield found(codes.MEDIA_TYPE.id, operation, call, media_type=media_type, documented=names)
        if not is_json(media_type) or answer.truncated:
            return
        schema = (offered.get(name) or {}).get("schema") if name else _json_schema_of(offered)
        yield from self._body(operation, call, answer, schema)

    def _body(self, operation: Operation, call: Call, answer: Response, schema: Any) -> Iterator[Finding]:
        try:
            content = self.json_of(answer)
        except (ValueError, RecursionError) as error:
            reason = "UTF-8" if isinstance(error, UnicodeDecodeError) else "Syntax"
            yield found(codes.NOT_JSON.id, operation, call, reason=reason)
            return
        if schema is None:
            return
        validator = self._validator(schema)
        if isinstance(validator, str):
            status = str(answer.status)
            yield found(codes.NO_SCHEMA.id, operation, call, status=status, reason=validator)
            return
        for broken in _first(validator.iter_errors(content)):
            yield self._schema_finding(operation, call, _deepest(broken))

    def _schema_finding(self, operation: Operation, call: Call, error: jsonschema_rs.ValidationError) -> Finding:
        pointer = "".join(f"/{_escaped(part)}" for part in error.instance_path)
        keyword, expected = _rule(error)
        shape = "".join(f"/{'*' if isinstance(part, int) else _escaped(part)}" for part in error.instance_path)
        place = Place(pointer=pointer, url=call.request.url)
        return found(
            codes.SCHEMA.id, operation, call, place=place, pointer=shape or "/", keyword=keyword, expected=expected
        )

    def _validator(self, schema: Any) -> jsonschema_rs.Draft202012Validator | str:
        key = id(schema)
        if key not in self._validators:
            try:
                converted = self._document.json_schema(schema)
                self._validators[key] = jsonschema_rs.Draft202012Validator(converted, validate_formats=True)
            except (ValueError, jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError) as error:
                self._validators[key] = type(error).__name__
        return self._validators[key]


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


def is_json(media_type: str) -> bool:
    """Whether a media type is JSON or ends in +json (RFC 6839)."""
    return media_type == "application/json" or media_type.endswith("+json")


def offered_content(operation: Operation, documented: Mapping[str, Any]) -> dict[str, Any]:
    """Media types that an answer may have, in lower case, each with its media type object (3.x) or schema (2.0)."""
    if isinstance(documented.get("content"), Mapping):
        return {str(name).lower(): one or {} for name, one in documented["content"].items()}
    if "schema" in documented:
        names = operation.spec.get("produces") or ["application/json"]
        return {str(name).lower(): {"schema": documented["schema"]} for name in names}
    return {}


def _fitting(media_type: str, offered: Mapping[str, Any]) -> str | None:
    kind = media_type.split("/", maxsplit=1)[0]
    plain = {name.split(";")[0].strip(): name for name in offered}
    return next((plain[one] for one in (media_type, f"{kind}/*", "*/*") if one in plain), None)


def _json_schema_of(offered: Mapping[str, Any]) -> Any:
    return next((one.get("schema") for name, one in offered.items() if is_json(name.split(";")[0])), None)


def _readings(value: str) -> Iterator[Any]:
    yield value
    try:
        yield json.loads(value)
    except ValueError:
        return


def _deepest(error: jsonschema_rs.ValidationError) -> jsonschema_rs.ValidationError:
    """Of a failed anyOf or oneOf the one error that says most: from the branch that came furthest into the content."""
    branches = getattr(error.kind, "context", None)
    errors = [one for branch in branches or () for one in branch]
    if not errors:
        return error
    best = max(errors, key=lambda one: (len(one.instance_path), one.kind.name != "type"))
    return _deepest(best) if len(best.instance_path) > len(error.instance_path) or len(errors) == 1 else error


def _rule(error: jsonschema_rs.ValidationError) -> tuple[str, str]:
    """The broken keyword, and what it demands: from the schema only, never from the instance."""
    kind = error.kind
    keyword = str(error.schema_path[-1]) if error.schema_path else kind.name
    for attribute in ("property", "types", "format", "limit", "pattern", "options", "expected_value", "unexpected"):
        value = getattr(kind, attribute, None)
        if value is not None:
            return kind.name, str(value)[:200]
    return kind.name, keyword


def _first(errors: Iterator[jsonschema_rs.ValidationError]) -> Iterator[jsonschema_rs.ValidationError]:
    for _, error in zip(range(_MOST), errors, strict=False):
        yield error


def _escaped(part: object) -> str:
    return str(part).replace("~", "~0").replace("/", "~1")


def _refuse(name: str) -> Any:
    raise ValueError(name)
