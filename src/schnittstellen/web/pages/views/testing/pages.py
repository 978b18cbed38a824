"""The page on which a message is tested, and the reports that a visitor asked to keep."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from schnittstellen.catalogue.services.trying import keeping
from schnittstellen.catalogue.services.trying.faults import OTHER_SUITE, TOO_OFTEN
from schnittstellen.catalogue.services.trying.judging import MIB, MOST_BYTES, Judged, judge
from schnittstellen.catalogue.services.trying.slots import slot
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import is_green
from schnittstellen.engine.codes import AMBIGUOUS, DIED, NOT_RECOGNISED, TIMED_OUT, WRONG_ROLE
from schnittstellen.i18n import _
from schnittstellen.reports.telling import CAUSES, INTERRUPTED, VERDICTS, sentence
from schnittstellen.transports.file_codes import ARCHIVE_TOO_LARGE, TOO_LARGE, TOO_MANY
from schnittstellen.web.api import limits
from schnittstellen.web.pages.told import body, told
from schnittstellen.web.pages.views.testing import choices
from schnittstellen.web.pages.views.testing.forms_of_report import FORMS, Download, within, written
from schnittstellen.web.pages.views.testing.receiving import handed, receive

UNCLEAR = {one.id for one in (NOT_RECOGNISED, AMBIGUOUS, WRONG_ROLE)}
"""Codes after which it helps to name the standard."""
BOUNDED = {one.id for one in (DIED, TIMED_OUT, TOO_LARGE, TOO_MANY, ARCHIVE_TOO_LARGE)}
"""Codes of limits that hold on this page, not on somebody's own computer."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; sent, the report. The form is read before the check against forged requests, to bound what is read."""
    if request.method != "POST":
        return _form(request)
    try:
        receive(request)
    except SchnittstellenError as error:
        return _form(request, error)
    return _sent(request)


@csrf_protect
def _sent(request: HttpRequest) -> HttpResponse:
    try:
        judged = _judged(request)
    except SchnittstellenError as error:
        return _form(request, error, request.POST)
    now = datetime.now(UTC)
    key = keeping.keep(judged.document, now) if "aufbewahren" in request.POST else ""
    shown = {
        **_verdict(judged.report),
        "whole": body(judged.report),
        "downloads": list(within(judged.report, judged.document)),
        "kept_at": request.build_absolute_uri(reverse("test-kept", args=(key,))) if key else "",
    }
    return render(request, "testing/result.html.j2", {**shown, "page": None, "ends_at": None, "days": keeping.DAYS})


def _judged(request: HttpRequest) -> Judged:
    """Raises `SchnittstellenError` (F431-F436, F439)."""
    try:
        limits.spend_test(request)
    except SchnittstellenError as error:
        raise SchnittstellenError(TOO_OFTEN, **error.parameters) from None
    suite = request.POST.get("suite", "")
    if suite and suite not in choices.names():
        raise SchnittstellenError(OTHER_SUITE)
    given = handed(request)
    with given.file, slot(settings.TESTS_FOLDER, settings.TESTS_AT_ONCE):
        return judge(given, suite or None)


def _form(request: HttpRequest, error: SchnittstellenError | None = None, typed: Any = None) -> HttpResponse:
    typed = typed or {}
    shown = {
        "error": error,
        "groups": choices.groups(),
        "suite": typed.get("suite") or request.GET.get("suite", ""),
        "text": typed.get("inhalt", ""),
        "keep": "aufbewahren" in typed,
        "limit": MOST_BYTES // MIB,
        "days": keeping.DAYS,
    }
    answer = render(request, "testing/form.html.j2", shown, status=error.fault.http if error else 200)
    if error and "seconds" in error.parameters:
        answer["Retry-After"] = error.parameters["seconds"]
    return answer


def _verdict(report: Report) -> dict[str, Any]:
    found = {finding.code for result in report.results for step in result.steps for finding in step.findings}
    return {
        "report": report,
        "verdicts": VERDICTS,
        "sentence": sentence(report),
        "cause": CAUSES[report.cause] if report.cause and not is_green(report.verdict) else "",
        "interrupted": INTERRUPTED if report.interrupted else "",
        "unclear": bool(found & UNCLEAR),
        "bounded": report.interrupted or bool(found & BOUNDED),
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """A report that was kept; sent, it is deleted."""
    found = keeping.kept(key, datetime.now(UTC))
    if request.method == "POST":
        keeping.forget(key)
        messages.success(request, _("Der Bericht ist gelöscht."))
        return redirect(reverse("test"))
    downloads = [
        Download(reverse("test-kept-file", args=(key, form)), file, title)
        for form, (file, _type, title) in FORMS.items()
    ]
    shown = {**_verdict(found.report), **told(found.report, request.GET.get("seite")), "downloads": downloads}
    return _secret(
        render(
            request, "testing/result.html.j2", {**shown, "kept_at": "", "ends_at": found.ends_at, "days": keeping.DAYS}
        )
    )


@never_cache
@require_safe
def kept_file(request: HttpRequest, key: str, form: str) -> HttpResponse:  # noqa: ARG001
    """A report that was kept, as a file."""
    if form not in FORMS:
        raise Http404
    found = keeping.kept(key, datetime.now(UTC))
    name, media_type, _title = FORMS[form]
    answer = HttpResponse(written(found.report, found.document, form), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return _secret(answer)


def _secret(answer: HttpResponse) -> HttpResponse:
    """The address is all that protects the report: it is told to no other site and to no search engine."""
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
