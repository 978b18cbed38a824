"""Search over everything that the catalogue holds."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.search import search
from schnittstellen.catalogue.wording.kinds import FOUND, MATCHES, THINGS
from schnittstellen.web.pages.asked import day_of

MOST_HITS = 40
PAGES: Mapping[str, str] = {
    "product": "product-one",
    "standard": "standard-one",
    "leistung": "leistung-one",
    "municipality": "municipality-one",
    "vendor": "vendor-one",
    "provider": "provider-one",
    "finding": "code-one",
}
"""The page of each kind of thing that can be found."""


@require_safe
def found(request: HttpRequest) -> HttpResponse:
    """The best finds for `?q=`, of one kind where `?art=` names it."""
    text = request.GET.get("q", "").strip()
    kind = request.GET.get("art", "")
    kinds = (kind,) if kind in THINGS else ()
    hits = search(text, kinds, MOST_HITS)
    products = [hit.key for hit in hits if hit.kind == "product"]
    day = day_of(request)
    certified = certificates.certified_products(products, day) if products else set()
    shown = {
        "day": day,
        "certified": certified,
        "text": text,
        "kind": kind,
        "hits": hits,
        "most": MOST_HITS,
        "things": THINGS,
        "kinds": FOUND,
        "matches": MATCHES,
        "pages": PAGES,
    }
    return render(request, "search.html.j2", shown)
