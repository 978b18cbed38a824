"""Notices before an end: who of an organisation hears of them, and where."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schnittstellen.catalogue.models import Notice
from schnittstellen.catalogue.services.notifying import subscribing
from schnittstellen.catalogue.services.notifying.subscribing import Owner
from schnittstellen.catalogue.services.voting.members import NOT_BOARD
from schnittstellen.catalogue.wording.notices import STATES, about, causes
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

MOST = 20
BOARD = N_("den IT-Digitalbeirat")


@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """The notices of a vendor."""
    of = acting.vendor(request, key)
    return _page(request, Owner(vendor=of), (of.name, reverse("own-vendor", args=(of.key,))))


@own_page
def of_place(request: HttpRequest, ags: str) -> HttpResponse:
    """The notices of a municipality."""
    of = acting.place(request, ags)
    return _page(request, Owner(municipality=of), (of.name, reverse("own-place", args=(of.key,))))


@own_page
def of_board(request: HttpRequest) -> HttpResponse:
    """The notices of the board, which hears of everything."""
    if not person(request).board:
        raise SchnittstellenError(NOT_BOARD)
    return _page(request, Owner(), (_(BOARD), reverse("own-board-desk")))


def _page(request: HttpRequest, of: Owner, above: tuple[str, str]) -> HttpResponse:
    """`above` are the name of the page to which this one belongs, and its address."""
    title, back = above
    wrong = ""
    if request.method == "POST":
        wrong = tried(lambda: _done(request, of))
        if not wrong:
            return redirect(request.path)
    subscriptions = list(subscribing.listed(of))
    rows = Notice.objects.filter(subscription__in=[one.pk for one in subscriptions]).select_related(
        "declaration__release__product", "declaration__role__version__standard"
    )
    shown = {
        "title": title,
        "back": back,
        "mail": getattr(request.user, "email", ""),
        "subscriptions": subscriptions,
        "notices": list(rows[:MOST]),
        "about": about,
        "causes": causes,
        "states": STATES,
        "typed": request.POST.get("url", ""),
        "wrong": wrong,
    }
    return render(request, "after/subscriptions.html.j2", shown, status=422 if wrong else 200)


def _done(request: HttpRequest, of: Owner) -> None:
    match request.POST.get("tun"):
        case "mail":
            subscribing.by_mail(of, request.user, date.today())
        case "webhook":
            subscribing.by_webhook(of, request.user, request.POST.get("url", "").strip(), date.today())
        case "beenden":
            subscribing.end(of, request.POST.get("key", ""))
