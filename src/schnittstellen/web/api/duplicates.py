"""Entries that stand in the catalogue twice: found, merged or kept apart, with a token of the board."""

from dataclasses import asdict
from typing import Annotated, Any, NotRequired

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.services import duplicates
from schnittstellen.catalogue.services.alike import Sign
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.merged import Merged, Of
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import Key, missing
from schnittstellen.web.api.bearing import TOKEN, bearer, demand
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.records import paged_answer
from schnittstellen.web.api.shapes import Problem
from schnittstellen.web.api.writes import Write

router = Router(auth=TOKEN, tags=["duplicates"])
SCOPE = "duplicates"
READ: dict[int, Any] = {304: None, **dict.fromkeys((401, 403, 422), Problem)}
CHANGED: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 412, 413, 422), Problem)


class DuplicatesAsked(Schema):
    """Of which entries; `apart` asks for those that somebody said are no duplicates."""

    kind: Of = missing()
    apart: bool = False
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] = missing()
    limit: int = Field(50, ge=1, le=200)


class Duplicate(TypedDict):
    """Two entries (ids) that may be one. `likeness` of their names is 0 to 100.

    Likeness and grounds are missing of those kept apart.
    """

    kind: Of
    first: str
    second: str
    likeness: NotRequired[float]
    grounds: NotRequired[list[Sign]]


class Duplicates(TypedDict):
    """The likeliest first."""

    items: list[Duplicate]
    next_cursor: NotRequired[str]
    next: NotRequired[str]


@router.get("/duplicates", response={200: Duplicates, **READ}, operation_id="list_duplicates")
def listed(request: HttpRequest, asked: Query[DuplicatesAsked]) -> HttpResponse:
    """Entries that may stand in the catalogue twice, with the reasons."""
    demand(request, SCOPE)
    demand_known(request, asked)
    kinds = [asked.kind] if asked.kind else list(Of)
    found = [one for kind in kinds for one in (_apart(kind) if asked.apart else _alike(kind))]
    start = int(asked.cursor or 0)
    end = start + asked.limit
    return paged_answer(request, {"items": found[start:end]}, str(end) if end < len(found) else None)


def _alike(kind: Of) -> list[dict[str, object]]:
    return [{"kind": kind.value, **asdict(one)} for one in duplicates.candidates(kind)]


def _apart(kind: Of) -> list[dict[str, object]]:
    return [{"kind": kind.value, "first": one, "second": other} for one, other in duplicates.kept_apart(kind)]


class MergeWrite(Write):
    """`id` becomes a duplicate of `into`, where its address leads from then on."""

    kind: Of
    id: Key
    into: Key


@router.post("/merges", response={201: Merged, **CHANGED}, operation_id="merge")
def merge(request: HttpRequest, body: MergeWrite) -> HttpResponse:
    """Merge two entries; it cannot be taken back."""
    demand(request, SCOPE)
    with acting(f"Token {bearer(request).name}"):
        done = duplicates.merge(body.kind, body.id, body.into)
    return answer(request, asdict(done), status=201)


@router.put("/distinctions/{kind}/{first}/{second}", response={200: Duplicate, **CHANGED}, operation_id="distinguish")
def distinguish(request: HttpRequest, kind: Path[Of], first: Path[Key], second: Path[Key]) -> HttpResponse:
    """Say that two entries are no duplicates, so that they are not found again."""
    demand(request, SCOPE)
    with acting(f"Token {bearer(request).name}"):
        one, other = duplicates.keep_apart(kind, first, second)
    return answer(request, {"kind": kind.value, "first": one, "second": other})


@router.delete(
    "/distinctions/{kind}/{first}/{second}", response={204: None, **CHANGED}, operation_id="take_back_distinction"
)
def take_back(request: HttpRequest, kind: Path[Of], first: Path[Key], second: Path[Key]) -> HttpResponse:
    """Take back that two entries are no duplicates."""
    demand(request, SCOPE)
    with acting(f"Token {bearer(request).name}"):
        said = duplicates.take_back(kind, first, second)
    return HttpResponse(status=204) if said else problems.of_status(request, 404)
