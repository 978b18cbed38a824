"""Addresses of the pages on which vendors let the server test their endpoints."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.own import endpoints, runs

urlpatterns: list[URLPattern | URLResolver] = [
    path("hersteller/<str:key>/endpunkte", endpoints.listed, name="own-endpoints"),
    path("endpunkte/<str:key>", endpoints.one, name="own-endpoint"),
    path("laeufe/<str:key>", runs.one, name="own-run"),
    path("laeufe/<str:key>/ereignisse", runs.events, name="own-run-events"),
]
