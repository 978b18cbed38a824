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
from schnittstellen.catalogue.services.meanings import NAMED, NAMED_SCORE, named_by
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.ranking import ORDER, Asked, Closeness, Match, Ranks, asked, ranks
from schnittstellen.catalogue.services.spelling import Vocabulary
from schnittstellen.catalogue.services.stems import MOST_WORDS, stems, words
from schnittstellen.catalogue.services.understanding import as_key

Kind = SearchEntry.Kind
MOST_TEXT = 200
CHUNK = 2_000
_LEAST_LOOKED_AT = 200
"""So many of the best are told apart by their names, however few are wanted."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One find; of those with the same `match`, the larger `score`, the better.

    Of the words of the query it holds "all", "some", or (also) words that are only spelled like them ("similar").
    """

    kind: str
    key: str
    title: str
    detail: str
    score: float
    match: Match = "all"


@dataclass(frozen=True, slots=True)
class _Source:
    kind: str
    key: str
    title: str
    detail: str
    texts: tuple[tuple[str, int], ...]


def search(text: str, kinds: Iterable[str] = (), limit: int = 20) -> list[Hit]:
    """The best finds for `text` (its first 200 characters); best first, typing errors behind what is right."""
    typed = as_key(text[:MOST_TEXT].strip())
    wanted = tuple(islice(words(typed), MOST_WORDS))
    if not wanted:
        return []
    query, only = asked(typed, wanted, _vocabulary()), tuple(kinds)
    rows: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for entry, word, weight in _OF_KINDS.rows(query.stems, only) if only else _WORDS.rows(query.stems):
        rows[word].append((entry, weight))
    named = [] if only else [Hit(NAMED, one.id, one.title, "", NAMED_SCORE) for one in named_by(typed)]
    return [*named, *_ranked(query, ranks(query, rows), limit)][:limit]


def _ranked(query: Asked, found: Ranks, limit: int) -> list[Hit]:
    best = sorted(found, key=lambda pk: (ORDER.index(found[pk][0]), -found[pk][1], pk))
    close = Closeness(query)
    hits = [
        Hit(kind, key, title, detail, round(found[pk][1] + close.of(key, title), 3), found[pk][0])
        for pk, kind, key, title, detail in _ENTRIES.rows(best[: max(limit * 5, _LEAST_LOOKED_AT)])
    ]
    hits.sort(key=lambda hit: (ORDER.index(hit.match), -hit.score, len(hit.title), hit.title, hit.key))
    return hits[:limit]


def _weighed(words: Iterable[str]) -> "QuerySet[SearchWord, Any]":
    return SearchWord.objects.filter(word__in=words).values_list("entry_id", "word").annotate(Sum("weight"))


_WORDS = Prepared(_weighed)
_OF_KINDS = Prepared(lambda words, kinds: _weighed(words).filter(entry__kind__in=kinds))
_ENTRIES = Prepared(
    lambda entries: SearchEntry.objects.filter(pk__in=entries).values_list("pk", "kind", "key", "title", "detail")
)
_NEWEST = Prepared(lambda: SearchWord.objects.order_by("-pk").values_list("pk")[:1])
_OLDEST = Prepared(lambda: SearchWord.objects.order_by("pk").values_list("pk")[:1])


_kept: tuple[tuple[int, int], Vocabulary] = ((0, 0), Vocabulary(()))


def _vocabulary() -> Vocabulary:
    """All words of the index; read anew when the index has changed."""
    global _kept  # noqa: PLW0603
    found = stamp()
    if _kept[0] != found:
        _kept = found, Vocabulary(SearchWord.objects.order_by().values_list("word", flat=True).distinct())
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
    rows = Standard.objects.prefetch_related("versions")
    for one in rows if keys is None else rows.filter(key__in=keys):
        versions = " ".join(each.version for each in one.versions.all())
        texts = ((one.title, 10), (one.key, 10), (one.publisher, 3), (versions, 2))
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
