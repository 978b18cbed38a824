"""Endings as a calendar (iCalendar, RFC 5545), for any program that keeps appointments."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from schnittstellen.catalogue.services.ending import Ending
from schnittstellen.catalogue.wording.endings import sentence, what

PRODUCT = "-//schnittstellen//Referenzkatalog//DE"


def calendar(endings: Iterable[Ending], told_on: date) -> bytes:
    """An event of a whole day for each ending; the same ending has the same UID whenever it is written."""
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    for one in endings:
        found.add_component(_event(one, told_on))
    return bytes(found.to_ical())


def _event(one: Ending, told_on: date) -> Event:
    event = Event()
    event.add("uid", f"{one.id}@schnittstellen")
    event.add("dtstamp", datetime.combine(told_on, time(), UTC))
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(1))
    event.add("summary", f"{what(one)}: {one.subject}")
    event.add("description", sentence(one))
    event.add("transp", "TRANSPARENT")
    return event
