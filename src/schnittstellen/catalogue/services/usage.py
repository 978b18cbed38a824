"""How many municipalities run a product is counted here and nowhere else, whenever that may have changed.

To be called after the change, within its transaction: after what a municipality runs, its class of size or whether it
shows what it runs has changed, and after products were merged.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, timedelta
from heapq import nsmallest

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from schnittstellen.catalogue.models import Deployment, Municipality, Product, Release, Usage
from schnittstellen.domain.counting import SIZES, Stay, counting_day, next_counting_day, size_class, spans

UNKNOWN_SIZE = -1
FIRST = 11
"""So many of those that show what they run are kept by name: one more than is told, as nobody is told of itself."""
CHUNK = 500
_FIELDS = ("product_id", "size", "open", "since", "until", "places", "first")
_Row = tuple[int, int, bool, date, date, int, str]
_Group = tuple[int, int, bool]
"""A product, the number of a class of size, and whether municipalities show what they run."""


def on(day: date) -> "QuerySet[Usage]":
    """What holds on `day`, which must not be past; of those who keep it to themselves, the first day of its quarter."""
    return Usage.objects.filter(since__lte=day, until__gt=day).order_by()


def size_of(population: int | None) -> int:
    """The number of the class of size of a municipality with so many inhabitants."""
    return UNKNOWN_SIZE if population is None else SIZES.index(size_class(population))


def run_by(ags: str) -> set[int]:
    """The products (primary keys) whose counts depend on the municipality."""
    rows = Deployment.objects.filter(municipality__key=ags).order_by()
    return set(rows.values_list("release__product_id", flat=True))


def renew(products: Iterable[int]) -> None:
    """The counts of `products` (primary keys) and of what they were merged into are those that follow now; rows that
    stay the same are left alone.
    """
    wanted = sorted(set(products))
    for start in range(0, len(wanted), CHUNK):
        with transaction.atomic():
            _renew(_held(set(wanted[start : start + CHUNK])))


def renew_all() -> None:
    """Count everything anew."""
    renew(Product.objects.order_by().values_list("pk", flat=True))


def _held(products: set[int]) -> set[int]:
    """They, and what they were merged into, held: of two changes at once the later one sees both."""
    while True:
        rows = Product.objects.filter(pk__in=products).order_by("pk")
        if connection.features.has_select_for_update:
            rows = rows.select_for_update(no_key=True)
        into = {one for one in rows.values_list("merged_into_id", flat=True) if one is not None}
        if into <= products:
            return products
        products |= into


def _renew(products: set[int]) -> None:
    rows = Usage.objects.filter(product_id__in=products)
    there = {row[:-1]: row[-1] for row in rows.values_list(*_FIELDS, "pk")}
    wanted = set(_derived(products, date.today()))
    Usage.objects.filter(pk__in=[pk for row, pk in there.items() if row not in wanted]).delete()
    new = sorted(wanted.difference(there))
    Usage.objects.bulk_create((Usage(**dict(zip(_FIELDS, row, strict=True))) for row in new), batch_size=CHUNK)


def _derived(products: set[int], today: date) -> Iterator[_Row]:
    stays: dict[_Group, list[Stay]] = defaultdict(list)
    for group, stay in _stays(products, today):
        stays[group].append(stay)
    names = _names({place for (*_, shows), each in stays.items() if shows for place, _, _ in each})
    for group, each in stays.items():
        for since, until, (places, first) in spans(each, lambda there: _told(there, names)):
            yield (*group, since, until, places, first)


def _names(places: Collection[int]) -> dict[int, tuple[str, str]]:
    rows = Municipality.objects.filter(pk__in=places).order_by()
    return {pk: (name, key) for pk, name, key in rows.values_list("pk", "name", "key")}


def _told(there: Collection[int], names: Mapping[int, tuple[str, str]]) -> tuple[int, str]:
    """How many, and the first of them by name."""
    first = nsmallest(FIRST, (one for one in there if one in names), key=names.__getitem__)
    return len(there), " ".join(map(str, first))


def read_first(first: str) -> list[int]:
    """The primary keys that `Usage.first` holds."""
    return [int(one) for one in first.split()]


def _stays(products: set[int], today: date) -> Iterator[tuple[_Group, Stay]]:
    """Who runs a product on which days, from today on."""
    product_of = releases(products)
    rows = Deployment.objects.filter(confirmed=True, release__in=list(product_of)).exclude(
        until__lt=counting_day(today)
    )
    fields = ("release_id", "municipality_id", "municipality__population", "municipality__open", "since", "until")
    for release, place, people, shows, since, until in rows.order_by().values_list(*fields):
        begun, over = since or date.min, _after(until)
        if not shows:
            begun, over = next_counting_day(begun), next_counting_day(over)
        first = today if shows else counting_day(today)
        if begun < over and over > first:
            group = (product_of[release], size_of(people), shows)
            yield group, (place, date.min if begun <= first else begun, over)


def _after(until: date | None) -> date:
    return date.max if until is None or until == date.max else until + timedelta(1)


def releases(products: set[int]) -> dict[int, int]:
    """By releases the product that stands for them, as far as it is one of `products` (primary keys)."""
    own = Q(product__in=products, product__merged_into=None) | Q(product__merged_into__in=products)
    rows = Release.with_withdrawn.filter(own).order_by().annotate(of=Coalesce("product__merged_into", "product"))
    return dict(rows.values_list("pk", "of"))
