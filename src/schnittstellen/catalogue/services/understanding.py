"""What a word of a query may mean among the words of the index: itself, parts, compounds, synonyms, typing errors."""

import re
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from schnittstellen.catalogue.services.synonyms import meant

_EXACT, _MEANT, _PART, _SIMILAR = 1.0, 0.8, 0.7, 0.5
_HEAD = 0.3
"""The last word of a compound says less than the first: an Antrag is everywhere."""
_LEAST_START, _LEAST_FIRST, _LEAST_PART, _LEAST_SIMILAR, _MOST_WORDS = 3, 3, 4, 74, 40
_MISTYPED, _LIKE = 80, 85
"""From these likenesses on (0 to 100) the last word of a compound, and a whole word, is one that was mistyped."""
_DIGITS = re.compile(r"(?<=\d)[ .](?=\d)")
_AGS, _LEIKA, _LEIKA_BEGINS = 8, 14, "99"
_GROUPS = (11, 8)
"""So many digits of a LeiKa key name the Leistung with what is done, and without."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Words of the index with how well each fits (0 to 1); `last` are those for the last part of a compound.

    `said` are the words that stand for the one of the query without being guessed.
    """

    words: dict[str, float]
    last: dict[str, float] = field(default_factory=dict)
    said: frozenset[str] = frozenset()


def as_key(text: str) -> str:
    """LeiKa keys written in groups, and an AGS that a spreadsheet took its zero from, as the keys that they are."""
    digits = _DIGITS.sub("", text.strip())
    if digits.isdecimal() and len(digits) == _AGS - 1 and not digits.startswith(_LEIKA_BEGINS):
        return digits.zfill(_AGS)
    return digits if digits.isdecimal() and len(digits) in (_AGS, _LEIKA) else text


def understood(word: str, vocabulary: list[str]) -> Understood:
    """What `word` (a stem) may mean; a compound that nobody uses is taken apart."""
    there = frozenset(vocabulary)
    if word.isdecimal():
        return Understood(_number(word, vocabulary))
    if other := meant(word) & there:
        return Understood(dict.fromkeys(other, _MEANT) | ({word: _EXACT} if word in there else {}), said=other)
    known = _similar(word, vocabulary)
    if known and max(known.values()) > _SIMILAR:
        return Understood(known)
    apart = _apart(word, there)
    if apart is None and max(known.values(), default=0.0) < _SIMILAR * _LIKE / 100:
        apart = _mistyped(word, there, vocabulary)
    if apart is None:
        return Understood(known)
    return Understood({apart[0]: _PART}, {apart[1]: _PART * _HEAD}, frozenset(apart))


def _number(word: str, vocabulary: list[str]) -> dict[str, float]:
    """The number, those that begin with it, or the Leistung that an unknown LeiKa key belongs to."""
    beginnings = [(word, _PART), *((word[:digits], _SIMILAR) for digits in _GROUPS if len(word) == _LEIKA)]
    for begins, fit in beginnings:
        if found := [one for one in vocabulary if len(begins) >= _LEAST_START and one.startswith(begins)]:
            return dict.fromkeys(found[:_MOST_WORDS], fit) | ({word: _EXACT} if word in found else {})
    return {word: _EXACT} if word in vocabulary else {}


def _similar(word: str, known: list[str]) -> dict[str, float]:
    """Words of the index with how well each fits `word`."""
    found = {word: _EXACT} if word in known else {}
    if len(word) == _LEAST_START:
        return dict.fromkeys([one for one in known if one.startswith(word)][:_MOST_WORDS], _PART) | found
    if len(word) >= _LEAST_PART:
        near = process.extract(word, known, scorer=fuzz.ratio, score_cutoff=_LEAST_SIMILAR, limit=_MOST_WORDS)
        parts = sorted((one for one in known if word in one), key=len)[:_MOST_WORDS]
        fits = [(one, _SIMILAR * score / 100) for one, score, _ in near]
        for one, fit in [*fits, *((one, _PART * len(word) / len(one)) for one in parts)]:
            found[one] = max(fit, found.get(one, 0.0))
    return found


def _apart(word: str, known: frozenset[str]) -> tuple[str, str] | None:
    """Two words of the index that make the compound `word`, with up to two letters between them."""
    for cut in range(len(word) - _LEAST_PART, _LEAST_FIRST - 1, -1):
        for gap in range(3):
            if word[:cut] in known and word[cut + gap :] in known and len(word) - cut - gap >= _LEAST_PART:
                return word[:cut], word[cut + gap :]
    return None


def _mistyped(word: str, known: frozenset[str], vocabulary: list[str]) -> tuple[str, str] | None:
    """As `_apart`, where the last word was mistyped."""
    for cut in range(len(word) - _LEAST_PART, _LEAST_PART - 1, -1):
        rests = (word[cut + gap :] for gap in range(3) if word[:cut] in known and len(word) - cut - gap >= _LEAST_PART)
        near = (process.extractOne(one, vocabulary, scorer=fuzz.ratio, score_cutoff=_MISTYPED) for one in rests)
        if best := max(filter(None, near), key=lambda found: found[1], default=None):
            return word[:cut], str(best[0])
    return None
