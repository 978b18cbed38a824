"""The example world for the tests of pages, loaded once for a module and taken back after it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from tests.worlds import load_world

_KEPT: list[sqlite3.Connection] = []
"""The loaded world of this process, once there is one: copying pages of a database is quicker than loading."""


def _copied(source: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    source.backup(copy)
    return copy


@contextmanager
def _taken_back() -> Iterator[None]:
    """Whatever happens inside did not: by a copy on SQLite, by a transaction elsewhere."""
    connection.ensure_connection()
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        return
    before = _copied(connection.connection)
    try:
        yield
    finally:
        before.backup(connection.connection)


def _restored() -> bool:
    if connection.vendor != "sqlite" or not _KEPT:
        return False
    _KEPT[0].backup(connection.connection)
    return True


def _keep() -> None:
    if connection.vendor == "sqlite":
        _KEPT.append(_copied(connection.connection))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """All tests of the module see the world; what they change is taken back after each."""
    with django_db_blocker.unblock(), _taken_back():
        if not _restored():
            with transaction.atomic():
                load_world()
            _keep()
        yield


@pytest.fixture
def world(loaded: None, db: None) -> None:
    """The invented world of the registry that ships."""


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Tests of one process share a cache; none finds what another left."""
    cache.clear()
