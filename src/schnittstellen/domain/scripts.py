"""Names that mix scripts: a Cyrillic letter in a Latin word looks like another name's letter and is not."""

import re
import unicodedata

_ALIKE = ("LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "FULLWIDTH", "MATHEMATICAL")
"""Scripts and styles whose letters are taken for one another (the first word of the Unicode name)."""


def mixed(text: str) -> str:
    """The first word of `text` whose letters are of more than one script; empty where there is none."""
    words = re.findall(r"[^\W\d_]+", text)
    return next((word for word in words if len(_scripts(word)) > 1), "")


def foreign(text: str) -> str:
    """What `mixed` finds, else the first word that holds no Latin letter but letters that look like Latin ones."""
    words = re.findall(r"[^\W\d_]+", text)
    strange = next((word for word in words if _scripts(word) and "LATIN" not in _scripts(word)), "")
    return mixed(text) or strange


def _scripts(word: str) -> set[str]:
    firsts = {unicodedata.name(one, "").partition(" ")[0] for one in word}
    return firsts & {*_ALIKE}
