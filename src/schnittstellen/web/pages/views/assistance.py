"""Help: tours for each group of users, and the glossary."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Evidence, Product
from schnittstellen.catalogue.wording.glossary import TERMS
from schnittstellen.i18n import _
from schnittstellen.web.pages.tours import PROGRAMME, TOURS, Step


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where help is."""
    return render(request, "help/help.html.j2", {"tours": TOURS})


@require_safe
def tour(request: HttpRequest, key: str) -> HttpResponse:
    """One tour. Steps into the example world lead there only where it is in the catalogue."""
    found = next((one for one in TOURS if one.key == key), None)
    if found is None:
        raise Http404
    known = example()
    addresses = [address(step, known) for step in found.steps]
    return render(request, "help/tour.html.j2", {"tour": found, "addresses": addresses, "known": bool(known)})


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All specialist words in the order of the alphabet."""
    terms = sorted(TERMS.items(), key=lambda one: _sorted(_(one[1].word)))
    return render(request, "help/glossary.html.j2", {"terms": terms})


def example() -> dict[str, str]:
    """What the addresses of steps name, of the example world; empty where the catalogue does not have it."""
    if not Product.objects.filter(key=PROGRAMME, example=True).exists():
        return {}
    proven = Evidence.objects.filter(declaration__release__product__key=PROGRAMME).order_by("-run_at", "-pk")
    own = Product.objects.filter(vendor__key="musterhaus", releases__declarations__isnull=False).order_by("key").first()
    report = proven.values_list("report_sha256", flat=True).first()
    return {"report": report or "", "own": own.key if own else ""}


def address(step: Step, known: Mapping[str, str]) -> str:
    """Where a step leads; empty where that is not in this catalogue."""
    if step.shared:
        return step.path
    return step.path.format(**known) if known and all(known.values()) else ""


def _sorted(word: str) -> str:
    return word.casefold().translate(str.maketrans("äöü", "aou"))
