"""Words of the index that are spelled like a word which nobody knows."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from schnittstellen.catalogue.services.stems import folded, stem

_LEAST, _TWO_ERRORS, _FIRST_LETTER_TOO = 4, 9, 9
"""So many letters must a word have to be mistyped at all, to have two errors, to have one in its first letter."""
_ENDINGS = ("ung", "ungen", "heit", "keit", "schaft")
_MOST = 40


class Vocabulary:
    """The distinct stems of the index, in an order that is the same on every database."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = sorted(words)
        self._there = frozenset(self.words)
        self._text = "\n".join(["", *self.words, ""])

    def __contains__(self, word: object) -> bool:
        return word in self._there

    def __and__(self, words: frozenset[str]) -> frozenset[str]:
        return self._there & words

    def beginning(self, begins: str) -> list[str]:
        """The stems that begin so."""
        return self.words[bisect_left(self.words, begins) : bisect_left(self.words, f"{begins}\U0010ffff")]

    def containing(self, part: str) -> Iterator[str]:
        """The stems that `part` is in."""
        place = self._text.find(part)
        while place >= 0:
            end = self._text.index("\n", place)
            yield self._text[self._text.rindex("\n", 0, place) + 1 : end]
            place = self._text.find(part, end)


def most_errors(word: str) -> int:
    """So many letters of a word may be wrong, missing, too many or exchanged with the next."""
    if len(word) < _LEAST or any(sign.isdigit() for sign in word):
        return 0
    return 2 if len(word) >= _TWO_ERRORS else 1


def near(word: str, known: Vocabulary) -> dict[str, int]:
    """The stems spelled most like `word` (as it was typed), with the number of errors; none where that are too many."""
    bare = folded(word)
    found = dict.fromkeys((one for one in _mended(bare) if one in known), 1)
    for form in {bare, stem(word)}:
        for one, errors in _spelled_like(form, known, most_errors(bare)):
            found[one] = min(errors, found.get(one, errors))
    least = min(found.values(), default=0)
    return {one: errors for one, errors in found.items() if errors == least}


def _spelled_like(word: str, known: Vocabulary, most: int) -> Iterator[tuple[str, int]]:
    if not most or len(word) < _LEAST:
        return
    there = known.words if len(word) >= _FIRST_LETTER_TOO else known.beginning(word[0])
    for one, errors, _ in process.extract(word, there, scorer=OSA.distance, score_cutoff=most, limit=_MOST):
        if _plausible(word, one, errors):
            yield one, errors


def _plausible(word: str, other: str, errors: int) -> bool:
    """Two errors begin with the same letter; of the shortest words letters are exchanged, and no others put in."""
    if min(len(word), len(other)) <= _LEAST and len(word) == len(other):
        return sorted(word) == sorted(other)
    return len(other) >= _LEAST and (word[0] == other[0] or errors == 1)


@lru_cache(maxsize=1_000)
def _mended(word: str) -> frozenset[str]:
    """The stems of `word` where its ending was mistyped."""
    if not most_errors(word):
        return frozenset()
    return frozenset(
        stem(word[:-length] + ending)
        for ending in _ENDINGS
        for length in range(len(ending) - 1, len(ending) + 2)
        if length < len(word) - 2 and OSA.distance(word[-length:], ending) == 1
    )
