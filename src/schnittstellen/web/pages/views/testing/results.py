"""What came of a test: for some minutes where it was asked for, for some days where the visitor asks to keep it."""

import time
from datetime import UTC, datetime
from threading import BoundedSemaphore
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh, push_url

from schnittstellen.catalogue.services.trying import keeping, passing
from schnittstellen.catalogue.services.trying.judging import Judged
from schnittstellen.catalogue.services.trying.passing import UnderWay
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import is_green
from schnittstellen.engine.codes import AMBIGUOUS, DIED, NOT_RECOGNISED, TIMED_OUT, WRONG_ROLE
from schnittstellen.i18n import _
from schnittstellen.reports.telling import CAUSES, INTERRUPTED, VERDICTS, sentence
from schnittstellen.transports.file_codes import ARCHIVE_TOO_LARGE, TOO_LARGE, TOO_MANY
from schnittstellen.web.pages.told import told
from schnittstellen.web.pages.views.testing.forms_of_report import as_file, downloads

UNCLEAR = {one.id for one in (NOT_RECOGNISED, AMBIGUOUS, WRONG_ROLE)}
"""Codes after which it helps to name the standard."""
BOUNDED = {one.id for one in (DIED, TIMED_OUT, TOO_LARGE, TOO_MANY, ARCHIVE_TOO_LARGE)}
"""Codes of limits that hold on this page, not on somebody's own computer."""
WAIT_SECONDS = 4.0
"""How long an answer waits for the end of a test, so that most visitors see the outcome at once."""
LOOK_SECONDS = 0.1
_waiting = BoundedSemaphore(2)
"""Answers of one process of the server that wait; it has four threads. Further ones tell how the test stands."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """How a test stands, or what came of it; sent, the outcome is kept or deleted."""
    if request.method == "POST":
        return _sent(request, key)
    try:
        state = _awaited(key)
    except SchnittstellenError as error:
        return _secret(_ended(request) or _failed(request, error, key))
    if isinstance(state, UnderWay):
        return _secret(push_url(render(request, "testing/under_way.html.j2", _standing(state)), request.path))
    shown = {"downloads": downloads("test-result-file", key), "kept_until": None}
    return _secret(_ended(request) or push_url(_told(request, state.report, shown), request.path))


def _awaited(key: str) -> UnderWay | Judged:
    """Raises `SchnittstellenError` (F433-F435, F485)."""
    folder = settings.TESTS_FOLDER
    ends = time.monotonic() + WAIT_SECONDS
    held = _waiting.acquire(blocking=False)
    try:
        while isinstance(state := passing.found(folder, key), UnderWay) and held and time.monotonic() < ends:
            time.sleep(LOOK_SECONDS)
        return state
    finally:
        if held:
            _waiting.release()


def _ended(request: HttpRequest) -> HttpResponse | None:
    """What a page that asks again and again is told at the end: to load itself."""
    return HttpResponseClientRefresh() if request.headers.get("HX-Target") == "stand" else None


def _standing(state: UnderWay) -> dict[str, Any]:
    return {"state": state, "minutes": passing.MINUTES}


def _failed(request: HttpRequest, error: SchnittstellenError, key: str) -> HttpResponse:
    typed = passing.typed(settings.TESTS_FOLDER, key)
    shown = {"error": error, "typed": typed, "minutes": passing.MINUTES}
    return render(request, "testing/failed.html.j2", shown, status=error.fault.http)


def _sent(request: HttpRequest, key: str) -> HttpResponse:
    """Raises `SchnittstellenError` (F433-F435, F485)."""
    if "aufbewahren" not in request.POST:
        passing.forget(settings.TESTS_FOLDER, key)
        messages.success(request, _("Das Ergebnis ist gelöscht."))
        return redirect(reverse("test"))
    state = passing.found(settings.TESTS_FOLDER, key)
    if isinstance(state, UnderWay):
        return redirect(request.path)
    return redirect(reverse("test-kept", args=(keeping.keep(state.document, datetime.now(UTC)),)))


@never_cache
@require_safe
def file(request: HttpRequest, key: str, form: str) -> HttpResponse:  # noqa: ARG001
    """What came of a test, as a file."""
    state = passing.found(settings.TESTS_FOLDER, key)
    if isinstance(state, UnderWay):
        return redirect(reverse("test-result", args=(key,)))
    return _secret(as_file(state.report, state.document, form))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def kept(request: HttpRequest, key: str) -> HttpResponse:
    """A report that was kept; sent, it is deleted."""
    found = keeping.kept(key, datetime.now(UTC))
    if request.method == "POST":
        keeping.forget(key)
        messages.success(request, _("Der Bericht ist gelöscht."))
        return redirect(reverse("test"))
    shown = {"downloads": downloads("test-kept-file", key), "kept_until": found.ends_at}
    return _secret(_told(request, found.report, shown))


@never_cache
@require_safe
def kept_file(request: HttpRequest, key: str, form: str) -> HttpResponse:  # noqa: ARG001
    """A report that was kept, as a file."""
    found = keeping.kept(key, datetime.now(UTC))
    return _secret(as_file(found.report, found.document, form))


def _told(request: HttpRequest, report: Report, shown: dict[str, Any]) -> HttpResponse:
    found = {finding.code for result in report.results for step in result.steps for finding in step.findings}
    verdict = {
        "report": report,
        "verdicts": VERDICTS,
        "sentence": sentence(report),
        "cause": CAUSES[report.cause] if report.cause and not is_green(report.verdict) else "",
        "interrupted": INTERRUPTED if report.interrupted else "",
        "unclear": bool(found & UNCLEAR),
        "bounded": report.interrupted or bool(found & BOUNDED),
        "days": keeping.DAYS,
        "minutes": passing.MINUTES,
        "address": request.build_absolute_uri(request.path),
    }
    whole = told(report, request.GET.get("seite"))
    return render(request, "testing/result.html.j2", {**verdict, **whole, **shown})


def _secret(answer: HttpResponse) -> HttpResponse:
    """The address is all that protects the report: it is told to no other site and to no search engine.

    To this site it is told: with `no-referrer` browsers send forms from "null", which is refused as forged.
    """
    answer["Referrer-Policy"] = "same-origin"
    answer["X-Robots-Tag"] = "noindex"
    return answer
