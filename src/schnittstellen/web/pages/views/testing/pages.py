"""The page on which a message is handed over to be tested."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from schnittstellen.catalogue.services.trying import passing
from schnittstellen.catalogue.services.trying.faults import OTHER_SUITE, TOO_OFTEN
from schnittstellen.catalogue.services.trying.judging import HARD_SECONDS, MIB, MOST_BYTES
from schnittstellen.catalogue.services.trying.starting import start
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.api import limits
from schnittstellen.web.pages.views.testing import choices
from schnittstellen.web.pages.views.testing.receiving import handed, receive

COOKIE = "pruefung"
"""The key of a visitor's last test, so that this page leads to it; sent to the pages of tests only."""


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; sent, the test begins. It is read before the check against forged requests, to bound what is read."""
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
        key = _started(request)
    except SchnittstellenError as error:
        return _form(request, error, request.POST)
    answer = redirect(reverse("test-result", args=(key,)))
    answer.set_cookie(
        COOKIE,
        key,
        max_age=passing.MINUTES * 60 + HARD_SECONDS,
        path=reverse("test"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return answer


def _started(request: HttpRequest) -> str:
    """Raises `SchnittstellenError` (F431, F432, F436, F439)."""
    try:
        limits.spend_test(request)
    except SchnittstellenError as error:
        raise SchnittstellenError(TOO_OFTEN, **error.parameters) from None
    suite = request.POST.get("suite", "")
    if suite and suite not in choices.names():
        raise SchnittstellenError(OTHER_SUITE)
    return start(handed(request), suite or None, settings.TESTS_FOLDER, settings.TESTS_AT_ONCE)


def _form(request: HttpRequest, error: SchnittstellenError | None = None, typed: Any = None) -> HttpResponse:
    typed = typed or {}
    last = request.COOKIES.get(COOKIE, "")
    shown = {
        "error": error,
        "groups": choices.groups(),
        "suite": typed.get("suite") or request.GET.get("suite", ""),
        "text": typed.get("inhalt", ""),
        "limit": MOST_BYTES // MIB,
        "minutes": passing.MINUTES,
        "last": last if last and passing.there(settings.TESTS_FOLDER, last) else "",
    }
    answer = render(request, "testing/form.html.j2", shown, status=error.fault.http if error else 200)
    if error and "seconds" in error.parameters:
        answer["Retry-After"] = error.parameters["seconds"]
    return answer
