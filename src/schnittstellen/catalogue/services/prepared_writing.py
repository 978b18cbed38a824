"""How a prepared query is written: by Django, with stand-ins that are found again among its parameters."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Value = int | str | date | datetime
_WORD = re.compile(r"[a-z_]+")
_Place = int | tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """`places` are positions among the values that are given, or what is always the same (in a tuple of one).

    A list has one position for each of its values, on PostgreSQL one for all. `read` are conversions of columns,
    `compiler` knows what the columns are.
    """

    sql: str
    places: tuple[_Place, ...]
    read: tuple[tuple[int, tuple[Any, ...]], ...]
    compiler: Any


def write(ask: Callable[..., "QuerySet[Any, Any]"], values: Sequence[Value | list[Value]]) -> Written:
    """The query in SQL. Raises `ValueError` where a value is not found again as it is."""
    arrays = connection.vendor == "postgresql"
    stand_ins = _stand_ins([one[:1] * 2 if arrays and isinstance(one, list) else one for one in values])
    compiler = ask(*stand_ins).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    if "%%" in sql or compiler.has_extra_select:
        raise ValueError(sql)
    words = _Words(sql.split("%s"), list(params))
    if arrays:
        words = _with_arrays(words, [tuple(one) for one in stand_ins if isinstance(one, list)])
    known = _known(stand_ins, arrays=arrays)
    if known.keys() - set(words.params):
        raise ValueError(sql)
    sql, places = _placed(words, known)
    return Written(sql, places, _conversions(compiler), compiler)


@dataclass(frozen=True, slots=True)
class _Words:
    """A query in pieces, with a parameter after each but the last."""

    pieces: list[str]
    params: list[Any]


def _stand_ins(values: Sequence[Value | list[Value]]) -> list[Value | list[Value]]:
    numbers = iter(range(1, 1_000_000))
    return [
        [_stand_in(value, next(numbers)) for value in one] if isinstance(one, list) else _stand_in(one, next(numbers))
        for one in values
    ]


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, int):
        return -(1 << 40) - number
    if isinstance(value, datetime):
        return datetime(1000, 1, 1, tzinfo=UTC) + timedelta(number)
    return f"\ufffd{number}" if isinstance(value, str) else date.min + timedelta(number)


def _known(stand_ins: Sequence[Value | list[Value]], *, arrays: bool) -> dict[object, int]:
    """What stands in the parameters, and its position."""
    flat: list[object] = []
    for one in stand_ins:
        if isinstance(one, list):
            flat += [tuple(one)] if arrays else one
        else:
            flat.append(_as_parameter(one))
    return {one: place for place, one in enumerate(flat)}


def _as_parameter(value: Value) -> object:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _with_arrays(words: _Words, pairs: Sequence[tuple[Value, ...]]) -> _Words:
    """A list of two becomes one parameter that may be of any length: `IN (%s, %s)` becomes `= ANY(%s)`."""
    pieces, params = words.pieces[:1], []
    rest, after = list(words.params), words.pieces[1:]
    while rest:
        pair = tuple(rest[:2])
        if pair in pairs and after[0] == ", " and pieces[-1].endswith(" IN ("):
            pieces[-1] = pieces[-1].removesuffix(" IN (") + " = ANY("
            params.append(pair)
            rest, after = rest[2:], after[1:]
        else:
            params.append(rest.pop(0))
        pieces.append(after.pop(0))
    return _Words(pieces, params)


def _placed(words: _Words, known: dict[object, int]) -> tuple[str, tuple[_Place, ...]]:
    """Words that are always the same stand in the query itself, so that databases find an index for just these."""
    sql, places = words.pieces[0], []
    for one, after in zip(words.params, words.pieces[1:], strict=True):
        literal = one not in known and isinstance(one, str) and _WORD.fullmatch(one)
        sql += (f"'{one}'" if literal else "%s") + after
        places += [] if literal else [known.get(one, (one,))]
    return sql, tuple(places)


def _conversions(compiler: Any) -> tuple[tuple[int, tuple[Any, ...]], ...]:
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
    return tuple(
        (place, tuple((convert, expression) for convert in of)) for place, (of, expression) in converters.items()
    )
