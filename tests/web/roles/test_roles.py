"""Every route and every role: what may be opened. The table is `table.py`; a route without a line there fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import URLResolver, get_resolver

from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES, ROUTES

pytestmark = pytest.mark.django_db
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


@pytest.mark.parametrize("role", ROLES)
def test_each_route_allows_what_the_table_says(world: None, role: str) -> None:
    client, names, at = client_of(role), known_names(), ROLES.index(role)
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
    client = client_of(role)
    routes = [r for r, _ in _routes(get_resolver()) if r.startswith("verwaltung/") and "(" not in r]
    shown = [r for r in routes if client.get("/" + r.replace("<path:object_id>", "1")).status_code == 200]
    assert set(shown) <= {"verwaltung/login/"}
