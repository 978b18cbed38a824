"""Answers with an entity tag: the digest of what this reader gets, so that it changes with anything shown."""

import json
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

MEDIA_TYPE = "application/json"


class _Encoder(DjangoJSONEncoder):
    def default(self, o: Any) -> Any:
        if isinstance(o, frozenset | set):
            return sorted(o)
        if is_dataclass(o) and not isinstance(o, type):
            return {one.name: getattr(o, one.name) for one in fields(o)}
        return super().default(o)


def written(content: Any) -> bytes:
    """`content` as JSON."""
    return json.dumps(content, cls=_Encoder, ensure_ascii=False).encode()


def tag_of(document: bytes) -> str:
    """The strong entity tag of a document (RFC 9110, 8.8.3)."""
    return f'"{sha256(document).hexdigest()[:32]}"'


def answer(request: HttpRequest, content: Any, *, status: int = 200) -> HttpResponse:
    """`content` as JSON, or 304 where the reader has it already."""
    return sent(request, written(content), MEDIA_TYPE, status=status)


def sent(request: HttpRequest, document: bytes, media_type: str, *, status: int = 200) -> HttpResponse:
    """A document of any kind with its entity tag; shared caches keep only what everybody sees."""
    response = HttpResponse(document, status=status, content_type=media_type)
    response["ETag"] = tag_of(document)
    response["Cache-Control"] = "private, no-cache" if "Authorization" in request.headers else "no-cache"
    patch_vary_headers(response, ("Authorization",))
    if request.method not in ("GET", "HEAD"):
        return response
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
