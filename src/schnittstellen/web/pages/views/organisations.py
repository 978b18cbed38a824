"""Pages about vendors and IT service providers."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Provider
from schnittstellen.catalogue.services import directory, finding
from schnittstellen.catalogue.wording.kinds import PRODUCTS

PAGE = 50


@require_safe
def vendor(request: HttpRequest, key: str) -> HttpResponse:
    """A vendor and its products; the address of a duplicate leads to the vendor that stands for it."""
    found = finding.vendor(key)
    if found.key != key:
        return HttpResponsePermanentRedirect(reverse("vendor-one", args=(found.key,)))
    page = Paginator(directory.products(directory.Wanted(vendor=key)), PAGE).get_page(request.GET.get("seite"))
    return render(request, "vendor.html.j2", {"vendor": found, "page": page, "kinds": PRODUCTS})


@require_safe
def provider(request: HttpRequest, key: str) -> HttpResponse:
    """An IT service provider and the municipalities that it serves."""
    found = Provider.objects.filter(key=key).first()
    if found is None:
        raise Http404
    page = Paginator(found.municipalities.order_by("name", "key"), PAGE).get_page(request.GET.get("seite"))
    return render(request, "provider.html.j2", {"provider": found, "page": page})
