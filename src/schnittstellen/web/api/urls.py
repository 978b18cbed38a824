"""Addresses below /api/v1; what is not there is a problem, not a page."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path

from schnittstellen.web.api import problems
from schnittstellen.web.api.api import api


def nothing(request: HttpRequest) -> HttpResponse:
    """404."""
    return problems.of_status(request, 404)


urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls), re_path("", nothing)]
