"""What many pages share is kept as long as nothing at all has been written: never longer, whoever wrote.

The database itself says whether it has changed, each time that something kept is used (`state`).
"""

from collections.abc import Callable
from functools import partial, wraps
from threading import local
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from django.db import connection

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

P = ParamSpec("P")
T = TypeVar("T")
State = tuple[object, ...]
"""What the database held when it was asked."""
MOST = 200
"""So many answers of one function are kept, by each thread."""


def while_unchanged(answer: Callable[P, T]) -> Callable[P, T]:
    """The answer of a function that depends on its arguments and the database only, kept until anything is written.

    Arguments can be hashed, and nobody changes the answer. Within a transaction nothing is kept, as it sees what it
    wrote itself.
    """
    return at_most(MOST)(answer)


def at_most(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """The same, with so many answers kept by each thread."""
    return partial(_kept, most)


def _kept(most: int, answer: Callable[P, T]) -> Callable[P, T]:
    there = local()

    @wraps(answer)
    def kept(*args: P.args, **kwargs: P.kwargs) -> T:
        if connection.in_atomic_block:
            return answer(*args, **kwargs)
        seen = state()
        key = (*args, *sorted(kwargs.items()))
        if getattr(there, "state", None) != seen or (len(there.answers) >= most and key not in there.answers):
            there.state, there.answers = seen, {}
        if key not in there.answers:
            there.answers[key] = answer(*args, **kwargs)
        found: T = there.answers[key]
        return found

    return kept


def state() -> State:
    """The same only as long as whatever this connection reads is the same.

    PostgreSQL: the transactions that are seen; each that writes has a number of its own. SQLite: `data_version` changes
    with whatever another connection commits (also of another process), `total_changes` with what this one writes, and
    `schema_version` with other tables or when a copy is put in their place.
    """
    with connection.cursor() as cursor:
        seen = tuple(_one(cursor, sql) for sql in _SEEN[connection.vendor])
    own = connection.connection
    return own, seen, own.total_changes if connection.vendor == "sqlite" else None


def _one(cursor: "CursorWrapper", sql: str) -> object:
    cursor.execute(sql)
    return cursor.fetchone()


_SEEN = {
    "postgresql": ("SELECT pg_current_snapshot()::text",),
    "sqlite": ("PRAGMA data_version", "PRAGMA schema_version"),
}
