"""What a client product sent to us: the observation behind the tests of the client's side."""

import json
import re
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote

from schnittstellen.domain.finding import Note
from schnittstellen.domain.judged_again import SEED
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.endpoint import Request
from schnittstellen.engine.ports import Observation

MASK = "***"
"""Stands for the value of a header that may hold a secret."""
EXACT, ASKED, ALTERED, UNKNOWN = "exact", "asked", "altered", ""
"""How an address relates to those that the server named: as it was named, with parameters of the client appended,
spelt otherwise, or never named."""
ADDED = frozenset({"created_since", "created_until", "modified_since", "modified_until", "limit", "omit_internal"})
"""Parameters that clients may append to the address of a list (OParl 1.1, 2.5)."""
EXTENSION, DELETED, TROUBLE = "extension", "deleted", "trouble"
"""What clients have to bear in an answer: properties that the standard does not know, deleted objects, a failure."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One request that came in, with the status that the mock answered. `request.url` is path and query only.

    `kind` says what was shown ("entry", "list", "object", "file", or nothing that the mock knows), `next` the address
    of the following page, `traits` what there was to bear. `link` says how the address relates to those that the server
    had named, `after` the number of the answer that named it first (0: none). `secrets` are the true values of the
    headers that `request` shows masked: for judging in memory, never for showing.
    """

    number: int
    request: Request
    status: int
    kind: str = ""
    next: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    link: str = UNKNOWN
    after: int = 0
    traits: frozenset[str] = frozenset()

    def as_sent(self) -> Request:
        """The request with the true values of its headers."""
        return replace(self.request, headers={**self.request.headers, **self.secrets})


@dataclass(slots=True, kw_only=True)
class Recording(Observation):
    """All requests of one session, in order. Header values that may hold secrets are masked.

    `seed` is what the addresses and ids depended on that the client was shown; None where they were always the same.
    `played` says that our mock answered: it shows each client all that there is to bear.
    """

    heard: list[Heard] = field(default_factory=list)
    seed: int | None = None
    played: bool = False

    def notes(self) -> Iterator[Note]:
        """What every step that judges the session tells of it."""
        if self.seed is not None:
            yield Note(SEED, str(self.seed))


def without_added(url: str) -> str:
    """`url` without the parameters that clients may append; the rest stays as it is written."""
    path, mark, query = url.partition("?")
    kept = [one for one in query.split("&") if unquote(one.partition("=")[0]) not in ADDED]
    return f"{path}?{'&'.join(kept)}" if mark and kept else path


def alike(url: str) -> Hashable:
    """Equal for addresses that differ in spelling only: case, slashes, escapes, order of parameters."""
    parts = parts_of(url)
    path = re.sub("/+", "/", unquote(parts.path)).rstrip("/").casefold()
    return path, tuple(sorted(parse_qsl(parts.query, keep_blank_values=True)))


def read_recording(path: Path) -> Recording:
    """A session at our mock written down as JSON: a list of objects as `written_down` makes them."""
    written = json.loads(path.read_text(encoding="utf-8"))
    heard = [_heard(number, one) for number, one in enumerate(written, 1)]
    return Recording(name=path.name, heard=heard, played=True)


def written_down(one: Heard) -> dict[str, Any]:
    """One request as JSON: method, url, status, and what else is known of it; of the headers only `Accept`."""
    accept = {name: value for name, value in one.request.headers.items() if name.lower() == "accept"}
    more = {"headers": accept, "kind": one.kind, "next": one.next, "link": one.link, "after": one.after}
    traits = {"traits": sorted(one.traits)}
    known = {name: value for name, value in {**more, **traits}.items() if value}
    return {"method": one.request.method, "url": one.request.url, "status": one.status, **known}


def _heard(number: int, one: Mapping[str, Any]) -> Heard:
    request = Request(one["method"], one["url"], one.get("headers", {}))
    return Heard(
        number,
        request,
        one["status"],
        one.get("kind", ""),
        one.get("next", ""),
        link=one.get("link", UNKNOWN),
        after=one.get("after", 0),
        traits=frozenset(one.get("traits", ())),
    )
