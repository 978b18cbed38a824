"""A server on loopback that plays for a client: it hands each request to what answers and remembers."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, TypeVar

from schnittstellen.engine.incoming import incoming_body
from schnittstellen.engine.recording import Recording
from schnittstellen.transports.http.evidence import Listener, Pairs
from schnittstellen.transports.mock.playing import Mock, Play


class Answering(Protocol):
    """What stands behind the server."""

    def answered(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> tuple[int, Pairs, bytes]: ...


_Made = TypeVar("_Made", bound=Answering)


@contextmanager
def serving(make: Callable[[str], _Made], port: int = 0) -> Iterator[_Made]:
    """While the block runs, what `make` makes for an origin on 127.0.0.1 answers there."""

    class Handler(_Handler):
        behind: Answering

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    made = make(f"http://127.0.0.1:{server.server_address[1]}")
    Handler.behind = made
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mocking(play: Play, port: int = 0, listen: Listener | None = None) -> Iterator[Recording]:
    """Play while the block runs; the recording's name is the address. `listen` hears each exchange."""
    with serving(lambda origin: Mock(play, origin, listen), port) as mock:
        yield mock.recording


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    behind: Answering

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _any(self) -> None:
        try:
            body = incoming_body(self)
        except ValueError:
            self.close_connection = True
            self.send_error(400)
            return
        status, headers, content = self.behind.answered(self.command, self.path, dict(self.headers.items()), body)
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        empty = status in (204, 304) or status < 200
        if not empty:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not empty and self.command != "HEAD":
            self.wfile.write(content)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = _any
