"""What a crawl keeps of each object: enough to find it again and to compare it, in a few hundred bytes."""

import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schnittstellen.checks.hypermedia.forms import moment
from schnittstellen.checks.hypermedia.model import ObjectType

_SIZE = 8


@dataclass(slots=True)
class Record:
    """One object that was seen: its type, where first, its times in seconds since 1970, and its fingerprint."""

    kind: str
    url: str
    pointer: str
    deleted: bool
    created: float | None
    modified: float | None
    fingerprint: bytes


@dataclass(slots=True)
class ListRecord:
    """One list that was followed: its type, address and members (ids); `complete` once its end was reached, not `clean`
    where members came twice."""

    kind: str
    url: str
    owner: str
    members: list[str] = field(default_factory=list)
    complete: bool = False
    clean: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """The first mention of an object by its address: expected type, and where."""

    target: str
    owner: str
    property: str
    url: str
    pointer: str


def record(content: Mapping[str, Any], known: ObjectType, url: str, pointer: str) -> Record:
    """What to keep of an object."""
    return Record(
        known.name,
        url,
        pointer,
        content.get("deleted") is True,
        moment(content.get("created")),
        moment(content.get("modified")),
        fingerprint(content, known),
    )


def fingerprint(content: Mapping[str, Any], known: ObjectType) -> bytes:
    """Eight bytes for each known property that is neither embedded nor depends on where the object stands."""
    parts = []
    for name in sorted(content):
        own = known.properties.get(name)
        if own is not None and own.link in (None, "file", "list") and name not in ("id", "type"):
            value = json.dumps(content[name], sort_keys=True, ensure_ascii=False)
            parts.append(_sum(name) + _sum(value))
    return b"".join(parts)


def differences(first: bytes, second: bytes, known: ObjectType) -> Iterator[str]:
    """Names of properties that both fingerprints hold, with different values."""
    names = {_sum(name): name for name in known.properties}
    others = dict(_pairs(second))
    for name, value in _pairs(first):
        if name in others and others[name] != value:
            yield names[name]


def _pairs(fingerprint: bytes) -> Iterator[tuple[bytes, bytes]]:
    for start in range(0, len(fingerprint), _SIZE):
        yield fingerprint[start : start + 4], fingerprint[start + 4 : start + _SIZE]


def _sum(text: str) -> bytes:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4, "big")
