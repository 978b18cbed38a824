"""Search, and reports byte for byte."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.models import SearchEntry
from schnittstellen.catalogue.services.records import reports
from schnittstellen.catalogue.services.search import Hit, search
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import MEDIA_TYPE, answer, sent
from schnittstellen.web.api.asked import PROBLEMS, Sha256
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known

router = Router(auth=MAYBE_TOKEN, tags=["search"])


class SearchAsked(Schema):
    """Words as people write them."""

    q: str = Field(min_length=1, max_length=200)
    kind: list[SearchEntry.Kind] = Field([], max_length=len(SearchEntry.Kind))
    limit: int = Field(20, ge=1, le=100)


class Found(TypedDict):
    """The best finds, the best first."""

    items: list[Hit]


@router.get("/search", response={200: Found, **PROBLEMS}, operation_id="search")
def find(request: HttpRequest, asked: Query[SearchAsked]) -> HttpResponse:
    """Search over everything: German stems, umlauts however written, codes of findings; typing errors last, marked."""
    demand_known(request, asked)
    return answer(request, {"items": search(asked.q, asked.kind, asked.limit)})


@router.get("/reports/{id}", response={200: dict[str, Any], **PROBLEMS}, operation_id="report")
def report(request: HttpRequest, id: Path[Sha256]) -> HttpResponse:
    """The report with this SHA-256, byte for byte; for the vendor of the product tested and for the board."""
    demand_known(request)
    document = reports.document(id, viewer(request))
    return problems.of_status(request, 404) if document is None else sent(request, document, MEDIA_TYPE)
