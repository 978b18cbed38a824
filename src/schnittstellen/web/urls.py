"""Addresses of the catalogue."""

from django.urls import URLPattern, URLResolver, include, path

from schnittstellen.web.health import health
from schnittstellen.web.signing_keys import keys, withdrawals

urlpatterns: list[URLPattern | URLResolver] = [
    path("health", health, name="health"),
    path(".well-known/schnittstellen-keys.json", keys, name="signing_keys"),
    path(".well-known/schnittstellen-withdrawals.json", withdrawals, name="withdrawals"),
    path("api/", include("schnittstellen.web.api.urls")),
    path("", include("schnittstellen.web.accounts.urls")),
    path("", include("schnittstellen.web.administration.urls")),
    path("", include("schnittstellen.web.pages.urls")),
]
handler400 = "schnittstellen.web.pages.views.errors.bad_request"
handler403 = "schnittstellen.web.pages.views.errors.forbidden"
handler404 = "schnittstellen.web.pages.views.errors.not_found"
handler429 = "schnittstellen.web.pages.views.errors.too_many"
handler500 = "schnittstellen.web.pages.views.errors.broken"
