"""Kann ich beschaffen? A form, and its answer with all reasons."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from schnittstellen.catalogue.models import Municipality, Product
from schnittstellen.catalogue.services.naming import Meant, municipality_meant, product_meant
from schnittstellen.catalogue.services.procurement import Procurement, Wishes, can_procure
from schnittstellen.catalogue.wording import procurement
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.viewer import viewer_of

MOST_TEXT = 200
NOTHING = Meant("")


@require_GET
def ask(request: HttpRequest) -> HttpResponse:
    """The form with what was typed; below it the answer once product and municipality are clear."""
    product, replaced = (typed(request, name, product_meant) for name in ("programm", "ersetzt"))
    place = typed(request, "kommune", municipality_meant)
    asked = bool(product.text and place.text)
    error, found = None, None
    if product.key and place.key and (replaced.key or not replaced.text):
        try:
            found = _answer(request, product.key, place.key, replaced.key)
        except SchnittstellenError as raised:
            error = raised
    fields = {"product": product, "place": place, "replaced": replaced}
    names = _names(fields)
    shown = {**fields, "names": names, "asked": asked, "error": error, "found": found, "words": procurement}
    status = error.fault.http if error else 200
    return render(
        request,
        "procurement.html.j2",
        {**shown, "day": day_of(request)},
        status=status,
    )


def _answer(request: HttpRequest, product: str, ags: str, replaced: str | None) -> Procurement:
    return can_procure(product, ags, viewer_of(request), day_of(request), Wishes(replaced))


def typed(request: HttpRequest, name: str, meaning: Callable[[str], Meant]) -> Meant:
    """What a field holds, and what is meant by it."""
    text = request.GET.get(name, "").strip()[:MOST_TEXT]
    return meaning(text) if text else NOTHING


def _names(fields: dict[str, Meant]) -> dict[str, str]:
    """What the fields show: names instead of keys where they are clear."""
    product, place = fields["product"].key, fields["place"].key
    named = {}
    if product:
        named["product"] = Product.objects.filter(key=product.partition("@")[0]).values_list("name", flat=True).get()
    if place:
        named["place"] = Municipality.objects.filter(key=place).values_list("name", flat=True).get()
    return named
