"""What a municipality plans that matters to what it buys: remarks with a day, which change no answer of today."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.catalogue.services.landscape import Landscape, Running
from schnittstellen.catalogue.services.needs import Needs, Task
from schnittstellen.catalogue.services.words import Said
from schnittstellen.domain.exchange import Need
from schnittstellen.domain.procurement import Fit, Installed, couplings


class Change(StrEnum):
    """What is planned of a release."""

    COMES = "comes"
    REPLACED = "replaced"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Plan:
    """`release` comes, is replaced (by `by`, in words) or ends on a day, None where nobody said when.

    `fit` is what is known of the candidate and a release that comes; None where they need not exchange data.
    """

    change: Change
    release: str
    name: str
    on: date | None
    confirmed: bool
    by: str = ""
    fit: Fit | None = None


def coming(land: Landscape, needed: Needs, task: Task) -> dict[Running, list[Need]]:
    """What comes that the candidate must exchange data with: versions of partners, and what serves the same."""
    of = {one.product: needs for one, needs in needed.items()}
    return {
        one: list(of.get(one.product, ()))
        for one in land.coming
        if one.product in of or (one.kind != task.kind and one.leistungen & task.leistungen)
    }


def plans(
    going: Iterable[Running],
    arriving: Mapping[Running, list[Need]],
    words: Mapping[int, list[Said]],
    candidate: int,
    day: date,
) -> tuple[Plan, ...]:
    """What is planned, the nearest first; what has no day comes last."""
    found = [*_going(going), *_arriving(arriving, words, candidate, day)]
    return tuple(sorted(found, key=lambda one: (one.on is None, one.on or day, one.release)))


def _going(running: Iterable[Running]) -> Iterator[Plan]:
    for one in running:
        if one.replacement or one.replacement_on:
            on = one.replacement_on or one.until
            yield Plan(Change.REPLACED, one.release, one.name, on, one.confirmed, one.replacement)
        elif one.until:
            yield Plan(Change.ENDS, one.release, one.name, one.until, one.confirmed)


def _arriving(
    arriving: Mapping[Running, list[Need]], words: Mapping[int, list[Said]], candidate: int, day: date
) -> Iterator[Plan]:
    installed = [
        Installed(one.release, tuple(each.word for each in words[one.release_id]), tuple(of), one.confirmed)
        for one, of in arriving.items()
    ]
    met = couplings([one.word for one in words[candidate]], installed, day)
    fits = {each.release: each.fit for one in met for each in one.installed}
    for one in arriving:
        yield Plan(Change.COMES, one.release, one.name, one.since, one.confirmed, fit=fits[one.release])
