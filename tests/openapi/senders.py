"""The plainest sender: one request at a time through the standard library, no rules."""

import http.client
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

from schnittstellen.engine.endpoint import Call, Request, Response


class PlainSender:
    """Sends to loopback and remembers; `most` is its budget."""

    def __init__(self, most: int = 1000) -> None:
        self._most = most
        self._calls: list[Call] = []

    @property
    def calls(self) -> Sequence[Call]:
        return self._calls

    def send(self, request: Request) -> Call:
        number = len(self._calls) + 1
        if number > self._most:
            return Call(number, request, problem="budget")
        call = Call(number, request, _response(request))
        self._calls.append(call)
        return call


def _response(request: Request) -> Response:
    parts = urlsplit(request.url)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=5)
    started = time.monotonic()
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(request.method, path or "/", request.body, dict(request.headers))
        answer = connection.getresponse()
        return Response(answer.status, tuple(answer.getheaders()), answer.read(), time.monotonic() - started)
    finally:
        connection.close()
