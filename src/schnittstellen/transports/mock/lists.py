"""The lists of a played server, cut into pages of our own, with all that clients have to bear in them.

Addresses of pages cannot be guessed, and their parameters stand in an order that sorting would change. A page inside
each list holds a property that the standard does not know; with `modified_since` the second object is a deleted one
where the server has any. `limit` is not honoured: no server has to (OParl 1.1, 2.5).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.recording import ADDED
from schnittstellen.transports.mock.traits import objects_in

Answer = tuple[int, str | None, bytes]
Objects = list[dict[str, Any]]
JSON = "application/json"
FILTERS = {
    "created_since": ("created", True),
    "created_until": ("created", False),
    "modified_since": ("modified", True),
    "modified_until": ("modified", False),
}
PAGES = 3
"""A list of so many objects or more has at least as many pages."""
LEAN = "omit_internal"
EXTENSION = {"muster:merkmale": {"farbe": "blau", "teile": [1, None, {"typ": "muster:unbekannt"}]}}
BAD_FILTER = (400, JSON, b'{"message": "Kein Zeitpunkt mit Zeitzone"}')


@dataclass(frozen=True, slots=True)
class Kept:
    """What a recorded server said of one list: its objects, those without embedded lists, and the deleted ones."""

    objects: Objects
    lean: Mapping[str, dict[str, Any]]
    deleted: Objects


class Lists:
    """Lists below `base` by their path; `answers` are all that were recorded, `token` makes what cannot be guessed."""

    def __init__(self, answers: Mapping[str, Answer], base: str, token: Callable[[str], str]) -> None:
        self._base, self._token = base, token
        read = {key: content for key, answer in answers.items() if (content := _read(answer)) is not None}
        self._kept = {path: _kept(read, path, base) for path, one in read.items() if "?" not in path and _is_list(one)}
        embedded = {str(inner.get("id")) for one in self._all() for inner in [*objects_in(one)][1:]}
        self.extended = {str(one["id"]) for kept in self._kept.values() for one in _inner(kept.objects)} - embedded

    def __contains__(self, path: str) -> bool:
        return path in self._kept

    def page(self, url: str) -> Answer | None:
        """The page at `url` (path and query); None where no answer named it, nor the client may have asked so."""
        parts = parts_of(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        if not query.keys() <= {*ADDED, "stelle", "ab"}:
            return None
        wanted = {name: moment(value) for name, value in query.items() if name in FILTERS}
        if None in wanted.values():
            return BAD_FILTER
        filters = "".join(f"{name}={quote(query[name], safe='')}&" for name in sorted({*wanted, *query} & _CARRIED))
        start = int(query["ab"]) if query.get("ab", "").isdecimal() and len(query["ab"]) < 7 else 0
        if ("ab" in query or "stelle" in query) and query.get("stelle") != self._mark(parts.path, filters, start):
            return None
        found = [*self._selected(parts.path, wanted, query.get(LEAN) == "true")]
        return 200, JSON, json.dumps(self._cut(found, (parts.path, filters, start)), ensure_ascii=False).encode()

    def extend(self, content: bytes) -> bytes:
        """The content of a single object, with the extension where it has one."""
        try:
            one = json.loads(content)
        except ValueError:
            return content
        if not isinstance(one, dict) or one.get("id") not in self.extended:
            return content
        return json.dumps({**one, **EXTENSION}, ensure_ascii=False).encode()

    def _all(self) -> Iterator[dict[str, Any]]:
        return (one for kept in self._kept.values() for one in kept.objects)

    def _selected(self, path: str, wanted: Mapping[str, datetime | None], lean: bool) -> Iterator[dict[str, Any]]:
        kept = self._kept[path]
        found = [kept.lean.get(str(one["id"]), one) if lean else one for one in kept.objects]
        if "modified_since" in wanted:
            found[1:1] = kept.deleted
        for one in found:
            if all(keeps(one, name, at) for name, at in wanted.items() if at):
                yield {**one, **EXTENSION} if one["id"] in self.extended else one

    def _cut(self, found: Objects, where: tuple[str, str, int]) -> dict[str, Any]:
        start, size = where[2], max(1, len(found) // PAGES)
        self_ = self._address(*where)
        links = {"first": self._address(*where[:2], 0), "self": self_}
        if start + size < len(found):
            links["next"] = self._address(*where[:2], start + size)
        return {
            "data": found[start : start + size],
            "pagination": {"totalElements": len(found), "elementsPerPage": size},
            "links": links,
        }

    def _address(self, path: str, filters: str, start: int) -> str:
        mark = f"stelle={quote(self._mark(path, filters, start), safe='')}&ab={start}" if start else ""
        query = f"{filters}{mark}".rstrip("&")
        return f"{self._base}{path}?{query}" if query else f"{self._base}{path}"

    def _mark(self, path: str, filters: str, start: int) -> str:
        return f"{self._token(f'{path}?{filters}{start}')}="


_CARRIED = frozenset({*FILTERS, LEAN})


def moment(text: str) -> datetime | None:
    """A point in time with its offset, else None."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def keeps(one: Mapping[str, Any], name: str, at: datetime) -> bool:
    """Whether a filter lets an object pass; one without the property passes."""
    member, later = FILTERS[name]
    found = moment(str(one.get(member, "")))
    return found is None or (found >= at if later else found <= at)


def _inner(objects: Objects) -> Objects:
    """A page that another follows, the second where there are three; where there is one page only, that."""
    size = max(1, len(objects) // PAGES)
    return objects[size : 2 * size] if len(objects) > 2 * size else objects[:size]


def _read(answer: Answer) -> Any:
    try:
        return json.loads(answer[2]) if answer[0] == 200 else None
    except ValueError:
        return None


def _is_list(content: Any) -> bool:
    return isinstance(content, dict) and isinstance(content.get("data"), list)


def _kept(read: Mapping[str, Any], path: str, base: str) -> Kept:
    objects = [*_through(read, path, base)]
    lean = {str(one["id"]): one for one in _through(read, f"{path}?{LEAN}=true", base)}
    filtered = (key for key in read if key.startswith(f"{path}?") and "modified_since=" in key)
    deleted = {str(one["id"]): one for key in filtered for one in _through(read, key, base) if one.get("deleted")}
    return Kept(objects, lean, [*deleted.values()])


def _through(read: Mapping[str, Any], key: str, base: str) -> Iterator[dict[str, Any]]:
    """All objects of a recorded list, from the page at `key` on."""
    while key in read and _is_list(read[key]):
        yield from read[key]["data"]
        key = key_of(str((read[key].get("links") or {}).get("next") or "").removeprefix(base))


def key_of(url: str) -> str:
    """The address without the order of its parameters."""
    parts = parts_of(url)
    query = "&".join(f"{quote(name)}={quote(value)}" for name, value in sorted(parse_qsl(parts.query, True)))
    return f"{parts.path}?{query}" if query else parts.path
