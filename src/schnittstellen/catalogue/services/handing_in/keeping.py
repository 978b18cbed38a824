"""The inputs of a hand-in: kept privately until a day, published only where they name no real person, then deleted."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.conf import settings

from schnittstellen.catalogue.models import HandedInput, HandIn
from schnittstellen.catalogue.services.handing_in.sent import Input, Keep, Sent
from schnittstellen.domain.finding import Place
from schnittstellen.domain.personal_data import LABELS, Sighting, sightings
from schnittstellen.domain.refusals import PERSONAL, Refusal
from schnittstellen.formats.leaves import leaves

PLACES = 10


def personal(sent: Sent) -> Iterator[Refusal]:
    """Where inputs that are to be published probably name real persons; places, never content."""
    if sent.keep is not Keep.PUBLISH:
        return
    for one in sent.inputs:
        found = list(sightings(leaves(one.data)))
        if found:
            said = [_told(it) for it in found[:PLACES]] + (["…"] if len(found) > PLACES else [])
            yield Refusal(PERSONAL, {"name": one.name, "places": "; ".join(said)})


def _told(one: Sighting) -> str:
    return f"{LABELS[one.kind]}: {_place(one.place)}"


def _place(place: Place) -> str:
    line = f"{place.line}: " if place.line else ""
    return f"{line}{place.xpath or place.pointer or ''}".strip(": ")


def keep(of: HandIn, sent: Sent, today: date) -> None:
    """Store the inputs as the vendor wants it."""
    if sent.keep is Keep.DISCARD:
        return
    day = None if sent.keep is Keep.PUBLISH else today + timedelta(days=settings.HAND_IN_DAYS)
    HandedInput.objects.bulk_create(_row(of, one, day) for one in _once(sent.inputs))


def _once(inputs: Iterable[Input]) -> list[Input]:
    return list({one.sha256: one for one in inputs}.values())


def _row(of: HandIn, one: Input, day: date | None) -> HandedInput:
    return HandedInput(
        hand_in=of,
        name=name_of(one),
        sha256=one.sha256,
        recording=one.recording,
        document=one.data,
        deleted_on=day,
    )


def name_of(one: Input) -> str:
    """Its name as databases take it."""
    return one.name[:300].replace("\0", "")


def delete_due(today: date) -> int:
    """Delete the inputs whose time is over; gives their number."""
    count, _ = HandedInput.objects.filter(deleted_on__lte=today).delete()
    return count
