"""A server that plays for a client: each request goes to what answers and remembers."""

import errno
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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


LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen (`port` 0: a free one), and the origin by which clients come, where that is another.

    Answers hold addresses below that origin, so it has to be known before the first request.
    """

    host: str = LOOPBACK
    port: int = 0
    public: str = ""

    @property
    def everywhere(self) -> bool:
        """Whether `host` stands for every address of this machine, so that it is none itself."""
        return self.host in ("", "0.0.0.0", "::")  # noqa: S104

    @property
    def only_here(self) -> bool:
        """Whether only programmes on this machine get through."""
        return self.host == "::1" or self.host.startswith("127.") or self.host == "localhost"


class NotListening(OSError):
    """Nobody can listen there."""


_Made = TypeVar("_Made", bound=Answering)


@contextmanager
def serving(make: Callable[[str], _Made], where: Listening = Listening()) -> Iterator[_Made]:
    """While the block runs, what `make` makes for an origin answers there. Raises `NotListening`."""

    class Handler(_Handler):
        behind: Answering

    server = _bound(where, Handler)
    made = make(where.public or _origin(where.host, server.server_address[1]))
    Handler.behind = made
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def demand_free(where: Listening) -> None:
    """Raises `NotListening` where nobody could listen now, so that nothing long is done before in vain."""
    _bound(where, BaseHTTPRequestHandler).server_close()


def _bound(where: Listening, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in where.host else socket.AF_INET
        daemon_threads = True

    try:
        return Server((where.host, where.port), handler)
    except OSError as error:
        raise NotListening(error.errno, error.strerror) from error
    except (OverflowError, UnicodeError) as error:
        raise NotListening(errno.EINVAL, os.strerror(errno.EINVAL)) from error


def _origin(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def mocking(
    play: Play,
    where: Listening = Listening(),
    listen: Listener | None = None,
) -> Iterator[Recording]:
    """Play while the block runs; the recording's name is the address. `listen` hears each exchange."""
    with serving(lambda origin: Mock(play, origin, listen), where) as mock:
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
