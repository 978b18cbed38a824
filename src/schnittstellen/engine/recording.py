"""What a client product sent to us: the observation behind the tests of the client's side."""

from dataclasses import dataclass, field

from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.ports import Observation


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that came in, with the status that the mock answered. `request.url` is path and query only."""

    number: int
    request: Request
    status: int


@dataclass(slots=True, kw_only=True)
class Recording(Observation):
    """All requests of one session, in order. Header values that may hold secrets are masked."""

    heard: list[Heard] = field(default_factory=list)
