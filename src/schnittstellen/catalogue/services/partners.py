"""Which products can exchange data? For one product all partners, for a Leistung all pairs of its products."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from schnittstellen.catalogue.models import Declaration, Product, Release
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.around import Around, around
from schnittstellen.catalogue.services.narrow import text
from schnittstellen.catalogue.services.partnering import Field, ranked, refuted_with
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from schnittstellen.catalogue.services.words import DECLARED, Declared, Said, worded
from schnittstellen.domain.exchange import Encounter, Part, Status, encounter, greenness

DEFAULT_PAGE = 50


@dataclass(frozen=True, slots=True)
class Named:
    """A product for lists."""

    key: str
    name: str
    vendor: str
    kind: str


@dataclass(frozen=True, slots=True)
class Partner:
    """A product that speaks of the same standards: its releases with what is known of each, the greenest first."""

    product: Named
    status: Status
    releases: tuple[tuple[str, Encounter], ...]


@dataclass(frozen=True, slots=True)
class Partners:
    """The answer: `counts` over all partners, `partners` those of this page, `next` the offset of the next one."""

    release: str
    day: date
    counts: dict[str, int]
    partners: tuple[Partner, ...]
    next: int | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the partners is wanted. Empty is everything."""

    standard: str | None = None
    leistung: str | None = None
    statuses: frozenset[Status] = field(default_factory=frozenset)
    offset: int = 0
    limit: int = DEFAULT_PAGE


EVERYTHING = Wanted()


def partners(name: str, day: date, wanted: Wanted = EVERYTHING) -> Partners:
    """The partners of `product[@release]` on `day`, the best proven first.

    The number of queries is the same however many there are. Raises `SchnittstellenError` (F002, F120–F122).
    """
    release = _release(name)
    _demand_known(wanted)
    known = around(day)
    parts = known.parts({one.role for one in release.declared})
    own = _of_standard(release.declared, parts, wanted.standard)
    field = _field(release.product, known, own, wanted)
    apart = field.declared(field.serving(refuted_with(release.id)))
    words = known.said([*own, *apart], parts, field.meeting)
    found = ranked(words[: len(own)], words[len(own) :], field)
    page, more = found.page(wanted.statuses, wanted.offset, wanted.limit)
    met = _met(words[: len(own)], known.said(field.declared(page), parts, field.meeting), field)
    after = wanted.offset + wanted.limit if more else None
    return Partners(f"{release.product}@{release.version}", day, found.counts(), _shown(page, known, met), after)


@dataclass(frozen=True, slots=True)
class _Release:
    """The release in question, and what is declared of it; `id` is its primary key."""

    product: str
    version: str
    id: int
    declared: tuple[Declared, ...]


def _release(name: str) -> _Release:
    """What `name` names; raises `SchnittstellenError` (F120, F121). Old addresses and duplicates are rare."""
    key, _, version = name.partition("@")
    found = _releases(key, version)
    if not found:
        other = finding.release(name)
        found = _releases(other.product.key, other.version)
    return found[-1]


def _releases(key: str, version: str) -> list[_Release]:
    """Those of a product, the newest last; with a version only that one."""
    found: dict[tuple[int, str], list[Declared]] = {}
    for pk, of, declared, *said in _RELEASES.rows(key):
        if version in ("", of):
            found.setdefault((pk, of), []).extend([] if declared is None else [Declared(declared, key, of, *said)])
    return [_Release(key, of, pk, tuple(declared)) for (pk, of), declared in found.items()]


_RELEASES = Prepared(
    lambda key: (
        Release.objects.filter(product__key=key, product__merged_into=None)
        .order_by(undated_first("released"), "pk", "declarations__role_id")
        .values_list(
            "pk",
            "version",
            "declarations__pk",
            text("declarations__messages"),
            text("declarations__options"),
            "declarations__role_id",
        )
    )
)


def _of_standard(declared: Iterable[Declared], parts: dict[int, Part], standard: str | None) -> list[Declared]:
    """What is declared of a standard (whatever its version); without one all."""
    key = (standard or "").partition("@")[0]
    return [one for one in declared if key in ("", parts[one.role].standard)]


def _demand_known(wanted: Wanted) -> None:
    """A slip of the pen in a filter shall not answer that there is nobody."""
    if wanted.standard is not None:
        finding.demand_standard(wanted.standard)
    if wanted.leistung is not None:
        finding.leistung(wanted.leistung)


