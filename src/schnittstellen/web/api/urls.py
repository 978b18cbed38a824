"""Addresses below /api/v1; what is not there is a problem, not a page."""

import json
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.http import require_safe

from schnittstellen.catalogue.services.records.kinds import KINDS
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import MEDIA_TYPE, answer, sent
from schnittstellen.web.api.api import api
from schnittstellen.web.api.records import BASE


@cache
def document() -> bytes:
    """The OpenAPI document."""
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False).encode()


@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The document, made once in the life of a process."""
    return sent(request, document(), MEDIA_TYPE)


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    lists = {name: f"{BASE}/{name}" for name in KINDS}
    return answer(request, {"title": api.title, "version": api.version, "openapi": f"{BASE}/openapi.json", **lists})


def nothing(request: HttpRequest) -> HttpResponse:
    """404."""
    return problems.of_status(request, 404)


urlpatterns: list[URLPattern | URLResolver] = [
    path("v1", start),
    path("v1/", start),
    path("v1/openapi.json", openapi),
    path("v1/", api.urls),
    re_path("", nothing),
]
