"""Pages are the same for all who are not logged in: kept as they were sent, while nothing at all is written.

The rule of `services.unchanged` holds here as well: the database is asked each time whether it is as it was. What else
a page depends on is part of its name (`_name`), or the page is not kept: only the routes of `ROUTES`, which read
nothing but their address, the database and the day, and of them only what is sent to readers without a session.
The token of a form is each reader's own, and is put in anew each time.
"""

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from http import HTTPStatus
from threading import local

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.utils.timezone import now

from schnittstellen.catalogue.services.news.reading import latest
from schnittstellen.catalogue.services.unchanged import State, state
from schnittstellen.web.middleware import COOKIE, wanted_language

Answer = Callable[[HttpRequest], HttpResponse]
Name = tuple[object, ...]
ROUTES = frozenset(
    (
        *("home", "search", "compare", "procure", "news", "endings", "endings-calendar", "municipality-calendar"),
        *("product", "product-one", "product-partners", "product-pair", "product-alternatives", "product-funding"),
        "product-history",
        *("standard", "standard-one", "leistung", "leistung-one", "leistung-chain", "municipality", "municipality-one"),
        *("vendor-one", "provider-one"),
    )
)
"""Names of routes whose pages depend on their address, the database, the day and the language only.

News are told by the moment as well, which is why none is kept while one of them lies ahead (`_all_told`)."""
MOST_BYTES = 24_000_000
"""So much each thread keeps, before what nobody read for longest goes."""
_TOKEN = re.compile(rb'(?<=<input type="hidden" name="csrfmiddlewaretoken" value=")[A-Za-z0-9]+(?=">)')


@dataclass(frozen=True, slots=True)
class _Page:
    """`pieces` have a token of a form between them."""

    pieces: tuple[bytes, ...]
    headers: dict[str, str]

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))


class _Pages(local):
    """Those of one thread, as its connection to the database knows whether anything was written."""

    def __init__(self) -> None:
        self._state: State | None = None
        self._pages: OrderedDict[Name, _Page] = OrderedDict()
        self._bytes = 0

    def found(self, state: State, name: Name) -> _Page | None:
        """The page of that name, if all is as it was."""
        if self._state != state:
            self._state, self._bytes = state, 0
            self._pages.clear()
        if name not in self._pages:
            return None
        self._pages.move_to_end(name)
        return self._pages[name]

    def keep(self, name: Name, page: _Page) -> None:
        """For the state that was asked for last."""
        self._pages[name] = page
        self._bytes += page.size
        while self._bytes > MOST_BYTES:
            self._bytes -= self._pages.popitem(last=False)[1].size


def kept(get_response: Answer) -> Answer:
    """Middleware; it stands after those that know host, session and tokens, and before those that need the database."""
    pages = _Pages()

    def respond(request: HttpRequest) -> HttpResponse:
        seen = _seen() if _for_all(request) else None
        if seen is None:
            return get_response(request)
        name, begun = _name(request), now()
        if page := pages.found(seen, name):
            return _sent(request, page)
        response = get_response(request)
        if _may_be_kept(request, response) and name == _name(request) and _all_told(begun):
            pages.keep(name, _Page(tuple(_TOKEN.split(response.content)), dict(response.items())))
        return response

    return respond


def _for_all(request: HttpRequest) -> bool:
    """Whether the reader is like any other: no session, no messages, no key, nothing sent, no piece of a page."""
    if request.method != "GET" or not request.COOKIES.keys() <= {settings.CSRF_COOKIE_NAME, COOKIE}:
        return False
    if request.META.get("CONTENT_LENGTH") or "HTTP_AUTHORIZATION" in request.META:
        return False
    return not any(one.startswith("HTTP_HX_") for one in request.META)


def _seen() -> State | None:
    """What the database holds; None within a transaction, or where it does not answer."""
    try:
        return None if connection.in_atomic_block else state()
    except Error:
        return None


def _name(request: HttpRequest) -> Name:
    """All that a page depends on beside the database. Midnight in between gives another one."""
    asked = request.path, request.META.get("QUERY_STRING", "")
    return request.scheme, request.get_host(), *asked, wanted_language(request), date.today()


def _may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    route = request.resolver_match
    return (
        route is not None
        and route.view_name in ROUTES
        and response.status_code == HTTPStatus.OK
        and not (response.streaming or response.cookies or request.session.modified)
        and "Cache-Control" not in response.headers
    )


def _all_told(moment: datetime) -> bool:
    """Whether nothing in the database waits for a later moment than this one, but for other days."""
    try:
        last = latest()
    except Error:
        return False
    return last is None or last <= moment


def _sent(request: HttpRequest, page: _Page) -> HttpResponse:
    first, *rest = page.pieces
    body = first + b"".join(get_token(request).encode() + piece for piece in rest)
    return HttpResponse(body, headers=page.headers)
