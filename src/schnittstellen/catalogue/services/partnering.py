"""How all partners of a release stand, without reading their evidence: enough to count and to order them.

Declarations that look alike are counted and judged together (`Outline`), so that the work grows with the looks and
hardly with the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Current, Declaration, Product
from schnittstellen.catalogue.services.around import (
    UNSEEN,
    Around,
    Group,
    Keys,
    Rank,
    Ranks,
    grouped,
    outlined,
    taken_apart,
)
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.words import Declared, Said, said
from schnittstellen.domain.exchange import Encounter, Part, Status, Word, encounter, greenness, of_greenness
from schnittstellen.domain.verdict import Verdict

_ALL: Keys = frozenset()


@dataclass(frozen=True, slots=True)
class Field:
    """Among whom partners are sought: roles by their primary keys, and who serves a Leistung (its LeiKa key).

    Only those that take one of the roles `meeting` can exchange anything. The product `own` is no partner of itself.
    """

    own: str
    parts: dict[int, Part]
    meeting: frozenset[int]
    known: Around
    leistung: str | None = None

    @property
    def day(self) -> date:
        """The day in question."""
        return self.known.day

    def declarations(self) -> "QuerySet[Declaration]":
        """What they declare."""
        rows = Declaration.objects.filter(role_id__in=self.parts).exclude(release__product__key=self.own)
        rows = rows.filter(release__product__merged_into=None)
        return rows.filter(release__product__leistungen__key=self.leistung) if self.leistung else rows

    def declared(self, products: Collection[str]) -> list[Declared]:
        """What those of `products` declare that are not duplicates."""
        keys = [key for key in products if key != self.own]
        cards = self.known.cards(keys)
        there = (one for key in keys if not cards[key].merged for one in cards[key].declared)
        asked = [(release, one) for release, one in there if one.role in self.parts]
        return [one for _, one in sorted(asked, key=itemgetter(0))]

    def serving(self, products: Collection[str]) -> Collection[str]:
        """Those of `products` that serve the Leistung."""
        if not self.leistung or not products:
            return products
        rows = Product.objects.filter(leistungen__key=self.leistung, key__in=products)
        return set(rows.values_list("key", flat=True))


@dataclass(frozen=True, slots=True)
class Ranked:
    """Products by the best that is known of them; each is in one of the sets."""

    ranks: dict[Rank, Keys]

    def counts(self) -> dict[str, int]:
        """How many there are of each status."""
        found: dict[str, int] = defaultdict(int)
        for rank, keys in self.ranks.items():
            found[str(of_greenness(rank[0]))] += len(keys)
        return {status: number for status, number in found.items() if number}

    def page(self, statuses: frozenset[Status], offset: int, limit: int) -> tuple[list[str], bool]:
        """Keys of a page, the best proven first, and whether there are more."""
        wanted = [rank for rank in self.ranks if not statuses or of_greenness(rank[0]) in statuses]
        page: list[str] = []
        before = 0
        for rank in sorted(wanted, key=lambda one: (-one[0], -one[1][0], -one[1][1])):
            keys = self.ranks[rank]
            if before + len(keys) > offset and before < offset + limit:
                page += sorted(keys)[max(0, offset - before) : offset + limit - before]
            before += len(keys)
        return page, before > offset + limit


def _failed(rows: "QuerySet[Current]") -> "QuerySet[Current]":
    return rows.filter(evidence__verdict=Verdict.FAILED.value).order_by()


_REFUTED = Prepared(
    lambda release: (
        _failed(Current.objects.filter(evidence__counterpart_id=release))
        .values_list("declaration__release__product__key")
        .union(
            _failed(Current.objects.filter(declaration__release_id=release)).values_list(
                "evidence__counterpart__product__key"
            )
        )
    )
)


def refuted_with(release: int) -> frozenset[str]:
    """Products with a failed test of a pair with `release` (a primary key); it counts only between the two, and no
    look tells it.
    """
    return frozenset(key for (key,) in _REFUTED.rows(release) if key)


def ranked(own: Sequence[Said], apart: Sequence[Said], field: Field) -> Ranked:
    """The best that is known on the day of `own` with each product; `apart` are those that looks do not tell all of.

    In a fixed number of queries.
    """
    if field.day < date.today():
        return Ranked(_grouped(_in_full(own, said(field.declarations(), field.day), field.day)))
    told = _grouped(_in_full(own, apart, field.day))
    gone = {field.own, *field.known.merged()}
    found = {rank: keys - gone for rank, keys in told.items()}
    for rank, keys in _by_looks(own, field, gone.union(*told.values())):
        found[rank] = found.get(rank, _ALL) | keys
    return Ranked(found)


def _grouped(best: dict[str, Rank]) -> dict[Rank, Keys]:
    found: dict[Rank, list[str]] = defaultdict(list)
    for key, rank in best.items():
        found[rank].append(key)
    return {rank: frozenset(keys) for rank, keys in found.items()}


def _by_looks(own: Sequence[Said], field: Field, without: set[str]) -> Iterator[tuple[Rank, Keys]]:
    """The best that is known of each product is the best that is known of any declaration of any release."""
    groups = list(_groups(field))
    looks = field.known.looks({look for role, look, _ in groups if role in field.meeting})
    ranks: dict[str, list[Ranks]] = defaultdict(list)
    for one in own:
        ranks[one.word.part.standard].append(field.known.ranks(one.word))
    joined: dict[Rank, list[Keys]] = defaultdict(list)
    for role, look, keys in groups:
        part = field.parts[role]
        seen, asked = (looks[look], look) if role in field.meeting else (UNSEEN, None)
        joined[max([one.of(role, part, asked, seen) for one in ranks[part.standard]])].append(keys)
    known = set(without)
    for rank in sorted(joined, reverse=True):
        new = _ALL.union(*joined[rank]) - known
        known |= new
        yield rank, new


def _groups(field: Field) -> Iterable[Group]:
    if not field.leistung:
        return field.known.groups(field.parts.keys())
    rows = outlined(field.parts, field.day).filter(product__leistungen__key=field.leistung)
    return ((role, look, taken_apart(keys)) for role, look, keys in grouped(rows))


def _rank(met: Encounter) -> Rank:
    if not met.exchanges:
        return greenness(met.status), (0, 0)
    first, second = sorted(int(one) for one in met.exchanges[0].levels)
    return greenness(met.status), (first, second)


def _in_full(own: Sequence[Said], others: Iterable[Said], day: date) -> dict[str, Rank]:
    groups: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for one in others:
        groups[one.product, one.release].append(one.word)
    words = [one.word for one in own]
    best: dict[str, Rank] = {}
    for (product, _), group in groups.items():
        found = _rank(encounter(words, group, day))
        best[product] = max(found, best.get(product, found))
    return best
