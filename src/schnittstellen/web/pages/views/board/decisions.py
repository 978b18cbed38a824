"""The board's desk, votes and decisions; the decision with its reasons and duties for the vendor, too."""

from datetime import date
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Application
from schnittstellen.catalogue.services.board import deciding, duties, proposing
from schnittstellen.catalogue.services.board.common import State, vendor_of
from schnittstellen.catalogue.services.board.desk import desk as on_desk
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.wording.board import STATES, WAITS
from schnittstellen.catalogue.wording.voting import REMARK_HINTS, explained
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.ballots import BALLOTS
from schnittstellen.web.pages.views.after.common import in_short, in_words, person, tried
from schnittstellen.web.pages.views.board.common import NOT_SURE, YES, for_board, for_vendor, mine, whole
from schnittstellen.web.pages.views.own.acting import own_page


@never_cache
@own_page
def desk(request: HttpRequest) -> HttpResponse:
    """What is open, what waits for whom, and which duties are due."""
    day = date.today()
    shown = {"desk": on_desk(person(request), day), "waits": WAITS, "today": day}
    return render(request, "board/desk.html.j2", shown)


@never_cache
@own_page
def decision(request: HttpRequest, key: str) -> HttpResponse:
    """Votes and what stands against deciding, for the board; afterwards the decision, for the vendor, too."""
    viewer, of = mine(request, key)
    if of.state != State.OPEN:
        return _decided(request, viewer, of)
    if not for_board(viewer, of):
        return redirect("own-application", key)
    wrong = ""
    if request.method == "POST":
        demand_board(viewer, vendor_of(of))
        wrong = _done(request, viewer, key)
        if not wrong:
            return redirect(request.path)
    rules = deciding.rules(of, date.today())
    found, own = list(of.votes.all()), of.votes.filter(user=request.user.pk).first()
    shown = {
        "of": of,
        "duties": proposing.duties(of),
        "against": [in_words(one) for one in deciding.reasons(of, date.today())] if of.proposed is not None else [],
        "votes": [one for one in found if one.basis == of.basis],
        "void": sum(1 for one in found if one.basis != of.basis),
        "own": own,
        "typed": request.POST.get("remark", ""),
        "wrong": wrong,
        "remark_hint": _(REMARK_HINTS[rules.voting.reasons]),
        "how": explained(rules, deciding.needed(of, rules)),
        "edition": rules.edition,
    }
    return render(request, "board/vote.html.j2", shown, status=422 if wrong else 200)


def _done(request: HttpRequest, viewer: Viewer, key: str) -> str:
    """Vote or decide; returns what is to be told where that was refused."""
    what, basis = request.POST.get("tun", ""), whole(request.POST.get("basis", ""))
    if what in BALLOTS:
        ballot = (BALLOTS[what], request.POST.get("remark", ""))
        return tried(partial(proposing.vote, viewer, request.user, key, basis, ballot))
    if request.POST.get("sure") != YES:
        return _(NOT_SURE)
    return tried(partial(deciding.decide, viewer, key, basis, date.today()))


def _decided(request: HttpRequest, viewer: Viewer, of: Application) -> HttpResponse:
    if of.state == State.WITHDRAWN:
        return redirect("own-application", of.key)
    board = for_board(viewer, of)
    shown = {
        "of": of,
        "states": STATES,
        "board": board,
        "vendor": for_vendor(viewer, of),
        "votes": proposing.about_now(of),
        "against": [in_short(one) for one in deciding.spoke_against(of)],
        "evidence": list(of.evidence.order_by("-run_at", "-pk")),
        "duties": list(of.decided_duties.order_by("number")),
        "serial": deciding.serial(of),
        "holds": duties.decisions_that_hold({of.declaration_id}, date.today()).get(of.declaration_id) == of.decision,
        "today": date.today(),
    }
    return render(request, "board/decision.html.j2", shown)


@never_cache
@own_page
def duty(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One duty: the vendor says how it was met, the board confirms or says what is missing."""
    viewer, of = mine(request, key)
    found, wrong = duties.one(viewer, key, number), ""
    if request.method == "POST":
        wrong = _duty_done(request, viewer, key, number)
        if not wrong:
            return redirect(request.path)
    shown: dict[str, Any] = {
        "of": of,
        "duty": found,
        "board": for_board(viewer, of),
        "vendor": for_vendor(viewer, of),
        "today": date.today(),
        "typed": request.POST.get("text", ""),
        "wrong": wrong,
    }
    return render(request, "board/duty.html.j2", shown, status=422 if wrong else 200)


def _duty_done(request: HttpRequest, viewer: Viewer, key: str, number: int) -> str:
    """Returns what is to be told where it was refused. Raises `SchnittstellenError` (F144, F383, F400)."""
    text = request.POST.get("text", "")
    match request.POST.get("tun"):
        case "melden":
            return tried(partial(duties.say_met, viewer, key, number, text, date.today()))
        case "ablehnen":
            return tried(partial(duties.decline, viewer, key, number, (text, date.today())))
        case "bestaetigen" if request.POST.get("sure") == YES:
            return tried(partial(duties.confirm, viewer, key, number, date.today()))
        case _:
            return _(NOT_SURE)
