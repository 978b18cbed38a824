"""Many pages in one browser, and what is wrong with them."""

import json

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from tests.browser.addresses import Visit
from tests.browser.chromium import Run, measured
from tests.browser.serving import serving
from tests.browser.visiting import MEASURES, Found, visit

ALL = (*MEASURES, "console")
STATUS = "Failed to load resource: the server responded with a status of"
All = dict[str, Found]


def demand_nothing(visited: All, what: str) -> None:
    """No page has a problem of that kind."""
    wrong = {address: found[what] for address, found in visited.items() if found[what]}
    assert visited
    assert not wrong, f"{what}: {len(wrong)} of {len(visited)} pages\n{json.dumps(wrong, indent=1, ensure_ascii=False)}"


def visited(in_browser: Run[All], people: dict[str, Client], visits: list[Visit]) -> All:
    """What was measured on each page, by role and address; `people` by role."""
    with serving() as base:
        return in_browser(lambda browser: _found(browser, base, people, visits))


def _found(browser: Browser, base: str, people: dict[str, Client], visits: list[Visit]) -> All:
    found: All = {}
    seen: set[str] = set()
    for role, client in people.items():
        cookie = client.cookies.get("sessionid")
        with measured(browser, base, cookie and cookie.value) as context:
            page, said = context.new_page(), _listening(context)
            for address in (address for who, address in visits if who == role):
                measured_there = visit(page, address, seen)
                if measured_there is not None:
                    found[f"{role} {address}"] = {**measured_there, "console": said[:]}
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
