"""Queries that are asked again and again with other values: Django writes them once for each shape, not each time.

Writing takes Django longer than the database takes to answer, and a database knows again what is written the same:
PostgreSQL keeps how it answers a query, for each connection.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from schnittstellen.catalogue.services.prepared_writing import Value, Written, write

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

Given = Value | Collection[Value]
"""One value, or those of an `__in`."""
M = TypeVar("M", bound=Model)
MOST_KEPT = 1_000
"""So many queries a connection to PostgreSQL keeps; there are some hundred."""
_Rows = Sequence[tuple[Any, ...]]


class _Asked:
    """A query by the function that makes it of its values, written for each shape of them."""

    def __init__(self, ask: Callable[..., "QuerySet[Any, Any]"]) -> None:
        self._ask = ask
        self._written: dict[tuple[object, ...], Written] = {}

    def _answered(self, given: Sequence[Given]) -> tuple[Written | None, _Rows]:
        values = [one if isinstance(one, int | str | date) else _rounded(one) for one in given]
        if [] in values:
            return None, ()
        written = self._for(values)
        flat = list(_flat(values, as_lists=connection.vendor == "postgresql"))
        params: list[Any] = [flat[place] if isinstance(place, int) else place[0] for place in written.places]
        with connection.cursor() as cursor:
            _keeping(cursor).execute(written.sql, params)
            return written, _read(cursor.fetchall(), written)

    def _for(self, values: list[Value | list[Value]]) -> Written:
        """PostgreSQL takes a list as one value, of whatever length."""
        lists = connection.vendor == "postgresql"
        shape = (connection.vendor, *(type(one) if lists or not isinstance(one, list) else len(one) for one in values))
        if shape not in self._written:
            self._written[shape] = write(self._ask, values)
        return self._written[shape]


class Prepared(_Asked):
    """A `values_list` whose filters must all hold.

    The function must do the same for whatever values of these types, and use each as it is.
    """

    def rows(self, *given: Given) -> list[tuple[Any, ...]]:
        """The rows for these values; none where one of the collections is empty."""
        return list(self._answered(given)[1])


class PreparedModels(_Asked, Generic[M]):
    """The same of whole records, with what their `select_related` names."""

    def __init__(self, ask: Callable[..., "QuerySet[M]"]) -> None:
        super().__init__(ask)

    def found(self, *given: Given) -> list[M]:
        """The records for these values; none where one of the collections is empty."""
        written, rows = self._answered(given)
        return list(_records(written.compiler, rows)) if written and rows else []

    def first(self, *given: Given) -> M | None:
        """The first of them."""
        return next(iter(self.found(*given)), None)


def keep(row: Model, name: str, records: Iterable[Model]) -> None:
    """What was found is what `row` refers to by `name` (of many), as `prefetch_related` leaves it."""
    found: Any = QuerySet(row._meta.get_field(name).related_model)
    found._result_cache, found._prefetch_done = list(records), True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found


def _keeping(cursor: "CursorWrapper") -> "CursorWrapper":
    """On PostgreSQL, one of those by which the server keeps how it answers a query (see `environment.database`)."""
    if connection.vendor == "postgresql" and connection.connection.prepare_threshold is not None:
        from django.db.backends.postgresql.base import ServerBindingCursor

        cursor.cursor.close()
        connection.connection.prepared_max = MOST_KEPT
        cursor.cursor = ServerBindingCursor(connection.connection)  # type: ignore[call-arg]
    return cursor


def _rounded(values: Collection[Value]) -> list[Value]:
    """A collection of a length that is a power of two, by its last value: so there are few shapes."""
    given = list(values)
    if not given or connection.vendor == "postgresql":
        return given
    return given + given[-1:] * ((1 << (len(given) - 1).bit_length()) - len(given))


def _flat(values: Sequence[Value | list[Value]], *, as_lists: bool) -> Iterator[Any]:
    for one in values:
        if not isinstance(one, list):
            yield _adapted(one)
        elif as_lists:
            yield _adapted_all(one)
        else:
            yield from one


def _adapted(value: Value) -> Any:
    """As the driver of the database wants it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return _adapted_all([value])[0] if connection.vendor == "postgresql" else value


def _adapted_all(values: list[Value]) -> list[Any]:
    """Of whole numbers, PostgreSQL is always told the same type, however small they are."""
    from psycopg.types.numeric import Int8

    return [Int8(one) for one in values] if isinstance(values[0], int) else values  # type: ignore[arg-type]


def _read(rows: _Rows, written: Written) -> _Rows:
    if not written.read:
        return rows
    read = [list(row) for row in rows]
    for place, conversions in written.read:
        for convert, expression in conversions:
            for row in read:
                row[place] = convert(row[place], expression, connection)
    return [tuple(row) for row in read]


def _records(compiler: Any, rows: _Rows) -> Iterator[Any]:
    """As Django's `ModelIterable` makes them of rows."""
    info = compiler.klass_info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    related = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]
    for row in rows:
        made = info["model"].from_db(connection.alias, names, row[first:last])
        for one in related:
            one.populate(row, made)
        yield made
