"""One report: what it proves for everybody, the whole report for those who may read it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from markupsafe import Markup

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Evidence
from schnittstellen.catalogue.services.records import reports
from schnittstellen.domain.verdict import Verdict, is_green
from schnittstellen.formats.report_json import read_report
from schnittstellen.i18n import current
from schnittstellen.reports import html
from schnittstellen.reports.telling import CAUSES, VERDICTS, Telling
from schnittstellen.web.viewer import viewer_of

GREEN = frozenset(one for one in Verdict if is_green(one))


@require_safe
def one(request: HttpRequest, sha256: str) -> HttpResponse:
    """The report of that digest, and the declarations that it counts for."""
    rows = Evidence.objects.filter(report_sha256=sha256).select_related(
        "declaration__release__product", "declaration__role__version__standard", "counterpart__product"
    )
    found = list(rows.order_by("pk"))
    if not found:
        raise Http404
    document = reports.document(sha256, viewer_of(request))
    words = {"verdict_words": VERDICTS, "cause_words": CAUSES, "green": GREEN}
    shown = {**words, "evidence": found, "sha256": sha256, "whole": None}
    if document is not None:
        report = read_report(document.decode(), sha256)
        shown["whole"] = Markup(html.body(report, Telling(codes=bootstrap.codes(), lang=current())))  # noqa: S704
    return render(request, "evidence.html.j2", shown)
