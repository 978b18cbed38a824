"""The language of texts that others wrote, for screen readers (WCAG 2.2, 3.1.2): guessed from their small words."""

import re

from markupsafe import Markup, escape

from schnittstellen.i18n import DEFAULT, current

_GERMAN = (
    "aber als am auch auf aus bei bis das dem den der des die dieser durch ein eine einem einen einer es für gegen "
    "im ist jede jeder kann können mit muss nach nicht oder sein seine sich sind über um und vom von vor war werden "
    "wird wurde zu zum zur"
)
_ENGLISH = (
    "all and any are as at be been but by can each every for from has have if into is it its may must no not of on one "
    "only or other shall should such that the their there these they this to was when where which with"
)
SMALL = {"de": frozenset(_GERMAN.split()), "en": frozenset(_ENGLISH.split())}
"""Words of one of the languages that the other has not."""
_WORD = re.compile(r"[a-zäöüß]+")
CLEARLY = 2


def tongue(text: str) -> str | None:
    """The language of a text; None where its words do not clearly tell."""
    words = _WORD.findall(text.lower())
    counts = {name: sum(word in small for word in words) for name, small in SMALL.items()}
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] >= CLEARLY and counts[best] >= 2 * min(counts.values()) else None


def spoken(text: str) -> Markup | str:
    """A text, marked with its language where that is clearly not the one of the page."""
    of = tongue(text) if text else None
    return _marked(text, of) if of and of != current() else text


def german(text: str) -> Markup | str:
    """A text that is official in German only, as names of Leistungen are."""
    return _marked(text, DEFAULT) if text and current() != DEFAULT else text


def _marked(text: str, language: str) -> Markup:
    return Markup('<span lang="{}">{}</span>').format(language, escape(text))
