"""When a run and its recordings were made: by an order none is older than it, and none is younger than its hand-in."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from schnittstellen.attest.verifying import VerifiedReport
from schnittstellen.catalogue.models import IssuedOrder
from schnittstellen.catalogue.services.handing_in.sent import Input, Sent
from schnittstellen.domain.days import HERE, day_of
from schnittstellen.domain.refusals import BEFORE_ORDER, FROM_THE_FUTURE, OTHER_TIME, Refusal

CLOCKS_DIFFER = timedelta(minutes=5)
NO_TIME = "–"


def out_of_time(sent: Sent, order: IssuedOrder | None, now: datetime) -> Iterator[Refusal]:
    """Recordings with an exchange before the order (without one: any), after today, or at no time at all.

    The times are the vendor's word; that the run is newer than the order is proven by its seed.
    """
    if order is None:
        return
    since, until = datetime.combine(order.issued, time(), HERE) - CLOCKS_DIFFER, now + CLOCKS_DIFFER
    for one in sent.inputs:
        wrong = next((it for it in _moments(one) if it is None or not since <= it <= until), NO_TIME)
        if wrong != NO_TIME:
            found = day_of(wrong).isoformat() if isinstance(wrong, datetime) else NO_TIME
            days = {"since": order.issued.isoformat(), "until": day_of(now).isoformat()}
            yield Refusal(OTHER_TIME, {"name": one.name, "found": found, **days})


def too_early(verified: VerifiedReport, order: IssuedOrder | None, now: datetime) -> Iterator[Refusal]:
    """A run by an order is made after it was issued; none is made after it is received (clocks differ by minutes)."""
    if order is not None and verified.run_on < order.issued:
        said = {"found": verified.run_on.isoformat(), "day": order.issued.isoformat()}
        yield Refusal(BEFORE_ORDER, {"order": order.key, **said})
    started = moment(verified.report.started)
    if verified.run_on <= day_of(now) and started is not None and started > now + CLOCKS_DIFFER:
        times = {"found": started.isoformat(timespec="seconds"), "day": now.isoformat(timespec="seconds")}
        yield Refusal(FROM_THE_FUTURE, times)


def _moments(one: Input) -> Iterator[datetime | None]:
    if not one.recording:
        return
    try:
        entries = json.loads(one.data)["log"]["entries"]
        yield from (moment(it.get("startedDateTime")) for it in entries)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return


def moment(text: Any) -> datetime | None:
    """A point in time; without an offset it is taken as UTC. None where it is none."""
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
