"""Confirmations of operation by municipalities."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from ninja import Router
from typing_extensions import TypedDict

from schnittstellen.catalogue.services import confirming
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import Ags
from schnittstellen.web.api.bearing import TOKEN, bearer, demand
from schnittstellen.web.api.disputes import MADE, declaration_of
from schnittstellen.web.api.shapes import Problem
from schnittstellen.web.api.writes import Line, Released, Write

router = Router(auth=TOKEN, tags=["writing"])


class OperationConfirmed(TypedDict):
    """`municipality` is None unless it wants to be named."""

    id: str
    release: str
    standard: str
    role: str
    municipality: str | None
    on: date


class ConfirmationWrite(Write):
    """What works in the own operation; `named` says whether everybody may see which municipality it is."""

    municipality: Ags
    release: Released
    standard: Line
    role: Line
    named: bool = False


@router.post(
    "/confirmations", response={201: OperationConfirmed, **MADE, 409: Problem}, operation_id="confirm_operation"
)
def confirm(request: HttpRequest, body: ConfirmationWrite) -> HttpResponse:
    """Confirm that what a release declares holds in the own operation; with the board's decision that is level 5."""
    viewer = demand(request, "landscape").viewer
    found = declaration_of(body.release, body.standard, body.role)
    with acting(bearer(request).name):
        made = confirming.confirm(viewer, body.municipality, found, named=body.named, day=date.today())
    said = OperationConfirmed(
        id=made.key,
        release=body.release,
        standard=body.standard,
        role=body.role,
        municipality=body.municipality if made.named else None,
        on=made.on,
    )
    return answer(request, said, status=201)
