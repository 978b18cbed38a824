"""Kann ich beschaffen? A candidate against the landscape of a municipality."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.catalogue.models import Declaration, Release
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.landscape import Landscape, Running, landscape
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import said
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.exchange import Need, Word
from schnittstellen.domain.procurement import Answer, Coupling, Installed, answer, couplings
from schnittstellen.domain.texts import N_

NOT_INSTALLED = Fault(
    "F131",
    N_("{product} ist in {name} nicht im Einsatz."),
    N_("Im Einsatz sind: {candidates}."),
    http=422,
)
FAULTS = (NOT_INSTALLED,)


class Basis(StrEnum):
    """Why a coupling is needed: somebody recorded it, or both serve the same Leistung."""

    RECORDED = "recorded"
    LEISTUNG = "leistung"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Wishes:
    """`replaces` is the product that the candidate takes the place of; `leistungen` what it is bought for."""

    replaces: str | None = None
    leistungen: frozenset[str] = frozenset()


ANY_WISH = Wishes()


@dataclass(frozen=True, slots=True)
class Procurement:
    """The answer with all its reasons. `names` are the names of the partners, `replaced` the releases that go."""

    candidate: str
    municipality: str
    municipality_name: str
    day: date
    answer: Answer
    basis: Basis
    couplings: tuple[Coupling, ...]
    names: dict[str, str]
    replaced: tuple[str, ...]
    end_of_support: date | None


def can_procure(name: str, ags: str, viewer: Viewer, day: date, wishes: Wishes = ANY_WISH) -> Procurement:
    """Whether `product[@release]` fits into the landscape of a municipality on `day`.

    Couplings are needed as they were recorded for what is replaced, with every installed version of a partner;
    where none was recorded, with all that serves the same Leistung. The number of queries does not grow.
    Raises `SchnittstellenError` (F120, F121, F123, F130, F131).
    """
    candidate = finding.release(name)
    land = landscape(ags, viewer, day)
    leistungen = wishes.leistungen or frozenset(candidate.product.leistungen.values_list("key", flat=True))
    gone = _replaced(land, candidate, leistungen, wishes)
    needs, basis = _needs(land, gone, candidate, leistungen)
    words = _words({candidate.pk, *(one.release_id for one in needs)}, day)
    installed = [
        Installed(one.release, tuple(words[one.release_id]), tuple(of), one.confirmed) for one, of in needs.items()
    ]
    found = couplings(words[candidate.pk], installed, day)
    return Procurement(
        str(candidate),
        land.ags,
        land.name,
        day,
        answer(found),
        basis,
        found,
        {one.product: one.name for one in needs},
        tuple(sorted({one.release for one in gone})),
        candidate.end_of_support or candidate.product.end_of_support,
    )


def _replaced(land: Landscape, candidate: Release, leistungen: frozenset[str], wishes: Wishes) -> tuple[Running, ...]:
    """What the candidate takes the place of: what was named, or older versions of itself and what does the same."""
    product = candidate.product
    if wishes.replaces is None:
        own = (one for one in land.running if _same_task(one, product.key, product.kind, leistungen))
        return tuple(own)
    key = finding.product(wishes.replaces).key
    found = tuple(one for one in land.running if one.product == key)
    if not found:
        there = ", ".join(sorted({one.product for one in land.running})) or "–"
        raise SchnittstellenError(NOT_INSTALLED, product=key, name=land.name, candidates=there)
    return found


def _same_task(one: Running, product: str, kind: str, leistungen: frozenset[str]) -> bool:
    return one.product == product or (one.kind == kind and bool(one.leistungen & leistungen))


def _needs(
    land: Landscape, gone: Iterable[Running], candidate: Release, leistungen: frozenset[str]
) -> tuple[dict[Running, list[Need]], Basis]:
    recorded = _recorded(land, frozenset(one.id for one in gone))
    if recorded:
        return recorded, Basis.RECORDED
    out = frozenset(one.id for one in gone)
    alike = {
        one: list[Need]()
        for one in land.running
        if one.id not in out and one.kind != candidate.product.kind and one.leistungen & leistungen
    }
    return alike, Basis.LEISTUNG if alike else Basis.NOTHING


def _recorded(land: Landscape, gone: frozenset[int]) -> dict[Running, list[Need]]:
    """What is coupled with something that goes, and every other installed version of the same partner."""
    by_id = {one.id: one for one in land.running}
    of: dict[str, dict[Need, None]] = defaultdict(dict)
    for link in land.links:
        ends = {link.first, link.second}
        for stays in ends - gone if ends & gone else ():
            of[by_id[stays].product][Need(link.standard, link.messages)] = None
    return {one: list(of[one.product]) for one in land.running if one.product in of and one.id not in gone}


def _words(releases: set[int], day: date) -> dict[int, list[Word]]:
    rows = Declaration.objects.filter(release_id__in=releases)
    names = dict(rows.values_list("pk", "release_id"))
    found: dict[int, list[Word]] = defaultdict(list)
    for one in said(rows, day):
        found[names[one.id]].append(one.word)
    return found
