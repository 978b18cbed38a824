"""The audit log, for each of those it concerns: who changed what and when, filtered, in pages."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.viewer import OPERATOR, Viewer
from schnittstellen.catalogue.wording import changes
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page
from schnittstellen.web.pages.views.own.keys import BOARD

PER_PAGE = 50
MOST_TEXT = 100
RUNS_IT = N_("Betrieb des Katalogs")
KINDS = {
    "vendors": N_("Firma"),
    "products": N_("Programm"),
    "municipalities": N_("Kommune"),
    "deployments": N_("Einsatz"),
    "board": BOARD,
    "users": N_("Konto"),
    "operator": RUNS_IT,
    "registry": N_("Register"),
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom the changes concern."""

    viewer: Viewer
    title: str
    back: str


@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """What changed of a vendor and its products."""
    of = acting.vendor(request, key)
    return _changes(request, Reader(acting.viewer(of), of.name, reverse("own-vendor", args=(key,))))


@own_page
def of_place(request: HttpRequest, ags: str) -> HttpResponse:
    """What changed of a municipality and what it runs."""
    of = acting.place(request, ags)
    return _changes(request, Reader(acting.viewer(of), of.name, reverse("own-place", args=(ags,))))


@own_page
def of_board(request: HttpRequest) -> HttpResponse:
    """What the board and vendors changed."""
    acting.board(request)
    return _changes(request, Reader(Viewer(board=True), _(BOARD), reverse("account-start")))


@own_page
def of_operator(request: HttpRequest) -> HttpResponse:
    """All changes."""
    acting.operator(request)
    return _changes(request, Reader(OPERATOR, _(RUNS_IT), reverse("account-start")))


def _changes(request: HttpRequest, of: Reader) -> HttpResponse:
    asked = _asked(request.GET)
    page = Paginator(audit.wanted(of.viewer, asked), PER_PAGE).get_page(request.GET.get("seite"))
    shown = {"of": of, "page": page, "asked": asked, "kinds": KINDS, "words": changes}
    return render(request, "access/changes.html.j2", {**shown, "names": audit.names(page.object_list)})


def _asked(sent: QueryDict) -> audit.Wanted:
    kind = sent.get("art", "")
    return audit.Wanted(
        kind=kind if kind in KINDS else "",
        key=sent.get("eintrag", "").strip()[:MOST_TEXT],
        by=sent.get("wer", "").strip()[:MOST_TEXT],
        since=_day(sent.get("ab", "")),
        until=_day(sent.get("bis", "")),
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
