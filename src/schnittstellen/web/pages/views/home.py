"""The first page, and the switch between the languages."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from schnittstellen.catalogue.models import Declaration, Evidence, Municipality, Product, Standard
from schnittstellen.catalogue.services.languages import keep
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import DEFAULT, LANGUAGES
from schnittstellen.web.middleware import COOKIE

QUESTIONS = (
    (
        "procure",
        N_("Passt ein Programm zu dem, was wir haben?"),
        N_("Für Kommunen: Sie nennen das Programm und Ihre Kommune und bekommen eine Antwort mit Gründen."),
        N_("Kann ich beschaffen?"),
    ),
    (
        "standard",
        N_("Hält mein Programm den Standard ein?"),
        N_("Für Hersteller: Sie sehen, was ein Standard verlangt und wie es geprüft wird."),
        N_("Standards ansehen"),
    ),
    (
        "leistung",
        N_("Was gibt es für unsere Aufgabe?"),
        N_("Für alle: Sie sehen, welche Programme es zum Beispiel für die Hundesteuer gibt und welche zusammenpassen."),
        N_("Leistungen ansehen"),
    ),
)
"""Where to begin: route, question, what there is to see, and the words of the link."""
A_YEAR = 365 * 24 * 3600


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """One search field and the three questions."""
    counts = {
        "products": Product.objects.filter(merged_into=None).count(),
        "standards": Standard.objects.count(),
        "declarations": Declaration.objects.count(),
        "evidence": Evidence.objects.count(),
        "municipalities": Municipality.objects.count(),
    }
    return render(request, "home.html.j2", {"counts": counts, "questions": QUESTIONS})


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language and go back; addresses outside of this site are not followed."""
    wanted = request.POST.get("sprache", DEFAULT)
    back = request.POST.get("weiter", "/")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if wanted in LANGUAGES:
        keep(request.user, wanted)
        response.set_cookie(COOKIE, wanted, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response
