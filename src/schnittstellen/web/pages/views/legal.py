"""Imprint, data protection, accessibility: the operator's texts, and what is true of the software anyway."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services import accounts
from schnittstellen.catalogue.services.handing_in import queueing
from schnittstellen.catalogue.services.operator_texts import text
from schnittstellen.catalogue.services.trying import keeping, passing
from schnittstellen.i18n import current
from schnittstellen.web.pages.markdown import as_html


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Who runs the catalogue (§ 5 DDG)."""
    return _page(request, "impressum")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Data protection (Art. 13 DSGVO), and what this software stores."""
    return _page(request, "datenschutz")


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that § 12b BGG and the laws of the Länder demand, and the known limits of this software."""
    return _page(request, "barrierefreiheit")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    found = text(name, current())
    shown = {
        "text": as_html(found.markdown) if found else None,
        "text_lang": found.lang if found else "",
        "hours": settings.SESSION_COOKIE_AGE // 3600,
        "input_days": settings.HAND_IN_DAYS,
        "queued_days": queueing.KEPT.days,
        "invitation_days": accounts.DAYS,
        "test_minutes": passing.MINUTES,
        "test_days": keeping.DAYS,
    }
    return render(request, f"legal/{name}.html.j2", shown)
