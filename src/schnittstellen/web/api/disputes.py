"""Objections and deviations in operation: read by everybody, raised by those concerned."""

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.models import Case, Contest, Declaration, Evidence
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.disputing import cases, contests
from schnittstellen.catalogue.services.disputing.cases import Said
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import PROBLEMS, Ags, Key, OnDay, Sha256, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN, TOKEN, bearer, demand
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.shapes import Problem
from schnittstellen.web.api.writes import Line, Released, Text, Write

router = Router(auth=MAYBE_TOKEN, tags=["disputes"])
MADE: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 413, 422), Problem)
State = Literal["open", "upheld", "rejected"]


class Objection(TypedDict):
    """A vendor contests a finding of a report. `reason` is the board's; None while nothing is decided."""

    id: str
    release: str
    suite: str
    report: str
    finding: str
    state: State
    raised_on: date
    decided_on: date | None
    reason: str | None


class Deviation(TypedDict):
    """What departs in operation. `municipality` is None unless it wants to be named."""

    id: str
    release: str
    standard: str
    role: str
    municipality: str | None
    summary: str
    plan: str | None
    due: date | None
    opened_on: date
    closed_on: date | None
    closing: str | None


class Objections(TypedDict):
    """At most as many as asked for, those that are open first; `more` says that there are others."""

    items: list[Objection]
    more: bool


class Deviations(TypedDict):
    """At most as many as asked for, those that are open first; `more` says that there are others."""

    items: list[Deviation]
    more: bool


class DisputesAsked(OnDay):
    """Of one product, or of all."""

    product: Key = missing()
    limit: int = Field(50, ge=1, le=200)


@router.get("/objections", response={200: Objections, **PROBLEMS}, operation_id="objections")
def objections(request: HttpRequest, asked: Query[DisputesAsked]) -> HttpResponse:
    """Which findings are contested, and how that was decided."""
    demand_known(request, asked)
    rows = contests.listed(asked.day)
    if asked.product:
        rows = rows.filter(evidence__declaration__release__product__key=asked.product)
    found = list(rows[: asked.limit + 1])
    items = [objection(contests.as_of(one, asked.day)) for one in found[: asked.limit]]
    return answer(request, Objections(items=items, more=len(found) > asked.limit))


@router.get("/deviations", response={200: Deviations, **PROBLEMS}, operation_id="deviations")
def deviations(request: HttpRequest, asked: Query[DisputesAsked]) -> HttpResponse:
    """What municipalities report of operation, with what the vendor does about it."""
    demand_known(request, asked)
    found = list(cases.listed(asked.day, asked.product or "")[: asked.limit + 1])
    items = [_deviation(cases.as_of(one, asked.day)) for one in found[: asked.limit]]
    return answer(request, Deviations(items=items, more=len(found) > asked.limit))


class ObjectionWrite(Write):
    """`finding` is one of those that make the run fail, as "CODE" or "CODE rule"; `reason` is for the board."""

    report: Sha256
    suite: Line
    finding: Line
    reason: Text


class DeviationWrite(Write):
    """`summary` is public, `detail` is not; `named` says whether everybody may see which municipality it is."""

    municipality: Ags
    release: Released
    standard: Line
    role: Line
    summary: Text
    detail: str = Field("", max_length=5_000)
    named: bool = False


@router.post("/objections", response={201: Objection, **MADE}, operation_id="object", auth=TOKEN, tags=["writing"])
def object_to(request: HttpRequest, body: ObjectionWrite) -> HttpResponse:
    """Contest a finding of own evidence, once."""
    viewer = demand(request, "products").viewer
    rows = Evidence.objects.select_related("declaration__release__product__vendor", "declaration__role__version")
    own = rows.filter(declaration__release__product__vendor__key=viewer.vendor)
    found = own.filter(report_sha256=body.report, suite=body.suite).order_by("pk").first()
    if found is None:
        raise contests.not_contestable(body.finding)
    with acting(bearer(request).name):
        made = contests.contest(viewer, found, body.finding, body.reason, date.today())
    return answer(request, objection(made), status=201)


@router.post(
    "/deviations", response={201: Deviation, **MADE}, operation_id="report_deviation", auth=TOKEN, tags=["writing"]
)
def report_deviation(request: HttpRequest, body: DeviationWrite) -> HttpResponse:
    """Report what departs in the own operation."""
    viewer = demand(request, "landscape").viewer
    found = declaration_of(body.release, body.standard, body.role)
    said = Said(body.summary, body.detail, body.named)
    with acting(bearer(request).name):
        made = cases.report(viewer, body.municipality, found, said, date.today())
    return answer(request, _deviation(made), status=201)


def declaration_of(release: str, standard: str, role: str) -> int:
    """The declaration of a release (`product@version`) for a role of a standard; 0 where there is none."""
    product, _, version = release.partition("@")
    key, _, of_standard = standard.partition("@")
    found = Declaration.objects.filter(
        release__product__key=product,
        release__version=version,
        role__version__standard__key=key,
        role__version__version=of_standard,
        role__key=role,
    )
    return found.values_list("pk", flat=True).first() or 0


def objection(one: Contest) -> Objection:
    """An objection as it stands in `one`."""
    of = one.evidence
    state: State = "open" if one.decided_on is None else "upheld" if one.upheld else "rejected"
    return Objection(
        id=one.key,
        release=str(of.declaration.release),
        suite=of.suite,
        report=of.report_sha256,
        finding=one.finding,
        state=state,
        raised_on=one.raised_on,
        decided_on=one.decided_on,
        reason=one.answer or None,
    )


def _deviation(one: Case) -> Deviation:
    of = one.declaration
    return Deviation(
        id=one.key,
        release=str(of.release),
        standard=str(of.role.version),
        role=of.role.key,
        municipality=one.municipality.key if one.named and one.municipality else None,
        summary=one.summary,
        plan=one.plan or None,
        due=one.due,
        opened_on=one.opened_on,
        closed_on=one.closed_on,
        closing=one.closing or None,
    )
