"""Addresses of accounts; logging in and all that belongs to it is done by django-allauth."""

from django.urls import URLPattern, URLResolver, include, path

from schnittstellen.web.accounts import oidc, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("konto", views.start, name="account-start"),
    path("konto/fuer", views.act, name="account-acting"),
    path("konto/einladung/<str:secret>", views.invited, name="account-invited"),
    path("konto/oidc/<str:provider_id>/login/callback/", oidc.callback),
    path("konto/", include("allauth.urls")),
]
