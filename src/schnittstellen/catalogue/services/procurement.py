"""Kann ich beschaffen? A candidate against the landscape of a municipality."""

from dataclasses import dataclass
from datetime import date

from schnittstellen.catalogue.models import Release
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.landscape import Landscape, Running, landscape
from schnittstellen.catalogue.services.needs import Basis, Task, alike, needs, said_by
from schnittstellen.catalogue.services.plans import Plan, coming, plans
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.procurement import Answer, Coupling, Installed, answer, couplings
from schnittstellen.domain.texts import N_

NOT_INSTALLED = Fault(
    "F131",
    N_("{product} ist in {name} nicht im Einsatz."),
    N_("Im Einsatz sind: {candidates}."),
    http=422,
)
FAULTS = (NOT_INSTALLED,)


@dataclass(frozen=True, slots=True)
class Wishes:
    """`replaces` is the product that the candidate takes the place of; `leistungen` what it is bought for."""

    replaces: str | None = None
    leistungen: frozenset[str] = frozenset()


ANY_WISH = Wishes()


@dataclass(frozen=True, slots=True)
class Procurement:
    """The answer with all its reasons. `names` are the names of the partners, `replaced` the releases that go.

    `planned` is what changes later; the answer is that of `day`.
    """

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
    planned: tuple[Plan, ...] = ()


def can_procure(name: str, ags: str, viewer: Viewer, day: date, wishes: Wishes = ANY_WISH) -> Procurement:
    """Whether `product[@release]` fits into the landscape of a municipality on `day`.

    Couplings are needed as they were recorded for what is replaced, with every installed version of a partner;
    where none was recorded, with all that serves the same Leistung. The number of queries does not grow.
    Raises `SchnittstellenError` (F120–F123, F130, F131).
    """
    candidate = finding.release(name)
    land = landscape(ags, viewer, day)
    finding.demand_leistungen(wishes.leistungen)
    leistungen = wishes.leistungen or frozenset(candidate.product.leistungen.values_list("key", flat=True))
    task = Task(candidate.product.kind, leistungen)
    gone = _replaced(land, candidate, task, wishes)
    needed, basis = needs(land, gone, task)
    arriving = coming(land, needed, task)
    words = said_by({candidate.pk, *(one.release_id for one in (*needed, *arriving))}, day)
    installed = [
        Installed(one.release, tuple(each.word for each in words[one.release_id]), tuple(of), one.confirmed)
        for one, of in needed.items()
    ]
    found = couplings([one.word for one in words[candidate.pk]], installed, day)
    return Procurement(
        str(candidate),
        land.ags,
        land.name,
        day,
        answer(found),
        basis,
        found,
        {one.product: one.name for one in needed},
        tuple(sorted({one.release for one in gone})),
        candidate.end_of_support or candidate.product.end_of_support,
        plans((*gone, *needed), arriving, words, candidate.pk, day),
    )


def _replaced(land: Landscape, candidate: Release, task: Task, wishes: Wishes) -> tuple[Running, ...]:
    """What the candidate takes the place of: what was named, or older versions of itself and what does the same."""
    if wishes.replaces is None:
        return alike(land, task, candidate.product.key)
    key = finding.product(wishes.replaces).key
    found = tuple(one for one in land.running if one.product == key)
    if not found:
        there = ", ".join(sorted({one.product for one in land.running})) or "–"
        raise SchnittstellenError(NOT_INSTALLED, product=key, name=land.name, candidates=there)
    return found
