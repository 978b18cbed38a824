"""Addresses of the pages on which a message is tested, and of what findings mean."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views import codes
from schnittstellen.web.pages.views.testing import pages, results

urlpatterns: list[URLPattern | URLResolver] = [
    path("testen", pages.ask, name="test"),
    path("testen/ergebnis/<str:key>", results.one, name="test-result"),
    path("testen/ergebnis/<str:key>/<str:form>", results.file, name="test-result-file"),
    path("testen/berichte/<str:key>", results.kept, name="test-kept"),
    path("testen/berichte/<str:key>/<str:form>", results.kept_file, name="test-kept-file"),
    path("befunde", codes.listed, name="code"),
    path("befunde/<path:name>", codes.one, name="code-one"),
]
