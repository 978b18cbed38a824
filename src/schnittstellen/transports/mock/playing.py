"""What the mock answers and remembers, without any network: the same requests have the same answers each time."""

import re
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.engine.recording import MASK, Heard, Recording
from schnittstellen.engine.run import utc_now
from schnittstellen.formats.openapi import Document
from schnittstellen.formats.openapi_paths import Routes
from schnittstellen.transports.http.evidence import Exchange, Listener, Pairs
from schnittstellen.transports.mock.lists import Answer
from schnittstellen.transports.mock.naming import Named
from schnittstellen.transports.mock.places import Places, inside
from schnittstellen.transports.mock.samples import answer_of
from schnittstellen.transports.mock.world import Shown, World

UNAVAILABLE: Answer = (503, "text/html", b"<!doctype html><title>503</title><h1>Service Unavailable</h1>")
_SECRET = re.compile(r"authorization|cookie|token|key|secret", re.IGNORECASE)
_SECRET_IN_QUERY = re.compile(r"(?<=[?&])(access_token|api_?key)=[^&#]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How the mock misbehaves on purpose: seconds before each answer; every n-th request gets a 503 (0: none)."""

    delay: float = 0.0
    fail_every: int = 0


@dataclass(frozen=True, slots=True)
class Play:
    """What the mock plays: a document, or the server of which `played` is a recording (HAR), at certain places.

    `follows`: clients are to follow links. Then the first list asked for is refused once, without an error object.
    """

    document: Document
    manners: Manners = field(default_factory=Manners)
    played: Path | None = None
    places: Places | None = None
    follows: bool = False


class Mock:
    """Answers requests at `origin` and remembers them. `listen` hears every exchange, free of secrets.

    With a listener nothing is judged that it does not hear: then the recording holds no true values of secrets.
    """

    def __init__(self, play: Play, origin: str, listen: Listener | None = None) -> None:
        self._play = play
        self._mount = play.places.mount if play.places else ""
        self._origin, base = origin, origin + self._mount
        self._world = World(play.played, base, play.places, play.follows) if play.played else None
        self._routes = Routes(play.document)
        self._lock = threading.Lock()
        self._listen = listen
        entry = self._world.entry if self._world else ""
        self._named = Named(entry, base)
        self._refused = not play.follows
        seed = play.places.seed if play.places else None
        self.recording = Recording(name=base + entry, seed=seed, played=play.follows and self._world is not None)

    def __call__(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> Answer:
        """The answer to a request of `url` (path and query)."""
        time.sleep(self._play.manners.delay)
        secrets = {} if self._listen else {name: value for name, value in headers.items() if _SECRET.search(name)}
        shown_headers = {name: masked(name, value) for name, value in headers.items()}
        url = without_keys(url) if self._listen else url
        with self._lock:
            number, started = len(self.recording.heard) + 1, utc_now()
            inner = inside(self._mount, url)
            request = Request(method, url if inner is None else inner, shown_headers, body)
            answer = (404, None, b"") if inner is None else self._answer(request, number)
            self._remember(number, request, answer, secrets)
            if self._listen is not None:
                sent = Request(method, self._origin + url, shown_headers, body)
                self._listen(_exchange(number, sent, answer, started))
        return answer

    def answered(self, method: str, url: str, headers: dict[str, str], body: bytes | None) -> tuple[int, Pairs, bytes]:
        """Status, headers and content for the client."""
        status, media_type, content = self(method, url, headers, body)
        found = [("Access-Control-Allow-Origin", "*")]
        found += [("Content-Type", media_type)] if media_type is not None else []
        found += [("Retry-After", "1")] if status == 503 else []
        return status, tuple(found), content

    @property
    def mount(self) -> str:
        """The path below which everything lies."""
        return self._mount

    def _remember(self, number: int, request: Request, answer: Answer, secrets: Mapping[str, str]) -> None:
        shown = self._world.shown(request.url, answer) if self._world else Shown()
        link = self._named.link(request.url)
        read = request.method == "GET"
        told = (secrets, link.how, link.after, shown.traits if read else frozenset())
        self.recording.heard.append(Heard(number, request, answer[0], shown.kind, shown.next if read else "", *told))
        if read:
            self._named.learn(number, answer[2])

    def _answer(self, request: Request, number: int) -> Answer:
        fail_every = self._play.manners.fail_every
        if fail_every and number % fail_every == 0:
            return 503, None, b""
        if self._world is not None:
            return self._once_refused(request, _played(self._world, request))
        path = parts_of(request.url).path
        method = "get" if request.method == "HEAD" else request.method.lower()
        found = self._routes.find(method, path)
        if found is not None:
            return answer_of(self._play.document, found[0], self.recording.name)
        return (405 if self._routes.knows(path) else 404), None, b""

    def _once_refused(self, request: Request, answer: Answer) -> Answer:
        if self._refused or request.method != "GET" or not self._is_list(request, answer):
            return answer
        self._refused = True
        return UNAVAILABLE

    def _is_list(self, request: Request, answer: Answer) -> bool:
        return self._world is not None and self._world.shown(request.url, answer).kind == "list"


def without_keys(url: str) -> str:
    """An address as it may be kept: without the keys that it carries."""
    return _SECRET_IN_QUERY.sub(rf"\1={MASK}", url)


def masked(name: str, value: str) -> str:
    """The value of a header as it may be kept: that there are credentials, and of what kind, but not which."""
    if not _SECRET.search(name):
        return value
    if "cookie" in name.lower():
        return "; ".join(f"{one.partition('=')[0].strip()}={MASK}" for one in value.split(";"))
    scheme, _, rest = value.strip().partition(" ")
    return f"{scheme} {MASK}" if rest.strip() and "authorization" in name.lower() else MASK


def _played(world: World, request: Request) -> Answer:
    if request.method == "OPTIONS":
        return 204, None, b""
    if request.method not in ("GET", "HEAD"):
        return 405, None, b""
    return world.answer(request.url) or (404, None, b"")


def _exchange(number: int, request: Request, answer: Answer, started: datetime) -> Exchange:
    status, media_type, content = answer
    headers = () if media_type is None else (("Content-Type", media_type),)
    body = b"" if request.method == "HEAD" else content
    call = Call(number, request, Response(status, headers, body, 0.0))
    return Exchange(call, tuple(request.headers.items()), started, 0.0, "HTTP/1.1")
