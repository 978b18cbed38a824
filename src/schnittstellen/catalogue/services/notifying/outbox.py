"""An outbox: rows that workers send, at least once.

A worker takes a row for `LEASE`; if it dies between sending and saying so, another sends it again afterwards.
"""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import F, QuerySet

from schnittstellen.catalogue.models import Outgoing

State = Outgoing.State
Row = TypeVar("Row", bound=Outgoing)
LEASE = timedelta(minutes=2)
PAUSES = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 300, 600, 900))
"""After each failed attempt; then it is given up."""
MOST = 200


def sent(rows: "QuerySet[Row]", now: datetime, send: Callable[[Row, datetime], str]) -> int:
    """Send those of `rows` that wait and are due by `now`, at most `MOST`; returns how many arrived.

    `send` returns why it failed, "gone" where nobody wants it any more, else nothing.
    """
    waiting = rows.filter(state=State.WAITING, next_at__lte=now).order_by("next_at", "pk")
    return sum(_send(rows, pk, now, send) for pk in list(waiting.values_list("pk", flat=True)[:MOST]))


def _send(rows: "QuerySet[Row]", pk: int, now: datetime, send: Callable[[Row, datetime], str]) -> bool:
    lease = secrets.token_hex(16)
    mine = rows.filter(pk=pk, state=State.WAITING, next_at__lte=now)
    if not mine.update(lease=lease, next_at=now + LEASE, attempts=F("attempts") + 1):
        return False
    one = rows.get(pk=pk)
    problem = send(one, now)
    held = rows.filter(pk=pk, lease=lease, state=State.WAITING)
    if not problem:
        return bool(held.update(state=State.SENT, sent_at=now, lease="", problem=""))
    if problem == "gone" or one.attempts > len(PAUSES):
        held.update(state=State.GIVEN_UP, lease="", problem=problem)
    else:
        held.update(next_at=now + PAUSES[one.attempts - 1], lease="", problem=problem)
    return False
