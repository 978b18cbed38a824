"""Which products can exchange data, what fits, what to ask for: routes over the services. Null is what nobody knows."""

from datetime import date
from typing import Annotated, NotRequired

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Product
from schnittstellen.catalogue.services import finding, procurement, tender, tender_text
from schnittstellen.catalogue.services import partners as exchange
from schnittstellen.domain.exchange import Status
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import PROBLEMS, Ags, Key, Leika, Named, OnDay, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.records import paged_answer

router = Router(auth=MAYBE_TOKEN, tags=["questions"])


class PartnersAsked(OnDay):
    """What of the partners is wanted."""

    release: Key = missing(description="Version of the product; the newest where it is missing.")
    standard: Named = missing()
    leistung: Leika = missing()
    status: list[Status] = Field([], max_length=len(Status))
    cursor: Annotated[str, Field(pattern=r"^[0-9]{1,9}$")] = missing()
    limit: int = Field(exchange.DEFAULT_PAGE, ge=1, le=200)


class PartnersAnswer(TypedDict):
    """`counts` are over all partners; `partners` are those of this page, the best proven first.

    A product without any release (`release` is null) has no partners.
    """

    release: str | None
    day: date
    counts: dict[str, int]
    partners: list[exchange.Partner]
    next_cursor: NotRequired[str]
    next: NotRequired[str]


@router.get("/products/{id}/partners", response={200: PartnersAnswer, **PROBLEMS}, operation_id="partners")
def partners(request: HttpRequest, id: Path[Key], asked: Query[PartnersAsked]) -> HttpResponse:
    """Which products can exchange data with this one, and how well that is proven."""
    demand_known(request, asked)
    if not asked.release and not finding.product(id).releases.exists():
        return answer(request, {"release": None, "day": asked.day, "counts": {}, "partners": []})
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


class TenderAsked(OnDay):
    """What is bought, for which Leistungen, and for whom or together with which releases."""

    leistung: list[Leika] = Field(min_length=1, max_length=100)
    kind: Product.Kind = Product.Kind.FACHVERFAHREN
    municipality: Ags = missing()
    partner: list[Named] = Field([], max_length=100)


class TenderAnswer(TypedDict):
    """The requirements as data, and as text (Markdown) in the language of the reader."""

    tender: tender.Tender
    text: str


@router.get("/tender", response={200: TenderAnswer, **PROBLEMS}, operation_id="tender")
def ask_for(request: HttpRequest, asked: Query[TenderAsked]) -> HttpResponse:
    """Which interfaces a tender must require, and how they are proven."""
    demand_known(request, asked)
    wanted = tender.Wanted(asked.kind, tuple(asked.leistung), asked.municipality, tuple(asked.partner))
    found = tender.tender(wanted, viewer(request), bootstrap.library(), asked.day)
    return answer(request, {"tender": found, "text": "\n".join(tender_text.text(found))})
