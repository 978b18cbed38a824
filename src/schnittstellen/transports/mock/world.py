"""A server that was recorded once, played again: each address that it named, with lists that can be filtered."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from schnittstellen.transports.mock.places import Places

_FILTERS = {
    "created_since": ("created", True),
    "created_until": ("created", False),
    "modified_since": ("modified", True),
    "modified_until": ("modified", False),
}
Answer = tuple[int, str | None, bytes]


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer was: "entry", "list", "object" or "file", and the address of the next page of a list."""

    kind: str = ""
    next: str = ""


class World:
    """Answers of a recording (HAR, with bodies), their addresses moved to `base`. Reads the whole file.

    Where `places` makes addresses opaque, each but the entry ends in something that depends on the seed.
    """

    def __init__(self, recording: Path, base: str, places: Places | None = None) -> None:
        entries = json.loads(recording.read_text(encoding="utf-8"))["log"]["entries"]
        first = urlsplit(entries[0]["request"]["url"])
        self.entry = first.path
        self._to, self._places = base, places
        self._named = re.compile(re.escape(f"{first.scheme}://{first.netloc}") + r"(?P<path>[^\s\"<>\\?#]*)")
        self._answers: dict[str, Answer] = {}
        for one in entries:
            if one["request"]["method"] == "GET" and one["response"]["status"] != 304:
                parts = urlsplit(one["request"]["url"])
                url = parts._replace(path=self._path(parts.path)).geturl()
                self._answers.setdefault(_key(url), self._moved(one["response"]))

    def answer(self, url: str) -> Answer | None:
        """The answer to a GET of `url` (path and query), or None where the server never named such an address.

        A filter that was not recorded is applied to the objects of the whole list, which then is one page.
        """
        known = self._answers.get(_key(url))
        if known is not None:
            return known
        query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        path = urlsplit(url).path
        if not query or path not in self._answers:
            return None
        return self._filtered(path, query)

    def shown(self, url: str, answer: Answer) -> Shown:
        """What `answer` was to one who asked for `url`."""
        return shown_as(url, self.entry, self._to, answer)

    def _moved(self, response: Mapping[str, Any]) -> Answer:
        headers = {one["name"].lower(): one["value"] for one in response["headers"]}
        text = str(response["content"].get("text", ""))
        moved = self._named.sub(lambda found: self._to + self._path(found["path"]), text)
        return int(response["status"]), headers.get("content-type"), moved.encode()

    def _path(self, path: str) -> str:
        return path if self._places is None or path == self.entry else self._places.moved(path)

    def _filtered(self, path: str, query: Mapping[str, str]) -> Answer | None:
        wanted = {name: _moment(value) for name, value in query.items() if name in _FILTERS}
        if None in wanted.values():
            return 400, "application/json", b'{"message": "Kein Zeitpunkt mit Zeitzone"}'
        if not isinstance((_json(self._answers[path][2]) or {}).get("data"), list):
            return None
        kept = [one for one in self._objects(path) if all(_keeps(one, name, at) for name, at in wanted.items() if at)]
        content = {"data": kept, "pagination": {"totalElements": len(kept)}, "links": {}}
        return 200, "application/json", json.dumps(content, ensure_ascii=False).encode()

    def _objects(self, path: str) -> Iterator[Mapping[str, Any]]:
        url = path
        while url and (answer := self._answers.get(_key(url))) is not None:
            yield from _json(answer[2])["data"]
            url = self.shown(url, answer).next


def shown_as(url: str, entry: str, base: str, answer: Answer) -> Shown:
    """What `answer` was to one who asked for `url` of a server at `base` with that entry (both without the base)."""
    content = _json(answer[2]) if answer[0] == 200 else None
    if answer[0] != 200 or not isinstance(content, Mapping):
        return Shown("file" if answer[0] == 200 else "")
    if isinstance(content.get("data"), list):
        links = content.get("links")
        return Shown("list", str((links.get("next") if isinstance(links, Mapping) else "") or "").removeprefix(base))
    return Shown("entry" if urlsplit(url).path == urlsplit(entry).path else "object")


def _key(url: str) -> str:
    parts = urlsplit(url)
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    return f"{parts.path}?{query}" if query else parts.path


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _keeps(one: Mapping[str, Any], name: str, at: datetime) -> bool:
    member, later = _FILTERS[name]
    moment = _moment(str(one.get(member, "")))
    return moment is None or (moment >= at if later else moment <= at)
