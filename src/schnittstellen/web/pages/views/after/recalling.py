"""The board revokes a certificate: the first member proposes, another agrees."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schnittstellen.catalogue.services.certifying import board_key, certificates, recalling, withdrawing
from schnittstellen.catalogue.services.certifying.recalling import REASONS, Said
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.wording.certificates import WHY
from schnittstellen.domain.trust import Why
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after import ballots
from schnittstellen.web.pages.views.after.common import person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page


@own_page
def recall(request: HttpRequest, serial: str) -> HttpResponse:
    """What is proposed, and a form for what this member may do."""
    acting.board(request)
    today = date.today()
    of = certificates.one(serial, today)
    viewer = person(request, of.declaration.release.product.vendor.key)
    demand_board(viewer, of.declaration.release.product.vendor.key)
    wrong = ""
    if request.method == "POST":
        wrong = _done(request, viewer, serial, today)
        if not wrong:
            withdrawing.current(today)
            return redirect(request.path)
    made = recalling.motion(of)
    shown = {
        "of": of,
        "there": recalling.said_of(made) if made else None,
        "voting": ballots.shown(request, made, recalling.about(of), today),
        "typed": {name: request.POST.get(name, "") for name in ("why", "since", "reason")},
        "whys": {one.value: WHY[one] for one in REASONS},
        "why_words": WHY,
        "today": today,
        "signs": bool(board_key.signer()),
        "unlisted": of.revocation is not None and withdrawing.missing(withdrawing.newest()),
        "wrong": wrong,
    }
    return render(request, "certificates/recall.html.j2", shown, status=422 if wrong else 200)


def _done(request: HttpRequest, viewer: Viewer, serial: str, today: date) -> str:
    """Does what was asked for; returns what is to be told where it was refused."""
    say = partial(recalling.vote, viewer, request.user, serial, today=today)
    told = ballots.ballot(request, say, partial(recalling.drop, viewer, request.user, serial, today=today))
    if told is not None:
        return told
    if "sure" not in request.POST:
        return _(ballots.NOT_SURE)
    said = Said(_why(request), _day(request, today), request.POST.get("reason", ""))
    return tried(lambda: recalling.propose(viewer, request.user, serial, said, today))


def _why(request: HttpRequest) -> Why:
    sent = request.POST.get("why", "")
    return Why(sent) if sent in {one.value for one in REASONS} else Why.CEASED


def _day(request: HttpRequest, today: date) -> date:
    sent = request.POST.get("since", "")
    try:
        return date.fromisoformat(sent) if sent else today
    except ValueError:
        return date.min
