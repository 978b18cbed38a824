"""What ends, and when: as data and as a calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from schnittstellen.catalogue.services.ending import Endings
from schnittstellen.catalogue.services.ending import ending as ends
from schnittstellen.catalogue.wording.calendar import calendar
from schnittstellen.web.api.answers import answer, sent
from schnittstellen.web.api.asked import PROBLEMS, Ags, OnDay, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN, viewer
from schnittstellen.web.api.parameters import demand_known

CALENDAR: dict[str, Any] = {"responses": {200: {"content": {"text/calendar": {"schema": {"type": "string"}}}}}}
router = Router(auth=MAYBE_TOKEN, tags=["questions"])


class EndingAsked(OnDay):
    """What ends within so many days; of a municipality, what ends of all that it uses."""

    within: int = Field(365, ge=1, le=3650)
    municipality: Ags = missing()


@router.get("/ending", response={200: Endings, **PROBLEMS}, operation_id="ending")
def ending(request: HttpRequest, asked: Query[EndingAsked]) -> HttpResponse:
    """Support of products, versions of standards, evidence, replacements: what ends next."""
    demand_known(request, asked)
    return answer(request, ends(asked.day, asked.within, viewer(request), asked.municipality))


@router.get("/ending.ics", response={200: None, **PROBLEMS}, operation_id="ending_ics", openapi_extra=CALENDAR)
def ending_ics(request: HttpRequest, asked: Query[EndingAsked]) -> HttpResponse:
    """The same as a calendar (RFC 5545) to subscribe to."""
    demand_known(request, asked)
    found = ends(asked.day, asked.within, viewer(request), asked.municipality)
    return sent(request, calendar((*found.past, *found.coming), found.day), "text/calendar; charset=utf-8")
