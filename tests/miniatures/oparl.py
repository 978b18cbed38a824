"""OParl servers in miniature: without faults it conforms to its version; each fault is one switch.

`App.respond` answers without a network; `serving` puts it behind a real socket on a free port.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.miniatures.council import Council, Object, Size
from tests.miniatures.oparl_faults import BODY_FAULTS, LIST_FAULTS, OBJECT_FAULTS, PAGE_FAULTS, REPLY_FAULTS, Reply

PAGE = 3
FILTERS = {
    "created_since": ("created", True),
    "created_until": ("created", False),
    "modified_since": ("modified", True),
    "modified_until": ("modified", False),
}
OMITTED = {
    "AgendaItem": ("auxiliaryFile",),
    "Meeting": ("auxiliaryFile", "agendaItem"),
    "Paper": ("auxiliaryFile", "location"),
    "Person": ("membership",),
    "Body": ("legislativeTerm",),
}
BACK = {
    "LegislativeTerm": ("body",),
    "Membership": ("person",),
    "AgendaItem": ("meeting",),
    "Consultation": ("paper",),
    "File": ("meeting", "agendaItem", "paper"),
    "Location": ("bodies", "organizations", "persons", "meetings", "papers"),
}


@dataclass(slots=True)
class App:
    """Answers like a council information system; `faults` are names of switches (see oparl_faults)."""

    base: str
    version: str = "1.1"
    faults: frozenset[str] = frozenset()
    size: Size = field(default_factory=Size)
    page: int = PAGE
    requests: list[str] = field(default_factory=list)
    council: Council = field(init=False)

    def __post_init__(self) -> None:
        self.council = Council(self.base, self.version, self.size)
        for name in self.faults & BODY_FAULTS.keys():
            BODY_FAULTS[name](self.council)

    def respond(self, method: str, target: str, headers: Mapping[str, str]) -> Reply:
        """The answer to one request; `target` is path and query."""
        self.requests.append(f"{method} {target}")
        parts = urlsplit(target)
        path = parts.path.removeprefix(urlsplit(self.base).path).strip("/")
        reply = self._reply(method, path, dict(parse_qsl(parts.query)), {k.lower(): v for k, v in headers.items()})
        for name in sorted(self.faults & REPLY_FAULTS.keys()):
            reply = REPLY_FAULTS[name](reply, method, path, dict(parse_qsl(parts.query)))
        if method == "HEAD" and reply.status < 400:
            reply.body = b""
        return reply

    def _reply(self, method: str, path: str, query: dict[str, str], headers: Mapping[str, str]) -> Reply:
        if method not in ("GET", "HEAD"):
            return self._error(405, "Nur GET und HEAD")
        if path.startswith(("access/", "download/")):
            return self._file(path, headers)
        if path in self.council.members:
            return self._conditional(self._page(path, query), headers)
        if path in self.council.objects:
            return self._conditional(self._json(self._object(path)), headers)
        return self._error(404, "Unter dieser Adresse gibt es nichts.")

    def _error(self, status: int, message: str) -> Reply:
        return self._json({"type": self.council.kind("Error"), "message": message, "debug": ""}, status)

    def _json(self, content: Any, status: int = 200) -> Reply:
        body = json.dumps(content, ensure_ascii=False).encode()
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*", "ETag": etag}
        return Reply(
            status, headers, body, kind="object" if isinstance(content, dict) and "data" not in content else "list"
        )

    def _conditional(self, reply: Reply, headers: Mapping[str, str]) -> Reply:
        if reply.status == 200 and headers.get("if-none-match") == reply.headers["ETag"]:
            return Reply(304, reply.headers, b"", kind=reply.kind)
        return reply

    def _object(self, path: str) -> Object:
        one = self.render(path, alone=True)
        for name in sorted(self.faults & OBJECT_FAULTS.keys()):
            one = OBJECT_FAULTS[name](one, path, True, self.council)
        return one

    def render(self, path: str, *, alone: bool, omit: bool = False) -> Object:
        """An object as it is put out: alone under its id, or in a list."""
        one = deepcopy(self.council.objects[path])
        one = {name: value for name, value in one.items() if value != []}
        self._embedded(one)
        if omit:
            for name in OMITTED.get(one["type"].rsplit("/", 1)[1], ()):
                one.pop(name, None)
        return one

    def _embedded(self, one: Object) -> None:
        for name, value in list(one.items()):
            for inner in value if isinstance(value, list) else [value]:
                if isinstance(inner, dict) and "id" in inner:
                    for back in BACK.get(inner["type"].rsplit("/", 1)[1], ()):
                        inner.pop(back, None)
                    self._embedded(inner)
                    if self.version == "1.0" and name in (
                        "legislativeTerm",
                        "membership",
                        "agendaItem",
                        "consultation",
                    ):
                        inner.pop("created"), inner.pop("modified")

    def _page(self, path: str, query: dict[str, str]) -> Reply:
        for name in sorted(self.faults & LIST_FAULTS.keys()):
            query = LIST_FAULTS[name](query, path)
        chosen = [one for one in self.council.members[path] if self._fits(one, query)]
        size = min(int(query.get("limit") or self.page), self.page)
        number = int(query.get("page") or 1)
        last = max(1, -(-len(chosen) // size))
        shown = chosen[(number - 1) * size : number * size]
        data = [self._shown(one, query) for one in shown]
        figures = {"totalElements": len(chosen), "elementsPerPage": size, "currentPage": number, "totalPages": last}
        content = {"data": data, "pagination": figures, "links": self._links(path, query, number, last)}
        for name in sorted(self.faults & PAGE_FAULTS.keys()):
            content = PAGE_FAULTS[name](content, path, query, self)
        return self._json(content)

    def _shown(self, path: str, query: dict[str, str]) -> Object:
        one = self.render(path, alone=False, omit=self.version == "1.1" and query.get("omit_internal") == "true")
        for name in sorted(self.faults & OBJECT_FAULTS.keys()):
            one = OBJECT_FAULTS[name](one, path, False, self.council)
        return one

    def _links(self, path: str, query: dict[str, str], number: int, last: int) -> dict[str, str]:
        def to(page: int) -> str:
            kept = {name: value for name, value in query.items() if name != "page"}
            return self.council.url(path) + "?" + urlencode({**kept, "page": page})

        links = {"first": to(1), "self": to(number), "last": to(last)}
        if number > 1:
            links["prev"] = to(number - 1)
        if number < last:
            links["next"] = to(number + 1)
        return links

    def _fits(self, path: str, query: dict[str, str]) -> bool:
        one = self.council.objects[path]
        if one.get("deleted") and "modified_since" not in query:
            return False
        for name, (attribute, later) in FILTERS.items():
            if name in query:
                limit, value = datetime.fromisoformat(query[name]), datetime.fromisoformat(one[attribute])
                if value < limit if later else value > limit:
                    return False
        return True

    def _file(self, path: str, headers: Mapping[str, str]) -> Reply:
        way, _, name = path.partition("/")
        one = self.council.objects.get(name)
        if one is None or name not in self.council.files:
            return self._error(404, "Diese Datei gibt es nicht.")
        if one.get("deleted"):
            return self._error(410, "Diese Datei wurde gelöscht.")
        content = self.council.files[name]
        etag = f'"{sha256(content).hexdigest()[:16]}"'
        answer = {"Content-Type": "application/pdf", "ETag": etag, "Last-Modified": "Thu, 01 Feb 2024 08:00:00 GMT"}
        if way == "download":
            answer["Content-Disposition"] = f'attachment; filename="{one["fileName"]}"'
        if headers.get("if-none-match") == etag:
            return Reply(304, answer, b"", kind="file")
        return Reply(200, answer, content, kind="file")


@contextmanager
def serving(make: Callable[[str], App]) -> Iterator[App]:
    """Run an app on a free port of the loopback interface; `make` gets the base address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    app = make(f"http://127.0.0.1:{server.server_port}/oparl")
    server.app = app  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield app
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def _answer(self) -> None:
        reply: Reply = self.server.app.respond(self.command, self.path, dict(self.headers.items()))  # type: ignore[attr-defined]
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)
        self.wfile.flush()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = _answer

    def log_message(self, *_: object) -> None:
        """Stay silent."""
