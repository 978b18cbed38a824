"""Objections: the list and each of them for everybody, raised by vendors, decided by the board."""

from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from schnittstellen.catalogue.models import Contest, Evidence
from schnittstellen.catalogue.services.disputing import contests, deciding
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.told import meaning
from schnittstellen.web.pages.views.after import ballots
from schnittstellen.web.pages.views.after.common import PAGE, person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

NOT_SURE = N_("Bestätigen Sie, dass Sie jetzt entscheiden wollen.")
DEEDS = {"stattgeben": True, "zurueckweisen": False}


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All objections."""
    day = day_of(request)
    page = Paginator(contests.listed(day), PAGE).get_page(request.GET.get("seite"))
    page.object_list = [contests.as_of(one, day) for one in page.object_list]
    return render(request, "after/contests.html.j2", {"page": page, "day": day})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One objection; the board decides here."""
    of, day = contests.one(key), day_of(request)
    vendor = of.evidence.declaration.release.product.vendor.key
    viewer = person(request, vendor)
    typed, wrong = request.POST.get("answer", ""), ""
    if request.method == "POST":
        demand_board(viewer, vendor)
        wrong = _done(request, viewer, key, typed)
        if not wrong:
            return redirect(request.path)
    votes = viewer.board and viewer.vendor != vendor
    decides = votes and of.decided_on is None
    shown = {
        "of": contests.as_of(of, day),
        "day": day,
        "reason": contests.may_read_reason(viewer, of),
        "decides": decides,
        "voting": ballots.shown(request, deciding.motion(of), deciding.about(of), date.today()) if votes else None,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "after/contest.html.j2", shown, status=422 if wrong else 200)


def _named(finding: str) -> str:
    known = meaning(finding)
    said = known.title or known.text
    return f"{finding}: {said}" if said else finding


def _done(request: HttpRequest, viewer: Viewer, key: str, answer: str) -> str:
    """Propose or vote; returns what is to be told where that was refused."""
    member, today = request.user, date.today()
    say = partial(deciding.vote, viewer, member, key, day=today)
    told = ballots.ballot(request, say, partial(deciding.drop, viewer, member, key))
    if told is not None:
        return told
    upheld = DEEDS.get(request.POST.get("tun", ""))
    if upheld is None or "sure" not in request.POST:
        return _(NOT_SURE)
    return tried(partial(deciding.propose, viewer, member, key, upheld=upheld, answer=answer, day=today))


@own_page
def new(request: HttpRequest, number: int) -> HttpResponse:
    """The vendor chooses a finding of own evidence and says why."""
    rows = Evidence.objects.select_related("declaration__release__product__vendor", "declaration__role__version")
    of = rows.filter(pk=number).first()
    if of is None:
        raise Http404
    viewer = acting.viewer(acting.own_vendor(request, of.declaration.release.product.vendor.key))
    typed = {name: request.POST.get(name, "") for name in ("finding", "reason")}
    wrong, made = "", list[Contest]()
    if request.method == "POST":
        given = (typed["finding"], typed["reason"], date.today())
        wrong = tried(lambda: made.append(contests.contest(viewer, of, *given)))
        if made:
            return redirect(reverse("contest-one", args=(made[0].key,)))
    choices = {one: _named(one) for one in contests.contestable(of)}
    shown = {"of": of, "choices": choices, "typed": typed, "wrong": wrong}
    return render(request, "after/contest_new.html.j2", shown, status=422 if wrong else 200)
