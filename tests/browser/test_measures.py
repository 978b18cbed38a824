"""The measures see what is wrong: each finds something on a page made badly, and nothing on one made well."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import Run, measured
from tests.browser.visiting import MEASURES, Found

GOOD = """<!doctype html><html lang="de"><meta name="viewport" content="width=device-width"><title>Gut</title>
<style>@media print { .skip { display: none } }</style>
<body><a class="skip" href="#inhalt">Zum Inhalt</a><main id="inhalt"><h1>Gut</h1>
<p><button>Weiter</button></p></main></body></html>"""
BAD = {
    "axe, light": '<img src="data:,">',
    "axe, dark": "<style>@media (prefers-color-scheme: dark) { h1 { color: #333; background: #222 } }</style>",
    "keyboard": "<style>button:focus { outline: none }</style>",
    "edges, light": "<style>input { border: 1px solid #ccc; background: #fff }</style><input aria-label='x'>",
    "edges, dark": "<style>@media (prefers-color-scheme: dark) { body { background: #222 }"
    " button:focus { outline: 3px solid #333 } }</style>",
    "without style sheets": "<style>main { display: flex; flex-direction: column-reverse }</style>",
    "motion": "<style>button { transition: all 1s }</style>",
    "200 %": '<style>b { display: block; width: 7em; height: 1.2em; overflow: hidden }</style><b>Siebenundzwanzig</b>',
    "320 px": "<style>b { display: block; width: 400px }</style><b>Breit</b>",
    "print": '<style>b { display: block; width: 9em; overflow-x: auto; white-space: pre }</style><b tabindex="0">'
    + "Siebenundzwanzig " * 3 + "</b>",
}  # fmt: skip


def _measured(browser: Browser, name: str, html: str) -> Found:
    with measured(browser, "http://127.0.0.1", None) as context:
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto("/")
        return {name: MEASURES[name](page, set())}


@pytest.mark.parametrize("name", MEASURES)
def test_each_measure_sees_a_page_made_badly(in_browser: Run[Any], name: str) -> None:
    def both(browser: Browser) -> tuple[Found, Found]:
        return _measured(browser, name, GOOD), _measured(browser, name, GOOD.replace("<p>", BAD[name] + "<p>"))

    good, bad = in_browser(both)
    assert good == {name: []}
    assert len(bad[name]) >= 1
