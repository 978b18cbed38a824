"""What something new must exchange data with in a municipality: what is recorded, else all that serves the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.catalogue.models import Declaration
from schnittstellen.catalogue.services.around import around
from schnittstellen.catalogue.services.landscape import Landscape, Running
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.words import DECLARED, Declared, Said
from schnittstellen.domain.exchange import Need


class Basis(StrEnum):
    """Why a coupling is needed: somebody recorded it, or both serve the same Leistung, or the asker named it."""

    RECORDED = "recorded"
    LEISTUNG = "leistung"
    NAMED = "named"
    NOTHING = "nothing"


Needs = Mapping[Running, list[Need]]


@dataclass(frozen=True, slots=True)
class Task:
    """What something is bought for: its kind, and Leistungen by their LeiKa keys."""

    kind: str
    leistungen: frozenset[str]


def alike(land: Landscape, task: Task, product: str | None = None) -> tuple[Running, ...]:
    """What does the same task already: of that kind and for one of the Leistungen, or an older `product`."""
    return tuple(
        one
        for one in land.running
        if one.product == product or (one.kind == task.kind and bool(one.leistungen & task.leistungen))
    )


def needs(land: Landscape, gone: Iterable[Running], task: Task) -> tuple[Needs, Basis]:
    """What must be coupled once `gone` is gone: as it was recorded for that, else with all that serves the same."""
    out = frozenset(one.id for one in gone)
    recorded = _recorded(land, out)
    if recorded:
        return recorded, Basis.RECORDED
    serving = {
        one: list[Need]()
        for one in land.running
        if one.id not in out and one.kind != task.kind and one.leistungen & task.leistungen
    }
    return serving, Basis.LEISTUNG if serving else Basis.NOTHING


def _recorded(land: Landscape, gone: frozenset[int]) -> dict[Running, list[Need]]:
    """What is coupled with something that goes, and every other installed version of the same partner."""
    by_id = {one.id: one for one in land.running}
    of: dict[str, dict[Need, None]] = defaultdict(dict)
    for link in land.links:
        ends = {link.first, link.second}
        for stays in ends - gone if ends & gone else ():
            of[by_id[stays].product][Need(link.standard, link.messages)] = None
    return {one: list(of[one.product]) for one in land.running if one.product in of and one.id not in gone}


def said_by(releases: Iterable[int], day: date) -> dict[int, list[Said]]:
    """What releases (primary keys) declare, with what the evidence comes to on `day`."""
    rows = _DECLARED.rows(set(releases))
    roles = frozenset(row[-2] for row in rows)
    known = around(day)
    said = known.said((Declared(*row[:-1]) for row in rows), known.parts(roles), roles)
    found: dict[int, list[Said]] = defaultdict(list)
    for row, one in zip(rows, said, strict=True):
        found[row[-1]].append(one)
    return found


_DECLARED = Prepared(
    lambda releases: Declaration.objects.filter(release_id__in=releases).values_list(*DECLARED, "release_id")
)
