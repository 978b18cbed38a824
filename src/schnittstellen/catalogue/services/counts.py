"""How many municipalities that keep to themselves what they run use something, as far as it is told.

All that is told of them is computed from counts of one thing in one class of size (`domain.counting`): whoever adds or
subtracts them learns nothing that those do not say.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from schnittstellen.catalogue.models import Deployment, Municipality, Release
from schnittstellen.catalogue.services import usage
from schnittstellen.catalogue.services.joining import Joined, parts
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.unchanged import while_unchanged
from schnittstellen.domain.counting import SIZES, STEP, SizeClass, counting_day, told

_PRODUCT = Coalesce("product__merged_into", "product")


def of_size(size: SizeClass) -> Q:
    """Municipalities of that size."""
    least = Q(population__gte=size.least)
    return least if size.below is None else least & Q(population__lt=size.below)


@while_unchanged
def of_that_size(size: SizeClass) -> int:
    """How many municipalities are of that size."""
    return Municipality.objects.filter(of_size(size)).count()


def told_of_size(size: SizeClass) -> dict[int, int]:
    """By products (primary keys): at least so many municipalities of that class of size run it this quarter."""
    return _told_of_size(SIZES.index(size), counting_day(date.today()))


@while_unchanged
def _told_of_size(size: int, day: date) -> dict[int, int]:
    rows = usage.on(day).filter(size=size, open__in=(False,), places__gt=STEP)
    return _told(dict(rows.values_list("product_id", "places")), _closed().get(size, 0))


def told_of_rows(rows: "QuerySet[Deployment]", size: SizeClass) -> dict[int, int]:
    """The same of some deployments of closed municipalities of that class of size."""
    closed = _closed().get(SIZES.index(size), 0)
    product_of = dict(Release.with_withdrawn.order_by().annotate(of=_PRODUCT).values_list("pk", "of"))
    places: dict[int, list[str]] = defaultdict(list)
    grouped = rows.order_by().values("release_id").annotate(places=Joined("municipality_id"))
    for release, joined in grouped.values_list("release_id", "places"):
        places[product_of[release]] += parts(joined)
    return _told({product: len(set(each)) for product, each in places.items()}, closed)


def _told(exact: dict[int, int], closed: int) -> dict[int, int]:
    found = {product: told(count, closed) for product, count in exact.items()}
    return {product: shown for product, shown in found.items() if shown is not None}


def told_of_product(product: int) -> int | None:
    """The sum of what is told of each class of size: at least so many municipalities run the product (primary key) this
    quarter; None where nothing is told.
    """
    exact = _OF_PRODUCT.rows(product, counting_day(date.today()))
    closed = _closed() if exact else {}
    return sum(told(count, closed.get(size, 0)) or 0 for size, count in exact) or None


_OF_PRODUCT = Prepared(
    lambda product, day: (
        usage.on(day).filter(product_id=product, open__in=(False,), places__gt=STEP).values_list("size", "places")
    )
)


@while_unchanged
def _closed() -> dict[int, int]:
    """By numbers of classes of size how many municipalities keep to themselves what they run."""
    rows: QuerySet[Any] = Municipality.objects.filter(open__in=(False,)).order_by().annotate(size=_size())
    return dict(rows.values("size").annotate(places=Count("pk")).values_list("size", "places"))


def _size() -> Case:
    """The number of the class of size of a municipality."""
    below = [
        When(population__lt=one.below, then=Value(number)) for number, one in enumerate(SIZES) if one.below is not None
    ]
    unknown = When(population=None, then=Value(usage.UNKNOWN_SIZE))
    return Case(unknown, *below, default=Value(len(SIZES) - 1), output_field=IntegerField())
