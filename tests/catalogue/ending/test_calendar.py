"""Calendars are, octet for octet, those that the package icalendar writes."""

import random
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar, Event

from schnittstellen.catalogue.services.ending import Ending, What
from schnittstellen.catalogue.wording.calendar import PRODUCT, calendar
from schnittstellen.catalogue.wording.endings import sentence, what

DAY = date(2026, 11, 30)
ODD = (*"aäß€𝄞\\;,:^\"'", "\n", "\r\n", "\r", "\\n", "\\N", "\\\\", "\t", "  ", "{", "b" * 30, "ü" * 37, "\u2028")


def written(endings: list[Ending]) -> bytes:
    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    for one in endings:
        event = Event()
        event.add("uid", f"{one.id}@schnittstellen")
        event.add("dtstamp", datetime.combine(DAY, time(), UTC))
        event.add("dtstart", one.day)
        event.add("dtend", one.day + timedelta(1))
        event.add("summary", f"{what(one)}: {one.subject}")
        event.add("description", sentence(one))
        event.add("transp", "TRANSPARENT")
        found.add_component(event)
    return bytes(found.to_ical())


def ending(kind: What, text: str, day: date = DAY) -> Ending:
    return Ending(day, kind, f"{text}@1.0", text, text, "4" if kind is What.EVIDENCE else text)


@pytest.mark.parametrize("kind", list(What))
def test_the_same_octets_whatever_is_written(kind: What) -> None:
    some = random.Random(7)
    texts = ["", *ODD, *("".join(some.choices(ODD, k=some.randrange(1, 40))) for _ in range(300))]
    texts += [("x" * length + tail) for length in range(40, 90) for tail in ("ä", "\\;", "^n", "€uro", ",,")]
    for text in texts:
        endings = [ending(kind, text, DAY + timedelta(some.randrange(900)))]
        assert calendar(endings, DAY) == written(endings), repr(text)


def test_the_same_octets_for_none_and_for_many() -> None:
    assert calendar([], DAY) == written([])
    many = [ending(kind, f"Programm {kind}", DAY) for kind in What]
    assert calendar(many, DAY) == written(many)
