"""Addresses of keys for programmes and of the audit log, for each of those who act for somebody."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.own import changed, keys, signatures

urlpatterns: list[URLPattern | URLResolver] = [
    path("hersteller/<str:key>/schluessel", keys.of_vendor, name="own-vendor-keys"),
    path("hersteller/<str:key>/unterschriften", signatures.of_vendor, name="own-vendor-signatures"),
    path("kommunen/<str:ags>/schluessel", keys.of_place, name="own-place-keys"),
    path("beirat/schluessel", keys.of_board, name="own-board-keys"),
    path("hersteller/<str:key>/aenderungen", changed.of_vendor, name="own-vendor-changes"),
    path("kommunen/<str:ags>/aenderungen", changed.of_place, name="own-place-changes"),
    path("beirat/aenderungen", changed.of_board, name="own-board-changes"),
    path("betrieb/aenderungen", changed.of_operator, name="own-operator-changes"),
]
