"""Errors as problem details (RFC 9457), in the language of the request."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from typing_extensions import TypedDict

from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.refusals import Refusal, Refused
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current, filled

MEDIA_TYPE = "application/problem+json"
INVALID = Fault(
    "F145",
    N_("Die Anfrage enthält Angaben, die so nicht möglich sind."),
    N_("Berichtigen Sie die genannten Stellen; nichts davon wurde übernommen."),
    http=422,
)
COMMAND = "`schnittstellen search`"
"""Programmes search by another way than people on the command line."""
SEARCH = N_("Suchen Sie mit GET /api/v1/search?q=NAME und nehmen Sie die Kennung von dort.")
READ_ONLY = N_("Berichtigen Sie die genannten Stellen.")
WORDS = {
    428: (
        N_("Es fehlt, welchen Stand Sie ändern."),
        N_("Rufen Sie den Eintrag ab und senden Sie seinen ETag als If-Match mit."),
    ),
    400: (
        N_("Die Anfrage ist nicht lesbar."),
        N_("Prüfen Sie Adresse, Host und Header; ein Inhalt muss JSON in UTF-8 sein."),
    ),
    404: (N_("Unter dieser Adresse gibt es nichts."), N_("Alle Adressen nennt /api/v1/openapi.json.")),
    405: (N_("Diese Adresse kennt die Methode nicht."), N_("Erlaubte Methoden nennt der Header Allow.")),
    413: (N_("Die Anfrage ist zu groß."), N_("Senden Sie weniger auf einmal.")),
    500: (N_("Hier ist uns ein Fehler unterlaufen."), N_("Es liegt nicht an Ihnen. Versuchen Sie es später erneut.")),
}


class ProblemPart(TypedDict):
    """One reason, in the language of the request."""

    code: str
    detail: str
    hint: str


def of_error(request: HttpRequest, error: SchnittstellenError) -> HttpResponse:
    """An error of ours; its lines of detail become `errors`."""
    fault = error.fault
    advice = SEARCH if COMMAND in fault.hint else fault.hint
    title, hint = (filled(text, error.parameters, current()) for text in (fault.title, advice))
    errors = [{"detail": _(line)} for line in error.details]
    return problem(request, fault.http, (title, hint), code=fault.code, errors=errors)


def of_refusals(request: HttpRequest, error: Refused) -> HttpResponse:
    """A hand-in that is refused, with every reason and its code; the first one names the problem."""
    fault = error.fault
    title, hint = (filled(text, error.parameters, current()) for text in (fault.title, fault.hint))
    return problem(request, fault.http, (title, hint), code=fault.code, errors=parts(error.refusals))


def parts(found: Iterable[Refusal]) -> list[ProblemPart]:
    """Reasons in the language of the request."""
    return [
        ProblemPart(
            code=one.fault.code,
            detail=filled(one.fault.title, one.parameters, current()),
            hint=filled(one.fault.hint, one.parameters, current()),
        )
        for one in found
    ]


def of_status(request: HttpRequest, status: int) -> HttpResponse:
    """A problem that the HTTP status says all about."""
    title, hint = WORDS[status]
    return problem(request, status, (_(title), _(hint)))


def of_places(request: HttpRequest, places: Sequence[Mapping[str, str]]) -> HttpResponse:
    """Values that are not possible, each with its place (JSON Pointer or name of a parameter) and the reason."""
    hint = READ_ONLY if request.method in ("GET", "HEAD") else INVALID.hint
    return problem(request, INVALID.http, (_(INVALID.title), _(hint)), code=INVALID.code, errors=places)


def problem(
    request: HttpRequest,
    status: int,
    words: tuple[str, str],
    *,
    code: str | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
) -> HttpResponse:
    """`words` are title and detail; `type` is `about:blank` where the status says all, else it names the fault."""
    content: dict[str, Any] = {
        "type": f"urn:schnittstellen:fault:{code}" if code else "about:blank",
        "title": words[0],
        "status": int(HTTPStatus(status)),
        "detail": words[1],
        "instance": request.path,
    }
    if code:
        content["code"] = code
    if errors:
        content["errors"] = list(errors)
    return HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
