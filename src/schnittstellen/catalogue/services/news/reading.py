"""All news in one order, the newest first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from django.db.models import Max, Model
from django.utils.timezone import localtime

from schnittstellen.catalogue.models import Change, Entry, Product, Release
from schnittstellen.catalogue.services.news import came, declared, recorded
from schnittstellen.catalogue.services.news.items import Asked, Item, Wanted
from schnittstellen.catalogue.services.unchanged import while_unchanged

PAGE = 30
MOST_PAGES = 40
_MOMENTS: tuple[tuple[type[Model], str], ...] = (
    (Product, "added"),
    (Release, "added"),
    (Entry, "told_at"),
    (Change, "at"),
)
"""What news are told by, beside days."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some news; `number` from 1, `more` says whether a next page has any."""

    items: tuple[Item, ...]
    number: int
    more: bool


def news(wanted: Wanted, number: int = 1, size: int = PAGE) -> Page:
    """One page of the news. The number of queries does not grow; beyond `MOST_PAGES` there is nothing."""
    return _page(number, size, lambda most: _all(Asked(wanted, localtime(), most)))


def history(product: str, number: int = 1, size: int = PAGE) -> Page:
    """The same about one product (its key), with what its vendor changed of its declarations."""

    def told(most: int) -> Iterator[Item]:
        asked = Asked(Wanted(product=product), localtime(), most)
        yield from _all(asked)
        yield from declared.changes(asked)

    return _page(number, size, told)


@while_unchanged
def latest() -> datetime | None:
    """The last moment that any news is told by; it may lie ahead, where clocks of several machines differ."""
    found = [model._default_manager.aggregate(at=Max(name))["at"] for model, name in _MOMENTS]
    return max((one for one in found if one), default=None)


def _all(asked: Asked) -> Iterator[Item]:
    yield from recorded.records(asked)
    yield from recorded.falls(asked)
    yield from came.products(asked)
    yield from came.releases(asked)
    yield from came.standards(asked)


def _page(number: int, size: int, told: Callable[[int], Iterable[Item]]) -> Page:
    number = min(max(number, 1), MOST_PAGES)
    most = number * size + 1
    found = nlargest(most, told(most), key=lambda one: (one.at, one.id))
    items = found[(number - 1) * size : number * size]
    return Page(tuple(items), number, len(found) > number * size and number < MOST_PAGES)
