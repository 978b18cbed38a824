"""What a client bears: properties that the standard does not know, deleted objects, failures without an error object.

Seen is only whether it goes on. A client that follows the links of such an answer has read it. One that ends several
lists just there, and no list anywhere else, has stumbled. One list that ends there, or a session, may have other
reasons: then nothing is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schnittstellen.checks.hypermedia import client_codes as codes
from schnittstellen.checks.hypermedia.client_requests import Seen, place
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.texts import N_
from schnittstellen.engine.recording import DELETED, EXTENSION, TROUBLE, Heard, alike

WHAT = {
    EXTENSION: N_("mit einer Eigenschaft, die der Standard nicht kennt"),
    DELETED: N_("mit einem gelöschten Objekt"),
    TROUBLE: N_("Fehlerantwort ohne Fehlerobjekt"),
}


def bearing(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Seen]:
    """Judge what came after each answer with something to bear that `rules` names."""
    rules = options.get("rules", {})
    for trait in (EXTENSION, DELETED):
        if trait in rules:
            yield from _went_on(heard, trait, rules[trait])
    if TROUBLE in rules:
        yield from _after_trouble(heard, rules[TROUBLE])


def _went_on(heard: Sequence[Heard], trait: str, rule: str) -> Iterator[Seen]:
    with_it = [one for one in heard if trait in one.traits]
    read = _Pages(heard)
    borne = any(read.went_on(one) if one.next else one.number in read.followed for one in with_it)
    stops = [one for one in with_it if one.next and not read.went_on(one)] if read.any else []
    yield from [trait] if borne else []
    past = any(one.next and read.went_on(one) for one in with_it)
    if past:
        return
    if _always(stops, with_it, heard, read):
        yield from (_finding(codes.STUMBLED.id, one, trait, rule) for one in stops)
    elif stops:
        yield _finding(codes.ENDED_THERE.id, stops[0], trait, rule)
    elif with_it and not borne and with_it[-1] is heard[-1]:
        yield _finding(codes.ENDED_THERE.id, with_it[-1], trait, rule)


class _Pages:
    """Which next pages a client asked for, and which answers led it anywhere."""

    def __init__(self, heard: Sequence[Heard]) -> None:
        self._asked = {alike(one.request.url) for one in heard}
        self.followed = {one.after for one in heard}
        self.any = any(self.went_on(one) for one in heard if one.next)

    def went_on(self, one: Heard) -> bool:
        """Whether the page after `one` was asked for."""
        return alike(one.next) in self._asked


def _always(stops: Sequence[Heard], with_it: Sequence[Heard], heard: Sequence[Heard], read: _Pages) -> bool:
    """Whether the client ended several lists at this trait and never one elsewhere."""
    several = len({alike(one.next) for one in stops}) > 1
    elsewhere = any(one.next and not read.went_on(one) for one in heard if one not in with_it)
    return several and not elsewhere


def _after_trouble(heard: Sequence[Heard], rule: str) -> Iterator[Seen]:
    troubles = [one for one in heard if TROUBLE in one.traits]
    if troubles and any(TROUBLE not in one.traits for one in heard[troubles[0].number :]):
        yield TROUBLE
    elif troubles:
        yield _finding(codes.ENDED_THERE.id, troubles[-1], TROUBLE, rule)


def _finding(code: str, one: Heard, trait: str, rule: str) -> Finding:
    return Finding(code, place(one), {"number": str(one.number), "what": WHAT[trait]}, rule=rule)
