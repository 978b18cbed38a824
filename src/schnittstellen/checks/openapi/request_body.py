"""The content of a request as JSON values, by its media type."""

import json
from collections.abc import Mapping
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from schnittstellen.checks.openapi.media_types import fitting, is_json, is_xml, plain
from schnittstellen.checks.openapi.serialised import members, scalar, shape
from schnittstellen.engine.endpoint import Request
from schnittstellen.formats.openapi import Document, Operation
from schnittstellen.formats.safe_xml import XmlProblem, parse

UNJUDGED = object()
"""Stands for content of a kind that no schema of ours can look into."""


class BadBody(Exception):
    """The content is missing, of a media type that the document does not name, or not readable as what it says."""


def described(document: Document, operation: Operation) -> tuple[bool, Mapping[str, Any]]:
    """Whether an operation demands a content, and what it may be: media type objects by media type."""
    spec = document.known(operation.spec.get("requestBody"))
    if isinstance(spec, Mapping):
        return bool(spec.get("required")), {str(name): one or {} for name, one in (spec.get("content") or {}).items()}
    consumes = operation.spec.get("consumes") or document.content.get("consumes") or ["application/json"]
    for one in operation.parameters:
        if one["in"] == "body":
            return bool(one.get("required")), {str(name): {"schema": one.get("schema")} for name in consumes}
    fields = {one["name"]: one for one in operation.parameters if one["in"] == "formData"}
    if not fields:
        return False, {}
    needed = [name for name, one in fields.items() if one.get("required")]
    schema = {"type": "object", "properties": fields, "required": needed}
    return bool(needed), {str(name): {"schema": schema} for name in consumes}


def content_of(document: Document, request: Request, offered: Mapping[str, Any]) -> tuple[Any, Any]:
    """The content and the schema that it must keep (None: any). Raises `BadBody`."""
    declared = next((value for name, value in request.headers.items() if name.lower() == "content-type"), "")
    name = fitting(declared, offered)
    if name is None:
        raise BadBody
    schema, media_type, body = (offered[name] or {}).get("schema"), plain(declared), request.body or b""
    try:
        return _read(document, declared, media_type, body, schema), schema
    except (ValueError, RecursionError, XmlProblem):
        raise BadBody from None


def _read(document: Document, declared: str, media_type: str, body: bytes, schema: Any) -> Any:
    if is_json(media_type):
        return json.loads(body.decode("utf-8"))
    if is_xml(media_type):
        parse(body)
        return UNJUDGED
    if media_type == "application/x-www-form-urlencoded":
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True)
        return members(document, shape(document, schema), pairs)
    if media_type == "multipart/form-data":
        return _parts(document, declared, body, schema)
    return scalar(document, schema, body.decode("utf-8")) if media_type == "text/plain" else UNJUDGED


def _parts(document: Document, declared: str, body: bytes, schema: Any) -> dict[str, Any]:
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + declared.encode() + b"\r\n\r\n" + body)
    if not whole.is_multipart():
        raise ValueError("multipart")
    outside = shape(document, schema)
    plains: list[tuple[str, str]] = []
    others: dict[str, Any] = {}
    for part in whole.get_payload():
        assert isinstance(part, Message)
        name = str(part.get_param("name", "", "content-disposition"))
        data = part.get_payload(decode=True)
        text = data.decode("latin-1") if isinstance(data, bytes) else ""
        if is_json(part.get_content_type()):
            others[name] = json.loads(text.encode("latin-1").decode("utf-8"))
        else:
            plains.append((name, text))
    return {**members(document, outside, plains), **others}
