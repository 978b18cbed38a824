"""Lists and single records of every kind, made from what the services know of the kinds."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Query, Router
from pydantic import BaseModel, Field

from schnittstellen.catalogue.models import Product, Vendor
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.records import paging
from schnittstellen.catalogue.services.records.kinds import KINDS, Filter, Kind
from schnittstellen.catalogue.services.records.shown import Shown
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import TODAY, Day, OnDay
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known, in_path, in_query, optional
from schnittstellen.web.api.shapes import SHAPES, Problem, paged

BASE = "/api/v1"
SEGMENTS = {
    "roles": ("version", "role"),
    "declarations": ("release", "standard", "role"),
}
"""Names of the parts of an id that has several; the others have one, `id`."""
MOVING: dict[str, Callable[[str], Product | Vendor]] = {"products": finding.product, "vendors": finding.vendor}
"""What can have another address than it had."""
ON = "Only what there was on that day; all where it is missing."
CURSORS = {"key": r"^[^\x00-\x1f\x7f]{1,200}$", "pk": r"^[0-9]{1,18}$"}
router = Router(auth=MAYBE_TOKEN, tags=["records"])


def _listing(kind: Kind) -> None:
    def listing(request: HttpRequest, asked: BaseModel) -> HttpResponse:
        demand_known(request, asked)
        given = asked.model_dump(exclude_unset=True)
        day = given.pop("on", None)
        cursor, limit = given.pop("cursor", None), given.pop("limit", paging.DEFAULT)
        page = paging.page(kind, viewer(request), day, paging.Wanted(given, cursor, limit))
        return paged_answer(request, {"items": [linked(kind, one) for one in page.items]}, page.next)

    listing.__annotations__["asked"] = in_query(f"{kind.name.title()}Asked", _parameters(kind))
    router.get(
        f"/{kind.name}",
        response={200: paged(SHAPES[kind.name]), 304: None, 401: Problem, 422: Problem},
        operation_id=f"list_{kind.name}",
        summary=f"List {kind.name}",
    )(listing)


def _parameters(kind: Kind) -> dict[str, Any]:
    made = {name: _parameter(one) for name, one in kind.filters.items()}
    limit = (int, Field(paging.DEFAULT, ge=1, le=paging.MOST, description="Records per page."))
    day = {"on": optional(Day, description=TODAY if kind.dated else ON)} if kind.dated or kind.there_on else {}
    return {**made, "cursor": optional(str, pattern=CURSORS[kind.order]), "limit": limit, **day}


def _parameter(one: Filter) -> Any:
    return optional(bool) if one.flag else optional(str, pattern=f"^(?:{one.pattern})$")


def _detail(kind: Kind) -> None:
    names = SEGMENTS.get(kind.name, ("id",))
    patterns = zip(names, kind.patterns, strict=True)
    segments = {name: (str, Field(pattern=f"^(?:{one})$")) for name, one in patterns}

    def shown(request: HttpRequest, name: BaseModel, day: date) -> HttpResponse:
        parts = tuple(name.model_dump().values())
        row = kind.find(viewer(request), *parts)
        if row is None:
            moved_to = moved(request, parts[0], kind.name) if kind.name in MOVING else None
            return moved_to or problems.of_status(request, 404)
        return answer(request, linked(kind, kind.show(row, viewer(request), day)))

    def dated(request: HttpRequest, name: BaseModel, asked: Query[OnDay]) -> HttpResponse:
        demand_known(request, asked)
        return shown(request, name, asked.day)

    def undated(request: HttpRequest, name: BaseModel) -> HttpResponse:
        demand_known(request)
        return shown(request, name, date.today())

    detail = dated if kind.dated else undated
    detail.__annotations__["name"] = in_path(f"{kind.name.title()}Name", segments)
    router.get(
        "/".join((f"/{kind.name}", *(f"{{{name}}}" for name in names))),
        response={200: SHAPES[kind.name], 304: None, 401: Problem, 404: Problem, 422: Problem},
        operation_id=f"get_{kind.name}",
        summary=f"One of {kind.name}",
    )(detail)


def linked(kind: Kind, shown: Shown) -> Shown:
    """A record with its own address; of evidence, that of the report."""
    name = shown["id"] if kind.patterns else shown["report_sha256"]
    return {**shown, "self": f"{BASE}/{kind.name}/{quote(name, safe='/@')}"}


def paged_answer(request: HttpRequest, content: dict[str, Any], cursor: str | None) -> HttpResponse:
    """A part of a list; where there is more, with the cursor and the address (RFC 8288) to continue at."""
    if cursor is None:
        return answer(request, content)
    following = f"{request.path}?{urlencode({**dict(request.GET.lists()), 'cursor': cursor}, doseq=True)}"
    response = answer(request, {**content, "next_cursor": cursor, "next": following})
    response["Link"] = f'<{following}>; rel="next"'
    return response


def moved(request: HttpRequest, key: str, kind: str = "products") -> HttpResponse | None:
    """To the present address of what had another one or was merged; None where it stands under `key`."""
    try:
        found = MOVING[kind](key)
    except SchnittstellenError:
        return None
    there = request.path.removesuffix(key) + quote(found.key)
    return None if found.key == key else HttpResponsePermanentRedirect(there, preserve_request=True)


for _kind in KINDS.values():
    _listing(_kind)
    if _kind.patterns:
        _detail(_kind)
