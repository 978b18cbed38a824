"""Who does the same? The products for the same Leistung side by side, and which were funded in parallel."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from schnittstellen.catalogue.models import Declaration, Leistung, Product
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.outlines import levels_of
from schnittstellen.catalogue.services.records import shown
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.levels import Nachweisstufe

MOST = 100


@dataclass(frozen=True, slots=True)
class Offered:
    """A role of a standard (`standard@version/role`) that the newest release declares, with its level on the day."""

    name: str
    level: Nachweisstufe


@dataclass(frozen=True, slots=True)
class Alternative:
    """A product. `facts` are those that the viewer may see, by the names of the registry.

    `funded` is None where nobody said whether public money paid for it.
    """

    key: str
    name: str
    vendor: str
    kind: str
    release: str | None
    funded: bool | None
    interfaces: tuple[Offered, ...]
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Products for `leistungen` (key, title), by kind.

    `parallel` are publicly funded products of one kind for one Leistung; `more`: there are others that are not shown.
    """

    leistungen: tuple[tuple[str, str], ...]
    day: date
    products: tuple[Alternative, ...]
    parallel: tuple[tuple[str, ...], ...]
    more: bool


def alternatives(name: str, viewer: Viewer, day: date) -> Alternatives:
    """Who does the same as a product (by its key), or all for a Leistung (by its LeiKa key), on `day`.

    In a fixed number of queries. Raises `SchnittstellenError` (F120, F122).
    """
    leistungen, kind = _asked(name)
    rows = Product.objects.filter(leistungen__in=leistungen, merged_into=None)
    rows = (rows.filter(kind=kind) if kind else rows).distinct().select_related("vendor")
    found = list(rows.prefetch_related("leistungen", "releases", "trainings").order_by("kind", "key")[: MOST + 1])
    wanted = frozenset(one.key for one in leistungen)
    return Alternatives(
        tuple((one.key, one.title) for one in leistungen),
        day,
        tuple(_described(found[:MOST], viewer, day)),
        _parallel(found, wanted),
        len(found) > MOST,
    )


def _asked(name: str) -> tuple[Sequence[Leistung], str | None]:
    if name.isdigit():
        return [finding.leistung(name)], None
    product = finding.product(name)
    return list(product.leistungen.order_by("key")), product.kind


def _described(products: Sequence[Product], viewer: Viewer, day: date) -> Iterable[Alternative]:
    newest = {
        one.pk: max(one.releases.all(), key=lambda each: (each.released or date.min, each.pk), default=None)
        for one in products
    }
    offered = _interfaces([one.pk for one in newest.values() if one], day)
    for one in products:
        release = newest[one.pk]
        yield Alternative(
            one.key,
            one.name,
            one.vendor.name,
            one.kind,
            release.version if release else None,
            one.publicly_funded,
            tuple(offered[release.pk]) if release else (),
            shown.product(one, viewer, day),
        )


def _interfaces(releases: Iterable[int], day: date) -> dict[int, list[Offered]]:
    rows = Declaration.objects.filter(release_id__in=list(releases)).select_related("role__version__standard")
    declared = list(rows.order_by("role__version__standard__key", "role__version__version", "role__key"))
    reached = levels_of(rows, day)
    found: dict[int, list[Offered]] = defaultdict(list)
    for one in declared:
        found[one.release_id].append(Offered(str(one.role), reached.get(one.pk, Nachweisstufe.DECLARED)))
    return found


def _parallel(products: Iterable[Product], wanted: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Each set of at least two publicly funded products of one kind for one of the `wanted` Leistungen, once."""
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in products:
        for leistung in one.leistungen.all() if one.publicly_funded else ():
            if leistung.key in wanted:
                groups[one.kind, leistung.key].append(one.key)
    return tuple(sorted({tuple(sorted(each)) for each in groups.values() if len(each) > 1}))
