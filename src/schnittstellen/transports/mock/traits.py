"""What a client has to bear in an answer: extensions, deleted objects, failures without an error object."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.engine.recording import DELETED, EXTENSION, TROUBLE


def traits_of(status: int, content: bytes) -> frozenset[str]:
    """The traits of an answer. Properties with a prefix ("muster:stand") are extensions (OParl 1.1, 3)."""
    if status >= 500:
        return frozenset({TROUBLE})
    try:
        read = json.loads(content) if status == 200 else None
    except (ValueError, RecursionError):
        return frozenset()
    found = (_of(one) for one in objects_in(read))
    return frozenset().union(*found)


def objects_in(value: Any) -> Iterator[Mapping[str, Any]]:
    """All JSON objects in `value`, outer ones first, whatever the depth."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


def _of(one: Mapping[str, Any]) -> set[str]:
    found = {DELETED} if one.get("deleted") is True else set()
    return found | ({EXTENSION} if any(":" in str(name) for name in one) else set())
