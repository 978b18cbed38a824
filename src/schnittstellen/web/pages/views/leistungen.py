"""Pages about Leistungen: the list, and one with its products side by side and the matrix of who fits whom."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services import directory
from schnittstellen.catalogue.services.news.items import Wanted
from schnittstellen.catalogue.services.partners import Matrix, matrix
from schnittstellen.catalogue.wording.exchanges import STATUSES
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.domain.exchange import Encounter
from schnittstellen.i18n import _
from schnittstellen.web.pages.asked import chosen_day, day_of
from schnittstellen.web.pages.views.news import feed_of

PAGE = 50


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All Leistungen, those with most products first."""
    page = Paginator(directory.leistungen(), PAGE).get_page(request.GET.get("seite"))
    return render(request, "leistungen.html.j2", {"page": page})


@require_safe
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One Leistung: its products, and which of them can exchange data."""
    day = day_of(request)
    found = matrix(key, day)
    shown = {
        "matrix": found,
        "count": directory.products(directory.Wanted(leistung=key)).count(),
        "cells": _both_ways(found),
        "words": {status: _(text) for status, text in STATUSES.items()},
        "day_query": f"?on={day}" if chosen_day(request) else "",
        "kinds": PRODUCTS,
        "day": day,
        "feed": feed_of(Wanted(leistung=key)),
    }
    return render(request, "leistung.html.j2", shown)


def _both_ways(found: Matrix) -> dict[tuple[str, str], Encounter]:
    """Each cell under both orders of its products; the same is known from both ends."""
    ordered = {(cell.first, cell.second): cell.encounter for cell in found.cells}
    return ordered | {(second, first): met for (first, second), met in ordered.items()}
