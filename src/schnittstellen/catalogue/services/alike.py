"""Which entries of the catalogue may be one, entered twice. Pure; people decide, nothing merges by itself."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from unicodedata import normalize

from rapidfuzz import fuzz

NEAR = 88.0
"""From this likeness on (0 to 100, ratio of the longest common subsequence) names differ by a typing error at most."""
MOST_IN_A_BLOCK = 200
"""Beginnings and ends of words that more entries share than that say nothing about sameness."""
_SOURCE = "@"
_EXACT = f"=~{_SOURCE}"
"""Blocks of the same name, the same words, the same source code: however many share it, each pair is looked at."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_LEGAL = frozenset(["gmbh", "ag", "kg", "kgaa", "ug", "ohg", "eg", "ev", "gbr", "se", "co", "mbh", "und", "the"])
_WORD = re.compile(r"[a-z]+|[0-9]+")


class Sign(StrEnum):
    """Signs that two entries may be one, as codes; words are made at the edge."""

    SAME_SOURCE = "same_source"
    SAME_SITE = "same_site"
    SAME_NAME = "same_name"
    NEAR_NAME = "near_name"
    SAME_VENDOR = "same_vendor"
    SAME_KIND = "same_kind"
    SAME_LEISTUNG = "same_leistung"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is compared of a product or vendor; `vendor` is the name of its vendor."""

    key: str
    name: str
    vendor: str
    kind: str
    leistungen: frozenset[str] = frozenset()
    source_code: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries (keys, in order) that may be one; `likeness` of their names is 0 to 100."""

    first: str
    second: str
    likeness: float
    grounds: tuple[Sign, ...]


def plain(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared: no case, umlauts, accents, legal forms or signs."""
    folded = normalize("NFKD", name.lower().translate(_UMLAUTS)).encode("ascii", "ignore").decode()
    return tuple(word for word in _WORD.findall(folded) if word not in _LEGAL)


class _Plain(dict[str, tuple[str, ...]]):
    """The words of names, of those only that are asked for."""

    def __missing__(self, name: str) -> tuple[str, ...]:
        found = self[name] = plain(name)
        return found


def pairs(entries: Iterable[Entry]) -> list[Pair]:
    """Every pair that may be one product, the likeliest first."""
    there = sorted(entries, key=lambda one: one.key)
    words = {one.key: plain(one.name) for one in there}
    vendors = _Plain()
    found = (_judged(one, other, words, vendors) for one, other in _met(there, words))
    return sorted(filter(None, found), key=lambda one: (-len(one.grounds), -one.likeness, one.first, one.second))


def companies(entries: Iterable[Entry]) -> list[Pair]:
    """Every pair that may be one vendor, the likeliest first; `vendor` is its name, `source_code` its address."""
    there = sorted(entries, key=lambda one: one.key)
    words = {one.key: plain(one.name) for one in there}
    found = (_company(one, other, words) for one, other in _met(there, words))
    return sorted(filter(None, found), key=lambda one: (-len(one.grounds), -one.likeness, one.first, one.second))


def _company(one: Entry, other: Entry, words: dict[str, tuple[str, ...]]) -> Pair | None:
    likeness = _likeness(words[one.key], words[other.key])
    told = {
        Sign.SAME_SITE: bool(one.source_code) and _source(one) == _source(other),
        Sign.SAME_NAME: likeness == 100,
        Sign.NEAR_NAME: NEAR <= likeness < 100,
    }
    grounds = tuple(ground for ground, holds in told.items() if holds)
    return Pair(one.key, other.key, likeness, grounds) if grounds else None


def _met(entries: list[Entry], words: dict[str, tuple[str, ...]]) -> Iterator[tuple[Entry, Entry]]:
    """Pairs that share a word, the beginning or the end of one, all letters, or the source code; each once.

    Those of different kinds are two; so are those with different numbers, unless the source code is the same.
    """
    blocks: dict[str, list[Entry]] = defaultdict(list)
    for one in entries:
        numbers = " ".join(_numbers(words[one.key]))
        for block in _blocks(one, words[one.key]):
            blocks[f"{block}|{'' if block[0] == _SOURCE else numbers}|{one.kind}"].append(one)
    seen: set[tuple[str, str]] = set()
    for block, together in blocks.items():
        if len(together) > MOST_IN_A_BLOCK and block[0] not in _EXACT:
            continue
        for first, second in combinations(together, 2):
            if (first.key, second.key) not in seen:
                seen.add((first.key, second.key))
                yield first, second


def _blocks(one: Entry, words: tuple[str, ...]) -> set[str]:
    found = {f"= {''.join(words)}", f"~ {''.join(sorted(words))}"}
    for word in words:
        if len(word) > 3:
            found |= {f"< {word[:4]}", f"> {word[-4:]}"}
    return found | {f"{_SOURCE} {_source(one)}"} if one.source_code else found


def _source(one: Entry) -> str:
    return one.source_code.lower().removesuffix("/").removesuffix(".git").partition("://")[2].removeprefix("www.")


def _judged(
    one: Entry, other: Entry, words: dict[str, tuple[str, ...]], vendors: dict[str, tuple[str, ...]]
) -> Pair | None:
    first, second = words[one.key], words[other.key]
    likeness = _likeness(first, second)
    source = bool(one.source_code) and _source(one) == _source(other)
    kind, leistung = one.kind == other.kind, bool(one.leistungen & other.leistungen)
    if not kind or not (source or likeness >= NEAR):
        return None
    vendor = _likeness(vendors[one.vendor], vendors[other.vendor]) >= NEAR
    if not source and not vendor and not leistung:
        return None
    told = {
        Sign.SAME_SOURCE: source,
        Sign.SAME_NAME: likeness == 100,
        Sign.NEAR_NAME: NEAR <= likeness < 100,
        Sign.SAME_VENDOR: vendor,
        Sign.SAME_KIND: kind,
        Sign.SAME_LEISTUNG: leistung,
    }
    return Pair(one.key, other.key, likeness, tuple(ground for ground, holds in told.items() if holds))


def _likeness(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """Of two names; names with different numbers are different things."""
    if first == second:
        return 100.0
    if _numbers(first) != _numbers(second):
        return 0.0
    joined = fuzz.ratio("".join(first), "".join(second))
    return max(joined, fuzz.ratio(" ".join(sorted(first)), " ".join(sorted(second))))


def _numbers(words: tuple[str, ...]) -> list[str]:
    return sorted([word for word in words if word in _ROMAN or word.isdecimal()])


_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])
