"""A loopback address behind which everything goes through a sender: for tools that run in a process of their own."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from schnittstellen.engine.endpoint import Call, Request, Sender

BLOCKED = 599
"""Status of the answer where nothing came from the target; the header X-Schnittstellen-Problem says why."""

_HOP = {
    "connection",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "host",
    "content-length",
    "accept-encoding",
}
_DECODED = {"content-encoding", "content-length"}
_MAX_BODY = 16 * 1024 * 1024


@contextmanager
def proxied(sender: Sender, base: str, purpose: str, listen: Callable[[Call], None] | None = None) -> Iterator[str]:
    """While the block runs, requests to the yielded address go to `base` through `sender`, one at a time.

    `listen` is told every call. The address is on 127.0.0.1, with a free port.
    """

    class Handler(_Handler):
        forward = _Forward(sender, base.rstrip("/"), purpose, listen)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Forward:
    def __init__(self, sender: Sender, base: str, purpose: str, listen: Callable[[Call], None] | None) -> None:
        self._sender = sender
        self._base = base
        self._purpose = purpose
        self._listen = listen
        self._one = threading.Lock()

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Call:
        with self._one:
            call = self._sender.send(Request(method, self._base + path, headers, body, self._purpose))
            if self._listen is not None:
                self._listen(call)
            return call


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    forward: _Forward

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        if length > _MAX_BODY:
            self._blocked("too_large")
            return
        body = self.rfile.read(length) if length else None
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        call = self.forward(self.command, self.path, headers, body)
        if call.response is None:
            self._blocked(call.problem or "")
            return
        self._answer(call.response.status, call.response.headers, call.response.body)

    def _blocked(self, problem: str) -> None:
        self._answer(BLOCKED, (("X-Schnittstellen-Problem", problem),), b"")

    def _answer(self, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers:
            if name.lower() not in _HOP | _DECODED:
                self.send_header(name, value)
        empty = status in (204, 304) or status < 200
        if not empty:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not empty and self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_OPTIONS = do_POST = do_PUT = do_PATCH = do_DELETE = do_TRACE = do_QUERY = _any
