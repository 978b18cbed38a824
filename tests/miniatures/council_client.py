"""A client of OParl in miniature: reads a council from its entry, updates itself, and has a switch for each fault."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from urllib.request import Request, urlopen

FAULTS = (
    *("sorts-parameters", "builds-pages", "local-time", "raw-colon", "filter-on-page", "only-yaml", "first-page-only"),
    *("relies-on-limit", "drops-extensions", "drops-deleted", "gives-up", "never-updates", "writes", "entry-only"),
)
SINCE = "2020-01-01T00:00:00+01:00"


class GivesUp(Exception):
    """The client ends here."""


class CouncilClient:
    """Reads everything below one entry. `faults` are names out of `FAULTS`."""

    def __init__(self, *faults: str, headers: dict[str, str] | None = None) -> None:
        assert set(faults) <= set(FAULTS)
        self._faults = faults
        self._headers = {"Accept": "application/yaml" if "only-yaml" in faults else "application/json"}
        self._headers.update(headers or {})
        self._following = "first-page-only" not in faults

    def run(self, entry: str) -> None:
        """One whole visit, and an update after it."""
        try:
            system = self.fetch(entry)
            if "entry-only" not in self._faults:
                for body in self.pages(system["body"]):
                    self._body(body)
        except GivesUp:
            return
        if "writes" in self._faults:
            self._send(entry, "DELETE")

    def _body(self, body: dict[str, Any]) -> None:
        papers = [*self.pages(body["paper"])]
        self.fetch(papers[0]["id"])
        for name in ("meeting", "person"):
            [*self.pages(body[name])]
        if "never-updates" not in self._faults:
            self._update(body["paper"])
            self._update(body["organization"])
        self._limited(body["organization"])
        self.fetch(body["id"])

    def _update(self, papers: str) -> None:
        since = SINCE.partition("+")[0] if "local-time" in self._faults else SINCE
        value = since.replace("+", "%2B") if "raw-colon" in self._faults else quote(since, safe="")
        [*self.pages(f"{papers}?modified_since={value}")]
        if "filter-on-page" in self._faults:
            page = self.fetch(papers)["links"]["next"]
            self.fetch(f"{page}&modified_since={value}")

    def _limited(self, url: str) -> None:
        if "relies-on-limit" not in self._faults:
            [*self.pages(f"{url}?limit=100")]
        else:
            self.fetch(f"{url}?limit=100")

    def pages(self, url: str | None) -> Iterator[dict[str, Any]]:
        """The objects of a list, page after page."""
        number, start = 1, str(url)
        while url:
            page = self.fetch(url)
            if page is None or self._stumbles(page):
                return
            yield from page["data"]
            number += 1
            url = self._next(page, start, number)

    def _next(self, page: dict[str, Any], start: str, number: int) -> str | None:
        found: str | None = page.get("links", {}).get("next")
        if found is None or not self._following:
            return None
        if "builds-pages" in self._faults:
            return f"{start}{'&' if '?' in start else '?'}page={number}"
        if "sorts-parameters" in self._faults:
            return sorted_query(found)
        return found

    def _stumbles(self, page: dict[str, Any]) -> bool:
        """Whether this client cannot read the page: single lists of one page it survives."""
        if not page.get("links", {}).get("next"):
            return False
        strange = any(":" in name for one in page["data"] for name in one)
        deleted = any(one.get("deleted") for one in page["data"])
        return ("drops-extensions" in self._faults and strange) or ("drops-deleted" in self._faults and deleted)

    def fetch(self, url: str) -> Any:
        """One object; a server that is not available is asked again, once."""
        found = self._send(url)
        if found is None and "gives-up" in self._faults:
            raise GivesUp
        return self._send(url) if found is None else found

    def _send(self, url: str, method: str = "GET") -> Any:
        try:
            with urlopen(Request(url, method=method, headers=self._headers), timeout=5) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as error:
            error.close()
            return None


def sorted_query(url: str) -> str:
    """The address with its parameters in another order."""
    parts = urlsplit(url)
    return parts._replace(query=urlencode(sorted(parse_qsl(parts.query)))).geturl()
