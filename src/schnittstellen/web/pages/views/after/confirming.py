"""A municipality confirms, interface by interface, that a product that it runs does in operation what was declared."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schnittstellen.catalogue.services import confirming
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.missing import missing
from schnittstellen.web.pages.views.after.common import number, person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

NOT_SURE = N_("Bestätigen Sie, dass Sie es im Betrieb geprüft haben.")
DONE = N_("Danke. Ihre Bestätigung ist eingetragen.")


@own_page
def confirm(request: HttpRequest, ags: str, release: str) -> HttpResponse:
    """What the release declares, and a form for each that may be confirmed."""
    of, today = acting.own_place(request, ags), date.today()
    found = confirming.choices(ags, release, today)
    if not found:
        raise missing(release)
    wrong = ""
    if request.method == "POST":
        wrong = _confirmed(request, ags, found[0])
        if not wrong:
            messages.success(request, _(DONE))
            return redirect(request.path)
    shown = {"of": of, "release": found[0].declaration.release, "choices": found, "day": today, "wrong": wrong}
    return render(request, "after/confirm.html.j2", shown, status=422 if wrong else 200)


def _confirmed(request: HttpRequest, ags: str, any_of: confirming.Choice) -> str:
    """Does it; returns what is to be told where it was refused."""
    if "sure" not in request.POST:
        return _(NOT_SURE)
    vendor = person(request, any_of.declaration.release.product.vendor.key).vendor
    viewer = Viewer(vendor=vendor, municipalities=frozenset({ags}))
    chosen, named = number(request, "declaration"), "named" in request.POST
    return tried(lambda: confirming.confirm(viewer, ags, chosen, named=named, day=date.today()))
