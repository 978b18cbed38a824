"""The mock itself: a loopback server that answers as the document says and remembers what it was asked."""

import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.recording import Heard, Recording
from schnittstellen.formats.openapi import Document
from schnittstellen.formats.openapi_paths import Routes
from schnittstellen.transports.mock.samples import answer_of
from schnittstellen.transports.mock.world import Answer, Shown, World

_SECRET = re.compile(r"authorization|cookie|token|key|secret", re.IGNORECASE)
_MAX_BODY = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manners:
    """How the mock misbehaves on purpose: seconds before each answer; every n-th request gets a 503 (0: none)."""

    delay: float = 0.0
    fail_every: int = 0


@contextmanager
def mocking(
    document: Document, port: int = 0, manners: Manners | None = None, played: Path | None = None
) -> Iterator[Recording]:
    """Serve on 127.0.0.1 while the block runs; the recording's name is the address.

    `played` is a recording (HAR) of a server of the standard: where there is one, the mock plays it.
    """
    recording = Recording(name="")

    class Handler(_Handler):
        mock: "_Mock"

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    base = f"http://127.0.0.1:{server.server_address[1]}"
    world = World(played, base) if played else None
    recording.name = base + (world.entry if world else "")
    Handler.mock = _Mock(document, recording, manners or Manners(), world)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield recording
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Mock:
    def __init__(self, document: Document, recording: Recording, manners: Manners, world: World | None) -> None:
        self._document = document
        self._recording = recording
        self._manners = manners
        self._world = world
        self._routes = Routes(document)
        self._lock = threading.Lock()

    def __call__(self, request: Request, secrets: Mapping[str, str]) -> Answer:
        time.sleep(self._manners.delay)
        with self._lock:
            number = len(self._recording.heard) + 1
            answer = self._answer(request, number)
            shown = self._world.shown(request.url, answer) if self._world else Shown()
            self._recording.heard.append(Heard(number, request, answer[0], shown.kind, shown.next, secrets))
        return answer

    def _answer(self, request: Request, number: int) -> Answer:
        if self._manners.fail_every and number % self._manners.fail_every == 0:
            return 503, None, b""
        if self._world is not None:
            return _played(self._world, request)
        path = urlsplit(request.url).path
        method = "get" if request.method == "HEAD" else request.method.lower()
        found = self._routes.find(method, path)
        if found is not None:
            return answer_of(self._document, found[0], self._recording.name)
        return (405 if self._routes.knows(path) else 404), None, b""


def _played(world: World, request: Request) -> Answer:
    if request.method == "OPTIONS":
        return 204, None, b""
    if request.method not in ("GET", "HEAD"):
        return 405, None, b""
    return world.answer(request.url) or (404, None, b"")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    mock: _Mock

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _any(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), _MAX_BODY)
        body = self.rfile.read(length) if length else None
        secrets = {name: value for name, value in self.headers.items() if _SECRET.search(name)}
        headers = {**dict(self.headers.items()), **dict.fromkeys(secrets, "***")}
        status, media_type, content = self.mock(Request(self.command, self.path, headers, body), secrets)
        self.send_response(status)
        if media_type is not None:
            self.send_header("Content-Type", media_type)
        if status == 503:
            self.send_header("Retry-After", "1")
        self.send_header("Access-Control-Allow-Origin", "*")
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _any
