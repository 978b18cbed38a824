"""What ends, and when: a page and a calendar, for everybody and for one municipality."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.ending import Endings, ending
from schnittstellen.catalogue.wording.calendar import calendar
from schnittstellen.catalogue.wording.endings import sentence, what
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.viewer import viewer_of

AHEAD = 2 * 365
"""Days that a municipality needs to plan for, and to buy what comes instead."""


def ahead(request: HttpRequest, ags: str | None = None) -> Endings:
    """What ends in the next two years, as the reader may see it. Raises `SchnittstellenError` (F123, F130, F170)."""
    return ending(day_of(request), AHEAD, viewer_of(request), ags)


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What ends in the whole catalogue."""
    shown = {"endings": ahead(request), "what": what, "sentence": sentence, "day": day_of(request)}
    return render(request, "endings.html.j2", shown)


@require_safe
def as_calendar(request: HttpRequest, ags: str | None = None) -> HttpResponse:
    """The same as a calendar (ICS) that an appointment book can subscribe to."""
    found = ahead(request, ags)
    name = f"termine-{ags}.ics" if ags else "termine.ics"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(calendar(found.coming, found.day), content_type="text/calendar; charset=utf-8", headers=headers)
