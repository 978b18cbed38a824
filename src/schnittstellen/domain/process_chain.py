"""Is the chain whole (Prozesskette)? The stations of a Leistung and their links. Pure; the weakest link counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise, product

from schnittstellen.domain.exchange import Encounter, Status, Word, encounter, greenness


class Station(StrEnum):
    """Where a case passes; the values are the kinds of products."""

    ONLINE_DIENST = "online-dienst"
    TRANSPORT = "transport"
    FACHVERFAHREN = "fachverfahren"
    E_AKTE = "e-akte"
    BEZAHLUNG = "bezahlung"
    BESCHEID = "bescheid"


USUAL = tuple(Station)
"""The stations of a Leistung that names none."""


class Whole(StrEnum):
    """Whether a chain is whole: proven at each link, broken at one, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A release (`product@version`) that can be a station, with what is declared of it.

    Without `confirmed` nobody but the vendor says that it is there.
    """

    release: str
    words: tuple[Word, ...]
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Joint:
    """Two releases at two neighbouring stations, and what is known of their exchange.

    Where not both are `confirmed` to be there, the status is no better than unknown.
    """

    releases: tuple[str, str]
    encounter: Encounter
    confirmed: bool

    @property
    def status(self) -> Status:
        """What counts in the chain."""
        found = self.encounter.status
        return found if self.confirmed else min(found, Status.UNKNOWN, key=greenness)


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbouring stations. Where nothing is `missing`, `joints` are what counts, the weakest first."""

    stations: tuple[Station, Station]
    status: Status
    missing: tuple[Station, ...]
    joints: tuple[Joint, ...]


Stations = dict[Station, Sequence[Candidate]]


def neighbours(stations: Sequence[Station]) -> Iterator[tuple[Station, Station]]:
    """Which stations exchange data: the case comes to the Fachverfahren, by transport if there is one, and goes on."""
    if Station.FACHVERFAHREN not in stations:
        yield from pairwise(stations)
        return
    way = [one for one in (Station.ONLINE_DIENST, Station.TRANSPORT) if one in stations]
    yield from zip([*way], [*way[1:], Station.FACHVERFAHREN], strict=True)
    for one in stations:
        if one not in (*way, Station.FACHVERFAHREN):
            yield Station.FACHVERFAHREN, one


def installed(stations: Sequence[Station], there: Stations, day: date) -> tuple[Link, ...]:
    """The chain of what is in use: everything at a station must work with everything at the next."""
    return tuple(_link(pair, there, day, tuple(there.get(one, ()) for one in pair)) for pair in neighbours(stations))


def best(stations: Sequence[Station], offered: Stations, day: date) -> tuple[Link, ...]:
    """The best chain to be had: for each Fachverfahren the best of the other stations, and the best of these."""
    hubs = offered.get(Station.FACHVERFAHREN, ()) if Station.FACHVERFAHREN in stations else ()
    if not hubs:
        return _greenest(stations, offered, day)
    chains = [_greenest(stations, {**offered, Station.FACHVERFAHREN: (hub,)}, day) for hub in hubs]
    return max(chains, key=lambda links: (_weakest(links), sum(greenness(one.status) for one in links)))


def whole(links: Sequence[Link]) -> Whole:
    """No where a link is refuted or not possible; yes only where all are proven."""
    found = {one.status for one in links}
    if found & {Status.REFUTED, Status.NOT_POSSIBLE}:
        return Whole.NO
    return Whole.YES if found == {Status.PROVEN} else Whole.UNKNOWN


def _weakest(links: Sequence[Link]) -> int:
    return min((greenness(one.status) for one in links), default=0)


def _greenest(stations: Sequence[Station], offered: Stations, day: date) -> tuple[Link, ...]:
    """Each station but the transport has one link only; the transport is the one whose weaker link is the greenest."""
    ways = offered.get(Station.TRANSPORT, ()) if Station.TRANSPORT in stations else ()
    chains = [_chosen(stations, {**offered, Station.TRANSPORT: (way,)}, day) for way in ways]
    return max(chains, key=_weakest) if chains else _chosen(stations, offered, day)


def _chosen(stations: Sequence[Station], offered: Stations, day: date) -> tuple[Link, ...]:
    links = []
    for pair in neighbours(stations):
        link = _link(pair, offered, day, tuple(offered.get(one, ()) for one in pair))
        links.append(
            Link(link.stations, link.joints[-1].encounter.status, (), link.joints[-1:]) if link.joints else link
        )
    return tuple(links)


def _link(pair: tuple[Station, Station], there: Stations, day: date, sides: tuple[Sequence[Candidate], ...]) -> Link:
    missing = tuple(one for one in pair if not there.get(one))
    if missing:
        return Link(pair, Status.UNKNOWN, missing, ())
    joints = sorted(
        (_joint(one, other, day) for one, other in product(*sides)),
        key=lambda joint: (greenness(joint.status), joint.releases),
    )
    return Link(pair, joints[0].status, (), tuple(joints))


def _joint(one: Candidate, other: Candidate, day: date) -> Joint:
    met = encounter(one.words, other.words, day)
    return Joint((one.release, other.release), met, one.confirmed and other.confirmed)
