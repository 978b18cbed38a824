"""Which finds of a search come first: what holds every word, and what is called as it was asked for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from schnittstellen.catalogue.services.spelling import Vocabulary
from schnittstellen.catalogue.services.stems import folded, stem, stems, words
from schnittstellen.catalogue.services.understanding import Understood, joined, understood

Match = Literal["all", "similar", "some"]
"""Every word was found; every word was found or is spelled like one that was; only some of the words."""
ORDER: tuple[Match, ...] = ("all", "similar", "some")
_FEW = 5
"""Where fewer entries hold every word, those that hold the rarest follow."""
_LITTLE = 2
"""A word of so many letters finds nothing for itself beside others: a 2 is everywhere."""
_CALLED, _LITERAL, _WHOLE = 20.0, 2.0, 5.0
"""More for what is called as it was asked for; for the words as they were typed; for titles that hold little else."""

Rows = Mapping[str, list[tuple[int, int]]]
"""By stem, the entries that it leads to with the weights."""
Ranks = dict[int, tuple[Match, float]]
"""By entry; the larger the figure, the better."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: what each of its words may mean, and by place what it means together with the next."""

    text: str
    words: tuple[str, ...]
    read: tuple[Understood, ...]
    together: tuple[Understood, ...]

    @property
    def stems(self) -> list[str]:
        """All stems that have to be looked up."""
        return list(dict.fromkeys(one for read in (*self.read, *self.together) for one in (*read.words, *read.last)))


def asked(text: str, wanted: Iterable[str], known: Vocabulary) -> Asked:
    """The words of a query as the index may know them."""
    typed = tuple({stem(word): word for word in reversed(tuple(wanted))}.values())[::-1]
    read = tuple(understood(word, known) for word in typed)
    return Asked(text, typed, read, tuple(joined(pair, known) for pair in pairwise(typed)))


def ranks(query: Asked, rows: Rows) -> Ranks:
    """Entries that hold every word; where they are few, with less those that hold the rarest, and where none, any."""
    each = [_held(query, place, rows) for place in range(len(query.words))]
    shared = set(each[0]).intersection(*each[1:])
    best: Match = "similar" if any(one.guessed for one in query.read) else "all"
    found: Ranks = {key: (best, sum(one[key] for one in each)) for key in shared}
    if len(shared) >= _FEW or len(each) == 1:
        return found
    kind, some = _partly(query, each)
    those = sorted(some, key=len)[:1] if shared else some
    keys = set[int]().union(*those)
    return {key: (kind, sum(one.get(key, 0.0) for one in some) / 2) for key in keys} | found


def _partly(query: Asked, each: list[dict[int, float]]) -> tuple[Match, list[dict[int, float]]]:
    """What is found by single words: by those that are known, or else by those that are spelled like others."""
    alone = [
        (read.guessed, held)
        for word, read, held in zip(query.words, query.read, each, strict=True)
        if held and len(word) > _LITTLE
    ]
    known = [held for guessed, held in alone if not guessed]
    return ("some", known) if known else ("similar", [held for _, held in alone])


def _held(query: Asked, place: int, rows: Rows) -> dict[int, float]:
    """Entries that hold the word at `place`, for itself or together with one beside it."""
    beside = query.together[max(0, place - 1) : place + 1]
    found: dict[int, float] = defaultdict(float)
    for read in (query.read[place], *beside):
        for entry, score in _scores(read, rows).items():
            found[entry] = max(found[entry], score)
    return found


def _scores(read: Understood, rows: Rows) -> dict[int, float]:
    """Entries for one meaning; of a compound those that hold its first part, or else its last one."""
    first, last = _best(read.words, rows), _best(read.last, rows)
    return {key: score + last.get(key, 0.0) for key, score in first.items()} or last


def _best(fits: Mapping[str, float], rows: Rows) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for word, fit in fits.items():
        for entry, weight in rows.get(word, ()):
            found[entry] = max(found[entry], fit * weight)
    return found


class Closeness:
    """How near the name of something comes to what was asked for."""

    def __init__(self, query: Asked) -> None:
        self._text = folded(query.text)
        self._literal = frozenset(map(folded, query.words))
        self._said = frozenset(map(stem, query.words)).union(*(one.said for one in (*query.read, *query.together)))

    def of(self, key: str, title: str) -> float:
        """Something to add to its score."""
        there = set(stems(title))
        if not there:
            return 0.0
        literal = len(self._literal.intersection(map(folded, words(title)))) / len(self._literal)
        whole = len(there & self._said) / len(there)
        return _LITERAL * literal + _WHOLE * whole + _CALLED * self._called(key, title)

    def _called(self, key: str, title: str) -> bool:
        name = folded(title)
        return self._text in (name, name.partition(",")[0], folded(key))
