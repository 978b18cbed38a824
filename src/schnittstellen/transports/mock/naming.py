"""Which addresses a server has named so far, and how an address that a client asks for relates to them."""

import re
from dataclasses import dataclass

from schnittstellen.engine.recording import ALTERED, ASKED, EXACT, UNKNOWN, alike, without_added


@dataclass(frozen=True, slots=True)
class Link:
    """How an address relates to those named: `how`, and the number of the answer that named it first (0: none)."""

    how: str = UNKNOWN
    after: int = 0


class Named:
    """All addresses below `base` that answers held, as path and query; the entry is known from the start."""

    def __init__(self, entry: str, base: str) -> None:
        self._address = re.compile(re.escape(base) + r"([^\s\"<>\\#]*)")
        self._first = {entry: 0}
        self._alike = {alike(entry): 0}

    def learn(self, number: int, content: bytes) -> None:
        """Take in the answer to request `number`."""
        for url in self._address.findall(content.decode("utf-8", "replace").replace(r"\/", "/")):
            self._first.setdefault(url, number)
            self._alike.setdefault(alike(url), number)

    def link(self, url: str) -> Link:
        """How `url` (path and query) relates to the addresses named so far."""
        if url in self._first:
            return Link(EXACT, self._first[url])
        bare = without_added(url)
        if bare in self._first:
            return Link(ASKED, self._first[bare])
        after = self._alike.get(alike(bare))
        return Link() if after is None else Link(ALTERED, after)
