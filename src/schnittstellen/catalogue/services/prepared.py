"""Queries that are asked again and again with other values: Django writes them once for each shape, not each time.

Writing takes Django longer than the database takes to answer, and a database knows again what is written the same.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | str | date
Given = Value | Collection[Value]
"""One value, or those of an `__in`."""
_Shape = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """`places` are positions among the values that are given, or what is always the same (in a tuple of one)."""

    sql: str
    places: tuple[int | tuple[object], ...]
    read: tuple[tuple[int, tuple[Any, ...]], ...]


class Prepared:
    """A query by the function that makes it of its values: a `values_list` whose filters must all hold.

    The function must do the same for whatever values of these types, and use each as it is.
    """

    def __init__(self, ask: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._ask = ask
        self._written: dict[_Shape, _Written] = {}

    def rows(self, *given: Given) -> list[tuple[Any, ...]]:
        """The rows for these values; none where one of the collections is empty."""
        values = [_rounded(one) for one in given]
        if [] in values:
            return []
        shape = (connection.vendor, *(len(one) if isinstance(one, list) else type(one) for one in values))
        written = self._written.get(shape)
        if written is None:
            written = self._written[shape] = _write(self._ask, values)
        flat = list(_flat(values))
        params: list[Any] = [flat[place] if isinstance(place, int) else place[0] for place in written.places]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, params)
            return _read(cursor.fetchall(), written)


def _rounded(given: Given) -> "Value | list[Value]":
    """A collection of a length that is a power of two, by its last value: so there are few shapes."""
    if isinstance(given, int | str | date):
        return given
    values = list(given)
    return values + values[-1:] * ((1 << (len(values) - 1).bit_length()) - len(values)) if values else []


def _flat(values: Sequence["Value | list[Value]"]) -> Iterator[Any]:
    for one in values:
        for value in one if isinstance(one, list) else (one,):
            yield connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _write(ask: Callable[..., "QuerySet[Any, Any]"], values: Sequence["Value | list[Value]"]) -> _Written:
    """The query in SQL, written with stand-ins that are found again among its parameters.

    Raises `ValueError` where one is not.
    """
    numbers = iter(range(1, 1_000_000))
    stand_ins = [
        [_stand_in(value, next(numbers)) for value in one] if isinstance(one, list) else _stand_in(one, next(numbers))
        for one in values
    ]
    compiler = ask(*stand_ins).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    found = {value: place for place, value in enumerate(_flat(stand_ins))}
    places = tuple(found.get(one, (one,)) for one in params)
    if set(range(len(found))) - {place for place in places if isinstance(place, int)}:
        raise ValueError(sql)
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    converters = compiler.get_converters(columns)
    read = tuple(
        (place, tuple((convert, expression) for convert in of)) for place, (of, expression) in converters.items()
    )
    return _Written(sql, places, read)


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, int):
        return -(1 << 40) - number
    return f"\ufffd{number}" if isinstance(value, str) else date.min + timedelta(number)


def _read(rows: Sequence[tuple[Any, ...]], written: _Written) -> list[tuple[Any, ...]]:
    if not written.read:
        return list(rows)
    read = [list(row) for row in rows]
    for place, conversions in written.read:
        for convert, expression in conversions:
            for row in read:
                row[place] = convert(row[place], expression, connection)
    return [tuple(row) for row in read]
