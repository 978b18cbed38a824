"""Previews for the board: what a draft would change, and from which day the editions before it count no longer."""

from datetime import date, timedelta
from itertools import islice

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schnittstellen.catalogue.services.previewing import transition
from schnittstellen.catalogue.wording.previews import TURNS, WHYS
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.views.after.common import PAGE, person, tried
from schnittstellen.web.pages.views.own.acting import own_page

IN_HALF_A_YEAR = timedelta(days=183)
ROWS = 100
NOT_SURE = N_("Bestätigen Sie, dass Sie den Tag jetzt festlegen wollen.")


@own_page
def listed(request: HttpRequest) -> HttpResponse:
    """All previews that were kept."""
    page = Paginator(transition.listed(person(request)), PAGE).get_page(request.GET.get("seite"))
    return render(request, "after/previews.html.j2", {"page": page})


@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One preview; `ab` is the day that its effects are shown for."""
    viewer = person(request)
    of = transition.one(viewer, key)
    if of is None:
        raise Http404
    sent = request.POST if request.method == "POST" else request.GET
    day = _day(sent.get("ab", "")) or of.retired_from or date.today() + IN_HALF_A_YEAR
    reason, wrong = request.POST.get("reason", ""), ""
    if request.method == "POST":
        wrong = _(NOT_SURE)
        if "sure" in request.POST:
            wrong = tried(lambda: transition.decide(viewer, of, day, reason, date.today()))
        if not wrong:
            return redirect(request.path)
    effects = list(islice(transition.effects(of, day), transition.MOST + 1))
    shown = {
        "of": of,
        "found": of.data,
        "rows": of.data["rows"][:ROWS],
        "day_chosen": day,
        "effects": effects[: transition.MOST],
        "more_effects": len(effects) > transition.MOST,
        "editions": transition.editions(of),
        "decides": viewer.board and of.retired_from is None,
        "turns": TURNS,
        "whys": WHYS,
        "verdicts": VERDICTS,
        "reason_typed": reason,
        "wrong": wrong,
    }
    return render(request, "after/preview.html.j2", shown, status=422 if wrong else 200)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
