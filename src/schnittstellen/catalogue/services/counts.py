"""How many municipalities that keep to themselves what they run use something, as far as it is told.

All that is told of them is computed from counts of one thing in one class of size (`domain.counting`): whoever adds or
subtracts them learns nothing that those do not say.
"""

from typing import Any

from django.db.models import Case, Count, IntegerField, QuerySet, Value, When

from schnittstellen.catalogue.models import Deployment, Municipality
from schnittstellen.domain.counting import SIZES, told

_OF_UNKNOWN_SIZE = -1


def told_of_each(rows: "QuerySet[Deployment]", by: str, closed: int) -> dict[int, int]:
    """By the values of the column `by`: at least so many of the `closed` municipalities of one class of size."""
    exact = rows.order_by().values(by).annotate(places=Count("municipality", distinct=True))
    found = {value: told(count, closed) for value, count in exact.values_list(by, "places")}
    return {value: shown for value, shown in found.items() if shown is not None}


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
