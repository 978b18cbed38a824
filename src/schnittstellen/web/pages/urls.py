"""Addresses of pages. A name starts with its area, which the navigation marks."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.start, name="home"),
    path("sprache", home.switch, name="language"),
]
