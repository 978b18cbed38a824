"""The board has a signed certificate issued anew, where more follows from its decision than when it was signed."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from schnittstellen.catalogue.services.certifying import board_key, certificates, renewing
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.ballots import NOT_SURE
from schnittstellen.web.pages.views.after.common import person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page


@own_page
def renew(request: HttpRequest, serial: str) -> HttpResponse:
    """What would change, and a button where the server has the key; else how the board signs."""
    acting.board(request)
    today = date.today()
    of = certificates.one(serial, today)
    vendor = of.declaration.release.product.vendor.key
    viewer, wrong = person(request, vendor), ""
    demand_board(viewer, vendor)
    if request.method == "POST":
        sure = "sure" in request.POST
        wrong = tried(lambda: renewing.renew(viewer, serial, today)) if sure else _(NOT_SURE)
        if not wrong:
            return redirect("certificate-one", serial)
    shown = {
        "of": of,
        "old": of.certificate,
        "new": renewing.renewed(of, today),
        "signs": bool(board_key.signer()),
        "wrong": wrong,
    }
    return render(request, "certificates/renew.html.j2", shown, status=422 if wrong else 200)
