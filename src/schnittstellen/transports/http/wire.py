"""The wire: connections to pinned addresses, and single exchanges over them that end in time and in bounds.

A network backend of our own for httpcore2: it connects to the addresses that `Pins` allows and to no others, and each
read and write is cut to what is left of the exchange's time.
"""

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

import httpcore2

from schnittstellen.transports.http import tls
from schnittstellen.transports.http.address import Address, Origin
from schnittstellen.transports.http.limits import SAFE_METHODS, Limits
from schnittstellen.transports.http.pins import Pins, Refused

Headers = list[tuple[bytes, bytes]]
_IDLE_SECONDS = 5.0
_HEAD_BYTES = 256 * 1024

for _name in ("httpcore2", "httpcore2.http11", "httpcore2.connection"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # its debug lines quote headers


class WireProblem(Exception):
    """An exchange that did not come to an end. `problem` as in `engine.endpoint.Call`; what came until then is kept."""

    def __init__(self, problem: str, detail: str, partial: "Raw | None" = None) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail
        self.partial = partial


class Raw:
    """An answer as it came: `body` is still compressed, unless it is `decoded`."""

    __slots__ = ("body", "decoded", "headers", "seconds", "status", "version")

    def __init__(self, status: int, version: str, headers: Headers, body: bytes = b"", seconds: float = 0.0) -> None:
        self.status = status
        self.version = version
        self.headers = headers
        self.body = body
        self.seconds = seconds
        self.decoded = False


class Wire(Protocol):
    """Carries one request out and one answer back. Raises `WireProblem`."""

    def exchange(self, method: str, address: Address, headers: Headers, body: bytes | None, seconds: float) -> Raw: ...

    def close(self) -> None: ...


class _OutOfTime(httpcore2.ReadTimeout):
    """The time of the whole exchange is over."""


class _TooMuch(Exception):
    """More bytes came than an exchange may have."""


class _Stream(httpcore2.NetworkStream):
    """A stream whose reads and writes end when the exchange's time does, and which counts what it read."""

    def __init__(self, inner: httpcore2.NetworkStream, clock: Callable[[], float]) -> None:
        self._inner = inner
        self._clock = clock
        self.ends = 0.0
        self.allowed = 0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._inner.read(max_bytes, self._left(timeout))
        self.allowed -= len(data)
        if self.allowed < 0:
            raise _TooMuch
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._inner.close()

    def abort(self) -> None:
        """End a read that waits in another thread, and close."""
        with suppress(OSError):
            self._inner.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
        with suppress(OSError):
            self._inner.close()

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self.ends - self._clock()
        if left <= 0:
            raise _OutOfTime
        return left if timeout is None else min(left, timeout)


class _Connection(httpcore2.HTTP11Connection):
    """A connection that can tell whether the server sent more than the answer it announced."""

    def __init__(self, origin: httpcore2.Origin, stream: _Stream) -> None:
        super().__init__(origin=origin, stream=stream, keepalive_expiry=_IDLE_SECONDS)
        self.guarded = stream

    def surplus(self) -> bool:
        return bool(self._h11_state.trailing_data[0])


class LiveWire:
    """Exchanges over the network. May be used by several threads; each exchange has a connection to itself."""

    def __init__(
        self,
        pins: Pins,
        limits: Limits,
        context: Callable[[], ssl.SSLContext],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pins = pins
        self._limits = limits
        self._context = context
        self._made: ssl.SSLContext | None = None
        self._clock = clock
        self._backend = httpcore2.SyncBackend()
        self._lock = threading.Lock()
        self._idle: dict[Origin, list[_Connection]] = {}
        self._busy: set[_Connection] = set()

    def exchange(self, method: str, address: Address, headers: Headers, body: bytes | None, seconds: float) -> Raw:
        """Send and read the whole answer within `seconds`, which includes connecting. Raises `WireProblem`.

        A connection that the server had closed while it was idle says nothing of the server: a fresh one is tried.
        """
        timeout = {"read": self._limits.read, "write": self._limits.read}
        request = httpcore2.Request(
            method, _url(address), headers=headers, content=body, extensions={"timeout": timeout}
        )
        started = self._clock()
        kept = self._take(address.origin)
        if kept is not None:
            try:
                return self._over(kept, request, address.origin, started, seconds)
            except WireProblem as problem:
                if problem.problem != "reset" or problem.partial is not None or method not in SAFE_METHODS:
                    raise
        fresh = self._connect(address.origin, started + seconds)
        return self._over(fresh, request, address.origin, started, seconds)

    def close(self) -> None:
        """Close all connections; an exchange under way ends with the problem `reset`."""
        with self._lock:
            idle, self._idle = self._idle, {}
            busy = tuple(self._busy)
        for connection in (*busy, *(one for waiting in idle.values() for one in waiting)):
            connection.guarded.abort()

    def _over(
        self, connection: _Connection, request: httpcore2.Request, origin: Origin, started: float, seconds: float
    ) -> Raw:
        connection.guarded.ends = started + seconds
        connection.guarded.allowed = _HEAD_BYTES
        with self._lock:
            self._busy.add(connection)
        raw: Raw | None = None
        chunks: list[bytes] = []
        try:
            with _translated():
                answer = connection.handle_request(request)
                connection.guarded.allowed += self._limits.max_bytes
                raw = Raw(answer.status, str(answer.extensions["http_version"], "ascii"), answer.headers)
                chunks.extend(answer.iter_stream())
                answer.close()
        except WireProblem as problem:
            connection.close()
            problem.partial = raw
            if problem.problem == "reset" and raw is None and connection.guarded.allowed < _HEAD_BYTES:
                raise WireProblem("protocol", "closed before the end of the header") from None
            raise
        finally:
            with self._lock:
                self._busy.discard(connection)
            if raw is not None:
                raw.body = b"".join(chunks)
                raw.seconds = self._clock() - started
        return self._finished(connection, origin, raw)

    def _finished(self, connection: _Connection, origin: Origin, raw: Raw) -> Raw:
        if connection.surplus():
            connection.close()
            raise WireProblem("protocol", "more bytes than the answer announced", raw)
        if connection.is_idle():
            with self._lock:
                self._idle.setdefault(origin, []).append(connection)
        return raw

    def _take(self, origin: Origin) -> _Connection | None:
        while True:
            with self._lock:
                waiting = self._idle.get(origin)
                connection = waiting.pop() if waiting else None
            if connection is None or not connection.has_expired():
                return connection
            connection.close()

    def _connect(self, origin: Origin, ends: float) -> _Connection:
        try:
            addresses = self._pins.addresses(origin.host)
        except Refused as refused:
            raise WireProblem(refused.problem, refused.detail) from None
        stream = self._first_open([str(address) for address in addresses], origin.port, ends)
        if origin.scheme == "https":
            stream = self._secured(stream, origin.host, ends)
        return _Connection(_core_origin(origin), _Stream(stream, self._clock))

    def _first_open(self, addresses: list[str], port: int, ends: float) -> httpcore2.NetworkStream:
        problem = WireProblem("timeout", "no time left to connect")
        for address in addresses:
            left = ends - self._clock()
            if left <= 0:
                break
            try:
                return self._backend.connect_tcp(address, port, min(left, self._limits.connect))
            except httpcore2.ConnectTimeout:
                problem = WireProblem("timeout", "no connection in time")
            except httpcore2.ConnectError:
                problem = WireProblem("refused", "connection refused or no route")
        raise problem

    def _secured(self, stream: httpcore2.NetworkStream, host: str, ends: float) -> httpcore2.NetworkStream:
        left = max(0.001, min(ends - self._clock(), self._limits.connect))
        try:
            return stream.start_tls(self._tls(), host, left)
        except httpcore2.ConnectTimeout:
            raise WireProblem("timeout", "TLS handshake not finished in time") from None
        except (httpcore2.ConnectError, OSError, ValueError) as error:
            raise WireProblem("tls", tls.cause(error)) from None

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._made is None:
                self._made = self._context()
            return self._made


@contextmanager
def _translated() -> Iterator[None]:
    """Turn what httpcore2 raises into `WireProblem`."""
    try:
        yield
    except _OutOfTime:
        raise WireProblem("timeout", "answer not complete in time") from None
    except _TooMuch:
        raise WireProblem("too_large", "more bytes than allowed") from None
    except httpcore2.TimeoutException:
        raise WireProblem("timeout", "no further bytes in time") from None
    except httpcore2.LocalProtocolError as error:
        raise WireProblem("request", _words(error)) from None
    except httpcore2.ProtocolError as error:
        raise WireProblem(*_protocol(error)) from None
    except (httpcore2.NetworkError, OSError) as error:
        if tls.cause(error) == "client_certificate":  # TLS 1.3 tells it only after the handshake
            raise WireProblem("tls", "client_certificate") from None
        raise WireProblem("reset", "connection closed by the counterpart") from None


def _protocol(error: Exception) -> tuple[str, str]:
    words = _words(error)
    if "disconnected without" in words:
        return "reset", "connection closed without an answer"
    if "Receive buffer too long" in words or ("chunk header" in words and "long" in words):
        return "too_large", "header larger than allowed"
    return "protocol", words


def _words(error: Exception) -> str:
    """What h11 says is wrong, without what it quotes from the message."""
    return str(error).partition(":")[0].partition(" (")[0].partition("b'")[0].strip()[:100]


def _core_origin(origin: Origin) -> httpcore2.Origin:
    return httpcore2.Origin(origin.scheme.encode(), origin.host.encode(), origin.port)


def _url(address: Address) -> httpcore2.URL:
    origin = address.origin
    return httpcore2.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=address.target)
