"""What every answer shares: its language and what a browser may do with it."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import DEFAULT, LANGUAGES, using

COOKIE = "sprache"
MOST_QUERY = 4_000
OWN_BOUNDS = ("/api/", "/testen")
"""Beginnings of paths that bound what they receive themselves."""
RETRY_SECONDS = 120
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
Answer = Callable[[HttpRequest], HttpResponse]


def language(get_response: Answer) -> Answer:
    """German, or English where the reader switched to it; programmes choose by Accept-Language."""

    def respond(request: HttpRequest) -> HttpResponse:
        wanted = wanted_language(request)
        with using(wanted), translation.override(wanted):
            response = get_response(request)
        response.headers.setdefault("Content-Language", wanted)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return respond


def _for_programmes(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def wanted_language(request: HttpRequest) -> str:
    """The language that a reader switched to, or a programme asks for."""
    if _for_programmes(request):
        return translation.get_language_from_request(request)
    kept = request.COOKIES.get(COOKIE, DEFAULT)
    return kept if kept in LANGUAGES else DEFAULT


def policy(get_response: Answer) -> Answer:
    """Nothing inline, nothing from elsewhere (Content Security Policy Level 3)."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return respond


class Faults:
    """Errors of ours become pages that say what to do next; the REST API tells them in its own way."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """What no name or text can hold, or is too large, is refused here, before it reaches a database or a disk."""
        from schnittstellen.web.pages.views.errors import bad_request, page

        query = request.META.get("QUERY_STRING", "")
        if not _for_programmes(request) and ("\0" in request.path or "%00" in query or len(query) > MOST_QUERY):
            return bad_request(request)
        if _too_large(request):
            return page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not _for_programmes(request):
            return _not_allowed(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of an error; None leaves it to others."""
        from schnittstellen.web.pages.views.errors import fault

        if _for_programmes(request):
            return None
        if isinstance(exception, OperationalError):
            return _out_of_reach(exception)
        return fault(request, exception) if isinstance(exception, SchnittstellenError) else None


def _too_large(request: HttpRequest) -> bool:
    """Whether more is sent than any form of a page may hold (the page of tests says its larger bound itself)."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    sent = int(said) if said.isascii() and said.isdecimal() else 0
    return sent > settings.DATA_UPLOAD_MAX_MEMORY_SIZE and not request.path.startswith(OWN_BOUNDS)


def _not_allowed(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What Django answers without a word, as a page, with the methods that are allowed."""
    from schnittstellen.web.pages.views.errors import page

    told = page(request, HTTPStatus.METHOD_NOT_ALLOWED)
    told["Allow"] = response.get("Allow", "")
    return told


def _out_of_reach(exception: OperationalError) -> HttpResponse:
    """The database does not answer: said so, and logged, because nothing else tells the operator."""
    from schnittstellen.web.pages.views.errors import bare

    logging.getLogger("django.request").error("The database does not answer", exc_info=exception)
    answer = bare(HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = str(RETRY_SECONDS)
    return answer
