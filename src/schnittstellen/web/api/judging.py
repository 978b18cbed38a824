"""Who does the same, whether it deserves funding, whether a process chain is whole: routes over the services."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from typing_extensions import TypedDict

from schnittstellen.catalogue.services import alternatives as same
from schnittstellen.catalogue.services import chain as chains
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services import funding as fund
from schnittstellen.catalogue.services import neighbours as like
from schnittstellen.catalogue.services.records.kinds import KINDS
from schnittstellen.domain.exchange import Encounter, Status
from schnittstellen.domain.funding import Judged, Met
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.process_chain import Link, Station, Whole
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import PROBLEMS, Ags, Key, Leika, OnDay, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.records import linked
from schnittstellen.web.api.shapes import Problem, Product

router = Router(auth=MAYBE_TOKEN, tags=["questions"])


class OfferedRole(TypedDict):
    """A role (`standard@version/role`) that the newest release declares, and its Nachweisstufe (0–5)."""

    role: str
    level: Nachweisstufe


class Alternative(TypedDict):
    """`release` is the newest version; `product` is the record, as far as the reader may see it."""

    product: Product
    release: str | None
    interfaces: list[OfferedRole]


class AlternativesAnswer(TypedDict):
    """`leistungen` are LeiKa keys. Each set of `parallel` are publicly funded products of one kind for one Leistung.

    `more`: there are further products, which are not named.
    """

    leistungen: list[str]
    day: date
    products: list[Alternative]
    parallel: list[list[str]]
    more: bool


@router.get("/products/{id}/alternatives", response={200: AlternativesAnswer, **PROBLEMS}, operation_id="alternatives")
def of_product(request: HttpRequest, id: Path[Key], asked: Query[OnDay]) -> HttpResponse:
    """The products that do the same as this one, side by side."""
    demand_known(request, asked)
    return _alternatives(request, id, asked.day)


@router.get("/leistungen/{id}/products", response={200: AlternativesAnswer, **PROBLEMS}, operation_id="offered")
def of_leistung(request: HttpRequest, id: Path[Leika], asked: Query[OnDay]) -> HttpResponse:
    """The products for a Leistung, side by side."""
    demand_known(request, asked)
    return _alternatives(request, id, asked.day)


def _alternatives(request: HttpRequest, name: str, day: date) -> HttpResponse:
    found = same.alternatives(name, viewer(request), day)
    products = [
        {
            "product": linked(KINDS["products"], one.facts),
            "release": one.release,
            "interfaces": [{"role": each.name, "level": each.level} for each in one.interfaces],
        }
        for one in found.products
    ]
    keys = [key for key, _title in found.leistungen]
    shown = {"leistungen": keys, "day": day, "products": products, "parallel": found.parallel, "more": found.more}
    return answer(request, shown)


class FundingAsked(OnDay):
    """Which version of the product; the newest where it is missing."""

    release: Key = missing()


class FundingAnswer(TypedDict):
    """`release` is null where the product has none; then nothing is known."""

    release: str | None
    day: date
    edition: str
    met: Met
    reasons: list[Judged]


@router.get("/products/{id}/funding", response={200: FundingAnswer, **PROBLEMS}, operation_id="funding")
def funding(request: HttpRequest, id: Path[Key], asked: Query[FundingAsked]) -> HttpResponse:
    """Whether a product meets the rules of funding: yes, no or unknown, with every reason."""
    demand_known(request, asked)
    if not asked.release and not finding.product(id).releases.exists():
        unknown = {"edition": fund.shipped().edition, "met": Met.UNKNOWN, "reasons": []}
        return answer(request, {"release": None, "day": asked.day, **unknown})
    return answer(request, fund.funding(f"{id}@{asked.release}" if asked.release else id, asked.day))


class NeighboursAsked(OnDay):
    """What is used for one Leistung only."""

    leistung: Leika = missing()


@router.get(
    "/municipalities/{id}/neighbours",
    response={200: like.Neighbours, 409: Problem, **PROBLEMS},
    operation_id="neighbours",
)
def neighbours(request: HttpRequest, id: Path[Ags], asked: Query[NeighboursAsked]) -> HttpResponse:
    """What municipalities of like size use: by name where they show it, else counted in steps of five."""
    demand_known(request, asked)
    return answer(request, like.neighbours(id, asked.day, asked.leistung))


class ChainAsked(OnDay):
    """Of what a municipality uses; without it, the best of the catalogue."""

    municipality: Ags = missing()


class ChainJoint(TypedDict):
    """Two releases at neighbouring stations. `confirmed`: the municipality says that both are there."""

    releases: tuple[str, str]
    status: Status
    confirmed: bool
    encounter: Encounter


class ChainLink(TypedDict):
    """Two neighbouring stations; the weakest of the joints comes first. At `missing` stations nothing is known."""

    stations: tuple[Station, Station]
    status: Status
    missing: list[Station]
    joints: list[ChainJoint]


class ChainAnswer(TypedDict):
    """`left_out`: there are more products at some station than were tried.

    `there` are the releases at each station that has any.
    """

    leistung: str
    title: str
    municipality: str | None
    day: date
    stations: list[Station]
    whole: Whole
    links: list[ChainLink]
    left_out: bool
    there: dict[Station, list[str]]


@router.get("/leistungen/{id}/chain", response={200: ChainAnswer, **PROBLEMS}, operation_id="chain")
def chain(request: HttpRequest, id: Path[Leika], asked: Query[ChainAsked]) -> HttpResponse:
    """Whether the process chain of a Leistung is whole, without a break of media; the weakest link counts."""
    demand_known(request, asked)
    found = chains.chain(id, viewer(request), asked.day, asked.municipality)
    shown = {
        "leistung": found.leistung,
        "title": found.title,
        "municipality": asked.municipality,
        "day": found.day,
        "stations": found.stations,
        "whole": found.whole,
        "links": [_link(one) for one in found.links],
        "left_out": found.left_out,
        "there": found.there,
    }
    return answer(request, shown)


def _link(one: Link) -> dict[str, object]:
    joints = [
        {"releases": each.releases, "status": each.status, "confirmed": each.confirmed, "encounter": each.encounter}
        for each in one.joints
    ]
    return {"stations": one.stations, "status": one.status, "missing": one.missing, "joints": joints}
