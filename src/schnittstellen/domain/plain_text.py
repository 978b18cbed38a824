"""Signs that no text may hold: databases, XML and calendars refuse them, or they turn around how a line reads."""

import re

CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
    r"|\r(?!\n)"
)
"""Control characters but tab and line feed, separators, marks of direction and of byte order, halves of pairs."""
_BREAK = re.compile(r"[\x0b\x0c\x85\u2028\u2029]|\r(?!\n)")


def first_control(text: str) -> str | None:
    """The first sign of `text` that it may not hold, as "U+0000"."""
    found = CONTROL.search(text)
    return f"U+{ord(found[0]):04X}" if found else None


def without_control(text: str) -> str:
    """`text` as whoever typed or pasted it meant it: breaks of lines become spaces, other such signs go."""
    return CONTROL.sub("", _BREAK.sub(" ", text))
