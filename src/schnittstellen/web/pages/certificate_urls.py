"""Addresses of certificates."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views import certificates

urlpatterns: list[URLPattern | URLResolver] = [
    path("bescheinigungen", certificates.listed, name="certificate"),
    path("bescheinigungen/<str:serial>", certificates.one, name="certificate-one"),
    path("bescheinigungen/<str:serial>/zertifikat.json", certificates.signed, name="certificate-json"),
    path("bescheinigungen/<str:serial>/zertifikat.pdf", certificates.paper, name="certificate-pdf"),
    path("bescheinigungen/<str:serial>/plakette.svg", certificates.badge, name="certificate-badge"),
]
