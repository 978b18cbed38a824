"""Many pages in one browser, and what is wrong with them."""

import json

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from schnittstellen.i18n import LANGUAGES
from tests.browser.addresses import Visit
from tests.browser.chromium import Run, measured
from tests.browser.serving import serving
from tests.browser.visiting import COLOURED, MEASURES, WORDED, Found, visit, visit_once

ALL = (*MEASURES, "console")
STATUS = "Failed to load resource: the server responded with a status of"
SEEN: set[str] = set()
"""What pages of this process showed so far: colours, controls, how they are built, whole pages."""
All = dict[str, Found]


def demand_nothing(visited: All, what: str) -> None:
    """No page has a problem of that kind."""
    wrong = {address: found[what] for address, found in visited.items() if found[what]}
    assert visited
    assert not wrong, f"{what}: {len(wrong)} of {len(visited)} pages\n{json.dumps(wrong, indent=1, ensure_ascii=False)}"


Managed = tuple[Client, list[Visit]]


def visited(
    in_browser: Run[All], people: dict[str, Client], visits: list[Visit], managed: Managed | None = None
) -> All:
    """What was measured on each page, by role and address; `people` by role, `managed` the administration."""
    with serving() as base:
        found = in_browser(lambda browser: _found(browser, base, people, visits))
        return found | in_browser(lambda browser: administered(browser, base, *managed)) if managed else found


def _found(browser: Browser, base: str, people: dict[str, Client], visits: list[Visit]) -> All:
    found: All = {}
    for role, client in people.items():
        cookie = client.cookies.get("sessionid")
        with measured(browser, base, cookie and cookie.value) as context:
            page, said = context.new_page(), _listening(context)
            for address in (address for who, address in visits if who == role):
                _note(found, f"{role} {address}", visit(page, address, SEEN), said)
            context.add_cookies([{"name": "sprache", "value": "en", "url": base}])
            for address in (one for who, one in visits if who == role and f"translate {one}" in SEEN):
                english = visit_once(page, address, SEEN, "English", WORDED)
                _note(found, f"{role} {address} (English)", english, said)
    return found


def _note(found: All, name: str, here: Found | None, said: list[str]) -> None:
    if here is not None:
        found[name] = {**here, "console": said[:]}
    said.clear()


def administered(browser: Browser, base: str, client: Client, visits: list[Visit]) -> All:
    """Pages of the administration, which are Django's but for their look: words and colours, each way built once."""
    found: All = {}
    cookie = client.cookies["sessionid"]
    with measured(browser, base, cookie.value) as context:
        page, said = context.new_page(), _listening(context)
        for lang in LANGUAGES:
            context.add_cookies([{"name": "sprache", "value": lang, "url": base}])
            for who, address in visits:
                here = visit_once(page, address, SEEN, f"administration {lang}", (*WORDED, *COLOURED))
                _note(found, f"{who} {address} {lang}", here, said)
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
