"""Who asks, and the names of the example world that the addresses of the table are made of."""

from typing import Any

from django.contrib.auth.models import User
from django.test import Client

from schnittstellen.catalogue.models import (
    Coupling,
    Deployment,
    Evidence,
    Member,
    Municipality,
    Product,
    Provider,
    Release,
)

AGS, OTHER_AGS, PRODUCT = "05999001", "05999002", "muster-akte-offen"


def _member(role: str) -> dict[str, Any]:
    own = Product.objects.get(key=PRODUCT).vendor
    members: dict[str, dict[str, Any]] = {
        "vendor": {"role": "vendor", "vendor": own},
        "other vendor": {"role": "vendor", "vendor": type(own).objects.exclude(pk=own.pk).earliest("pk")},
        "town": {"role": "municipality", "municipality": Municipality.objects.get(key=AGS)},
        "other town": {"role": "municipality", "municipality": Municipality.objects.get(key=OTHER_AGS)},
        "board": {"role": "board"},
        "operator": {"role": "operator"},
    }
    return members[role]


def client_of(role: str, name: str = "wer") -> Client:
    client = Client()
    if role != "visitor":
        user = User.objects.create_user(name, f"{name}@muster.example", "ein langes Kennwort 7")
        Member.objects.create(user=user, **_member(role))
        client.force_login(user)
    return client


def known_names() -> dict[str, Any]:
    """What the addresses of the table name, of the example world."""
    release = Release.objects.filter(product__key=PRODUCT, declarations__isnull=False).earliest("pk")
    declared = release.declarations.select_related("role__version__standard").earliest("pk")
    version = declared.role.version
    own = Deployment.objects.filter(municipality__key=AGS)
    coupling = Coupling.objects.filter(first__in=own).earliest("pk")
    seen = Evidence.objects.filter(declaration__release__product__key=PRODUCT).earliest("pk")
    return {
        "programme": PRODUCT, "vendor": release.product.vendor.key, "ags": AGS, "version": release.version,
        "declared": f"{version}/{declared.role.key}", "standard_version": str(version),
        "role": declared.role.key, "other_vendor": _member("other vendor")["vendor"].key,
        "standard": version.standard.key, "release": f"{PRODUCT}@{release.version}",
        "deployment": own.earliest("pk").key, "coupling": coupling.key,
        "local": own.earliest("pk").key.removeprefix(f"{AGS}-"), "local_coupling": coupling.key.removeprefix(f"{AGS}-"),
        "provider": Provider.objects.earliest("pk").key, "sha256": seen.report_sha256, "number": seen.pk,
        "leistung": Product.objects.filter(leistungen__isnull=False).earliest("pk").leistungen.earliest("pk").key,
    }  # fmt: skip
