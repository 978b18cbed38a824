"""How all partners of a release stand, without reading their evidence: enough to count and to order them.

Declarations that look alike are counted and judged together (`Outline`), so that the work grows with the looks and
hardly with the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from schnittstellen.catalogue.models import Current, Declaration, Look, Outline, Product
from schnittstellen.catalogue.services.joining import Joined, parts
from schnittstellen.catalogue.services.outlining import read
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.unchanged import while_unchanged
from schnittstellen.catalogue.services.words import DECLARED, Declared, Said, declared, said
from schnittstellen.domain.exchange import (
    Encounter,
    Part,
    Stand,
    Status,
    Word,
    encounter,
    greenness,
    of_greenness,
    settled,
    stand,
)
from schnittstellen.domain.verdict import Verdict

Rank = tuple[int, tuple[int, int]]
"""How green the best exchange is (`greenness`), and the levels of its two sides, the lesser first: orders partners."""
Keys = frozenset[str]
_ALL: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Field:
    """Among whom partners are sought: roles by their primary keys, and who serves a Leistung (its LeiKa key).

    Only those that take one of the roles `meeting` can exchange anything. The product `own` is no partner of itself.
    """

    own: str
    parts: dict[int, Part]
    meeting: frozenset[int]
    leistung: str | None = None

    def declarations(self) -> "QuerySet[Declaration]":
        """What they declare."""
        rows = Declaration.objects.filter(role_id__in=self.parts).exclude(release__product__key=self.own)
        rows = rows.filter(release__product__merged_into=None)
        return rows.filter(release__product__leistungen__key=self.leistung) if self.leistung else rows

    def of_products(self, products: Collection[int]) -> list[Declared]:
        """What those products (primary keys) declare."""
        if self.leistung:
            rows = _of_products(self.parts, self.own, products)
            return declared(rows.filter(release__product__leistungen__key=self.leistung))
        return [Declared(*row) for row in _OF_PRODUCTS.rows(self.parts, self.own, products)]


def _of_products(roles: Iterable[int], own: str, products: Iterable[int]) -> "QuerySet[Declaration]":
    """The sum keeps databases from reading all that take the roles first."""
    rows = Declaration.objects.annotate(taken=F("role_id") + 0).filter(taken__in=list(roles))
    rows = rows.exclude(release__product__key=own)
    return rows.filter(release__product__in=list(products), release__product__merged_into=None)


_OF_PRODUCTS = Prepared(lambda roles, own, products: _of_products(roles, own, products).values_list(*DECLARED))


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


_TESTED_WITH = Prepared(
    lambda release: Current.objects.filter(evidence__counterpart_id=release).values_list(
        "evidence__verdict", "declaration__release__product"
    )
)
_TESTED = Prepared(
    lambda release: Current.objects.filter(
        declaration__release_id=release, evidence__counterpart__isnull=False
    ).values_list("evidence__verdict", "evidence__counterpart__product")
)


def refuted_with(release: int) -> frozenset[int]:
    """Products with a failed test of a pair with `release` (all primary keys); it counts only between the two, and no
    look tells it.
    """
    tested = [*_TESTED_WITH.rows(release), *_TESTED.rows(release)]
    return frozenset(key for verdict, key in tested if key and verdict == Verdict.FAILED)


def ranked(own: Sequence[Said], apart: Sequence[Said], field: Field, day: date) -> Ranked:
    """The best that is known on `day` of `own` with each product; `apart` are those that looks do not tell all of.

    In a fixed number of queries.
    """
    if day < date.today():
        return Ranked(_grouped(_in_full(own, said(field.declarations(), day), day)))
    told = _grouped(_in_full(own, apart, day))
    gone = {field.own, *_merged()}
    found = {rank: keys - gone for rank, keys in told.items()}
    for rank, keys in _by_looks(own, field, day, gone.union(*told.values())):
        found[rank] = found.get(rank, _ALL) | keys
    return Ranked(found)


def _grouped(best: dict[str, Rank]) -> dict[Rank, Keys]:
    found: dict[Rank, list[str]] = defaultdict(list)
    for key, rank in best.items():
        found[rank].append(key)
    return {rank: frozenset(keys) for rank, keys in found.items()}


def _by_looks(own: Sequence[Said], field: Field, day: date, without: set[str]) -> Iterator[tuple[Rank, Keys]]:
    """The best that is known of each product is the best that is known of any declaration of any release."""
    groups = list(_groups(field, day))
    telling = {look for role, look, _ in groups if role in field.meeting}
    looks = dict(_LOOKS.rows(telling))
    judge = _Judge(own, field, day)
    joined: dict[Rank, list[str]] = defaultdict(list)
    for role, look, keys in groups:
        joined[judge[role, looks[look] if role in field.meeting else ""]].append(keys)
    known = set(without)
    for rank in sorted(joined, reverse=True):
        new = frozenset().union(*map(parts, joined[rank])) - known
        known |= new
        yield rank, new


@while_unchanged
def _merged() -> Keys:
    return frozenset(key for (key,) in _MERGED.rows())


_MERGED = Prepared(lambda: Product.objects.filter(merged_into__isnull=False).order_by().values_list("key"))
_LOOKS = Prepared(lambda keys: Look.objects.filter(pk__in=keys).values_list("pk", "text"))


def _groups(field: Field, day: date) -> Iterable[tuple[int, int, str]]:
    """Roles and looks (primary keys), and the keys of the products that look so in that role."""
    if field.leistung:
        rows = _outlines(field.parts, day).filter(product__leistungen__key=field.leistung)
        return _joined(rows)
    kept = _kept(day)
    found: dict[int, list[tuple[int, int, str]]] = {role: [] for role in field.parts.keys() - kept.keys()}
    for role, look, keys in _GROUPS.rows(found, day):
        found[role].append((role, look, keys))
    kept.update(found)
    return [group for role in field.parts for group in kept[role]]


@while_unchanged
def _kept(_day: date) -> dict[int, list[tuple[int, int, str]]]:
    """By roles their groups on a day, as far as anybody asked for them since something was written."""
    return {}


def _outlines(roles: Iterable[int], day: date) -> "QuerySet[Outline]":
    return Outline.objects.filter(role_id__in=list(roles), since__lte=day, until__gt=day)


def _joined(rows: "QuerySet[Outline]") -> "QuerySet[Outline, Any]":
    groups = rows.order_by().values("role_id", "look_id").annotate(keys=Joined("key"))
    return groups.values_list("role_id", "look_id", "keys")


_GROUPS = Prepared(lambda roles, day: _joined(_outlines(roles, day)))


class _Judge(dict[tuple[int, str], Rank]):
    """What is known of a declaration of a role that looks so, judged when it is met first."""

    def __init__(self, own: Sequence[Said], field: Field, day: date) -> None:
        super().__init__()
        self._own = [replace(one.word, known=stand(one.word, day)) for one in own]
        self._parts = field.parts
        self._day = day

    def __missing__(self, key: tuple[int, str]) -> Rank:
        role, look = key
        messages, seen = read(look) if look else (_ALL, Stand())
        word = Word("", self._parts[role], messages, known=seen)
        found = self[key] = _rank(encounter(self._own, [word], self._day))
        return found


def _rank(met: Encounter) -> Rank:
    if not met.exchanges:
        return greenness(met.status), (0, 0)
    first, second = sorted(int(one) for one in met.exchanges[0].levels)
    return greenness(met.status), (first, second)


def _in_full(own: Sequence[Said], others: Iterable[Said], day: date) -> dict[str, Rank]:
    groups: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for one in others:
        groups[one.product, one.release].append(one.word)
    words = [settled(one.word, day) for one in own]
    best: dict[str, Rank] = {}
    for (product, _), group in groups.items():
        found = _rank(encounter(words, group, day))
        best[product] = max(found, best.get(product, found))
    return best
