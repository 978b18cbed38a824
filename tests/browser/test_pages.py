"""Every page, measured: axe-core, keyboard, 320 pixels, 200 %, print, without style sheets, light and dark."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from tests.browser.addresses import MORE, Visit, pages
from tests.browser.chromium import Run, measured
from tests.browser.serving import serving
from tests.browser.visiting import MEASURES, Found, visit
from tests.web.roles.people import client_of, known_names

pytestmark = pytest.mark.django_db
STATUS = "Failed to load resource: the server responded with a status of"
All = dict[str, Found]


def _visited(in_browser: Run[All], visits: list[Visit]) -> All:
    sessions = {role: _session(role) for role in dict.fromkeys(role for role, _ in visits)}
    with serving() as base:
        return in_browser(lambda browser: _found(browser, base, sessions, visits))


def _session(role: str) -> str | None:
    cookie = client_of(role, role.replace(" ", "-")).cookies.get("sessionid")
    return cookie and cookie.value


def _found(browser: Browser, base: str, sessions: dict[str, str | None], visits: list[Visit]) -> All:
    found: All = {}
    seen: set[str] = set()
    for role, session in sessions.items():
        with measured(browser, base, session) as context:
            page, said = context.new_page(), _listening(context)
            for address in (address for who, address in visits if who == role):
                found[f"{role} {address}"] = visit(page, address, seen) | {"console": said[:]}
                said.clear()
    return found


def _listening(context: BrowserContext) -> list[str]:
    """What the browser complains of (the policy of contents, scripts that fail), but for the status of the page."""
    said: list[str] = []
    context.on("weberror", lambda one: said.append(str(one.error)))
    context.on("console", lambda one: said.extend(_complaint(one)))
    return said


def _complaint(message: ConsoleMessage) -> list[str]:
    grave = message.type in ("error", "warning") and not message.text.startswith(STATUS)
    return [message.text] if grave else []


@pytest.fixture(scope="module")
def with_data(in_browser: Run[All], loaded: None, django_db_blocker: Any) -> Iterator[All]:
    """What was measured on every page of the example world."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _visited(in_browser, [*pages(known_names()), *MORE])
        transaction.set_rollback(True)


@pytest.mark.parametrize("what", [*MEASURES, "console"])
def test_every_page_of_the_example_world(with_data: All, what: str) -> None:
    wrong = {address: found[what] for address, found in with_data.items() if found[what]}
    assert not wrong, (
        f"{what}: {len(wrong)} of {len(with_data)} pages\n{json.dumps(wrong, indent=1, ensure_ascii=False)}"
    )
