"""Addresses of the pages on which organisations keep what is said of them."""

from django.urls import URLPattern, URLResolver, path

from schnittstellen.web.pages.views.own import landscape, people, products, vendors

_VENDOR = "hersteller/<str:key>"
_PRODUCT = "programme/<str:key>"
_RELEASE = f"{_PRODUCT}/versionen/<str:version>"
_ROLE = f"{_RELEASE}/standards/<str:standard>/<str:role>"
_PLACE = "kommunen/<str:ags>"
_DEPLOYMENT = f"{_PLACE}/einsatz/<str:local>"
_COUPLING = f"{_PLACE}/verbindungen/<str:local>"
urlpatterns: list[URLPattern | URLResolver] = [
    path(_VENDOR, vendors.start, name="own-vendor"),
    path(f"{_VENDOR}/angaben", vendors.details, name="own-vendor-details"),
    path(f"{_VENDOR}/mitglieder", people.of_vendor, name="own-vendor-members"),
    path(f"{_VENDOR}/einsatz", vendors.claim, name="own-claim"),
    path(f"{_VENDOR}/programme/neu", products.new, name="own-product-new"),
    path(_PRODUCT, products.start, name="own-product"),
    path(f"{_PRODUCT}/angaben", products.details, name="own-product-details"),
    path(f"{_PRODUCT}/neue-version", products.new_release, name="own-release-new"),
    path(_RELEASE, products.release, name="own-release"),
    path(f"{_RELEASE}/entfernen", products.remove_release, name="own-release-remove"),
    path(f"{_RELEASE}/neuer-standard", products.new_declaration, name="own-declaration-new"),
    path(_ROLE, products.declaration, name="own-declaration"),
    path(f"{_ROLE}/entfernen", products.remove_declaration, name="own-declaration-remove"),
    path(_PLACE, landscape.start, name="own-place"),
    path(f"{_PLACE}/offen", landscape.openness, name="own-openness"),
    path(f"{_PLACE}/mitglieder", people.of_place, name="own-place-members"),
    path(f"{_PLACE}/neues-programm", landscape.new_deployment, name="own-deployment-new"),
    path(f"{_PLACE}/neue-verbindung", landscape.new_coupling, name="own-coupling-new"),
    path(_DEPLOYMENT, landscape.deployment, name="own-deployment"),
    path(f"{_DEPLOYMENT}/bestaetigen", landscape.confirm, name="own-deployment-confirm"),
    path(f"{_DEPLOYMENT}/entfernen", landscape.remove_deployment, name="own-deployment-remove"),
    path(_COUPLING, landscape.coupling, name="own-coupling"),
    path(f"{_COUPLING}/entfernen", landscape.remove_coupling, name="own-coupling-remove"),
]
