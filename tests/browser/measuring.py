"""Many pages in one browser, and what is wrong with them."""

import json

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage

from schnittstellen.i18n import DEFAULT, LANGUAGES
from tests.browser.addresses import Visit
from tests.browser.choosing import alike, page_of, unsound, worth
from tests.browser.chromium import Run, measured
from tests.browser.serving import serving
from tests.browser.visiting import MEASURES, Found, visit

ALL = (*MEASURES, "console", "text")
STATUS = "Failed to load resource: the server responded with a status of"
SAMPLED = 10
"""Of the pages in another language every tenth is opened though its words alone are new; all were, once, by hand."""
All = dict[str, Found]
Open = tuple[str, str, str]
"""Role, address, language."""


def demand_nothing(visited: All, what: str) -> None:
    """No page has a problem of that kind."""
    wrong = {address: found[what] for address, found in visited.items() if found[what]}
    assert visited
    assert not wrong, f"{what}: {len(wrong)} of {len(visited)} pages\n{json.dumps(wrong, indent=1, ensure_ascii=False)}"


class Visitors:
    """Those who open pages, and what the pages before showed them."""

    def __init__(self, in_browser: Run[All], only: dict[str, tuple[str, ...]]) -> None:
        """`only`: what is measured on pages of a role, where not everything is."""
        self._in_browser, self._only = in_browser, only
        self._seen: set[str] = set()
        self._looked: set[str] = set()

    def visited(self, people: dict[str, Client], visits: list[Visit]) -> All:
        """What is wrong on each page, by role, address and language; `people` by role."""
        found: All = {}
        chosen: list[Open] = []
        titles: dict[str, tuple[str, str]] = {}
        for lang in LANGUAGES:
            for number, (role, address) in enumerate(visits):
                people[role].cookies["sprache"] = lang
                document = page_of(people[role], address)
                if document is not None:
                    nothing: Found = {name: [] for name in ALL}
                    found[f"{role} {address} {lang}"] = nothing | {
                        "text": [*unsound(document), *alike(document, address, titles)]
                    }
                    sampled = lang != DEFAULT and number % SAMPLED == 0
                    chosen += [(role, address, lang)] if worth(document, self._seen) or sampled else []
        with serving() as base:
            for name, here in self._in_browser(lambda browser: self._opened(browser, base, people, chosen)).items():
                found[name] |= here
        return found

    def _opened(self, browser: Browser, base: str, people: dict[str, Client], chosen: list[Open]) -> All:
        found: All = {}
        for role in dict.fromkeys(role for role, _, _ in chosen):
            cookie, names = people[role].cookies.get("sessionid"), self._only.get(role, tuple(MEASURES))
            with measured(browser, base, cookie and cookie.value) as context:
                page, said = context.new_page(), _listening(context)
                for address, lang in ((address, lang) for who, address, lang in chosen if who == role):
                    context.add_cookies([{"name": "sprache", "value": lang, "url": base}])
                    found[f"{role} {address} {lang}"] = {
                        **visit(page, address, self._looked, names),
                        "console": said[:],
                    }
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
