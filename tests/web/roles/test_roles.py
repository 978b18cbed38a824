"""Every route and every role: what may be opened. The table is `table.py`; a route without a line there fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import URLResolver, get_resolver

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
from tests.web.roles.table import ROLES, ROUTES

pytestmark = pytest.mark.django_db
AGS, OTHER_AGS, PRODUCT = "05999001", "05999002", "muster-akte-offen"
FOREIGN = ("allauth", "schnittstellen.web.accounts.oidc")
"""Modules whose routes are logging in itself, with rules of their own (tests/web/accounts)."""


def _routes(resolver: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one, route)
        else:
            yield route, one.callback.__module__


def _ours() -> list[str]:
    found = _routes(get_resolver())
    return [
        route
        for route, module in found
        if not (route.startswith("verwaltung/") or (route.startswith("konto/") and not module.startswith("schnitt")))
        and not module.startswith(FOREIGN)
    ]


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


def _client(role: str) -> Client:
    client = Client()
    if role != "visitor":
        user = User.objects.create_user("wer", "wer@muster.example", "ein langes Kennwort 7")
        Member.objects.create(user=user, **_member(role))
        client.force_login(user)
    return client


def _names() -> dict[str, Any]:
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


@pytest.mark.parametrize("role", ROLES)
def test_each_route_allows_what_the_table_says(world: None, role: str) -> None:
    client, names, at = _client(role), _names(), ROLES.index(role)
    wrong = {}
    for route, (address, allowed) in ROUTES.items():
        status = client.get(address.format(**names), headers={"accept": "text/html"}).status_code
        if status != allowed[at]:
            wrong[route] = f"{role} gets {status}, the table says {allowed[at]}"
    assert wrong == {}


def test_every_route_has_a_line_in_the_table() -> None:
    missing = [f'    "{one}": ("/{one}", OPEN),' for one in dict.fromkeys(_ours()) if one not in ROUTES]
    hint = "add to tests/web/roles/table.py, with an address of the example world and who may open it:\n"
    assert not missing, hint + "\n".join(missing)
    assert [one for one in ROUTES if one not in _ours()] == [], "routes that are gone: remove their lines"


@pytest.mark.parametrize("role", ROLES)
def test_nobody_without_the_right_opens_the_administration(world: None, role: str) -> None:
    client = _client(role)
    routes = [r for r, _ in _routes(get_resolver()) if r.startswith("verwaltung/") and "(" not in r]
    shown = [r for r in routes if client.get("/" + r.replace("<path:object_id>", "1")).status_code == 200]
    assert set(shown) <= {"verwaltung/login/"}
