"""Search over everything: German stems, umlauts however written, parts of compounds, typing errors.

The index is two plain tables that hold stems, so that SQLite and PostgreSQL find the same without extensions; similar
words are looked up among the words of the index in memory (see docs/decisions/0014).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum

from schnittstellen.catalogue.models import (
    Leistung,
    Municipality,
    Product,
    Provider,
    SearchEntry,
    SearchWord,
    Standard,
    Vendor,
)
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from schnittstellen.catalogue.services.stems import MOST_WORDS, stems
from schnittstellen.catalogue.services.understanding import Understood, as_key, understood

Kind = SearchEntry.Kind
MOST_TEXT = 200
CHUNK = 2_000
_FEW = 5
"""Where fewer entries hold every word, those that hold the rarest follow."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find; the larger `score`, the better."""

    kind: str
    key: str
    title: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class _Source:
    kind: str
    key: str
    title: str
    detail: str
    texts: tuple[tuple[str, int], ...]


def search(text: str, kinds: Iterable[str] = (), limit: int = 20) -> list[Hit]:
    """The best finds for `text` (its first 200 characters), every word of it found or similar; best first."""
    wanted = list(dict.fromkeys(islice(stems(as_key(text[:MOST_TEXT])), MOST_WORDS)))
    if not wanted:
        return []
    known = _vocabulary()
    read = [understood(word, known) for word in wanted]
    scores = _joined([_found(one, tuple(kinds)) for one in read])
    best = sorted(scores, key=lambda key: (-scores[key], key))[: limit * 5]
    said = frozenset(wanted).union(*(one.said for one in read))
    return _ranked({one.pk: one for one in _ENTRIES.found(best)}, scores, said)[:limit]


def _joined(each: list[dict[int, float]]) -> dict[int, float]:
    """Entries that hold every word, and those that hold some, with half the score.

    Where few hold every word, some means the rarest; where none does, any.
    """
    shared = set(each[0]).intersection(*each[1:])
    found = {key: sum(one[key] for one in each) for key in shared}
    if len(shared) >= _FEW:
        return found
    rarest = min((one for one in each if one), key=len, default={})
    some = set(rarest) if shared else set().union(*each)
    return {key: sum(one.get(key, 0.0) for one in each) / 2 for key in some} | found


def _found(read: Understood, kinds: tuple[str, ...]) -> dict[int, float]:
    """Entries for one word; of a compound those that hold its first part, or else its last one."""
    first, last = _scores(dict(read.words), kinds), _scores(dict(read.last), kinds)
    return {key: score + last.get(key, 0.0) for key, score in first.items()} or last


def _ranked(entries: dict[int, SearchEntry], scores: dict[int, float], wanted: frozenset[str]) -> list[Hit]:
    hits = [
        Hit(one.kind, one.key, one.title, one.detail, round(scores[pk] + _whole(one.title, wanted), 3))
        for pk, one in entries.items()
    ]
    return sorted(hits, key=lambda hit: (-hit.score, len(hit.title), hit.title, hit.key))


def _whole(title: str, wanted: frozenset[str]) -> float:
    """More for titles that hold little beside what was asked for."""
    there = set(stems(title))
    return 5.0 * len(there & wanted) / len(there) if there else 0.0


def _scores(words: dict[str, float], kinds: tuple[str, ...]) -> dict[int, float]:
    found: dict[int, float] = defaultdict(float)
    for entry, word, weight in _OF_KINDS.rows(list(words), kinds) if kinds else _WORDS.rows(list(words)):
        found[entry] = max(found[entry], words[word] * weight)
    return found


def _weighed(words: Iterable[str]) -> "QuerySet[SearchWord, Any]":
    return SearchWord.objects.filter(word__in=words).values_list("entry_id", "word").annotate(Sum("weight"))


_WORDS = Prepared(_weighed)
_OF_KINDS = Prepared(lambda words, kinds: _weighed(words).filter(entry__kind__in=kinds))
_ENTRIES = PreparedModels(lambda entries: SearchEntry.objects.filter(pk__in=entries))
_NEWEST = Prepared(lambda: SearchWord.objects.order_by("-pk").values_list("pk")[:1])
_OLDEST = Prepared(lambda: SearchWord.objects.order_by("pk").values_list("pk")[:1])


_kept: tuple[tuple[int, int], list[str]] = ((0, 0), [])


def _vocabulary() -> list[str]:
    """All words of the index; read anew when the index has changed."""
    global _kept  # noqa: PLW0603
    found = stamp()
    if _kept[0] != found:
        _kept = found, list(SearchWord.objects.order_by("word").values_list("word", flat=True).distinct())
    return _kept[1]


