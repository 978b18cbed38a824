"""What all of /api/ shares: HEAD, sizes, readers from other sites, and problem details for whatever goes wrong."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from schnittstellen.web.api import limits, problems

MOST_BYTES = 10 * 1024 * 1024
MOST_QUERY = 4_000
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match, Accept-Language",
    "Access-Control-Max-Age": "86400",
}
EXPOSED = "ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After"
Answer = Callable[[HttpRequest], HttpResponse]


def edge(get_response: Answer) -> Answer:
    """Middleware; whatever is not below /api/ passes untouched."""

    def respond(request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return get_response(request)
        response = _refused(request) or _preflight(request) or _answered(get_response, request)
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Access-Control-Expose-Headers", EXPOSED)
        return limits.told(request, response)

    return respond


def _refused(request: HttpRequest) -> HttpResponse | None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST_BYTES or len(request.META.get("QUERY_STRING", "")) > MOST_QUERY:
        return problems.of_status(request, 413)
    return None


def _preflight(request: HttpRequest) -> HttpResponse | None:
    """Pages of other sites may read (Fetch Standard, CORS preflight), and nothing else."""
    if request.method != "OPTIONS" or "Access-Control-Request-Method" not in request.headers:
        return None
    return HttpResponse(status=204, headers=PREFLIGHT)


def _answered(get_response: Answer, request: HttpRequest) -> HttpResponse:
    if request.method == "HEAD":
        request.method = "GET"
    response = get_response(request)
    if response.status_code in problems.WORDS and response.headers.get("Content-Type") != problems.MEDIA_TYPE:
        return _as_problem(request, response)
    return response


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What Django or the router said, as a problem, with the methods that are allowed."""
    made = problems.of_status(request, response.status_code)
    if "Allow" in response.headers:
        made["Allow"] = response["Allow"]
    return made
