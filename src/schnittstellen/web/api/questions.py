"""The questions that the catalogue answers, as routes over their services. In answers, null is what nobody knows."""

from datetime import date
from typing import Annotated, Any, NotRequired

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import BeforeValidator, Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.models import SearchEntry
from schnittstellen.catalogue.services import partners as exchange
from schnittstellen.catalogue.services import procurement
from schnittstellen.catalogue.services.records import reports
from schnittstellen.catalogue.services.records.kinds import KEY
from schnittstellen.catalogue.services.search import Hit, search
from schnittstellen.domain.exchange import Status
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import MEDIA_TYPE, answer, sent
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known, without_default, written_day
from schnittstellen.web.api.records import paged_answer
from schnittstellen.web.api.shapes import Problem

PROBLEMS: dict[int, Any] = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
LEIKA = r"[0-9]{14}"
EITHER = rf"{KEY}(?:@{KEY})?"
"""A product, or one release of it."""
Day = Annotated[date, BeforeValidator(written_day)]
Key = Annotated[str, Field(pattern=f"^{KEY}$")]
Named = Annotated[str, Field(pattern=f"^{EITHER}$")]
Leika = Annotated[str, Field(pattern=f"^{LEIKA}$")]
Ags = Annotated[str, Field(pattern=r"^[0-9]{8}$")]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
router = Router(auth=MAYBE_TOKEN, tags=["questions"])


def missing(**limits: Any) -> Any:
    """The default of a parameter that may be missing."""
    return Field(None, json_schema_extra=without_default, **limits)


class OnDay(Schema):
    """`on` is the day that the answer holds for; today where it is missing."""

    on: Day = missing(description="Day of the answer; today where it is missing.")

    @property
    def day(self) -> date:
        """The day of the answer."""
        return self.on or date.today()


class PartnersAsked(OnDay):
    """What of the partners is wanted."""

    release: Key = missing(description="Version of the product; the newest where it is missing.")
    standard: Named = missing()
    leistung: Leika = missing()
    status: list[Status] = Field([], max_length=len(Status))
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] = missing()
    limit: int = Field(exchange.DEFAULT_PAGE, ge=1, le=200)


class PartnersAnswer(TypedDict):
    """`counts` are over all partners; `partners` are those of this page, the best proven first."""

    release: str
    day: date
    counts: dict[str, int]
    partners: list[exchange.Partner]
    next_cursor: NotRequired[str]
    next: NotRequired[str]


@router.get("/products/{id}/partners", response={200: PartnersAnswer, **PROBLEMS}, operation_id="partners")
def partners(request: HttpRequest, id: Path[Key], asked: Query[PartnersAsked]) -> HttpResponse:
    """Which products can exchange data with this one, and how well that is proven."""
    demand_known(request, asked)
    name = f"{id}@{asked.release}" if asked.release else id
    wanted = exchange.Wanted(
        asked.standard, asked.leistung, frozenset(asked.status), int(asked.cursor or 0), asked.limit
    )
    found = exchange.partners(name, asked.day, wanted)
    shown = {"release": found.release, "day": found.day, "counts": found.counts, "partners": found.partners}
    return paged_answer(request, shown, None if found.next is None else str(found.next))


@router.get("/leistungen/{id}/matrix", response={200: exchange.Matrix, **PROBLEMS}, operation_id="matrix")
def matrix(request: HttpRequest, id: Path[Leika], asked: Query[OnDay]) -> HttpResponse:
    """All products of a Leistung against each other."""
    demand_known(request, asked)
    return answer(request, exchange.matrix(id, asked.day))


class ProcurementAsked(OnDay):
    """The candidate, what it takes the place of, and what it is bought for."""

    product: Named
    replaces: Key = missing()
    leistung: list[Leika] = Field([], max_length=100)


@router.get(
    "/municipalities/{id}/can-procure",
    response={200: procurement.Procurement, **PROBLEMS},
    operation_id="can_procure",
)
def can_procure(request: HttpRequest, id: Path[Ags], asked: Query[ProcurementAsked]) -> HttpResponse:
    """Whether a product fits to what a municipality runs: yes, no or unknown, with all reasons."""
    demand_known(request, asked)
    wishes = procurement.Wishes(asked.replaces, frozenset(asked.leistung))
    return answer(request, procurement.can_procure(asked.product, id, viewer(request), asked.day, wishes))


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
    """Search over everything: German stems, umlauts however written, typing errors."""
    demand_known(request, asked)
    return answer(request, {"items": search(asked.q, asked.kind, asked.limit)})


@router.get("/reports/{id}", response={200: dict[str, Any], **PROBLEMS}, operation_id="report")
def report(request: HttpRequest, id: Path[Sha256]) -> HttpResponse:
    """The report with this SHA-256, byte for byte; for the vendor of the product tested and for the board."""
    demand_known(request)
    document = reports.document(id, viewer(request))
    return problems.of_status(request, 404) if document is None else sent(request, document, MEDIA_TYPE)
