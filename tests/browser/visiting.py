"""One visit of a page, on which everything is measured that a browser can."""

from collections.abc import Callable, Collection
from functools import partial
from typing import Literal, NamedTuple
from weakref import WeakKeyDictionary

from playwright.sync_api import Page

PAPER = 717
"""Pixels of CSS across a sheet of A4 with the margins of the browser."""
SHRINK = 1.5
"""What a browser may shrink a page that is too wide for the paper."""
Found = dict[str, list[str]]


_SIGHTS: WeakKeyDictionary[Page, "Sight"] = WeakKeyDictionary()
"""How each page is shown: to show it so again costs the browser as much as to show it otherwise."""


class Sight(NamedTuple):
    """Width and height of the window in pixels of CSS, and for what the page is laid out."""

    width: int = 1280
    height: int = 900
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"


def visit(page: Page, address: str, seen: set[str], names: Collection[str]) -> Found:
    """What is wrong with the page at `address`, by the `names` of what is measured.

    `seen` is what earlier pages showed: colours and kinds of controls.
    """
    _show(page, Sight())
    page.goto(address)
    page.evaluate("measures.shorten()")
    return {name: measure(page, seen) for name, measure in MEASURES.items() if name in names}


def _show(page: Page, sight: Sight) -> None:
    before = _SIGHTS.get(page)
    if before is None or before[:2] != sight[:2]:
        page.set_viewport_size({"width": sight.width, "height": sight.height})
    if before is None or before[2:] != sight[2:]:
        page.emulate_media(color_scheme=sight.scheme, media=sight.media)
    _SIGHTS[page] = sight


def _measure(page: Page, what: str) -> list[str]:
    found: list[str] = page.evaluate(f"measures.{what}")
    return found


def _light(page: Page, seen: set[str]) -> list[str]:
    """All rules; contrast, the dearest of them, only where a colour meets another for the first time."""
    _show(page, Sight())
    colours = set(_measure(page, "colours()"))
    found = _measure(page, "axe(null, ['color-contrast'])" if colours <= seen else "axe()")
    seen |= colours
    return found


def _dark(page: Page, seen: set[str]) -> list[str]:
    _show(page, Sight(scheme="dark"))
    colours = set(_measure(page, "colours()"))
    found = [] if colours <= seen else _measure(page, "axe(['color-contrast'])")
    seen |= colours
    return found


def _keyboard(page: Page, seen: set[str]) -> list[str]:
    """A page that puts the focus on its answer (`autofocus`) need not begin with the skip link."""
    page.keyboard.press("Tab")
    begun = page.evaluate("document.activeElement.matches('.skip') || document.querySelector('[autofocus]') !== null")
    first = [] if begun else ["the first Tab is not the skip link"]
    return [*first, *_measure(page, "focus()")]


def _edges(page: Page, seen: set[str], scheme: Literal["light", "dark"]) -> list[str]:
    """Contrast of edges, focus and lines (WCAG 1.4.11); `seen` also holds the kinds of controls measured so far."""
    _show(page, Sight(scheme=scheme))
    known = [one.removeprefix(f"{scheme} ") for one in seen if one.startswith(f"{scheme} ")]
    answer = page.evaluate("known => measures.edges(known)", known)
    seen |= {f"{scheme} {one}" for one in answer["kinds"]}
    return list(answer["found"])


def _zoomed(page: Page, seen: set[str]) -> list[str]:
    _show(page, Sight(640, 450))
    return _measure(page, "spaced()")


def _narrow(page: Page, seen: set[str]) -> list[str]:
    _show(page, Sight(320, 640))
    return _measure(page, "sideways()")


def _printed(page: Page, seen: set[str]) -> list[str]:
    _show(page, Sight(PAPER, 1000, media="print"))
    return [*_measure(page, f"sideways({int(PAPER * SHRINK)})"), *_measure(page, "printed()")]


MEASURES: dict[str, Callable[[Page, set[str]], list[str]]] = {
    "axe, light": _light,
    "keyboard": _keyboard,
    "edges, light": partial(_edges, scheme="light"),
    "motion": lambda page, seen: _measure(page, "moving()"),
    "axe, dark": _dark,
    "edges, dark": partial(_edges, scheme="dark"),
    "without style sheets": lambda page, seen: _measure(page, "unstyled()"),
    "200 %": _zoomed,
    "320 px": _narrow,
    "print": _printed,
}
"""In this order: each leaves the page so that the next can measure, and is shown anew as seldom as possible."""
WORDED = ("axe, light", "200 %", "320 px")
COLOURED = ("axe, dark", "edges, light", "edges, dark")
