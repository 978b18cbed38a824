"""Endings as a calendar (iCalendar, RFC 5545), for any program that keeps appointments.

Written here and not by the package icalendar, which takes ten times as long for the same octets; a test compares them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from schnittstellen.catalogue.services.ending import Ending
from schnittstellen.catalogue.wording.endings import sentence, what

PRODUCT = "-//schnittstellen//Referenzkatalog//DE"
_LONGEST = 74
"""Octets of a line; RFC 5545 (3.1) wants at most 75 with the space that continues one."""
_ESCAPED = (("\\N", "\n"), ("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n"), ("\r", "\\n"))
"""RFC 5545 (3.3.11), in this order."""


def calendar(endings: Iterable[Ending], told_on: date) -> bytes:
    """An event of a whole day for each ending; the same ending has the same UID whenever it is written."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}"]
    for one in endings:
        lines += _event(one, told_on)
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def _event(one: Ending, told_on: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_text(f'{what(one)}: {one.subject}')}"
    yield f"DTSTART;VALUE=DATE:{_day(one.day)}"
    yield f"DTEND;VALUE=DATE:{_day(one.day + timedelta(1))}"
    yield f"DTSTAMP:{_day(told_on)}T000000Z"
    yield f"UID:{_text(f'{one.id}@schnittstellen')}"
    yield f"DESCRIPTION:{_text(sentence(one))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(value: str) -> str:
    for plain, written in _ESCAPED:
        value = value.replace(plain, written)
    return value


def _folded(line: str) -> bytes:
    """Lines of at most that length, none of which ends within a letter or after the beginning of an escape."""
    rest, parts = line.encode(), []
    while len(rest) > _LONGEST:
        cut = _LONGEST
        while rest[cut] & 0xC0 == 0x80:
            cut -= 1
        cut -= rest[cut - 1] in b"\\^"
        parts.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
