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
    rank_of,
    taken_apart,
)
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.words import DECLARED, Declared, Said, declared
from schnittstellen.domain.exchange import Part, Stand, Status, Word, meet, of_greenness
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

    def all_declared(self) -> list[Declared]:
        """What all of them declare."""
        if not self.leistung:
            return [Declared(*row) for row in _DECLARED.rows(self.parts, self.own)]
        return declared(_declared(self.parts, self.own).filter(release__product__leistungen__key=self.leistung))

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


def _declared(roles: Iterable[int], own: str) -> "QuerySet[Declaration]":
    rows = Declaration.objects.filter(role_id__in=list(roles), release__product__merged_into=None)
    return rows.exclude(release__product__key=own)


_DECLARED = Prepared(lambda roles, own: _declared(roles, own).values_list(*DECLARED))


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
    judge = _Judge(own, field)
    if field.day < date.today():
        return Ranked(_grouped(judge.in_the_past(field.all_declared())))
    told = _grouped(_best((one.product, judge.word(one.word)) for one in apart))
    gone = {field.own, *field.known.merged()}
    found = {reached: keys - gone for reached, keys in told.items()}
    for reached, keys in _by_looks(judge, field, gone.union(*told.values())):
        found[reached] = found.get(reached, _ALL) | keys
    return Ranked(found)


class _Judge:
    """How well the declarations of a release meet others: as well as the best of them."""

    def __init__(self, own: Sequence[Said], field: Field) -> None:
        self._field = field
        self._own: dict[str, list[Ranks]] = defaultdict(list)
        for one in own:
            self._own[one.word.part.standard].append(field.known.ranks(one.word))
        self._words = [one.word for one in own]

    def word(self, other: Word) -> Rank:
        """Against a declaration with its evidence."""
        words = (one for one in self._words if one.part.standard == other.part.standard)
        return max(rank_of(meet(one, other, self._field.day)) for one in words)

    def look(self, role: int, look: int | None, seen: tuple[Keys, Stand]) -> Rank:
        """Against a role that looks so; without a look where evidence of the role does not matter."""
        part = self._field.parts[role]
        return max([one.of(role, part, look, seen) for one in self._own[part.standard]])

    def in_the_past(self, rows: Sequence[Declared]) -> dict[str, Rank]:
        """The best of each product, from all evidence."""
        field = self._field
        proven = [row for row in rows if row.role in field.meeting]
        words = {one.id: one.word for one in field.known.said(proven, field.parts, field.meeting)}
        return _best(
            (row.product, self.word(words[row.id]) if row.id in words else self.look(row.role, None, UNSEEN))
            for row in rows
        )


def _best(ranks: Iterable[tuple[str, Rank]]) -> dict[str, Rank]:
    """The best of each product."""
    best: dict[str, Rank] = {}
    for product, found in ranks:
        best[product] = max(found, best.get(product, found))
    return best


def _grouped(best: dict[str, Rank]) -> dict[Rank, Keys]:
    found: dict[Rank, list[str]] = defaultdict(list)
    for key, reached in best.items():
        found[reached].append(key)
    return {reached: frozenset(keys) for reached, keys in found.items()}


def _by_looks(judge: _Judge, field: Field, without: set[str]) -> Iterator[tuple[Rank, Keys]]:
    """The best that is known of each product is the best that is known of any declaration of any release."""
    groups = list(_groups(field))
    looks = field.known.looks({look for role, look, _ in groups if role in field.meeting})
    joined: dict[Rank, list[Keys]] = defaultdict(list)
    for role, look, keys in groups:
        proven = role in field.meeting
        joined[judge.look(role, look, looks[look]) if proven else judge.look(role, None, UNSEEN)].append(keys)
    known = set(without)
    for best in sorted(joined, reverse=True):
        new = _ALL.union(*joined[best]) - known
        known |= new
        yield best, new


def _groups(field: Field) -> Iterable[Group]:
    if not field.leistung:
        return field.known.groups(field.parts.keys())
    rows = outlined(field.parts, field.day).filter(product__leistungen__key=field.leistung)
    return ((role, look, taken_apart(keys)) for role, look, keys in grouped(rows))
