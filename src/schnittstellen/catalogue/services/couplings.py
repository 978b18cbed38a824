"""What is known of the couplings that a municipality has: does it hold what exchanges data there today?"""

from dataclasses import dataclass
from datetime import date

from schnittstellen.catalogue.services.landscape import Landscape, Link, Running
from schnittstellen.catalogue.services.needs import said_by
from schnittstellen.domain.exchange import Encounter, Need, encounter


@dataclass(frozen=True, slots=True)
class Judged:
    """A coupling and what the declarations and evidence of both sides say of it."""

    link: Link
    first: Running
    second: Running
    encounter: Encounter


def judged(land: Landscape, day: date) -> tuple[Judged, ...]:
    """Each coupling of a landscape on `day`, in a fixed number of queries."""
    by_id = {one.id: one for one in land.running}
    coupled = {end for link in land.links for end in (link.first, link.second)}
    words = said_by({by_id[end].release_id for end in coupled}, day)
    said = {end: [each.word for each in words[by_id[end].release_id]] for end in coupled}
    return tuple(
        Judged(
            link,
            by_id[link.first],
            by_id[link.second],
            encounter(said[link.first], said[link.second], day, Need(link.standard, link.messages)),
        )
        for link in land.links
    )
