"""A small REST API of our own (permits of an invented town), good by default, with a switch for each defect."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

COUNT = 7
PAGE = 3
IDS = [str(uuid5(NAMESPACE_URL, f"muster-{number}")) for number in range(COUNT)]

DEFECTS = (
    "wrong_name",
    "wrong_type",
    "null_value",
    "missing_required",
    "naive_date_time",
    "undocumented_status",
    "server_error",
    "wrong_media_type",
    "no_media_type",
    "broken_json",
    "broken_utf8",
    "missing_header",
    "dead_item",
    "other_object",
    "unknown_found",
    "page_loop",
    "duplicate_item",
    "dead_next",
    "size_ignored",
    "crash_on_bad_input",
    "accepts_bad_input",
    "no_304",
    "error_format",
    "empty_body",
)


def document() -> dict[str, Any]:
    """The OpenAPI document that the good miniature keeps to."""
    permit = {"$ref": "#/components/schemas/Permit"}
    problem = {"description": "problem", "content": {"application/problem+json": {"schema": _PROBLEM}}}
    total = {"X-Total": {"required": True, "schema": {"type": "integer"}}}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Musteramt", "version": "1.0.0"},
        "paths": {
            "/permits": {
                "get": {
                    "operationId": "listPermits",
                    "parameters": [
                        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1, "default": 1}},
                        {
                            "name": "pageSize",
                            "in": "query",
                            "schema": {"type": "integer", "minimum": 1, "maximum": 5, "default": PAGE},
                        },
                        {"name": "state", "in": "query", "schema": {"type": "string", "enum": ["open", "closed"]}},
                    ],
                    "responses": {
                        "200": {
                            "description": "a page",
                            "headers": total,
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}},
                        },
                        "400": problem,
                    },
                },
                "post": {
                    "operationId": "createPermit",
                    "requestBody": {"required": True, "content": {"application/json": {"schema": permit}}},
                    "responses": {"201": {"description": "made"}, "400": problem},
                },
            },
            "/permits/{permitId}": {
                "get": {
                    "operationId": "getPermit",
                    "parameters": [
                        {
                            "name": "permitId",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string", "format": "uuid"},
                        }
                    ],
                    "responses": {
                        "200": {"description": "one", "content": {"application/json": {"schema": permit}}},
                        "400": problem,
                        "404": problem,
                    },
                }
            },
        },
        "components": {"schemas": {"Permit": _PERMIT, "Page": _PAGE_SCHEMA}},
    }


_PROBLEM = {"type": "object", "required": ["title", "status"], "properties": {"status": {"type": "integer"}}}
_PERMIT = {
    "type": "object",
    "required": ["id", "title", "issued", "state"],
    "additionalProperties": False,
    "properties": {
        "id": {"type": "string", "format": "uuid"},
        "title": {"type": "string"},
        "issued": {"type": "string", "format": "date-time"},
        "state": {"enum": ["open", "closed"]},
        "fee": {"type": "number"},
    },
}
_PAGE_SCHEMA = {
    "type": "object",
    "required": ["items"],
    "properties": {
        "items": {"type": "array", "items": {"$ref": "#/components/schemas/Permit"}},
        "next": {"type": "string"},
    },
}


def permit(number: int) -> dict[str, Any]:
    """One permit of the town."""
    return {
        "id": IDS[number],
        "title": f"Sondernutzung {number}",
        "issued": f"2026-03-{number + 1:02d}T08:00:00+01:00",
        "state": "open" if number % 2 else "closed",
        "fee": 12.5,
    }


@dataclass
class Miniature:
    """The running server: its address, the requests that it got, and the defects that are switched on."""

    url: str = ""
    defects: frozenset[str] = frozenset()
    seen: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def serving(*defects: str) -> Iterator[Miniature]:
    """Run the miniature on loopback while the block runs."""
    assert set(defects) <= set(DEFECTS), defects
    state = Miniature(defects=frozenset(defects))

    class Handler(_Handler):
        miniature = state

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    miniature: Miniature

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def has(self, defect: str) -> bool:
        return defect in self.miniature.defects

    def do_GET(self) -> None:
        self.miniature.seen.append((self.command, self.path))
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        if path == "/permits":
            self._list(query)
        elif path.startswith("/permits/") and path.count("/") == 2:
            self._one(path.rsplit("/", 1)[1])
        else:
            self._problem(404)

    do_HEAD = do_GET

    def do_OPTIONS(self) -> None:
        self.miniature.seen.append((self.command, self.path))
        self.send_response(204)
        self.send_header("Allow", "GET, HEAD, OPTIONS")
        self.end_headers()

    def do_POST(self) -> None:
        self.miniature.seen.append((self.command, self.path))
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._problem(400)

    do_PUT = do_PATCH = do_DELETE = do_TRACE = do_POST

    def _list(self, query: dict[str, list[str]]) -> None:
        try:
            page, size = self._number(query, "page", 1, 10_000), self._number(query, "pageSize", PAGE, 5)
            state = self._state(query)
        except ValueError:
            if not self.has("accepts_bad_input"):
                self._problem(500 if self.has("crash_on_bad_input") else 400)
                return
            page, size, state = 1, PAGE, None
        if self.has("size_ignored"):
            size = PAGE
        if self.has("server_error") and page == 1:
            self._problem(500)
            return
        numbers = [one for one in range(COUNT) if state is None or permit(one)["state"] == state]
        self._page(numbers, page, size, state)

    def _number(self, query: dict[str, list[str]], name: str, default: int, most: int) -> int:
        text = query.get(name, [str(default)])
        if len(text) != 1 or not text[0].isascii() or not text[0].isdigit() or not 1 <= int(text[0]) <= most:
            raise ValueError(name)
        return int(text[0])

    def _state(self, query: dict[str, list[str]]) -> str | None:
        values = query.get("state")
        if values is None:
            return None
        if values not in (["open"], ["closed"]):
            raise ValueError("state")
        return values[0]

    def _page(self, numbers: list[int], page: int, size: int, state: str | None) -> None:
        start = (page - 1) * size
        if self.has("duplicate_item") and page > 1:
            start -= 1
        items = [self._spoiled(permit(one), one) for one in numbers[start : (page - 1) * size + size]]
        if self.has("dead_item") and page == 1 and items:
            items[0]["id"] = str(UUID(int=7))
        content: dict[str, Any] = {"items": items}
        if page * size < len(numbers):
            following = page if self.has("page_loop") else page + 1
            path = "/nowhere" if self.has("dead_next") else "/permits"
            more = f"&state={state}" if state else ""
            content["next"] = f"{self.miniature.url}{path}?page={following}&pageSize={size}{more}"
        headers = {} if self.has("missing_header") else {"X-Total": str(len(numbers))}
        self._answer(200, content, headers)

    def _spoiled(self, one: dict[str, Any], number: int) -> dict[str, Any]:
        if number == 1:
            if self.has("wrong_name"):
                one["titel"] = one.pop("title")
            if self.has("wrong_type"):
                one["fee"] = "12,50"
            if self.has("null_value"):
                one["fee"] = None
            if self.has("missing_required"):
                del one["state"]
            if self.has("naive_date_time"):
                one["issued"] = "2026-03-01T08:00:00"
        return one

    def _one(self, id: str) -> None:
        try:
            UUID(id)
        except ValueError:
            self._problem(500 if self.has("crash_on_bad_input") else 400)
            return
        if id not in IDS:
            self._answer(200, permit(0)) if self.has("unknown_found") else self._problem(404)
            return
        if self.has("undocumented_status"):
            self._answer(203, permit(IDS.index(id)))
            return
        number = (IDS.index(id) + 1) % COUNT if self.has("other_object") else IDS.index(id)
        self._answer(200, self._spoiled(permit(number), -1))

    def _problem(self, status: int) -> None:
        content = {"error": "oops"} if self.has("error_format") else {"title": "Fehler", "status": status}
        self._answer(status, content, media_type="application/problem+json")

    def _answer(
        self, status: int, content: Any, headers: dict[str, str] | None = None, media_type: str = "application/json"
    ) -> None:
        body = json.dumps(content).encode()
        tag = f'"{hash(body) & 0xFFFFFF:x}"'
        if status == 200 and self.headers.get("If-None-Match") == tag and not self.has("no_304"):
            status, body = 304, b""
        if status == 200:
            body = self._broken(body)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status == 200:
            self.send_header("ETag", tag)
        if body and not (self.has("no_media_type") and status == 200):
            self.send_header("Content-Type", "text/html" if self.has("wrong_media_type") else media_type)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _broken(self, body: bytes) -> bytes:
        if self.has("empty_body"):
            return b""
        if self.has("broken_json"):
            return body[:-1] + b",}"
        return body.replace(b"Sonder", b"S\xffnder") if self.has("broken_utf8") else body
