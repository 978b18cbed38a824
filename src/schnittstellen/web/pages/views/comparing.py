"""Products side by side, and two of them in detail."""

from collections import defaultdict

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.services.pairs import pair
from schnittstellen.catalogue.services.products import Described, Interface, described
from schnittstellen.catalogue.wording.exchanges import MEANINGS
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.views.products import operation_of
from schnittstellen.web.viewer import viewer_of

MOST = 4
"""More columns than that nobody can read; it also bounds what one request may ask."""


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """The products of `?programm=`, at most four, with what tells them apart."""
    day, viewer = day_of(request), viewer_of(request)
    keys = dict.fromkeys(request.GET.getlist("programm"))
    found = [described(key, viewer, day) for key in list(keys)[:MOST]]
    shown = {
        "products": found,
        "facts": [defaultdict(str, one.facts) for one in found],
        "standards": _standards(found),
        "kinds": PRODUCTS,
        "operation_of": operation_of,
        "left_out": len(keys) > MOST,
        "day": day,
    }
    return render(request, "comparison.html.j2", shown)


def _standards(found: list[Described]) -> list[tuple[str, list[Interface | None]]]:
    """Each role of a standard that one of them declares, with the interface of each product that has it."""
    rows: dict[tuple[str, str, str], list[Interface | None]] = defaultdict(lambda: [None] * len(found))
    titles: dict[tuple[str, str, str], str] = {}
    for column, product in enumerate(found):
        for one in product.interfaces:
            name = one.standard, one.version, one.role
            rows[name][column] = one
            titles[name] = f"{short(one.title)} {one.version}, {one.role_title}"
    return [(titles[name], row) for name, row in sorted(rows.items())]


@require_safe
def two(request: HttpRequest, first: str, second: str) -> HttpResponse:
    """What is known of the exchange of two products."""
    day = day_of(request)
    found = pair(first, second, day)
    return render(request, "pair.html.j2", {"pair": found, "meanings": MEANINGS, "day": day})
