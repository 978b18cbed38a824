"""German words as the search knows them: without case, umlauts and endings, the same on every database."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from threading import Lock

import snowballstemmer

from schnittstellen.catalogue.models.search import WORD

_WORDS = re.compile(r"[^\W_]+")
_UMLAUTS = re.compile(r"ae|oe|(?<![aeiouyq])ue")
_LETTERS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
_EMPTY = frozenset(
    _WORDS.findall(
        "am an auf aus bei das dem den der des die ein eine einem einen einer eines für fuer im in ist mit "
        "nach nicht oder ob sich und vom von vor wie zu zum zur"
    )
)
_TURN = Lock()
"""The stemmer holds the word that it works on: two threads at once would get each other's."""
MOST_WORDS = 12
"""Of a query."""


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("german")


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word: "Bürgerämter", "Buergeramt" and "bürgeramt" share theirs."""
    if word.isdecimal():
        return word[:WORD]
    with _TURN:
        return str(_stemmer().stemWord(word.lower()))[:WORD]


def folded(text: str) -> str:
    """A text without case and umlauts, however they were written, with its endings."""
    return _UMLAUTS.sub(lambda found: found[0][0], text.lower()).translate(_LETTERS)


def words(text: str) -> Iterator[str]:
    """The words of a text in small letters, without those that say nothing."""
    return (word for word in _WORDS.findall(text.lower()) if word not in _EMPTY)


def stems(text: str) -> Iterator[str]:
    """The stems of a text, without words that say nothing."""
    return map(stem, words(text))
