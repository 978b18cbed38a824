"""Whose changes they are: the audit log names who is logged in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from schnittstellen.catalogue.services import audit

Answer = Callable[[HttpRequest], HttpResponse]
NOBODY = "über /api/v1"


def author(get_response: Answer) -> Answer:
    """Reading needs no author, so that it costs no query."""

    def respond(request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD", "OPTIONS"}:
            return get_response(request)
        user = request.user
        with audit.acting(user.get_username() if user.is_authenticated else NOBODY):
            return get_response(request)

    return respond
