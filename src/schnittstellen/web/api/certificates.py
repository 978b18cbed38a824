"""Certificates as data: listed and one by one, as they stand on a day."""

from datetime import date
from typing import Annotated, Any, Literal, NotRequired

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.certifying.telling import Told, told
from schnittstellen.catalogue.services.records.kinds import parts
from schnittstellen.domain.certified import State
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import PROBLEMS, Key, OnDay, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.records import BASE, paged_answer
from schnittstellen.web.api.shapes import paged

router = Router(auth=MAYBE_TOKEN, tags=["certificates"])
FILTERS = {
    "product": ("release__product__key",),
    "release": ("release__product__key", "release__version"),
    "vendor": ("release__product__vendor__key",),
    "standard": ("role__version__standard__key",),
    "version": ("role__version__standard__key", "role__version__version"),
}
"""Lookups of a declaration, for the parts of each filter's value."""
NAME = r"^[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}@[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}$"
Serial = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{5,12}$")]


class Duty(TypedDict):
    """An Auflage: to be met until `due`; `met_on` when it was."""

    text: str
    due: NotRequired[date]
    met_on: NotRequired[date]


class StandReason(TypedDict):
    """Why it does not hold, and since when."""

    why: str
    day: date


class RevokedFrom(TypedDict):
    """The board took it back."""

    since: date
    reason: str


class TestedRequirements(TypedDict):
    """Of the `total` requirements that the standard addresses to the role, `tested` were tested by any of the runs."""

    tested: int
    total: int


class CertificateStand(TypedDict):
    """What a certificate says, and how it stands on the day `on`.

    `level` is what is certified, `tested` what runs alone prove of it, `current_level` what the release has on that
    day. `holds` only where it is signed and valid. `lapses_on` is the first day on which it does not hold, if nothing
    is renewed. `document` is the address of the signed certificate, for `schnittstellen verify`.
    """

    id: str
    self: str
    release: str
    product_name: str
    vendor: str
    standard: str
    role: str
    edition: NotRequired[str]
    level: NotRequired[int]
    tested: NotRequired[int]
    messages: NotRequired[list[str]]
    evidence: NotRequired[list[str]]
    confirmations: NotRequired[list[str]]
    requirements: NotRequired[TestedRequirements]
    decided_on: date
    deviations: list[str]
    conditions: list[Duty]
    on: date
    state: Literal["not_yet", "valid", "resting", "ended", "replaced", "revoked"]
    holds: bool
    current_level: int
    lapses_on: NotRequired[date]
    reasons: list[StandReason]
    contested: list[str]
    signed: bool
    issued: NotRequired[date]
    document: NotRequired[str]
    revoked: NotRequired[RevokedFrom]


class CertificatesAsked(OnDay):
    """Which; a page may hold fewer than `limit` although more follow."""

    product: Key = missing()
    release: Annotated[str, Field(pattern=NAME)] = missing()
    vendor: Key = missing()
    standard: Key = missing()
    version: Annotated[str, Field(pattern=NAME)] = missing()
    state: State = missing()
    cursor: int = missing(ge=0, le=10**12)
    limit: int = Field(50, ge=1, le=200)


@router.get("/certificates", response={200: paged(CertificateStand), **PROBLEMS}, operation_id="list_certificates")
def listed(request: HttpRequest, asked: Query[CertificatesAsked]) -> HttpResponse:
    """Certificates in the order of their decisions, as they stand on a day."""
    demand_known(request, asked)
    wanted: dict[str, Any] = {}
    for name, lookups in FILTERS.items():
        if value := getattr(asked, name):
            wanted |= dict(zip(lookups, parts(value), strict=True))
    found = certificates.page(certificates.decisions(**wanted), asked.day, asked.cursor or 0, asked.limit)
    items = [one for one in found.items if asked.state in (None, one.stand.state)]
    cursor = str(found.next) if found.next else None
    return paged_answer(request, {"items": [_linked(one, asked.day) for one in items]}, cursor)


@router.get("/certificates/{id}", response={200: CertificateStand, **PROBLEMS}, operation_id="get_certificate")
def one(request: HttpRequest, id: Path[Serial], asked: Query[OnDay]) -> HttpResponse:
    """One certificate, as it stands on a day."""
    demand_known(request, asked)
    return answer(request, _linked(certificates.one(id, asked.day), asked.day))


def _linked(of: Found, day: date) -> Told:
    return {**told(of, day), "self": f"{BASE}/certificates/{of.serial}"}
