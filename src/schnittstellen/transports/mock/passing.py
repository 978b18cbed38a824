"""Between a client and a server: hands requests on, leads the addresses in the answers back here, remembers all."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlsplit

from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.engine.recording import EXACT, Heard, Recording
from schnittstellen.engine.run import utc_now
from schnittstellen.transports.http.evidence import Exchange, Listener, Pairs
from schnittstellen.transports.mock.naming import Named
from schnittstellen.transports.mock.places import Places, inside
from schnittstellen.transports.mock.playing import masked, without_keys
from schnittstellen.transports.mock.world import shown_as

Ask = Callable[[Request], Call]
NO_ANSWER = 502
_KEPT = {"content-type", "location"}
_NOT_HANDED_ON = {
    "connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "te", "trailer", "transfer-encoding",
    "upgrade", "host", "content-length", "accept-encoding", "content-encoding",
}  # fmt: skip


class Passage:
    """Stands at `origin` for the server whose entry is `server`; `ask` reaches the server itself.

    `listen` hears each exchange: the request as it came in, without secrets, and the answer as the server gave it.
    `broken` counts requests for addresses that the server had named itself and to which it gave no good answer.
    """

    def __init__(self, ask: Ask, server: str, places: Places | None, origin: str, listen: Listener) -> None:
        parts = urlsplit(server)
        self._ask, self._listen = ask, listen
        self._mount = places.mount if places else ""
        self._origin, self._base = origin, origin + self._mount
        self._server = f"{parts.scheme}://{parts.netloc}"
        self._entry = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
        self._named = Named(self._entry, self._base)
        self._lock = threading.Lock()
        self.broken = 0
        self.recording = Recording(name=self._base + self._entry, seed=places.seed if places else None)

    def answered(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> tuple[int, Pairs, bytes]:
        """Status, headers and content for the client."""
        with self._lock:
            number, started, inner = len(self.recording.heard) + 1, utc_now(), inside(self._mount, url)
            answer = Response(404, (), b"", 0.0) if inner is None else self._asked(method, inner, headers, body)
            content = self._led(answer)
            shown = {name: masked(name, value) for name, value in headers.items()}
            kept = without_keys(url if inner is None else inner)
            self._remember(number, Request(method, kept, shown, body), answer.status, content)
            sent = Request(method, self._origin + without_keys(url), shown, body)
            self._listen(_exchange(number, sent, answer, started))
        return (
            answer.status,
            tuple(self._back(name, value) for name, value in answer.headers if _goes_on(name)),
            content,
        )

    def _asked(self, method: str, inner: str, headers: Mapping[str, str], body: bytes | None) -> Response:
        given = {name: value for name, value in headers.items() if _goes_on(name)}
        call = self._ask(Request(method, self._server + inner, given, body, "pair", follow=False))
        if call.response is None:
            return Response(405 if call.problem == "method" else NO_ANSWER, (), b"", 0.0)
        return call.response

    def _led(self, answer: Response) -> bytes:
        """The content with the server's addresses turned into ours, also where slashes are escaped."""
        content = answer.body
        for slash in ("/", r"\/"):
            there, here = (text.replace("/", slash).encode() for text in (self._server, self._base))
            content = content.replace(there, here)
        return content

    def _back(self, name: str, value: str) -> tuple[str, str]:
        return name, value.replace(self._server, self._base)

    def _remember(self, number: int, request: Request, status: int, content: bytes) -> None:
        shown = shown_as(request.url, self._entry, self._base, (status, None, content))
        link = self._named.link(request.url)
        self.broken += link.how == EXACT and request.method in ("GET", "HEAD") and status >= 400
        told = (link.how, link.after, shown.traits)
        self.recording.heard.append(Heard(number, request, status, shown.kind, shown.next, {}, *told))
        self._named.learn(number, content)


def _goes_on(name: str) -> bool:
    return name.lower() not in _NOT_HANDED_ON


def _exchange(number: int, request: Request, answer: Response, started: datetime) -> Exchange:
    headers = tuple((name, value) for name, value in answer.headers if name.lower() in _KEPT)
    body = b"" if request.method == "HEAD" else answer.body
    call = Call(number, request, Response(answer.status, headers, body, 0.0))
    return Exchange(call, tuple(request.headers.items()), started, 0.0, "HTTP/1.1")
