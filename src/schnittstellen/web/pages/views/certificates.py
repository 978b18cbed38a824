"""Certificates: the list, each as a page, as signed JSON, as PDF and as a badge."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from schnittstellen.attest import words
from schnittstellen.attest.badge import badge as drawn
from schnittstellen.attest.paper import paper as printed
from schnittstellen.catalogue.models import Declaration
from schnittstellen.catalogue.services.called import version_called
from schnittstellen.catalogue.services.certifying import certificates, renewing
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.certifying.coverage import untested
from schnittstellen.catalogue.wording.certificates import STATES, notice, reason, since
from schnittstellen.domain.certificate import Certificate
from schnittstellen.i18n import LANGUAGES, current
from schnittstellen.reports.telling import VERDICTS
from schnittstellen.web.api.answers import tag_of
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.views.after.common import PAGE, person

FEW_MINUTES = "public, max-age=300"
ASK_AGAIN = "no-cache"


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All certificates, the newest first; of one product where `?programm=` names it."""
    product, day = request.GET.get("programm", "")[:200], day_of(request)
    rows = certificates.decisions(**({"release__product__key": product} if product else {}))
    entries = certificates.granted(rows.filter(on__lte=day).order_by("-number"))
    page = Paginator(entries, PAGE).get_page(request.GET.get("seite"))
    found = certificates.found_of(list(page.object_list), day)
    shown = {"page": page, "found": found, "states": STATES, "since": since, "day": day, "product_wanted": product}
    return render(request, "certificates/list.html.j2", shown)


@require_safe
def one(request: HttpRequest, serial: str) -> HttpResponse:
    """One certificate as it stands on the day."""
    day = day_of(request)
    found = certificates.one(serial, day)
    vendor, role = found.declaration.release.product.vendor, found.declaration.role
    viewer = person(request, vendor.key)
    decides = viewer.board and viewer.vendor != vendor.key
    shown: dict[str, Any] = {
        "of": found,
        "says": found.certificate,
        "day": day,
        "since": since(found),
        "states": STATES,
        "verdicts": VERDICTS,
        "reasons": [reason(one, current()) for one in found.stand.reasons],
        "rows": _rows(found.certificate, found.declaration),
        "untested": untested(found.certificate, {*role.sends, *role.receives}) if found.certificate else None,
        "renewable": renewing.renewed(found, day) if decides and day == date.today() else None,
        "badge": request.build_absolute_uri(reverse("certificate-badge", args=(serial,))),
        "may_revoke": decides and found.revocation is None,
    }
    return render(request, "certificates/one.html.j2", shown)


def _rows(certificate: Certificate | None, of: Declaration) -> list[tuple[str, str]]:
    """What it says, with names of now before the keys that were signed."""
    if certificate is None:
        return []
    vendor, role = of.release.product.vendor, of.role
    standard = f"{certificate.standard} {certificate.version}"
    named = {certificate.vendor: vendor.name, standard: version_called(role.version), certificate.role: role.title}
    rows = words.rows(certificate, current())
    return [
        (label, f"{named[value]} ({value})" if named.get(value, value) not in ("", value) else value)
        for label, value in rows
    ]


@require_safe
def signed(request: HttpRequest, serial: str) -> HttpResponse:
    """The signed certificate, byte for byte, for `schnittstellen verify`."""
    row = _signed(certificates.one(serial, date.today()))[1]
    return _file(request, row, "application/json", f"zertifikat-{serial}.json", ASK_AGAIN)


@require_safe
def paper(request: HttpRequest, serial: str) -> HttpResponse:
    """The PDF, which says so where the certificate does not hold on the day."""
    found, lang = certificates.one(serial, day_of(request)), _language(request)
    certificate, document = _signed(found)
    row = found.signed
    data = printed(certificate, document, row.sha256 if row else "", lang, notice(found, lang))
    return _file(request, data, "application/pdf", f"zertifikat-{serial}.pdf", ASK_AGAIN)


@require_safe
def badge(request: HttpRequest, serial: str) -> HttpResponse:
    """The badge, for websites of vendors; never above what holds on the day."""
    found, lang = certificates.one(serial, day_of(request)), _language(request)
    if found.certificate is None:
        raise Http404
    said = replace(found.certificate, level=min(found.certificate.level, found.stand.level))
    data = drawn(said if found.holds else found.certificate, lang, notice(found, lang)).encode()
    return _file(request, data, "image/svg+xml", "", FEW_MINUTES)


def _signed(found: Found) -> tuple[Certificate, bytes]:
    """What was signed. Raises `Http404` where nothing was: nothing that looks signed is handed out."""
    if found.signed is None or found.certificate is None:
        raise Http404
    return found.certificate, bytes(found.signed.document)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("sprache", "")
    return wanted if wanted in LANGUAGES else current()


def _file(request: HttpRequest, data: bytes, media: str, name: str, caching: str) -> HttpResponse:
    response = HttpResponse(data, content_type=media)
    response["ETag"] = tag_of(data)
    response["Cache-Control"] = caching
    response["Access-Control-Allow-Origin"] = "*"
    if name:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return get_conditional_response(request, etag=response["ETag"], response=response) or response
