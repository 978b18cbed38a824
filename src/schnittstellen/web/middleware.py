"""What every answer shares: its language and what a browser may do with it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.i18n import DEFAULT, LANGUAGES, using

COOKIE = "sprache"
MOST_QUERY = 4_000
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
        wanted = _wanted(request)
        with using(wanted), translation.override(wanted):
            response = get_response(request)
        response.headers.setdefault("Content-Language", wanted)
        patch_vary_headers(response, ("Cookie", "Accept-Language"))
        return response

    return respond


def _for_programmes(request: HttpRequest) -> bool:
    return request.path.startswith("/api/")


def _wanted(request: HttpRequest) -> str:
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
        """What no name and no text can hold is refused here, before a database is asked for it."""
        from schnittstellen.web.pages.views.errors import bad_request

        query = request.META.get("QUERY_STRING", "")
        if not _for_programmes(request) and ("\0" in request.path or "%00" in query or len(query) > MOST_QUERY):
            return bad_request(request)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of an error; None leaves it to others."""
        from schnittstellen.web.pages.views.errors import fault

        if isinstance(exception, SchnittstellenError) and not _for_programmes(request):
            return fault(request, exception)
        return None
