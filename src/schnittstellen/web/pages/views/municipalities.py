"""Pages about municipalities: the list, and one with its landscape where it may be seen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from schnittstellen.catalogue.models import Municipality
from schnittstellen.catalogue.services import directory, finding
from schnittstellen.catalogue.services.couplings import Judged, judged
from schnittstellen.catalogue.services.ending import ending_of
from schnittstellen.catalogue.services.landscape import Landscape, landscape
from schnittstellen.catalogue.services.neighbours import neighbours
from schnittstellen.catalogue.wording import neighbours as words
from schnittstellen.catalogue.wording.endings import sentence, what
from schnittstellen.catalogue.wording.exchanges import STATUSES
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.i18n import _
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.pictures import MOST_EDGES, MOST_NODES, Edge, Node, graph
from schnittstellen.web.pages.views.endings import AHEAD
from schnittstellen.web.viewer import viewer_of

PAGE = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All municipalities by name."""
    kreis = request.GET.get("kreis", "")
    page = Paginator(directory.municipalities(kreis), PAGE).get_page(request.GET.get("seite"))
    return render(request, "municipalities.html.j2", {"page": page, "kreis": kreis})


@require_safe
def one(request: HttpRequest, ags: str) -> HttpResponse:
    """One municipality; what it runs is shown to those only who may see it."""
    day, viewer = day_of(request), viewer_of(request)
    found = finding.municipality(ags)
    seen = viewer.may_see_landscape(found.key, is_open=found.open)
    land = landscape(ags, viewer, day) if seen else None
    shown = {"municipality": found, "land": land, "kinds": PRODUCTS, "day": day, **_alike(found, day)}
    return render(request, "municipality.html.j2", shown | (_seen(land) if land else {}))


def _alike(of: Municipality, day: date) -> dict[str, Any]:
    """What municipalities of like size use; nothing where the size is not known."""
    found = None if of.population is None else neighbours(of.key, day)
    return {"alike": found, "size": words.size, "others": words.others, "rule": words.RULE}


def _seen(land: Landscape) -> dict[str, Any]:
    """What is shown of a landscape beside its list: who exchanges data with whom, and what ends."""
    couplings = judged(land, land.day)
    return {
        "couplings": couplings,
        "picture": _picture(land, couplings),
        "endings": ending_of(land, AHEAD),
        "what": what,
        "sentence": sentence,
    }


def _picture(land: Landscape, couplings: Iterable[Judged]) -> Markup | None:
    """The landscape as a graph; None where there is nothing to see or too much to read."""
    if not 0 < len(land.running) <= MOST_NODES or len(land.links) > MOST_EDGES:
        return None
    nodes = [
        Node(str(one.id), f"{one.name} {one.version}", reverse("product-one", args=(one.product,)), one.kind)
        for one in land.running
    ]
    edges = [
        Edge(str(one.first.id), str(one.second.id), _(STATUSES[one.encounter.status]), str(one.encounter.status))
        for one in couplings
    ]
    return graph(nodes, edges, told=_("Was hier im Einsatz ist und was davon Daten austauscht"))
