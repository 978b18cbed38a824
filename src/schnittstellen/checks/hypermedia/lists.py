"""Following one list from its first page to its last."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schnittstellen.checks.hypermedia import list_codes, object_codes, reach_codes
from schnittstellen.checks.hypermedia.forms import is_address
from schnittstellen.checks.hypermedia.objects import Seen
from schnittstellen.checks.hypermedia.survey import UNREAD, Demand, Survey
from schnittstellen.domain.finding import Place

MAX_PAGES = 100_000
_OPTIONAL = 2
"""So deep in the envelope stand only optional properties: links.next, pagination.totalPages."""


@dataclass(slots=True)
class Page:
    """One page: its address, its number from 1, and its content in the envelope's form, as far as it has it."""

    url: str
    number: int
    objects: list[Seen]
    links: dict[str, Any]
    figures: dict[str, Any]
    items: int = 0


@dataclass(slots=True)
class Pages:
    """Follows the pages of a list of `kind`; `owner` and `property` say where its address stood."""

    survey: Survey
    kind: str
    owner: str
    property: str
    last: Page | None = None
    complete: bool = False
    _visited: set[str] = field(default_factory=set)

    def follow(self, url: str, limit: int = MAX_PAGES) -> Iterator[Page]:
        """Yield page after page until the end, `limit`, or something that keeps from going on. Raises `Exhausted`."""
        number = 0
        here: str | None = url
        while here is not None and number < limit:
            number += 1
            self._visited.add(here)
            page = self.page(here, number)
            if page is None:
                return
            yield page
            self.last = page
            here = self._next(page)

    def page(self, url: str, number: int) -> Page | None:
        """One page, judged for its form; None where there is none."""
        answer = self.survey.get(url)
        if answer.status is None:
            self.survey.unanswered(answer)
            return None
        if answer.status != 200:
            fields = {"type": self.owner, "property": self.property, "status": str(answer.status)}
            requirement = self._requirement()
            self.survey.report(reach_codes.NO_LIST, Place(url=url), Demand(requirement), **fields)
            return None
        return None if answer.content is UNREAD else self._enveloped(url, number, answer.content)

    def _requirement(self) -> str | None:
        known = self.survey.model.types.get(self.owner)
        return None if known is None else known.requirement

    def _enveloped(self, url: str, number: int, content: Any) -> Page | None:
        if not isinstance(content, dict):
            self._odd(Place(url=url, pointer=""), "JSON")
            return None
        for error in self.survey.model.page_validator.iter_errors(content):
            missing = error.kind.as_dict().get("property")
            path = [str(part) for part in error.instance_path] + ([str(missing)] if missing else [])
            place = Place(url=url, pointer="/" + "/".join(path))
            name = ".".join(part for part in path if not part.isdigit())
            if error.instance is None and len(path) == _OPTIONAL:
                fields = {"type": self.survey.model.page.name, "property": name}
                self.survey.report(object_codes.NULL_OPTIONAL, place, "null_optional", **fields)
            else:
                self._odd(place, name)
        data = content.get("data")
        items = data if isinstance(data, list) else []
        objects = [Seen(one, url, f"/data/{i}", self.kind) for i, one in enumerate(items) if isinstance(one, dict)]
        links, figures = content.get("links"), content.get("pagination")
        known = figures if isinstance(figures, dict) and isinstance(data, list) else {}
        return Page(url, number, objects, links if isinstance(links, dict) else {}, known, len(items))

    def loop(self, page: Page) -> None:
        """Note that `page` brings nothing new."""
        self.survey.report(list_codes.LOOP, Place(url=page.url), "once", type=self.kind)

    def _odd(self, place: Place, name: str) -> None:
        self.survey.report(list_codes.ENVELOPE, place, "envelope", type=self.kind, property=name)

    def _next(self, page: Page) -> str | None:
        following = page.links.get("next")
        if not isinstance(following, str) or not is_address(following):
            self.complete = following is None
            return None
        place = Place(url=page.url, pointer="/links/next")
        if following in self._visited:
            self.survey.report(list_codes.LOOP, place, "once", type=self.kind)
            return None
        if not self.survey.local(following):
            code = object_codes.SCHEME if self.survey.other_scheme(following) else reach_codes.FOREIGN
            fields = {"type": self.kind, "property": "links.next"}
            if code is object_codes.SCHEME:
                fields |= {"found": following.partition(":")[0], "expected": self.survey.seen.url.partition(":")[0]}
            self.survey.report(code, place, "next", **fields)
            return None
        return following


@dataclass(slots=True)
class Tally:
    """Counts what the pages of one list really hold, and compares it with what they say (from page 0 or 1 on)."""

    survey: Survey
    kind: str
    count: int = 0
    size: int | None = None
    start: int = 1
    before: Page | None = None
    _reported: set[str] = field(default_factory=set)

    def add(self, page: Page) -> None:
        """Take in one page."""
        self.count += page.items
        self._number(page)
        size = page.figures.get("elementsPerPage")
        if self.before is not None:
            self._full(self.before)
            if isinstance(size, int) and self.size not in (None, size) and "next" in page.links:
                self._odd(list_codes.PAGE_SIZE, page, "elementsPerPage", "page_size")
        if self.size is None and isinstance(size, int):
            self.size = size
        self.before = page

    def end(self, *, clean: bool) -> bool:
        """Compare the figures of the last page; False where a page must be missing. `clean`: nothing came twice."""
        page = self.before
        if page is None:
            return False
        total, pages = page.figures.get("totalElements"), page.figures.get("totalPages")
        if isinstance(total, int) and self.count < total and (not isinstance(pages, int) or page.number < pages):
            self._odd(list_codes.NO_NEXT, page, "links.next", "next")
            return False
        if isinstance(total, int) and total != self.count and clean:
            self._odd(list_codes.FIGURES, page, "totalElements", "figures")
        self._last(page, pages)
        return True

    def _last(self, page: Page, pages: object) -> None:
        if isinstance(pages, int) and pages != page.number and not (pages == 0 and self.count == 0):
            self._odd(list_codes.FIGURES, page, "totalPages", "figures")
        threshold = self.survey.model.threshold
        if page.number == 1 and threshold and self.count > threshold:
            place = Place(url=page.url)
            fields = {"type": self.kind, "threshold": str(threshold)}
            self.survey.report(list_codes.UNPAGED, place, "paginate", **fields)

    def _number(self, page: Page) -> None:
        number = page.figures.get("currentPage")
        if not isinstance(number, int):
            return
        if page.number == 1:
            self.start = min(number, 1)
        if number != page.number - 1 + self.start:
            self._odd(list_codes.FIGURES, page, "currentPage", "figures")

    def _full(self, page: Page) -> None:
        size = page.figures.get("elementsPerPage")
        if isinstance(size, int) and size != page.items:
            self._odd(list_codes.PAGE_SIZE, page, "elementsPerPage", "page_size")

    def _odd(self, code: Any, page: Page, name: str, rule: str) -> None:
        if name in self._reported:
            return
        self._reported.add(name)
        place = Place(url=page.url, pointer="/" + name.replace(".", "/"))
        self.survey.report(code, place, rule, type=self.kind, property=name)
