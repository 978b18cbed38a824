"""What a word of a query may mean among the words of the index: itself, parts, compounds, synonyms, typing errors."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from schnittstellen.catalogue.services.spelling import Vocabulary, near
from schnittstellen.catalogue.services.stems import folded, stem
from schnittstellen.catalogue.services.synonyms import meant

_EXACT, _JOINED, _MEANT, _APART, _SIMILAR = 1.0, 0.95, 0.8, 0.7, 0.5
_BEGINS, _ENDS, _WITHIN = 0.7, 0.6, 0.4
"""For parts of a word that are its whole length; the less they are of it, the less they fit."""
_HEAD = 0.3
"""The last word of a compound says less than the first: an Antrag is everywhere."""
_LEAST_START, _LEAST_END, _LEAST_WITHIN, _MOST_WORDS = 3, 4, 5, 40
_LEAST_FIRST, _LEAST_LAST = 3, 4
_BETWEEN = ("", "s", "e", "n", "en", "es", "er")
"""What may stand between the parts of a compound."""
_DIGITS = re.compile(r"(?<=\d)[ .](?=\d)")
_AGS, _LEIKA, _LEIKA_BEGINS = 8, 14, "99"
_GROUPS = (11, 8)
"""So many digits of a LeiKa key name the Leistung with what is done, and without."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the index with how well each fits (0 to 1); `last` are those for the last part of a compound.

    `said` are those that stand for the word of the query; `guessed` is whether they are only spelled like it.
    """

    words: dict[str, float]
    last: dict[str, float] = field(default_factory=dict)
    said: frozenset[str] = frozenset()
    guessed: bool = False


def as_key(text: str) -> str:
    """LeiKa keys written in groups, and an AGS that a spreadsheet took its zero from, as the keys that they are."""
    digits = _DIGITS.sub("", text.strip())
    if digits.isdecimal() and len(digits) == _AGS - 1 and not digits.startswith(_LEIKA_BEGINS):
        return digits.zfill(_AGS)
    return digits if digits.isdecimal() and len(digits) in (_AGS, _LEIKA) else text


def understood(word: str, known: Vocabulary) -> Understood:
    """What `word` may mean; typing errors are thought of where nobody knows it, nor the parts of it."""
    if word.isdecimal():
        return _number(stem(word), known)
    one = stem(word)
    if other := known & meant(one):
        return Understood(dict.fromkeys(other, _MEANT) | ({one: _EXACT} if one in known else {}), said=other | {one})
    sure = _sure(one, folded(word) if len(one) < _LEAST_WITHIN else one, known)
    return sure if sure.words else _guessed(word, known)


def joined(words: tuple[str, str], known: Vocabulary) -> Understood:
    """The compounds that two words make which stand side by side."""
    first, last = words
    forms = {stem(f"{start}{between}{last}") for start in (first, stem(first)) for between in _BETWEEN}
    there = known & frozenset(forms)
    other = known & frozenset().union(*map(meant, there | {stem(first + last)}))
    begun = {word: _BEGINS * len(form) / len(word) for form in forms for word in known.beginning(form)[:_MOST_WORDS]}
    return Understood(begun | dict.fromkeys(other, _MEANT) | dict.fromkeys(there, _JOINED), said=there | other)


def _number(word: str, known: Vocabulary) -> Understood:
    """The number, those that begin with it, or the Leistung that an unknown LeiKa key belongs to."""
    if len(word) >= _LEAST_START and (found := known.beginning(word)[:_MOST_WORDS]):
        return Understood(dict.fromkeys(found, _BEGINS) | ({word: _EXACT} if word in known else {}))
    for digits in _GROUPS if len(word) == _LEIKA else ():
        if found := known.beginning(word[:digits])[:_MOST_WORDS]:
            return Understood(dict.fromkeys(found, _SIMILAR), guessed=True)
    return Understood({word: _EXACT} if word in known else {})


def _sure(word: str, part: str, known: Vocabulary) -> Understood:
    """The word itself and those that `part` of it is in; a compound that nobody uses is taken apart."""
    parts = sorted(_parts(part, known), key=lambda one: (-one[1], one[0]))[:_MOST_WORDS]
    found = dict(parts) | ({word: _EXACT} if word in known else {})
    apart = None if word in known else _apart(word, known)
    if apart is None:
        return Understood(found, said=frozenset((word,)))
    whole = joined(apart, known)
    found |= {apart[0]: _APART} | whole.words
    return Understood(found, {apart[1]: _APART * _HEAD}, whole.said.union(apart))


def _parts(word: str, known: Vocabulary) -> Iterator[tuple[str, float]]:
    if len(word) == _LEAST_START:
        yield from ((one, _BEGINS * len(word) / len(one)) for one in known.beginning(word) if one != word)
    for one in known.containing(word) if len(word) >= _LEAST_END else ():
        if one != word and (fit := _fit(word, one)):
            yield one, fit * len(word) / len(one)


def _fit(part: str, word: str) -> float:
    if word.startswith(part):
        return _BEGINS
    if word.endswith(part):
        return _ENDS
    return _WITHIN if len(part) >= _LEAST_WITHIN else 0.0


def _apart(word: str, known: Vocabulary) -> tuple[str, str] | None:
    """Two words of the index that make the compound `word`, with up to two letters between them."""
    for first, rest in _cuts(word, _LEAST_FIRST):
        if first in known and rest in known:
            return first, rest
    return None


def _cuts(word: str, least: int) -> Iterator[tuple[str, str]]:
    for cut in range(len(word) - _LEAST_LAST, least - 1, -1):
        for gap in range(3):
            if len(word) - cut - gap >= _LEAST_LAST:
                yield word[:cut], word[cut + gap :]


def _guessed(word: str, known: Vocabulary) -> Understood:
    """Words spelled like `word`, or else a compound whose last part was mistyped or is not complete."""
    if found := near(word, known):
        fits = {one: _SIMILAR * (1 - errors / len(word)) for one, errors in found.items()}
        return Understood(fits, said=frozenset(found), guessed=True)
    bare = folded(word)
    for first, rest in _cuts(bare, _LEAST_LAST):
        if first in known and (last := near(rest, known)):
            return _compound(first, last)
    for cut in range(len(bare) - 1, _LEAST_WITHIN - 1, -1):
        if (first := stem(bare[:cut])) in known and (begun := known.beginning(bare[cut:])[:_MOST_WORDS]):
            return _compound(first, begun)
    return Understood({})


def _compound(first: str, last: Collection[str]) -> Understood:
    """One whose last part is mistyped, or not yet written to its end."""
    return Understood({first: _SIMILAR}, dict.fromkeys(last, _SIMILAR * _HEAD), frozenset((first, *last)), guessed=True)
