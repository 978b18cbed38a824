"""Debian's Chromium: where it is missing, tests in the browser are skipped, or fail where everything is required."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.corpus import REQUIRED

T = TypeVar("T")
WITHOUT_WINDOWS, WHOLE = "/usr/bin/chromium-headless-shell", "/usr/bin/chromium"
PROGRAM = os.environ.get("SCHNITTSTELLEN_CHROMIUM") or (WITHOUT_WINDOWS if Path(WITHOUT_WINDOWS).exists() else WHOLE)
"""The browser without its windows shows the same and takes a fifth less of the machine."""
FRUGAL = ("--no-sandbox", "--disable-gpu", "--disable-extensions", "--disable-background-networking", "--mute-audio")
MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")


Run = Callable[[Callable[[Browser], T]], T]
"""Does something with the browser, in the thread that the browser lives in."""


@contextmanager
def chromium() -> Iterator[Run[Any]]:
    """One browser in a thread of its own: Playwright runs an event loop, beside which Django gives no connection."""
    if not Path(PROGRAM).exists():
        package = Path(WITHOUT_WINDOWS).name
        _missing(f"needs Chromium: apt-get install -y {package} (SCHNITTSTELLEN_CHROMIUM names another than {PROGRAM})")
    with ThreadPoolExecutor(max_workers=1) as thread:
        started = thread.submit(sync_playwright().start).result()
        try:
            browser = thread.submit(lambda: started.chromium.launch(executable_path=PROGRAM, args=FRUGAL)).result()
            yield lambda work: thread.submit(work, browser).result()
            thread.submit(browser.close).result()
        finally:
            thread.submit(started.stop).result()


def _missing(reason: str) -> None:
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)


def measured(browser: Browser, base: str, session: str | None) -> BrowserContext:
    """A visitor with axe-core and `measures.js` at hand, logged in by the cookie `session`."""
    context = browser.new_context(
        base_url=base, viewport={"width": 1280, "height": 900}, reduced_motion="reduce", color_scheme="light"
    )
    context.add_init_script(AXE_SCRIPT + "\n" + MEASURES)
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": base}])
    return context
