"""Errors in the look of all pages: what happened, and what can be done next."""

from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from schnittstellen.domain.errors import UNEXPECTED, Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

WORDS = {
    400: (
        N_("Diese Anfrage ist nicht verständlich."),
        N_("Prüfen Sie die Adresse oder beginnen Sie auf der Startseite."),
    ),
    403: (N_("Das dürfen Sie mit Ihrem Zugang nicht."), N_("Melden Sie sich mit einem anderen Zugang an.")),
    404: (N_("Diese Seite gibt es nicht."), N_("Suchen Sie danach oder beginnen Sie auf der Startseite.")),
    405: (
        N_("So lässt sich diese Seite nicht aufrufen."),
        N_("Gehen Sie zurück und benutzen Sie dort den Knopf des Formulars, oder beginnen Sie auf der Startseite."),
    ),
    413: (
        N_("Das ist zu viel auf einmal."),
        N_("Gehen Sie zurück und senden Sie eine kleinere Datei oder weniger Angaben."),
    ),
    429: (
        N_("Das waren zu viele Versuche in kurzer Zeit."),
        N_("Warten Sie eine Viertelstunde und versuchen Sie es dann noch einmal."),
    ),
    500: (
        N_("Hier ist uns ein Fehler unterlaufen."),
        N_("Es liegt nicht an Ihnen. Versuchen Sie es später noch einmal."),
    ),
    503: (
        N_("Der Katalog ist gerade nicht erreichbar."),
        N_("Es liegt nicht an Ihnen. Versuchen Sie es in einigen Minuten noch einmal."),
    ),
}
TOO_BIG = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
COMMAND = "`schnittstellen"
"""Hints that name a command are for the command line; on a page people search."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return page(request, 413 if isinstance(exception, TOO_BIG) else 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return page(request, 404)


def too_many(request: HttpRequest) -> HttpResponse:
    """Somebody guesses, or asks for the same mail again and again."""
    answer = page(request, 429)
    answer["Retry-After"] = "900"
    return answer


def broken(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return bare(500)


def bare(status: int) -> HttpResponse:
    """The page of an HTTP status for a moment in which nothing may be asked, neither session nor database."""
    title, hint = WORDS[status]
    frame: dict[str, object] = {"here": "/", "area": "", "on": None, "kept": [], "messages": (), "csrf_input": ""}
    words = {"title": title, "hint": hint, "parameters": {}, "details": ()}
    return HttpResponse(render_to_string("error.html.j2", {**frame, **words}), status=status)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form without the mark of a page of ours: too old, or sent by another site."""
    title = N_("Dieses Formular gilt nicht mehr.")
    hint = N_("Gehen Sie zurück, laden Sie die Seite neu und senden Sie noch einmal. Cookies müssen erlaubt sein.")
    return _shown(request, 403, (title, hint))


def page(request: HttpRequest, status: int) -> HttpResponse:
    """The page of an HTTP status."""
    return _shown(request, status, WORDS[status])


def _shown(request: HttpRequest, status: int, words: tuple[str, str]) -> HttpResponse:
    title, hint = words
    shown = {"title": title, "hint": hint, "parameters": {}, "details": ()}
    return render(request, "error.html.j2", shown, status=status)


def fault(request: HttpRequest, error: SchnittstellenError) -> HttpResponse:
    """The page of an error of ours."""
    kind: Fault = error.fault
    hint = WORDS[404][1] if COMMAND in kind.hint else kind.hint
    shown = {"title": kind.title, "hint": hint, "parameters": error.parameters, "details": error.details}
    status = kind.http if kind is not UNEXPECTED else HTTPStatus.INTERNAL_SERVER_ERROR
    return render(request, "error.html.j2", shown, status=status)
