"""Applications: the vendor's list, applying, one application for vendor and board, withdrawing."""

from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Application, Declaration, Vendor
from schnittstellen.catalogue.services.board import applying, deciding
from schnittstellen.catalogue.services.board.applying import NO_DECLARATION, Asked
from schnittstellen.catalogue.services.board.common import State, vendor_of
from schnittstellen.catalogue.services.board.desk import counted, waits
from schnittstellen.catalogue.services.board.proposing import counted as votes
from schnittstellen.catalogue.services.called import role_called
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.words import levels
from schnittstellen.catalogue.wording.board import QUESTIONS, STATES, WAITS
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.views.after.common import PAGE, in_short, tried
from schnittstellen.web.pages.views.board.common import YES, for_board, for_vendor, mine, whole
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page


@never_cache
@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """All applications of a vendor."""
    of = acting.vendor(request, key)
    page = Paginator(applying.of_vendor(key), PAGE).get_page(request.GET.get("seite"))
    return render(request, "board/applications.html.j2", {"of": of, "page": page, "states": STATES})


@never_cache
@own_page
def new(request: HttpRequest, key: str) -> HttpResponse:
    """First the declaration, then the evidence that the application rests on."""
    of = acting.own_vendor(request, key)
    chosen = whole((request.POST or request.GET).get("erklaerung", ""))
    if not chosen:
        choices = {str(one.pk): _title(one) for one in applying.declarations(key)}
        return render(request, "board/application_which.html.j2", {"of": of, "choices": choices})
    declared = applying.declarations(key).filter(pk=chosen).first()
    if declared is None:
        raise SchnittstellenError(NO_DECLARATION)
    return _apply(request, of, declared)


def _apply(request: HttpRequest, of: Vendor, declared: Declaration) -> HttpResponse:
    wrong, made = "", list[Application]()
    if request.method == "POST":
        asked = Asked(
            declared.pk,
            frozenset(request.POST.getlist("nachweis")),
            whole(request.POST.get("level", "")),
            request.POST.get("statement", ""),
        )
        viewer = acting.viewer(of)
        wrong = tried(lambda: made.append(applying.apply(viewer, of.key, asked, date.today())))
        if made:
            return redirect("own-application", made[0].key)
    shown = {
        "of": of,
        "declared": declared,
        "title": _title(declared),
        "evidence": applying.evidence_of(declared.pk),
        "verdicts": VERDICTS,
        "chosen": request.POST.getlist("nachweis"),
        "level": whole(request.POST.get("level", "1")),
        "wished": applying.LEVELS,
        "statement": request.POST.get("statement", ""),
        "wrong": wrong,
    }
    return render(request, "board/application_new.html.j2", shown, status=422 if wrong else 200)


@never_cache
@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One application, with what is to be done next."""
    viewer, of = mine(request, key)
    day = date.today()
    shown = {
        "of": of,
        "open": of.state == State.OPEN,
        "board": for_board(viewer, of),
        "vendor": for_vendor(viewer, of),
        "states": STATES,
        "next": WAITS[waits(counted().get(pk=of.pk))],
        "evidence": list(of.evidence.order_by("-run_at", "-pk")),
        "verdicts": VERDICTS,
        "level_now": levels([of.declaration_id], day)[of.declaration_id],
        "missing": [in_short(one) for one in deciding.missing(of, day)] if of.state == State.OPEN else [],
        "edition": deciding.rules(of, date.today()).edition,
        "questions": list(of.questions.all()),
        "question_states": QUESTIONS,
        "votes": len(votes(of)) if of.state == State.OPEN else 0,
    }
    return render(request, "board/application.html.j2", shown)


@never_cache
@own_page
def evidence(request: HttpRequest, key: str) -> HttpResponse:
    """The vendor names other evidence."""
    viewer, of = mine(request, key)
    own_vendor(viewer, vendor_of(of))
    chosen, wrong = list(applying.digests(of)), ""
    if request.method == "POST":
        chosen = request.POST.getlist("nachweis")
        wrong = tried(partial(applying.rest_on, viewer, key, frozenset(chosen)))
        if not wrong:
            return redirect("own-application", key)
    rows = applying.evidence_of(of.declaration_id)
    shown = {"of": of, "evidence": rows, "verdicts": VERDICTS, "chosen": chosen, "wrong": wrong}
    return render(request, "board/application_evidence.html.j2", shown, status=422 if wrong else 200)


@never_cache
@own_page
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Ask, then take the application back."""
    viewer, of = mine(request, key)
    own_vendor(viewer, vendor_of(of))
    wrong = ""
    if request.method == "POST" and request.POST.get("sure") == YES:
        wrong = tried(partial(applying.withdraw, viewer, key, date.today()))
        if not wrong:
            return redirect("own-application", key)
    shown = {"of": of, "wrong": wrong}
    return render(request, "board/application_withdraw.html.j2", shown, status=422 if wrong else 200)


def _title(one: Declaration) -> str:
    return f"{one.release.product.name} {one.release.version}: {role_called(one.role)}"
