"""What checks of an API see: an endpoint, and the one sender through which every request leaves."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from schnittstellen.engine.ports import Observation


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `url` is absolute; `purpose` says which step sends it, for the evidence.

    `follow` says whether redirects within the origin are followed (GET and HEAD only; never to another origin).
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None
    purpose: str = ""
    follow: bool = True


@dataclass(frozen=True, slots=True)
class Response:
    """One HTTP answer, decompressed and cut at the sender's size limit. `seconds` from sending to the last byte."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    seconds: float
    truncated: bool = False

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class Call:
    """A request with what came of it: an answer, or the problem that kept one away.

    `problem` is one of: dns, tls, refused, timeout, reset, protocol, encoding, too_large, redirect_loop, and, where
    nothing left the machine: budget, deadline, method, origin, address, request (not a sendable request), unrecorded
    (offline, and not in the evidence). `detail` is free of secrets. Both an answer and a problem are there where the
    answer was too large (cut), where it was a redirect that the rules forbid to follow (redirect_loop, origin, address,
    request), and where its body could not be decoded (encoding) or broke off (protocol, reset, timeout).
    """

    number: int
    request: Request
    response: Response | None = None
    problem: str | None = None
    detail: str = ""


OURS = frozenset({"budget", "deadline", "method", "unrecorded"})
"""Problems that say something of the run's own rules and nothing of the product: what they hit is not tested."""

UNREACHABLE = frozenset({"dns", "tls", "refused"})
"""Problems that say that no connection came about: the counterpart could not be reached."""


class Sender(Protocol):
    """The one way out of the machine: keeps budget, deadline, methods, origins, rate; redacts; records evidence."""

    def send(self, request: Request) -> Call:
        """Send and wait. Never raises for what the server does or for what the rules forbid: see `Call.problem`."""
        ...

    @property
    def calls(self) -> Sequence[Call]:
        """All calls so far, in order, redacted, without the bodies of the answers (memory stays bounded)."""
        ...


@dataclass(slots=True, kw_only=True)
class Endpoint(Observation):
    """A running API. `url` is the address that the user named (no trailing slash added or removed).

    `seed` makes probing repeatable; `may_write` says whether the user allowed methods other than GET, HEAD and OPTIONS;
    `may_fuzz` whether invalid input may be sent. `max_requests` is the whole budget. `stop` makes the sender refuse
    everything from now on and ends what is under way. `headers` are what the sender adds, with marks for secrets: lines
    that repeat a request need them. `memo["preflight"]` is the first call, with its answer.
    """

    url: str
    sender: Sender
    seed: int = 0
    may_write: bool = False
    may_fuzz: bool = True
    max_requests: int | None = None
    stop: Callable[[], None] = lambda: None
    headers: Mapping[str, str] = field(default_factory=dict)
