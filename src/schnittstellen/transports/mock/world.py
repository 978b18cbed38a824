"""A server that was recorded once, played again: each address that it named, with lists that can be filtered."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from schnittstellen.domain.web_address import parts_of
from schnittstellen.transports.mock.lists import BAD_FILTER, FILTERS, Answer, Lists, keeps, key_of, moment
from schnittstellen.transports.mock.places import Places
from schnittstellen.transports.mock.traits import traits_of


@dataclass(frozen=True, slots=True)
class Shown:
    """What an answer was: "entry", "list", "object" or "file", the address of the next page, and what is to bear."""

    kind: str = ""
    next: str = ""
    traits: frozenset[str] = frozenset()


class World:
    """Answers of a recording (HAR, with bodies), their addresses moved to `base`. Reads the whole file.

    Where `places` makes addresses opaque, each but the entry ends in something that depends on the seed. Where clients
    are to follow links, the lists are cut anew (`Lists`).
    """

    def __init__(self, recording: Path, base: str, places: Places | None = None, follows: bool = False) -> None:
        entries = json.loads(recording.read_text(encoding="utf-8"))["log"]["entries"]
        first = parts_of(entries[0]["request"]["url"])
        self.entry = first.path
        self._to, self._places = base, places
        self._named = re.compile(re.escape(f"{first.scheme}://{first.netloc}") + r"(?P<path>[^\s\"<>\\?#]*)")
        self._answers: dict[str, Answer] = {}
        for one in entries:
            if one["request"]["method"] == "GET" and one["response"]["status"] != 304:
                parts = parts_of(one["request"]["url"])
                url = parts._replace(path=self._path(parts.path)).geturl()
                self._answers.setdefault(key_of(url), self._moved(one["response"]))
        self._lists = Lists(self._answers, base, (places or Places(0)).token) if follows else None

    def answer(self, url: str) -> Answer | None:
        """The answer to a GET of `url` (path and query), or None where the server never named such an address.

        A filter that was not recorded is applied to the objects of the whole list, which then is one page.
        """
        if self._lists is not None and parts_of(url).path in self._lists:
            return self._lists.page(url)
        known = self._answers.get(key_of(url))
        if known is not None:
            return known if self._lists is None else (*known[:2], self._lists.extend(known[2]))
        query = dict(parse_qsl(parts_of(url).query, keep_blank_values=True))
        path = parts_of(url).path
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
        wanted = {name: moment(value) for name, value in query.items() if name in FILTERS}
        if None in wanted.values():
            return BAD_FILTER
        if not isinstance((_json(self._answers[path][2]) or {}).get("data"), list):
            return None
        kept = [one for one in self._objects(path) if all(keeps(one, name, at) for name, at in wanted.items() if at)]
        content = {"data": kept, "pagination": {"totalElements": len(kept)}, "links": {}}
        return 200, "application/json", json.dumps(content, ensure_ascii=False).encode()

    def _objects(self, path: str) -> Iterator[Mapping[str, Any]]:
        url = path
        while url and (answer := self._answers.get(key_of(url))) is not None:
            yield from _json(answer[2])["data"]
            url = self.shown(url, answer).next


def shown_as(url: str, entry: str, base: str, answer: Answer) -> Shown:
    """What `answer` was to one who asked for `url` of a server at `base` with that entry (both without the base)."""
    traits = traits_of(answer[0], answer[2])
    content = _json(answer[2]) if answer[0] == 200 else None
    if answer[0] != 200 or not isinstance(content, Mapping):
        return Shown("file" if answer[0] == 200 else "", traits=traits)
    if isinstance(content.get("data"), list):
        links = content.get("links")
        following = (links.get("next") if isinstance(links, Mapping) else "") or ""
        return Shown("list", str(following).removeprefix(base), traits)
    return Shown("entry" if parts_of(url).path == parts_of(entry).path else "object", traits=traits)


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return None
