"""What do others like me run? By name where they show it, else counted (see `domain.counting`)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nlargest, nsmallest

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from schnittstellen.catalogue.models import Deployment, Municipality, Product
from schnittstellen.catalogue.services import counts, finding, usage
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.unchanged import while_unchanged
from schnittstellen.domain.counting import SIZES, SizeClass, counting_day, size_class
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NO_SIZE = Fault(
    "F300",
    N_("Von {name} ist die Zahl der Einwohner nicht bekannt; es lässt sich nicht sagen, wer ähnlich groß ist."),
    N_("Tragen Sie die Zahl der Einwohner in das Register ein."),
    http=409,
)
FAULTS = (NO_SIZE,)
MOST = 50
MOST_NAMED = usage.FIRST - 1


@dataclass(frozen=True, slots=True)
class Used:
    """A product. `named` are municipalities (AGS, name) that show it, `more_named` how many further ones do.

    `others`: at least so many that do not show what they run; None where they are too few to be counted.
    """

    key: str
    name: str
    kind: str
    named: tuple[tuple[str, str], ...]
    more_named: int
    others: int | None


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What municipalities of like size use on `day`, the most used first. `counted_on` is the day of the counts, which
    are those of today whatever `day` is.

    `like` is how many municipalities of that size there are beside this one; `more`: there are further products.
    """

    municipality: str
    size: SizeClass
    like: int
    leistung: str | None
    day: date
    counted_on: date
    products: tuple[Used, ...]
    more: bool


def neighbours(ags: str, day: date, leistung: str | None = None) -> Neighbours:
    """What others like the municipality run on `day`, in a fixed number of queries; the same for every viewer.

    Raises `SchnittstellenError` (F122, F123, F300).
    """
    of = finding.municipality(ags)
    if of.population is None:
        raise SchnittstellenError(NO_SIZE, name=of.name)
    size = size_class(of.population)
    if leistung is None and day >= date.today():
        shown, others = _as_kept(of, size, day), counts.told_of_size(size)
    else:
        rows = _in_order(_for(Deployment.objects.filter(confirmed=True), leistung), size)
        kept_back = there(rows, counting_day(date.today())).filter(municipality__open=False)
        shown, others = _counted(there(rows, day).exclude(municipality=of)), counts.told_of_rows(kept_back, size)
    found = _used(shown, others)
    like = counts.of_that_size(size) - 1
    counted = counting_day(date.today())
    return Neighbours(of.key, size, like, leistung, day, counted, found[:MOST], len(found) > MOST)


@dataclass(frozen=True, slots=True)
class _Shown:
    """By products (primary keys) how many others show that they run it, and the first of them by name."""

    places: Mapping[int, int]
    first: Callable[[list[int]], Mapping[int, Collection[int]]]


def _as_kept(of: Municipality, size: SizeClass, day: date) -> _Shown:
    """From what is kept, on a day that is not past."""
    kept, named_first = _kept(SIZES.index(size), day)
    places = dict(kept)
    for (product,) in _OWN.rows(of.pk, day) if of.open else ():
        if places.get(product, 0) > 1:
            places[product] -= 1
        else:
            places.pop(product, None)

    def first(products: list[int]) -> dict[int, list[int]]:
        return {each: [one for one in usage.read_first(named_first[each]) if one != of.pk] for each in products}

    return _Shown(places, first)


@while_unchanged
def _kept(size: int, day: date) -> tuple[dict[int, int], dict[int, str]]:
    """By products (primary keys) how many municipalities of a class of size show that they run it, and the first."""
    rows = list(usage.on(day).filter(size=size, open__in=(True,)).values_list("product_id", "places", "first"))
    return {product: places for product, places, _ in rows}, {product: first for product, _, first in rows}


def _counted(rows: "QuerySet[Deployment]") -> _Shown:
    """From the deployments themselves."""
    shown = rows.filter(municipality__open=True).order_by().annotate(product=_PRODUCT)
    places: dict[int, set[int]] = defaultdict(set)
    for product, place in shown.values_list("product", "municipality_id"):
        places[product].add(place)
    return _Shown({product: len(each) for product, each in places.items()}, lambda _products: places)


def _in_order(rows: "QuerySet[Deployment]", size: SizeClass) -> "QuerySet[Deployment]":
    """Those of municipalities of that size; the sum keeps databases from looking the municipalities up first, which
    would read deployments one by one instead of in the order of the index by releases.
    """
    rows = rows.annotate(people=F("municipality__population") + 0).filter(people__gte=size.least)
    return rows if size.below is None else rows.filter(people__lt=size.below)


def _for(rows: "QuerySet[Deployment]", leistung: str | None) -> "QuerySet[Deployment]":
    """Those used for the Leistung; where nobody said for which, those whose product is for it."""
    if leistung is None:
        return rows
    of = finding.leistung(leistung)
    named = rows.filter(leistungen=of).values("pk")
    untold = rows.filter(leistungen=None, release__product__leistungen=of).values("pk")
    return rows.filter(Q(pk__in=named) | Q(pk__in=untold))


def there(rows: "QuerySet[Deployment]", day: date) -> "QuerySet[Deployment]":
    """Those in use on `day`, where nobody says that they are not."""
    begun = Q(since=None) | Q(since__lte=day)
    return rows.filter(begun & (Q(until=None) | Q(until__gte=day)))


_PRODUCT = Coalesce("release__product__merged_into", "release__product")


_OWN = Prepared(
    lambda of, day: (
        there(Deployment.objects.filter(confirmed=True, municipality_id=of), day)
        .order_by()
        .annotate(product=_PRODUCT)
        .values_list("product")
        .distinct()
    )
)
_NAMED = Prepared(
    lambda products: Product.objects.filter(pk__in=products).order_by().values_list("pk", "key", "name", "kind")
)
_PLACES = Prepared(
    lambda places: Municipality.objects.filter(pk__in=places).order_by().values_list("pk", "name", "key")
)


def _used(shown: _Shown, others: Mapping[int, int]) -> tuple[Used, ...]:
    """The most used products, one more than are told."""
    named = shown.places
    known = {**others, **named}
    for pk in named.keys() & others.keys():
        known[pk] += others[pk]
    least = min(nlargest(MOST + 1, known.values()), default=0)
    rows = _NAMED.rows([pk for pk, count in known.items() if count >= least])
    most = sorted(rows, key=lambda one: (-known[one[0]], one[2], one[1]))
    names = _names(shown.first([pk for pk, *_ in most if pk in named]))
    return tuple(
        Used(key, name, kind, names.get(pk, ()), max(named.get(pk, 0) - MOST_NAMED, 0), others.get(pk))
        for pk, key, name, kind in most[: MOST + 1]
    )


def _names(first: Mapping[int, Collection[int]]) -> dict[int, tuple[tuple[str, str], ...]]:
    """Municipalities (AGS, name) in the order of their names, as many as are told."""
    rows = _PLACES.rows(set().union(*first.values()))
    by_name = {pk: (name, ags) for pk, name, ags in rows}
    told = {product: nsmallest(MOST_NAMED, (by_name[one] for one in each)) for product, each in first.items()}
    return {product: tuple((ags, name) for name, ags in each) for product, each in told.items()}
