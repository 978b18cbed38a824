"""A loopback address behind which everything goes through a sender: for tools that run in a process of their own."""

import hmac
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from schnittstellen.engine.endpoint import Call, Request, Sender
from schnittstellen.engine.incoming import incoming_body

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


@contextmanager
def proxied(sender: Sender, base: str, purpose: str, listen: Callable[[Call], None] | None = None) -> Iterator[str]:
    """While the block runs, requests to the yielded address go to `base` through `sender`, one at a time.

    `listen` is told every call. The address is on 127.0.0.1, with a free port. Redirects are handed on as they are, but
    for their place: one below `base` leads through this address again, any other is left out, so that a tool cannot
    be led past the sender. Marks of secrets are handed on, never the secrets. The path of the address begins with a
    token, without which nothing is sent: other users of the machine cannot use the proxy.
    """

    class Handler(_Handler):
        forward = _Forward(sender, base.rstrip("/"), purpose, listen)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.token = f"/{secrets.token_urlsafe(24)}"
    Handler.address = f"http://127.0.0.1:{server.server_address[1]}{Handler.token}"
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield Handler.address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Forward:
    def __init__(self, sender: Sender, base: str, purpose: str, listen: Callable[[Call], None] | None) -> None:
        self._sender = sender
        self.base = base
        self._purpose = purpose
        self._listen = listen
        self._one = threading.Lock()

    def __call__(self, method: str, path: str, headers: dict[str, str], body: bytes | None) -> Call:
        with self._one:
            call = self._sender.send(Request(method, self.base + path, headers, body, self._purpose, follow=False))
            if self._listen is not None:
                self._listen(call)
            return call


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    forward: _Forward
    address: str
    token: str

    def log_message(self, *_: object) -> None:
        """Keep quiet."""

    def _any(self) -> None:
        try:
            body = incoming_body(self)
        except ValueError:
            self.close_connection = True
            self._blocked("request")
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        if not self._is_ours():
            self._blocked("token")
            return
        call = self.forward(self.command, self.path.removeprefix(self.token), headers, body)
        if call.response is None:
            self._blocked(call.problem or "")
            return
        headers_back = tuple(filter(None, (self._led(*pair) for pair in call.response.headers)))
        self._answer(call.response.status, headers_back, call.response.body)

    def _is_ours(self) -> bool:
        start, rest = self.path[: len(self.token)], self.path[len(self.token) :]
        return hmac.compare_digest(start.encode(), self.token.encode()) and rest[:1] in ("", "/", "?")

    def _led(self, name: str, value: str) -> tuple[str, str] | None:
        if name.lower() not in ("location", "content-location", "refresh"):
            return name, value
        base = self.forward.base
        if value == base or value.startswith((f"{base}/", f"{base}?")):
            return name, f"{self.address}{value.removeprefix(base)}"
        root = urlsplit(base).path
        if value == root or (value.startswith((f"{root}/", f"{root}?")) and not value.startswith("//")):
            return name, f"{self.address}{value.removeprefix(root)}"
        return None

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