def _shown(page: Sequence[str], known: Around, met: dict[tuple[str, str], Encounter]) -> tuple[Partner, ...]:
    by_product: dict[str, list[tuple[str, Encounter]]] = defaultdict(list)
    for (product, version), found in met.items():
        by_product[product].append((version, found))
    for releases in by_product.values():
        releases.sort(key=lambda one: (-greenness(one[1].status), one[0]))
    cards = known.cards(page)
    named = (Named(key, cards[key].name, cards[key].vendor, cards[key].kind) for key in page)
    return tuple(Partner(one, by_product[one.key][0][1].status, tuple(by_product[one.key])) for one in named)


def _field(product: str, known: Around, own: Sequence[Declared], wanted: Wanted) -> Field:
    """Others that speak of the standards of what is declared, in whatever version and role, or as wanted."""
    roles = {one.role for one in own}
    version = (wanted.standard or "").partition("@")[2]
    asked = {key: part for key, part in known.parts(roles).items() if version in ("", part.version)}
    return Field(product, asked, known.meeting(roles), known, wanted.leistung)


def _met(own: Sequence[Said], others: Iterable[Said], field: Field) -> dict[tuple[str, str], Encounter]:
    """What is known of each release among `others`; those that say the same without proof are judged once."""
    words = [one.word for one in own]
    alike: dict[tuple[object, ...], Encounter] = {}
    found = {}
    for key, group in _by_release(others).items():
        if any(one.role in field.meeting for one in group):
            found[key] = encounter(words, [one.word for one in group], field.day)
            continue
        look = tuple((one.role, one.word.messages, one.word.options) for one in group)
        if look not in alike:
            alike[look] = encounter(words, [one.word for one in group], field.day)
        found[key] = alike[look]
    return found


def _by_release(others: Iterable[Said]) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in others:
        found[one.product, one.release].append(one)
    return found


# --- the matrix of a Leistung


@dataclass(frozen=True, slots=True)
class Cell:
    """Two products of a Leistung: the best that is known of any two of their newest releases."""

    first: str
    second: str
    encounter: Encounter


@dataclass(frozen=True, slots=True)
class Matrix:
    """All products of a Leistung against each other; `releases` names the one of each that was taken."""

    leistung: str
    title: str
    day: date
    products: tuple[Named, ...]
    releases: dict[str, str]
    cells: tuple[Cell, ...]


MOST_PRODUCTS = 60
"""In one matrix; more would be 1,770 cells that nobody reads."""


def matrix(leistung: str, day: date, limit: int = MOST_PRODUCTS) -> Matrix:
    """The matrix of a Leistung, over the newest release of each product. Raises `SchnittstellenError` (F122)."""
    of = finding.leistung(leistung)
    products = _FOR_LEISTUNG.found(of.pk)[:limit]
    newest = _newest(products)
    words = defaultdict(list)
    for one in worded([Declared(*row) for row in _OF_RELEASES.rows([each.pk for each in newest.values()])], day):
        words[one.product].append(one.word)
    keys = [one.key for one in products]
    cells = tuple(
        Cell(first, second, encounter(words[first], words[second], day))
        for position, first in enumerate(keys)
        for second in keys[position + 1 :]
    )
    named = tuple(Named(one.key, one.name, one.vendor.name, one.kind) for one in products)
    releases = {key: one.version for key, one in newest.items()}
    return Matrix(of.key, of.title, day, named, releases, cells)


def _newest(products: Sequence[Product]) -> dict[str, Release]:
    rows = _RELEASES_OF.found([one.pk for one in products])
    return {one.product.key: one for one in rows}


_FOR_LEISTUNG = PreparedModels(
    lambda leistung: (
        Product.objects.filter(leistungen=leistung, merged_into=None)
        .select_related("vendor")
        .order_by("kind", "key")[:MOST_PRODUCTS]
    )
)
_RELEASES_OF = PreparedModels(
    lambda products: (
        Release.objects.filter(product_id__in=products)
        .select_related("product")
        .order_by(undated_first("released"), "pk")
    )
)
_OF_RELEASES = Prepared(lambda releases: Declaration.objects.filter(release_id__in=releases).values_list(*DECLARED))
