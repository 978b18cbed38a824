"""Addresses of the pages that judge a product among others."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views import judging

urlpatterns: list[URLPattern | URLResolver] = [
    path("programme/<str:key>/alternativen", judging.same, name="product-same"),
    path("programme/<str:key>/foerderung", judging.funded, name="product-funding"),
]
