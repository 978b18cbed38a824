"""Where the products of a vendor answer: entered, proven to be the vendor's own, tested by the server."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Declaration, Endpoint, Member
from schnittstellen.catalogue.services import endpoints, runs
from schnittstellen.catalogue.services.called import role_called
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current, filled
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page
from schnittstellen.web.pages.wording_runs import STATES

MOST_RUNS = 20
Deed = Callable[[HttpRequest, Endpoint], HttpResponse]


@own_page
def listed(request: HttpRequest, key: str) -> HttpResponse:
    """The endpoints of the vendor, and a form for another."""
    of = acting.vendor(request, key)
    choices = endpoints.testable(key, bootstrap.library())
    typed = {"declaration": request.POST.get("declaration", ""), "url": request.POST.get("url", "").strip()}
    wrong = None
    if request.method == "POST":
        number = typed["declaration"]
        try:
            chosen = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
            made = endpoints.register(acting.viewer(of), chosen, typed["url"], bootstrap.library())
            return redirect(reverse("own-endpoint", args=(made.key,)))
        except SchnittstellenError as error:
            wrong = told(error)
    shown = {
        "of": of,
        "endpoints": [
            (one, endpoints.is_proven(one, date.today())) for one in endpoints.listed(acting.viewer(of), key)
        ],
        "choices": {str(one.pk): _title(one) for one in choices},
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "own/endpoints.html.j2", shown, status=422 if wrong else 200)


def _title(one: Declaration) -> str:
    return f"{one.release.product.name} {one.release.version}: {role_called(one.role)}"


def told(error: SchnittstellenError) -> str:
    """An error of ours in one line, with what can be done."""
    said = (error.fault.title, error.fault.hint)
    return " ".join(filled(text, error.parameters, current()) for text in said)


def viewer_for(request: HttpRequest, vendor: str | None) -> Viewer:
    """Acting for that vendor where the visitor does; else nobody, so that nobody learns what is there."""
    own = vendor is not None and Member.objects.filter(user_id=request.user.pk or 0, vendor__key=vendor).exists()
    return Viewer(vendor=vendor) if own else PUBLIC


def _of(request: HttpRequest, key: str) -> Endpoint:
    rows = Endpoint.objects.filter(key=key)
    owner = rows.values_list("declaration__release__product__vendor__key", flat=True).first()
    return endpoints.endpoint(viewer_for(request, owner), key)


@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One endpoint: whether control is proven and how to prove it, its runs, and a button for another."""
    of = _of(request, key)
    if request.method == "POST":
        return _done(request, of)
    shown = {
        "of": of,
        "vendor": of.declaration.release.product.vendor,
        "proven": endpoints.is_proven(of, date.today()),
        "file_place": endpoints.file_place(of),
        "dns_place": endpoints.dns_place(of),
        "runs": of.runs.all()[:MOST_RUNS],
        "states": STATES,
        "verdicts": VERDICTS,
    }
    return render(request, "own/endpoint.html.j2", shown)


def _done(request: HttpRequest, of: Endpoint) -> HttpResponse:
    deed = DEEDS.get(request.POST.get("tun", ""))
    try:
        if deed is not None:
            return deed(request, of)
    except SchnittstellenError as error:
        messages.error(request, told(error))
    return redirect(reverse("own-endpoint", args=(of.key,)))


def _by_file(request: HttpRequest, of: Endpoint) -> HttpResponse:
    endpoints.prove_by_file(of, datetime.now(UTC))
    return _proven(request, of)


def _by_dns(request: HttpRequest, of: Endpoint) -> HttpResponse:
    endpoints.prove_by_dns(of, datetime.now(UTC))
    return _proven(request, of)


def _proven(request: HttpRequest, of: Endpoint) -> HttpResponse:
    messages.success(request, _(N_("Nachgewiesen. Sie können jetzt prüfen lassen.")))
    return redirect(reverse("own-endpoint", args=(of.key,)))


def _test(request: HttpRequest, of: Endpoint) -> HttpResponse:
    run = runs.ask_for(of, request.user.pk, datetime.now(UTC))
    return redirect(reverse("own-run", args=(run.key,)))


def _remove(request: HttpRequest, of: Endpoint) -> HttpResponse:
    owner = of.declaration.release.product.vendor.key
    endpoints.remove(of)
    messages.success(request, _(N_("Entfernt.")))
    return redirect(reverse("own-endpoints", args=(owner,)))


DEEDS: dict[str, Deed] = {"datei": _by_file, "dns": _by_dns, "pruefen": _test, "entfernen": _remove}
