"""The gateway: the one way out of the machine. Every rule about what may leave is kept here and nowhere else."""

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from schnittstellen import __version__
from schnittstellen.engine.endpoint import OURS, UNREACHABLE, Call, Request, Response
from schnittstellen.transports.http import decode
from schnittstellen.transports.http.address import (
    Address,
    BadAddress,
    Origin,
    Reach,
    joined,
    literal,
    reach,
    read,
    scheme_of,
)
from schnittstellen.transports.http.evidence import Exchange, Listener
from schnittstellen.transports.http.limits import SAFE_METHODS, Budget
from schnittstellen.transports.http.redaction import Redactor
from schnittstellen.transports.http.retry import asked_pause
from schnittstellen.transports.http.wire import Headers, Raw, Wire, WireProblem

ACCEPT = "application/json, application/*+json;q=0.9, */*;q=0.1"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BODILESS = frozenset({204, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What may leave: to which origins, with which methods, and which headers are added to every request.

    `headers` may hold marks of secrets. A request that names one of them itself wins; one with an empty value goes
    without it.
    """

    origins: frozenset[Origin]
    may_write: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


class _Stopped(Exception):
    """A request that the rules keep back."""

    def __init__(self, problem: str, detail: str) -> None:
        super().__init__(detail)
        self.problem = problem
        self.detail = detail


class Gateway:
    """Implements `engine.endpoint.Sender`. May be used by several threads."""

    def __init__(  # noqa: PLR0913 - its parts, put together in one place
        self,
        wire: Wire,
        rules: Rules,
        budget: Budget,
        redactor: Redactor | None = None,
        *,
        listeners: Iterable[Listener] = (),
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._wire = wire
        self._rules = rules
        self._budget = budget
        self._redactor = redactor or Redactor()
        self._listeners = tuple(listeners)
        self._now = now
        self._lock = threading.Lock()
        self._calls: list[Call] = []
        self._number = 0
        self.cut: set[str] = set()
        """Which of budget, deadline, rate and unrecorded kept requests of this run from being answered."""
        self.unreachable = 0
        """How many of the last requests in a row got no connection."""

    @property
    def calls(self) -> Sequence[Call]:
        return self._calls

    @property
    def budget(self) -> Budget:
        """What is left of the run's requests and time."""
        return self._budget

    @property
    def redactor(self) -> Redactor:
        """The secrets of this run, for whoever writes down what was sent."""
        return self._redactor

    def send(self, request: Request) -> Call:
        """Send `request`, follow redirects within its origin, and return the last call."""
        chain = [request.url]
        while True:
            call = self._patient(request, chain)
            following = self._redirected(request, call, chain)
            if not isinstance(following, Request):
                return call
            chain.append(following.url)
            request = following

    def stop(self) -> None:
        """Refuse everything from now on and end what is under way."""
        self._budget.stop()
        self._wire.close()

    def _patient(self, request: Request, chain: Sequence[str]) -> Call:
        """Send once, and again where the server asks to come back later."""
        call = self._once(request, chain)
        for _ in range(self._budget.limits.max_retries):
            pause = asked_pause(call, self._now())
            if pause is None or request.method.upper() not in SAFE_METHODS or not self._budget.pause(pause):
                break
            call = self._once(request, chain)
        if call.response is not None and call.response.status == 429:
            self.cut.add("rate")
        return call

    def _once(self, request: Request, chain: Sequence[str]) -> Call:
        number = self._next_number()
        shown = self._redacted(request)
        try:
            address, headers = self._permitted(request)
        except _Stopped as stopped:
            if stopped.problem in ("budget", "deadline"):
                self.cut.add(stopped.problem)
            call = Call(number, shown, problem=stopped.problem, detail=stopped.detail)
            self._keep(call)
            return call
        started = self._now()
        call, raw = self._exchanged(Call(number, shown), request, address, headers)
        following = self._redirected(request, call, chain)
        if isinstance(following, _Stopped):
            call = replace(call, problem=following.problem, detail=following.detail)
        self._tell(call, headers, started, raw)
        return call

    def _exchanged(self, call: Call, request: Request, address: Address, headers: Headers) -> tuple[Call, Raw | None]:
        seconds = min(self._budget.limits.total, self._budget.remaining())
        method = request.method.upper()
        try:
            raw = self._wire.exchange(method, address, headers, request.body, seconds)
        except WireProblem as problem:
            if problem.partial is not None:
                call = self._understood(call, method, problem.partial, broken=True)
            return self._failed(call, problem), problem.partial
        return self._understood(call, method, raw, broken=False), raw

    def _failed(self, call: Call, problem: WireProblem) -> Call:
        kind = problem.problem
        if kind == "timeout" and self._budget.remaining() <= 0:
            kind = "deadline"
            self.cut.add(kind)
        if kind == "unrecorded":
            self.cut.add(kind)
        return replace(call, problem=kind, detail=self._redactor.text(problem.detail))

    def _permitted(self, request: Request) -> tuple[Address, Headers]:
        """The address and headers to send, or `_Stopped`."""
        if request.method.upper() not in SAFE_METHODS and not self._rules.may_write:
            raise _Stopped("method", f"{request.method.upper()[:20]} is not allowed")
        address = self._address(self._redactor.revealed_in_url(request.url))
        headers = self._headers(request, address.origin)
        refusal = self._budget.take()
        if refusal is None:
            self._budget.wait_turn()
            refusal = "deadline" if self._budget.remaining() <= 0 else None
        if refusal is not None:
            raise _Stopped(refusal, "")
        return address, headers

    def _address(self, url: str) -> Address:
        if scheme_of(url) not in ("http", "https", ""):
            raise _Stopped("origin", f"scheme {scheme_of(url)[:20]}")
        try:
            address = read(url)
        except BadAddress as error:
            raise _Stopped("request", str(error)) from None
        if address.origin not in self._rules.origins:
            ip = literal(address.origin.host)
            inside = ip is not None and reach(ip) is not Reach.PUBLIC
            raise _Stopped("address" if inside else "origin", self._redactor.text(str(address.origin)))
        return address

    def _headers(self, request: Request, origin: Origin) -> Headers:
        named = {name.lower() for name in request.headers}
        own = {"User-Agent": f"schnittstellen/{__version__}", "Accept": ACCEPT, "Accept-Encoding": decode.ACCEPTED}
        own.update(self._rules.headers)
        if request.body is not None:
            own["Content-Length"] = str(len(request.body))
        elif request.method.upper() in ("POST", "PUT", "PATCH"):
            own["Content-Length"] = "0"
        added = [(name, value) for name, value in own.items() if name.lower() not in named]
        hidden = {name.lower() for name in own}
        asked = [(name, value) for name, value in request.headers.items() if value or name.lower() not in hidden]
        host = str(origin).partition("://")[2]
        pairs = [("Host", host), *added, *((name, value) for name, value in asked if name.lower() != "host")]
        return [_encoded(name, self._redactor.revealed(value)) for name, value in pairs]

    def _understood(self, call: Call, method: str, raw: Raw, *, broken: bool) -> Call:
        """Decode and redact an answer."""
        limit = self._budget.limits.max_bytes
        headers = tuple((self._plain(name), self._plain(value)) for name, value in raw.headers)
        problem, detail, body, truncated = None, "", raw.body, broken
        if len(headers) > self._budget.limits.max_headers:
            problem, detail = "too_large", "more headers than allowed"
        elif method != "HEAD" and raw.status not in _BODILESS and not (broken or raw.decoded):
            try:
                body = decode.decoded(decode.within(raw.body, limit), _codings(headers), limit)
            except decode.TooMuch as error:
                problem, detail, body, truncated = "too_large", "larger than allowed", error.kept, True
            except decode.Undecodable as error:
                problem, detail = "encoding", str(error)
        body = self._redactor.data(body[:limit])
        response = Response(raw.status, headers, body, raw.seconds, truncated)
        return replace(call, response=response, problem=problem, detail=detail)

    def _plain(self, value: bytes) -> str:
        return self._redactor.data(value).decode("latin-1")

    def _redirected(self, request: Request, call: Call, chain: Sequence[str]) -> Request | _Stopped | None:
        """The request that a redirect leads to, why it may not be sent, or None for no redirect."""
        answer = call.response
        if answer is None or call.problem or answer.status not in _REDIRECTS or not request.follow:
            return None
        location = answer.header("Location")
        if location is None or request.method.upper() not in ("GET", "HEAD"):
            return None
        try:
            url = joined(request.url, location)
            self._address(self._redactor.revealed_in_url(url))
        except BadAddress as error:
            return _Stopped("request", str(error))
        except _Stopped as stopped:
            return stopped
        if url in chain or len(chain) > self._budget.limits.max_redirects:
            return _Stopped("redirect_loop", "redirects without end")
        return replace(request, url=url)

    def _redacted(self, request: Request) -> Request:
        """The request as it may be shown, with the headers that every request of the run gets."""
        text = self._redactor.text
        named = {name.lower() for name in request.headers}
        added = {name: value for name, value in self._rules.headers.items() if name.lower() not in named}
        headers = {text(name): text(value) for name, value in {**added, **request.headers}.items()}
        body = None if request.body is None else self._redactor.data(request.body)
        return replace(request, url=text(request.url), headers=headers, body=body)

    def _next_number(self) -> int:
        with self._lock:
            self._number += 1
            return self._number

    def _tell(self, call: Call, headers: Headers, started: datetime, raw: Raw | None) -> None:
        if self._listeners:
            sent = tuple((self._plain(name), self._plain(value)) for name, value in headers)
            seconds = (self._now() - started).total_seconds()
            exchange = Exchange(call, sent, started, seconds, raw.version if raw is not None else "")
            with self._lock:
                for listener in self._listeners:
                    listener(exchange)
        self._keep(call)

    def _keep(self, call: Call) -> None:
        if call.problem not in OURS:
            self.unreachable = self.unreachable + 1 if call.problem in UNREACHABLE else 0
        slim = call if call.response is None else replace(call, response=replace(call.response, body=b""))
        with self._lock:
            self._calls.append(slim)


def _codings(headers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    return decode.codings_of(",".join(value for name, value in headers if name.lower() == "content-encoding"))


def _encoded(name: str, value: str) -> tuple[bytes, bytes]:
    return name.encode("latin-1", "replace"), value.encode("utf-8" if not value.isascii() else "ascii", "replace")
