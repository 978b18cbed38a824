"""The body of a request that comes in at a server of ours, whole or in chunks."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

MAX_BODY = 16 * 1024 * 1024


def incoming_body(handler: BaseHTTPRequestHandler) -> bytes | None:
    """The body, or None where there is none. Raises `ValueError` where it cannot be taken."""
    if handler.headers.get("Transfer-Encoding", "").lower() == "chunked":
        return b"".join(_chunks(handler))
    length = int(handler.headers.get("Content-Length") or 0)
    if not 0 <= length <= MAX_BODY:
        raise ValueError(length)
    return handler.rfile.read(length) if length else None


def _chunks(handler: BaseHTTPRequestHandler) -> Iterator[bytes]:
    left = MAX_BODY
    while size := int(handler.rfile.readline(100).partition(b";")[0], 16):
        left -= size
        if not size > 0 or left < 0:
            raise ValueError(size)
        yield handler.rfile.read(size)
        handler.rfile.readline(3)
    while handler.rfile.readline(8192).strip():
        pass
