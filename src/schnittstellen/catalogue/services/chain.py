"""Is the chain whole? The process chain of a Leistung, of what a municipality uses or the best of the catalogue."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schnittstellen.catalogue.models import Product, Release
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.landscape import Running, landscape
from schnittstellen.catalogue.services.needs import said_by
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.process_chain import USUAL, Candidate, Link, Station, Stations, Whole, best, installed, whole

MOST_AT_A_STATION = 12


@dataclass(frozen=True, slots=True)
class Chain:
    """The links of the chain. `left_out`: there are more products at some station than were tried.

    `there` are the releases at each station from which the links were chosen; a station without any is not named.
    """

    leistung: str
    title: str
    municipality: str | None
    day: date
    stations: tuple[Station, ...]
    whole: Whole
    links: tuple[Link, ...]
    left_out: bool
    there: dict[Station, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _At:
    station: str
    release: str
    release_id: int
    confirmed: bool = True


def chain(key: str, viewer: Viewer, day: date, ags: str | None = None) -> Chain:
    """The chain of a Leistung on `day`, in a fixed number of queries.

    Raises `SchnittstellenError` (F122, F123, F130).
    """
    leistung = finding.leistung(key)
    stations = tuple(Station(one) for one in leistung.chain) or USUAL
    if ags is None:
        offered = _offered(leistung.pk, stations)
        kept = [one for each in offered.values() for one in each[:MOST_AT_A_STATION]]
        there = _stations(kept, day)
        links, place = best(stations, there, day), None
        left_out = any(len(each) > MOST_AT_A_STATION for each in offered.values())
    else:
        land = landscape(ags, viewer, day)
        used = [_used(one) for one in land.running if key in one.leistungen]
        there = _stations(used, day)
        links, place, left_out = installed(stations, there, day), land.name, False
    at = {one: tuple(each.release for each in there[one]) for one in stations if there.get(one)}
    return Chain(leistung.key, leistung.title, place, day, stations, whole(links), links, left_out, at)


def _used(one: Running) -> _At:
    return _At(one.kind, one.release, one.release_id, one.confirmed)


def _offered(leistung: int, stations: Sequence[Station]) -> dict[str, list[_At]]:
    """The newest release of each product for the Leistung, by station."""
    products = Product.objects.filter(leistungen=leistung, kind__in=stations, merged_into=None)
    rows = (
        Release.objects.filter(product__in=products).select_related("product").order_by(undated_first("released"), "pk")
    )
    newest = {row.product_id: row for row in rows}
    found: dict[str, list[_At]] = defaultdict(list)
    for row in sorted(newest.values(), key=str):
        found[row.product.kind].append(_At(row.product.kind, str(row), row.pk))
    return found


def _stations(found: Iterable[_At], day: date) -> Stations:
    there = list({one.release_id: one for one in found}.values())
    words = said_by((one.release_id for one in there), day)
    by_station: dict[Station, list[Candidate]] = defaultdict(list)
    for one in there:
        if one.station in set(Station):
            said = tuple(each.word for each in words[one.release_id])
            by_station[Station(one.station)].append(Candidate(one.release, said, one.confirmed))
    return dict(by_station)
