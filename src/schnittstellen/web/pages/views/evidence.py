"""One report: what it proves for everybody, the whole report for those who may read it."""

from datetime import date
from pathlib import PurePath
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.models import Evidence
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.records import reports
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.verdict import Verdict, is_green
from schnittstellen.formats.report_json import read_report
from schnittstellen.reports.telling import CAUSES, VERDICTS
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.told import told
from schnittstellen.web.viewer import viewer_of

GREEN = frozenset(one for one in Verdict if is_green(one))


@require_safe
def one(request: HttpRequest, sha256: str) -> HttpResponse:
    """The report of that digest, and the declarations that it counts for."""
    found = reports.proven(sha256)
    if not found:
        raise Http404
    document = reports.document(sha256, viewer_of(request))
    words = {"verdict_words": VERDICTS, "cause_words": CAUSES, "green": GREEN}
    shown = {
        **words,
        **_disputed(found, viewer_of(request), day_of(request)),
        "day": day_of(request),
        "evidence": found,
        "sha256": sha256,
        "whole": None,
        "published": reports.published_names(sha256),
        "page": None,
    }
    if document is not None:
        report = read_report(document.decode(), sha256)
        shown |= told(report, request.GET.get("seite"))
    return render(request, "evidence.html.j2", shown)


@require_safe
def whole(request: HttpRequest, sha256: str) -> HttpResponse:
    """The report as it was handed in, byte for byte, for those who may read it."""
    document = reports.document(sha256, viewer_of(request))
    if document is None:
        raise Http404
    file = HttpResponse(document, content_type="application/json")
    file["Content-Disposition"] = 'attachment; filename="bericht.json"'
    return file


@require_safe
def published(_request: HttpRequest, sha256: str, digest: str) -> HttpResponse:
    """A file that the vendor published with the report; everybody can judge it again."""
    of = reports.published(sha256).filter(sha256=digest).first()
    if of is None:
        raise Http404
    answer = HttpResponse(bytes(of.document), content_type="application/octet-stream")
    suffix = "har" if of.recording else PurePath(of.name).suffix.lstrip(".")
    name = f"{digest[:16]}.{suffix}" if suffix.isascii() and suffix.isalnum() else digest[:16]
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _disputed(found: list[Evidence], viewer: Viewer, day: date) -> dict[str, Any]:
    """What is contested of it, which findings count no more, and where the visitor may contest one."""
    own = [one for one in found if one.declaration.release.product.vendor.key == viewer.vendor]
    return {
        "contests": contests.of_evidence(found, day),
        "errata": reports.mistaken(found, day),
        "contestable": {one.pk for one in own if contests.contestable(one)},
    }
