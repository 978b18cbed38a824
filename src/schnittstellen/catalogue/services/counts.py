"""How many municipalities that keep to themselves what they run use something, as far as it is told.

All that is told of them is computed from counts of one thing in one class of size (`domain.counting`): whoever adds or
subtracts them learns nothing that those do not say.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from schnittstellen.catalogue.models import Deployment, Municipality, Release
from schnittstellen.catalogue.services.joining import Joined, parts
from schnittstellen.domain.counting import SIZES, told

_OF_UNKNOWN_SIZE = -1
_PRODUCT = Coalesce("product__merged_into", "product")


def told_of_products(rows: "QuerySet[Deployment]", closed: int) -> dict[int, int]:
    """By products (primary keys): at least so many of the `closed` municipalities of one class of size."""
    product_of = dict(Release.objects.order_by().annotate(of=_PRODUCT).values_list("pk", "of"))
    places: dict[int, list[str]] = defaultdict(list)
    grouped = rows.order_by().values("release_id").annotate(places=Joined("municipality_id"))
    for release, joined in grouped.values_list("release_id", "places"):
        places[product_of[release]] += parts(joined)
    found = {product: told(len(set(each)), closed) for product, each in places.items()}
    return {product: shown for product, shown in found.items() if shown is not None}


def told_of_all(rows: "QuerySet[Deployment]") -> int | None:
    """The sum of what is told of each class of size: at least so many municipalities; None where nothing is told."""
    sized = rows.order_by().annotate(size=_size("municipality__")).values("size")
    exact = sized.annotate(places=Count("municipality", distinct=True)).values_list("size", "places")
    closed = _closed()
    return sum(told(count, closed.get(size, 0)) or 0 for size, count in exact) or None


def _closed() -> dict[int, int]:
    rows: QuerySet[Any] = Municipality.objects.filter(open=False).order_by().annotate(size=_size("")).values("size")
    return dict(rows.annotate(places=Count("pk")).values_list("size", "places"))


def _size(of: str) -> Case:
    """The number of the class of size, of the municipality that `of` leads to."""
    people = f"{of}population"
    below = [
        When(**{f"{people}__lt": one.below}, then=Value(number))
        for number, one in enumerate(SIZES)
        if one.below is not None
    ]
    unknown = When(**{people: None}, then=Value(_OF_UNKNOWN_SIZE))
    return Case(unknown, *below, default=Value(len(SIZES) - 1), output_field=IntegerField())
