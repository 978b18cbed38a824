"""What a client product sent to us: the observation behind the tests of the client's side."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from schnittstellen.domain.finding import Note
from schnittstellen.domain.judged_again import SEED
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.ports import Observation

MASK = "***"
"""Stands for the value of a header that may hold a secret."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that came in, with the status that the mock answered. `request.url` is path and query only.

    `kind` says what was shown ("entry", "list", "object", "file", or nothing that the mock knows), `next` the address
    of the following page; `named` says that the server itself had named the address before. `secrets` are the true
    values of the headers that `request` shows masked: for judging in memory, never for showing.
    """

    number: int
    request: Request
    status: int
    kind: str = ""
    next: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    named: bool = False

    def as_sent(self) -> Request:
        """The request with the true values of its headers."""
        return replace(self.request, headers={**self.request.headers, **self.secrets})


@dataclass(slots=True, kw_only=True)
class Recording(Observation):
    """All requests of one session, in order. Header values that may hold secrets are masked.

    `seed` is what the addresses and ids depended on that the client was shown; None where they were always the same.
    """

    heard: list[Heard] = field(default_factory=list)
    seed: int | None = None

    def notes(self) -> Iterator[Note]:
        """What every step that judges the session tells of it."""
        if self.seed is not None:
            yield Note(SEED, str(self.seed))


def read_recording(path: Path) -> Recording:
    """A session written down as JSON: a list of objects with method, url, status, and headers, kind, next if any."""
    written = json.loads(path.read_text(encoding="utf-8"))
    heard = [
        Heard(
            number,
            Request(one["method"], one["url"], one.get("headers", {})),
            one["status"],
            one.get("kind", ""),
            one.get("next", ""),
        )
        for number, one in enumerate(written, 1)
    ]
    return Recording(name=path.name, heard=heard)
