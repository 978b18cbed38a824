"""What do others like me run? By name where they show it, else counted (see `domain.counting`)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from schnittstellen.catalogue.models import Deployment, Municipality, Product
from schnittstellen.catalogue.services import counts, finding
from schnittstellen.domain.counting import SizeClass, counting_day, size_class
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
MOST_NAMED = 10


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
    like = Municipality.objects.filter(_like(size, "population"))
    rows = _for(Deployment.objects.filter(confirmed=True), leistung)
    shown = there(rows.filter(municipality__in=like, municipality__open=True), day)
    named = _named(shown.exclude(municipality=of))
    counted = counting_day(date.today())
    kept = _in_order(there(rows, counted), size).filter(municipality__open=False)
    found = _used(named, counts.told_of_products(kept, like.filter(open=False).count()))
    return Neighbours(of.key, size, like.count() - 1, leistung, day, counted, found[:MOST], len(found) > MOST)


def _like(size: SizeClass, population: str) -> Q:
    """Municipalities of that size."""
    least = Q(**{f"{population}__gte": size.least})
    return least if size.below is None else least & Q(**{f"{population}__lt": size.below})


def _in_order(rows: "QuerySet[Deployment]", size: SizeClass) -> "QuerySet[Deployment]":
    """Those of municipalities of that size; the sum keeps databases from looking the municipalities up first, which
    would read deployments one by one instead of in the order of the index by releases.
    """
    return rows.annotate(size=F("municipality__population") + 0).filter(_like(size, "size"))


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


def _named(rows: "QuerySet[Deployment]") -> dict[int, list[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = defaultdict(set)
    shown = rows.order_by().annotate(product=_PRODUCT)
    for product, ags, name in shown.values_list("product", "municipality__key", "municipality__name").distinct():
        found[product].add((name, ags))
    return {product: [(ags, name) for name, ags in sorted(places)] for product, places in found.items()}


def _used(named: dict[int, list[tuple[str, str]]], others: dict[int, int]) -> tuple[Used, ...]:
    known = {pk: len(named.get(pk, ())) + others.get(pk, 0) for pk in named.keys() | others.keys()}
    least = min(nlargest(MOST + 1, known.values()), default=0)
    rows = Product.objects.filter(pk__in=[pk for pk, count in known.items() if count >= least])
    found = [
        Used(
            key,
            name,
            kind,
            tuple(named.get(pk, ())[:MOST_NAMED]),
            max(len(named.get(pk, ())) - MOST_NAMED, 0),
            others.get(pk),
        )
        for pk, key, name, kind in rows.values_list("pk", "key", "name", "kind")
    ]
    return tuple(sorted(found, key=_most_used))


def _most_used(one: Used) -> tuple[int, str, str]:
    return -(len(one.named) + one.more_named + (one.others or 0)), one.name, one.key
