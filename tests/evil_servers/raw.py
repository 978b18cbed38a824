"""Servers of bytes: each connection is handed to a script, which may answer with anything, or not at all."""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

Script = Callable[["Talk"], None]


@dataclass
class Talk:
    """One connection. `stopping` is set when the server goes away: scripts that wait must wait on it."""

    connection: socket.socket
    stopping: threading.Event
    number: int
    base: str

    def request(self) -> bytes:
        """Read one request with the body that its Content-Length announces; empty where the client closed."""
        kept = b""
        while b"\r\n\r\n" not in kept or len(kept.partition(b"\r\n\r\n")[2]) < _length(kept):
            piece = self.connection.recv(65536)
            if not piece:
                return b""
            kept += piece
        return kept

    def say(self, *pieces: bytes) -> None:
        """Send bytes as they are."""
        for piece in pieces:
            self.connection.sendall(piece)

    def answer(self, body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> None:
        """Send an answer, with a Content-Length that may lie."""
        size = len(body) if length is None else length
        lines = [f"HTTP/1.1 {status}", f"Content-Length: {size}", *headers]
        self.say("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    def drip(self, data: bytes, pause: float = 0.05) -> None:
        """Send one byte after the other, until the server goes away."""
        for at in range(len(data)):
            if self.stopping.wait(pause):
                return
            self.say(data[at : at + 1])

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        self.connection.close()


def _length(request: bytes) -> int:
    found = re.search(rb"\r\nContent-Length: (\d+)\r\n", request, re.IGNORECASE)
    return int(found[1]) if found else 0


@dataclass
class RawServer:
    """What tests know of a server: its address and the requests that reached it."""

    base: str
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0


@contextmanager
def raw_server(script: Script, context: ssl.SSLContext | None = None, host: str = "127.0.0.1") -> Iterator[RawServer]:
    """Serve `script` on a free port of the loopback interface, each connection in a thread of its own."""
    listener = socket.create_server((host, 0))
    listener.settimeout(0.05)
    scheme = "http" if context is None else "https"
    server = RawServer(f"{scheme}://{host}:{listener.getsockname()[1]}")
    stopping = threading.Event()
    threads: list[threading.Thread] = []
    open_connections: list[socket.socket] = []

    def converse(connection: socket.socket, number: int) -> None:
        with suppress(OSError, ssl.SSLError):
            connection.settimeout(10)
            if context is not None:
                connection = context.wrap_socket(connection, server_side=True)
                open_connections.append(connection)
            script(_Listening(connection, stopping, number, server.base, server))
        with suppress(OSError):
            connection.close()

    def accept() -> None:
        while not stopping.is_set():
            with suppress(TimeoutError):
                connection, _ = listener.accept()
                server.connections += 1
                open_connections.append(connection)
                thread = threading.Thread(target=converse, args=(connection, server.connections), daemon=True)
                threads.append(thread)
                thread.start()

    acceptor = threading.Thread(target=accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        stopping.set()
        acceptor.join(2)
        listener.close()
        for connection in open_connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(2)


@dataclass
class _Listening(Talk):
    server: RawServer

    def request(self) -> bytes:
        found = Talk.request(self)
        if found:
            self.server.requests.append(found)
        return found
