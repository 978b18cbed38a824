"""The API itself: its routes and what becomes of errors."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from schnittstellen.catalogue.services.editing import Refused
from schnittstellen.domain import refusals
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.web.api import (
    applications,
    certificates,
    confirming,
    disputes,
    duplicates,
    endings,
    hand_ins,
    judging,
    looking_up,
    problems,
    proving,
    questions,
    writing,
)
from schnittstellen.web.api.bearing import NO_LOGIN
from schnittstellen.web.api.document import Described, finish
from schnittstellen.web.api.places import of_problems, places
from schnittstellen.web.api.records import BASE

DESCRIPTION = (
    "Der Referenzkatalog offener Schnittstellen der Kommunalverwaltung für Programme. Lesen geht ohne Anmeldung, "
    "Schreiben mit einem Token. Listen werden mit `cursor` fortgesetzt; ETag und If-None-Match sparen Übertragung, "
    "If-Match verhindert, dass sich zwei Änderungen überschreiben. Fehler sind Problem Details nach RFC 9457."
)


class Api(NinjaAPI):
    """With the document as it is published."""

    def get_openapi_schema(self, **_settings: Any) -> OpenAPISchema:
        """The OpenAPI 3.1 document, with paths relative to its server."""
        document = Described(self, "")
        finish(document)
        return document


api = Api(
    title="Referenzkatalog",
    version="1.0",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    servers=[{"url": BASE}],
)
ROUTERS = (
    writing,
    questions,
    judging,
    endings,
    looking_up,
    proving,
    disputes,
    hand_ins,
    confirming,
    certificates,
    applications,
    duplicates,
)
for _routes in (one.router for one in ROUTERS):
    api.add_router("", _routes)


@api.exception_handler(SchnittstellenError)
def _error(request: HttpRequest, error: SchnittstellenError) -> HttpResponse:
    return problems.of_error(request, error)


@api.exception_handler(refusals.Refused)
def _not_accepted(request: HttpRequest, error: refusals.Refused) -> HttpResponse:
    return problems.of_refusals(request, error)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return problems.of_places(request, places(error.errors))


@api.exception_handler(Refused)
def _rejected(request: HttpRequest, error: Refused) -> HttpResponse:
    return problems.of_places(request, of_problems(error.problems))


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:  # noqa: ARG001
    response = problems.of_error(request, SchnittstellenError(NO_LOGIN))
    response["WWW-Authenticate"] = 'Bearer realm="schnittstellen"'
    return response


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> HttpResponse:
    return problems.of_status(request, error.status_code if error.status_code in problems.WORDS else 400)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:  # noqa: ARG001
    return problems.of_status(request, 404)
