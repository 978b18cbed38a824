"""The world that ships, loaded once by a process and from then on put back row by row, on any database."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from schnittstellen import bootstrap

REGISTRY = Path(__file__).parents[1] / "registry"

_KEPT: dict[str, tuple[str, list[Any]]] = {}
"""By table: its columns, and its rows as the database wrote them."""


def load_world() -> None:
    """The world of `registry/`, inside the transaction of the test; in a catalogue with something in it by loading."""
    from schnittstellen.catalogue.registry.loading import load

    filled = set(_filled())
    if _KEPT and not filled & set(_KEPT):
        _put_back()
        return
    begun = any(f"catalogue_{one}" in filled for one in ("standard", "vendor", "municipality", "leistung", "provider"))
    load(REGISTRY, bootstrap.library())
    if not begun and not _KEPT:
        _KEPT.update({table: _rows(table) for table in _filled() if table not in filled})


def _filled() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")
            if cursor.fetchone():
                yield table


def _rows(table: str) -> tuple[str, list[Any]]:
    """PostgreSQL's own format, or values of SQLite that no converter has touched (which is what the plus is for)."""
    with connection.cursor() as cursor:
        told = connection.introspection.get_table_description(cursor, table)
        columns = [_quoted(one.name) for one in told]
        if connection.vendor != "sqlite":
            with cursor.copy(f"COPY {_quoted(table)} ({', '.join(columns)}) TO STDOUT") as copied:
                return ", ".join(columns), [bytes(one) for one in copied]
        cursor.execute(f"SELECT {', '.join(f'+{one}' for one in columns)} FROM {_quoted(table)}")
        return ", ".join(columns), cursor.fetchall()


def _put_back() -> None:
    with connection.cursor() as cursor:
        for table, (columns, rows) in _KEPT.items():
            if connection.vendor == "sqlite":
                marks = ", ".join("?" for _ in rows[0])
                raw = connection.connection
                raw.executemany(f"INSERT INTO {_quoted(table)} ({columns}) VALUES ({marks})", rows)
                continue
            with cursor.copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as copied:
                for one in rows:
                    copied.write(one)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
