"""What do I have to ask for? The text for a Leistungsverzeichnis, to copy or to keep as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen import bootstrap
from schnittstellen.catalogue.services.naming import Meant, leistung_meant, municipality_meant, product_meant
from schnittstellen.catalogue.services.tender import Tender, Wanted, tender
from schnittstellen.catalogue.services.tender_text import text
from schnittstellen.catalogue.wording.kinds import PRODUCTS
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.views.procurement import typed
from schnittstellen.web.viewer import viewer_of


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """The form with what was typed; below it the text once it is clear what is meant. `?form=md` gives it as a file."""
    kind = request.GET.get("art", "")
    kind = kind if kind in PRODUCTS else "fachverfahren"
    fields = {
        "leistung": typed(request, "leistung", leistung_meant),
        "place": typed(request, "kommune", municipality_meant),
        "partner": typed(request, "mit", product_meant),
    }
    found, error = _answer(request, kind, fields)
    lines = "\n".join(text(found)) if found else ""
    if found and request.GET.get("form") == "md":
        headers = {"Content-Disposition": 'attachment; filename="schnittstellen.md"'}
        return HttpResponse(lines + "\n", content_type="text/markdown; charset=utf-8", headers=headers)
    shown = {**fields, "kinds": PRODUCTS, "kind": kind, "found": found, "text": lines, "error": error}
    status = error.fault.http if error else 200
    return render(request, "tender.html.j2", {**shown, "day": day_of(request)}, status=status)


def _answer(
    request: HttpRequest, kind: str, fields: dict[str, Meant]
) -> tuple[Tender | None, SchnittstellenError | None]:
    """Nothing while a field is empty that is needed, or not clear."""
    leistung, place, partner = fields["leistung"], fields["place"], fields["partner"]
    unclear = any(one.text and not one.key for one in fields.values())
    if not leistung.key or unclear or not (place.key or partner.key):
        return None, None
    wanted = Wanted(kind, (leistung.key,), place.key, (partner.key,) if partner.key else ())
    try:
        return tender(wanted, viewer_of(request), bootstrap.library(), day_of(request)), None
    except SchnittstellenError as error:
        return None, error
