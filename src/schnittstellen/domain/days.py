"""Days that people ask for, written the one way that is understood everywhere, and the day of a moment."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

YEARS = range(1990, 2200)
"""Of other years nothing is known, and computing with them could leave the calendar."""
HERE = ZoneInfo("Europe/Berlin")
"""Where the days of the catalogue, of keys, orders and certificates begin and end, whatever zone a machine is in."""
_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def asked_day(text: str) -> date:
    """The day that `text` (YYYY-MM-DD) names. Raises `ValueError` where it names none, or none of `YEARS`."""
    if not _FORM.fullmatch(text):
        raise ValueError(text)
    day = date.fromisoformat(text)
    if day.year not in YEARS:
        raise ValueError(text)
    return day


def day_of(moment: datetime) -> date:
    """The day of a moment that knows its offset. Raises `OverflowError` at the ends of the calendar."""
    return moment.astimezone(HERE).date()
