"""Who does the same as a product, and whether it meets the rules of funding."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.alternatives import alternatives
from schnittstellen.catalogue.services.funding import Funding, funding, shipped
from schnittstellen.catalogue.wording.funding import METS, RULES, reason
from schnittstellen.domain.funding import Met
from schnittstellen.domain.texts import N_
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.viewer import viewer_of

HEADLINES = {
    Met.YES: N_("Ja, alle Regeln der Förderung sind erfüllt."),
    Met.NO: N_("Nein, nicht alle Regeln der Förderung sind erfüllt."),
    Met.UNKNOWN: N_("Nicht bekannt, es fehlen Angaben."),
}


@require_safe
def same(request: HttpRequest, key: str) -> HttpResponse:
    """The products for the Leistungen of a product, itself among them, and what was funded in parallel."""
    day, product = day_of(request), finding.product(key)
    found = alternatives(product.key, viewer_of(request), day)
    names = {one.key: one.name for one in found.products}
    return render(request, "judging/same.html.j2", {"product": product, "found": found, "names": names, "day": day})


@require_safe
def funded(request: HttpRequest, key: str) -> HttpResponse:
    """The rules of funding on the newest release of a product, each with its reason."""
    day, product = day_of(request), finding.product(key)
    found = (
        funding(product.key, day) if product.releases.exists() else Funding("", day, shipped().edition, Met.UNKNOWN, ())
    )
    rows = [(RULES[one.rule], METS[one.met], reason(one)) for one in found.reasons]
    shown = {"product": product, "found": found, "rows": rows, "headline": HEADLINES[found.met], "day": day}
    return render(request, "judging/funding.html.j2", shown)
