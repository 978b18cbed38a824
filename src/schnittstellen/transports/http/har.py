"""Evidence as HAR 1.2: each exchange with its digest, written while the run goes on, so that Ctrl-C loses nothing."""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl

from schnittstellen import __version__
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Response
from schnittstellen.transports.http.evidence import Exchange, Pairs

ABOUT = "_schnittstellen"
"""The member of a log under which we say what was recorded."""


class BadHar(ValueError):
    """A file that is no HAR, or that lacks what replaying needs."""


class HarWriter:
    """Writes exchanges to `path` as they come; a listener of the gateway. Use as a context manager.

    Bodies are written only `with_content`; their digest (SHA-256) always. `about` says what was recorded. Until
    the block ends, the file is called `<path>.part`. Opening raises `OSError`; later trouble, such as a full disk,
    ends the writing: see `failed`.
    """

    def __init__(self, path: Path, *, with_content: bool = False, about: Mapping[str, Any] | None = None) -> None:
        self.path = path
        self._about = "" if about is None else f'"{ABOUT}": {json.dumps(dict(about))}, '
        self._part = path.with_name(f"{path.name}.part")
        self._with_content = with_content
        self._separator = "\n"
        self.failed = False

    def __enter__(self) -> Self:
        self._file = self._part.open("w", encoding="utf-8")
        creator = json.dumps({"name": "schnittstellen", "version": __version__})
        self._file.write(f'{{"log": {{"version": "1.2", "creator": {creator}, {self._about}"entries": [')
        return self

    def __call__(self, exchange: Exchange) -> None:
        if self.failed:
            return
        entry = json.dumps(_entry(exchange, self._with_content), ensure_ascii=True)
        try:
            self._file.write(f"{self._separator}{entry}")
        except OSError:
            self.failed = True
        self._separator = ",\n"

    def __exit__(self, *_: object) -> None:
        try:
            self._file.write("\n]}}\n")
            self._file.close()
            self._part.replace(self.path)
        except OSError:
            self.failed = True


def about(path: Path) -> dict[str, Any]:
    """What a recording of ours says of itself; empty where it says nothing. Raises `BadHar`."""
    found = _log(path).get(ABOUT)
    return found if isinstance(found, dict) else {}


def entries(path: Path) -> Iterator[dict[str, Any]]:
    """The entries of a HAR file. Raises `BadHar`."""
    found = _log(path).get("entries")
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadHar("no entries")
    yield from found


def _log(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))["log"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError) as error:
        raise BadHar(type(error).__name__) from error
    if not isinstance(found, dict):
        raise BadHar("no log")
    return found


def body_of(content: dict[str, Any]) -> bytes | None:
    """The body that a HAR content object holds, or None where it was not kept. Raises `BadHar`."""
    text = content.get("text")
    if text is None:
        return b"" if not content.get("size") else None
    try:
        return base64.b64decode(text, validate=True) if content.get("encoding") == "base64" else str(text).encode()
    except ValueError as error:
        raise BadHar("content is not base64") from error


def _entry(exchange: Exchange, with_content: bool) -> dict[str, Any]:
    call = exchange.call
    milliseconds = round(exchange.seconds * 1000, 3)
    entry: dict[str, Any] = {
        "startedDateTime": exchange.started.isoformat(timespec="milliseconds"),
        "time": milliseconds,
        "request": _request(exchange, with_content),
        "response": _response(exchange, with_content),
        "cache": {},
        "timings": {"send": 0, "wait": milliseconds, "receive": 0},
        "_number": call.number,
        "_purpose": call.request.purpose,
    }
    if call.problem is not None:
        entry |= {"_problem": call.problem, "_detail": call.detail}
    return entry


def _request(exchange: Exchange, with_content: bool) -> dict[str, Any]:
    request = exchange.call.request
    query = parse_qsl(parts_of(request.url.partition("#")[0]).query, keep_blank_values=True, max_num_fields=10_000)
    written: dict[str, Any] = {
        "method": request.method,
        "url": request.url,
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": _named(exchange.sent),
        "queryString": _named(tuple(query)),
        "headersSize": -1,
        "bodySize": len(request.body or b""),
    }
    if request.body is not None:
        kind = next((value for name, value in exchange.sent if name.lower() == "content-type"), "")
        written["postData"] = {"mimeType": kind, **_content(request.body, with_content)}
    return written


def _response(exchange: Exchange, with_content: bool) -> dict[str, Any]:
    answer = exchange.call.response or Response(0, (), b"", exchange.seconds)
    return {
        "status": answer.status,
        "statusText": _phrase(answer.status),
        "httpVersion": exchange.version,
        "cookies": [],
        "headers": _named(answer.headers),
        "content": {
            "size": len(answer.body),
            "mimeType": answer.header("Content-Type") or "",
            **_content(answer.body, with_content),
        },
        "redirectURL": answer.header("Location") or "",
        "headersSize": -1,
        "bodySize": -1,
        "_truncated": answer.truncated,
    }


def _content(body: bytes, with_content: bool) -> dict[str, Any]:
    digest = {"_sha256": hashlib.sha256(body).hexdigest()}
    if not with_content:
        return {"text": "", **digest} if not body else digest
    try:
        return {"text": body.decode("utf-8"), **digest}
    except UnicodeDecodeError:
        return {"text": base64.b64encode(body).decode(), "encoding": "base64", **digest}


def _named(pairs: Pairs) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in pairs]


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