def stamp() -> tuple[int, int]:
    """The same as long as the index is the same."""
    return sum(pk for (pk,) in _OLDEST.rows()), sum(pk for (pk,) in _NEWEST.rows())


def reindex_all() -> int:
    """Fill the index anew and give the number of entries; holds a few thousand rows in memory at a time."""
    with transaction.atomic():
        SearchWord.objects.all().delete()
        SearchEntry.objects.all().delete()
        return sum(_keep(chunk) for chunk in _chunks(_everything()))


def reindex(kind: str, keys: Iterable[str]) -> None:
    """Renew the entries of some things of one kind; what is gone disappears."""
    wanted = list(keys)
    with transaction.atomic():
        SearchEntry.objects.filter(kind=kind, key__in=wanted).delete()
        for chunk in _chunks(SOURCES[kind](wanted)):
            _keep(chunk)


def _chunks(sources: Iterable[_Source]) -> Iterator[list[_Source]]:
    waiting = iter(sources)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk


def _keep(sources: list[_Source]) -> int:
    entries = SearchEntry.objects.bulk_create(
        SearchEntry(kind=one.kind, key=one.key, title=one.title, detail=one.detail) for one in sources
    )
    rows = [
        SearchWord(entry=entry, word=word, weight=weight)
        for entry, source in zip(entries, sources, strict=True)
        for word, weight in _weights(source).items()
    ]
    SearchWord.objects.bulk_create(rows, batch_size=CHUNK)
    return len(entries)


def _weights(source: _Source) -> dict[str, int]:
    found: dict[str, int] = {}
    for text, weight in source.texts:
        for word in stems(text):
            found[word] = max(weight, found.get(word, 0))
    return found


def _everything() -> Iterator[_Source]:
    for source in SOURCES.values():
        yield from source(None)


def _products(keys: list[str] | None) -> Iterator[_Source]:
    rows = Product.objects.filter(merged_into=None).select_related("vendor").prefetch_related("leistungen")
    for one in (rows if keys is None else rows.filter(key__in=keys)).iterator(chunk_size=CHUNK):
        services = " ".join(each.title for each in one.leistungen.all())
        texts = ((one.name, 10), (one.key, 8), (one.vendor.name, 5), (one.get_kind_display(), 3), (one.purpose, 2))
        keys_of = " ".join(each.key for each in one.leistungen.all())
        yield _Source(Kind.PRODUCT, one.key, one.name, one.vendor.name, (*texts, (services, 2), (keys_of, 2)))


def _standards(keys: list[str] | None) -> Iterator[_Source]:
    rows = Standard.objects.all()
    for one in rows if keys is None else rows.filter(key__in=keys):
        texts = ((one.title, 10), (one.key, 10), (one.publisher, 3))
        yield _Source(Kind.STANDARD, one.key, one.title, one.publisher, texts)


def _leistungen(keys: list[str] | None) -> Iterator[_Source]:
    rows = Leistung.objects.select_related("ozg")
    for one in (rows if keys is None else rows.filter(key__in=keys)).iterator(chunk_size=CHUNK):
        bundle = one.ozg.title if one.ozg else ""
        texts = ((one.title, 8), (one.key, 8), (bundle, 3), (one.ozg.key if one.ozg else "", 3))
        yield _Source(Kind.LEISTUNG, one.key, one.title, bundle, texts)


def _municipalities(keys: list[str] | None) -> Iterator[_Source]:
    rows = Municipality.objects.all()
    for one in (rows if keys is None else rows.filter(key__in=keys)).iterator(chunk_size=CHUNK):
        texts = ((one.name, 9), (one.key, 9), (one.kreis, 2), (one.postcode, 4))
        yield _Source(Kind.MUNICIPALITY, one.key, one.name, one.kreis, texts)


def _vendors(keys: list[str] | None) -> Iterator[_Source]:
    rows = Vendor.objects.filter(merged_into=None)
    for one in rows if keys is None else rows.filter(key__in=keys):
        yield _Source(Kind.VENDOR, one.key, one.name, one.url, ((one.name, 8), (one.key, 6)))


def _providers(keys: list[str] | None) -> Iterator[_Source]:
    rows = Provider.objects.all()
    for one in rows if keys is None else rows.filter(key__in=keys):
        yield _Source(Kind.PROVIDER, one.key, one.name, one.url, ((one.name, 8), (one.key, 6)))


SOURCES: dict[str, Callable[[list[str] | None], Iterator[_Source]]] = {
    Kind.PRODUCT: _products,
    Kind.STANDARD: _standards,
    Kind.LEISTUNG: _leistungen,
    Kind.MUNICIPALITY: _municipalities,
    Kind.VENDOR: _vendors,
    Kind.PROVIDER: _providers,
}
