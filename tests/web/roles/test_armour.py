"""What protects every page, whatever its own code does: nothing inline, our own forms, our own name, our cookies."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.accounts_settings import _cookies
from tests.web.roles.people import client_of, known_names
from tests.web.roles.table import ROLES, ROUTES

pytestmark = pytest.mark.django_db
ON_WEB = re.compile(r"^(https?:)?//")


class Inline(HTMLParser):
    """Collects what the policy of the site would not let run, and what comes from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in {"style", "iframe", "object", "embed", "base"} or (tag == "script" and "src" not in named):
            self.bad.append(f"<{tag}>")
        self.bad += [f"{tag} {name}" for name in named if name.startswith("on")]
        self.bad += [f"{tag} style" for name in named if name == "style"]
        loaded = named.get("src", "") or (named.get("href", "") if tag == "link" else "")
        if ON_WEB.match(loaded) or loaded.lower().startswith("javascript:"):
            self.bad.append(f"{tag} {loaded}")


@pytest.mark.parametrize("role", ["vendor", "town", "board"])
def test_no_page_has_anything_inline_or_from_elsewhere(world: None, role: str) -> None:
    client, names = client_of(role), known_names()
    wrong = {}
    for route, (address, allowed) in ROUTES.items():
        if allowed[ROLES.index(role)] != 200 or route.startswith(("api/", "export/")):
            continue
        answer = client.get(address.format(**names), headers={"accept": "text/html"})
        policy = answer.headers.get("Content-Security-Policy", "")
        seen = Inline()
        if answer["Content-Type"].startswith("text/html"):
            seen.feed(answer.content.decode())
        if seen.bad or "default-src 'none'" not in policy or "unsafe" in policy:
            wrong[route] = (seen.bad[:3], policy)
        if answer.headers.get("X-Content-Type-Options") != "nosniff" or answer.headers.get("X-Frame-Options") != "DENY":
            wrong[route] = ([], str(answer.headers))
    assert wrong == {}


@pytest.mark.parametrize("role", ["visitor", "vendor", "town", "board"])
def test_a_form_of_another_site_is_refused_by_every_page(world: None, role: str) -> None:
    client, names = client_of(role), known_names()
    client.handler.enforce_csrf_checks = True
    answers = {
        route: client.post(address.format(**names)).status_code
        for route, (address, _allowed) in ROUTES.items()
        if not route.startswith("api/")
    }
    assert {route: status for route, status in answers.items() if status not in (403, 405)} == {}


@pytest.mark.parametrize("name", ["boese.example", "localhost.boese.example", "127.0.0.1.nip.example"])
def test_another_name_than_ours_is_refused(client: Client, name: str) -> None:
    assert client.get("/", headers={"host": name}).status_code == 400


def test_cookies_of_a_public_server_travel_encrypted_only_and_scripts_do_not_see_them(settings: Any) -> None:
    kept = _cookies(True)
    assert kept["SESSION_COOKIE_SECURE"]
    assert kept["CSRF_COOKIE_SECURE"]
    assert kept["CSRF_COOKIE_HTTPONLY"]
    assert kept["SECURE_SSL_REDIRECT"]
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
