"""Addresses of the admin."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.administration import people, records
from schnittstellen.web.administration.site import site

urlpatterns: list[URLPattern | URLResolver] = [path("verwaltung/", site.urls)]
__all__ = ["people", "records", "urlpatterns"]
