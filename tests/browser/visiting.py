"""One visit of a page, on which everything is measured that a machine can."""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal

from playwright.sync_api import Error, Page

DOWNLOAD = "Download is starting"
PAPER = 717
"""Pixels of CSS across a sheet of A4 with the margins of the browser."""
SHRINK = 1.5
"""What a browser may shrink a page that is too wide for the paper."""
Found = dict[str, list[str]]
_SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


def visit(page: Page, address: str, seen: set[str]) -> Found | None:
    """What is wrong with the page at `address`, by the name of what was measured; None where it is no page.

    `seen` is what earlier pages showed: colours, kinds of controls, and whole pages, which are not measured again.
    Pages that are built as none before are marked in it, to be visited in the other language.
    """
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen")
    if not _is_page(page, address):
        return None
    same = "page " + _SECRETS.sub("", page.content())
    if same in seen:
        return {name: [] for name in MEASURES}
    seen.add(same)
    if _new(page, seen, "built"):
        seen.add(f"translate {address}")
    page.evaluate("measures.shorten()")
    return {name: measure(page, seen) for name, measure in MEASURES.items()}


def visit_once(page: Page, address: str, seen: set[str], among: str, names: Sequence[str]) -> Found | None:
    """The measures of those `names`, for the first page `among` its like that is built as it is."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(media="screen")
    if not _is_page(page, address):
        return None
    nothing: Found = {name: [] for name in MEASURES}
    if not _new(page, seen, among):
        return nothing
    page.evaluate("measures.shorten()")
    return nothing | {name: MEASURES[name](page, seen) for name in names}


def _new(page: Page, seen: set[str], among: str) -> bool:
    """Whether something on the page is built as nothing was on the pages before."""
    built = {f"{among} {one}" for one in page.evaluate("measures.built()")}
    new = not built <= seen
    seen |= built
    return new


def _is_page(page: Page, address: str) -> bool:
    try:
        answer = page.goto(address)
    except Error as error:
        if DOWNLOAD in str(error):
            return False
        raise
    return answer is not None and answer.headers.get("content-type", "").startswith("text/html")


def _measure(page: Page, what: str) -> list[str]:
    found: list[str] = page.evaluate(f"measures.{what}")
    return found


def _light(page: Page, seen: set[str]) -> list[str]:
    """All rules; contrast, the dearest of them, only where a colour meets another for the first time."""
    colours = set(_measure(page, "colours()"))
    found = _measure(page, "axe(null, ['color-contrast'])" if colours <= seen else "axe()")
    seen |= colours
    return found


def _dark(page: Page, seen: set[str]) -> list[str]:
    page.emulate_media(color_scheme="dark")
    colours = set(_measure(page, "colours()"))
    found = [] if colours <= seen else _measure(page, "axe(['color-contrast'])")
    seen |= colours
    page.emulate_media(color_scheme="light")
    return found


def _keyboard(page: Page, seen: set[str]) -> list[str]:
    """A page that puts the focus on its answer (`autofocus`) need not begin with the skip link."""
    page.keyboard.press("Tab")
    begun = page.evaluate("document.activeElement.matches('.skip') || document.querySelector('[autofocus]') !== null")
    first = [] if begun else ["the first Tab is not the skip link"]
    return [*first, *_measure(page, "focus()")]


def _edges(page: Page, seen: set[str], scheme: Literal["light", "dark"]) -> list[str]:
    """Contrast of edges, focus and lines (WCAG 1.4.11); `seen` also holds the kinds of controls measured so far."""
    page.emulate_media(color_scheme=scheme)
    known = [one.removeprefix(f"{scheme} ") for one in seen if one.startswith(f"{scheme} ")]
    answer = page.evaluate("known => measures.edges(known)", known)
    seen |= {f"{scheme} {one}" for one in answer["kinds"]}
    page.emulate_media(color_scheme="light")
    return list(answer["found"])


def _zoomed(page: Page, seen: set[str]) -> list[str]:
    page.set_viewport_size({"width": 640, "height": 450})
    return _measure(page, "spaced()")


def _narrow(page: Page, seen: set[str]) -> list[str]:
    page.set_viewport_size({"width": 320, "height": 640})
    return _measure(page, "sideways()")


def _printed(page: Page, seen: set[str]) -> list[str]:
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.emulate_media(media="print")
    return [*_measure(page, f"sideways({int(PAPER * SHRINK)})"), *_measure(page, "printed()")]


MEASURES: dict[str, Callable[[Page, set[str]], list[str]]] = {
    "axe, light": _light,
    "axe, dark": _dark,
    "keyboard": _keyboard,
    "edges, light": partial(_edges, scheme="light"),
    "edges, dark": partial(_edges, scheme="dark"),
    "without style sheets": lambda page, seen: _measure(page, "unstyled()"),
    "motion": lambda page, seen: _measure(page, "moving()"),
    "200 %": _zoomed,
    "320 px": _narrow,
    "print": _printed,
}
"""In this order: each leaves the page so that the next can measure."""
WORDED = ("axe, light", "200 %", "320 px")
"""What depends on words, and is measured in the other language too."""
COLOURED = ("axe, dark", "edges, light", "edges, dark")
