"""Without a mouse: Tab reaches everything once and leads out again, and a question is asked by keys alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import Run, measured
from tests.browser.serving import serving

ORDER = """() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
  .filter((el) => !el.disabled && el.checkVisibility() && el.getClientRects().length).length"""
AT = "() => { const el = document.activeElement; return el === document.body ? null : el.outerHTML.slice(0, 200) }"
PAGES = ("/", "/programme/muster-hundesteuer", "/beschaffen", "/programme/muster-hundesteuer/partner")
DATE_PARTS = 3
"""A field for a date has more than one stop: day, month, year, and the button of its calendar."""


@pytest.fixture
def base(world: None) -> Iterator[str]:
    with serving() as address:
        yield address


def _tabbed(page: Page, most: int) -> list[str]:
    """Where Tab stops, until it leaves the page; the same stop twice in a row is one with parts."""
    stops: list[str] = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(AT)
        if at is None:
            return stops
        if not stops or stops[-1] != at:
            stops.append(at)
    pytest.fail(f"Tab never leaves {page.url}: {stops[-3:]}")


@pytest.mark.parametrize("address", PAGES)
def test_tab_reaches_everything_once_and_leads_out(in_browser: Run[None], base: str, address: str) -> None:
    def work(browser: Browser) -> None:
        with measured(browser, base, None) as context:
            page = context.new_page()
            page.goto(address)
            there = page.evaluate(ORDER)
            stops = _tabbed(page, there + 2 * DATE_PARTS)
            assert "skip" in stops[0]
            assert len(stops) == there

    in_browser(work)


def test_the_question_is_asked_by_keys_alone(in_browser: Run[None], base: str) -> None:
    def work(browser: Browser) -> None:
        with measured(browser, base, None) as context:
            page = context.new_page()
            page.goto("/beschaffen")
            page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == "inhalt"
            for text in ("Muster-Hundesteuer", "Musterstadt"):
                page.keyboard.press("Tab")
                page.keyboard.type(text)
            page.keyboard.press("Enter")
            page.wait_for_selector(".answer--yes")

    in_browser(work)


def test_what_is_folded_opens_by_keys(in_browser: Run[None], base: str) -> None:
    def work(browser: Browser) -> None:
        with measured(browser, base, None) as context:
            page = context.new_page()
            page.goto("/programme/muster-hundesteuer")
            page.focus("details.explained summary")
            page.keyboard.press("Enter")
            assert page.get_by_text("Niemand kann sie eintragen").is_visible()

    in_browser(work)
