"""Pages about products: the list, one product, and its partners."""

from collections import defaultdict
from collections.abc import Sequence

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services import directory, finding
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.disputing.remarks import remarks
from schnittstellen.catalogue.services.experiences import experiences
from schnittstellen.catalogue.services.news.items import Wanted as NewsWanted
from schnittstellen.catalogue.services.news.reading import history
from schnittstellen.catalogue.services.partners import Wanted, partners
from schnittstellen.catalogue.services.products import described, users
from schnittstellen.catalogue.wording.certificates import STATES
from schnittstellen.catalogue.wording.kinds import MEANINGS, OPERATION, PRODUCTS
from schnittstellen.domain.exchange import Status
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.pages.asked import day_of, number_of
from schnittstellen.web.pages.views import news
from schnittstellen.web.viewer import viewer_of

PAGE = 50
LISTED = ("key", "name", "kind", "example", "vendor__name")
"""What the list shows of each."""
HISTORY = 8
"""So much of its history stands on the page of a product."""


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All products by name, of one kind where `?art=` names it, for one Leistung where `?leistung=` does."""
    kind = request.GET.get("art", "")
    leistung = request.GET.get("leistung", "")
    rows = directory.products(directory.Wanted(kind if kind in PRODUCTS else "", leistung))
    page = Paginator(rows.only(*LISTED), PAGE).get_page(request.GET.get("seite"))
    return render(request, "products.html.j2", {"page": page, "kind": kind, "leistung": leistung, "kinds": PRODUCTS})


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One product; an old address leads to the present one."""
    day, viewer = day_of(request), viewer_of(request)
    found = described(key, viewer, day, request.GET.get("version", ""))
    if found.key != key:
        return _moved(request, "product-one", found.key)
    shown = {
        "product": found,
        "facts": defaultdict(str, found.facts),
        "users": users(key, viewer, day),
        "experiences": experiences(key, viewer, day),
        "day": day,
        "kinds": PRODUCTS,
        "meanings": MEANINGS,
        "operation_of": operation_of,
        "verdicts": VERDICTS,
        "history": history(found.key, size=HISTORY),
        "feed": news.feed_of(NewsWanted(product=found.key)),
        **news.WORDS,
        "certificates": certificates.of_release(found.key, found.issue.version, day) if found.issue else [],
        "states": STATES,
        "remarks": remarks(found.key, found.issue.version if found.issue else "", day),
    }
    return render(request, "product.html.j2", shown)


@require_safe
def past(request: HttpRequest, key: str) -> HttpResponse:
    """All that happened to a product, as far as everybody may know it."""
    present = finding.product(key)
    if present.key != key:
        return _moved(request, "product-history", present.key)
    shown = {"product": present, "page": history(key, number_of(request, "seite"))}
    feed = news.feed_of(NewsWanted(product=key))
    return render(request, "news/history.html.j2", {**shown, "feed": feed, **news.WORDS})


def operation_of(forms: Sequence[str]) -> str:
    """Forms of operation in words."""
    return ", ".join(_(OPERATION[form]) for form in forms if form in OPERATION)


@require_safe
def met(request: HttpRequest, key: str) -> HttpResponse:
    """With which products one can exchange data."""
    day, present = day_of(request), finding.product(key)
    if present.key != key:
        return _moved(request, "product-partners", present.key)
    version = request.GET.get("version", "")
    status = request.GET.get("ergebnis", "")
    wanted = Wanted(
        standard=request.GET.get("standard") or None,
        statuses=frozenset({Status(status)}) if status in set(Status) else frozenset(),
        offset=number_of(request, "ab"),
    )
    found = partners(f"{key}@{version}" if version else key, day, wanted)
    shown = {"product": present, "found": found, "day": day, "status_wanted": status}
    return render(request, "partners.html.j2", {**shown, "standard_wanted": wanted.standard, "verdicts": VERDICTS})


def _moved(request: HttpRequest, route: str, key: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(reverse(route, args=(key,)) + (f"?{query}" if query else ""))
