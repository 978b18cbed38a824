"""Which products can exchange data? For one product all partners, for a Leistung all pairs of its products."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Declaration, Meeting, Product, Release, Role
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.outlines import Seen, outlined
from schnittstellen.catalogue.services.words import Said, said
from schnittstellen.domain.exchange import Encounter, Status, encounter, greenness

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
    """The partners of `product[@release]` on `day`, the best proven first. Raises `SchnittstellenError` (F120, F121).

    The number of queries is the same however many there are.
    """
    release = finding.release(name)
    key = wanted.standard.partition("@")[0] if wanted.standard else None
    own = said(_of_standard(Declaration.objects.filter(release=release), key), day)
    meeting = _meeting(own)
    others = _counterparts(release, wanted)
    found = _in_order(outlined(own, others, meeting, day, release.pk))
    counts = Counter(str(releases[0].status) for releases in found)
    kept = [one for one in found if not wanted.statuses or one[0].status in wanted.statuses]
    page = kept[wanted.offset : wanted.offset + wanted.limit]
    told = others.filter(release_id__in=[one.id for releases in page for one in releases])
    met = _met(own, said(told, day, meeting), meeting, day)
    end = wanted.offset + wanted.limit
    return Partners(str(release), day, dict(counts), _shown(page, met), end if end < len(kept) else None)


def _shown(page: Sequence[Sequence[Seen]], met: dict[tuple[str, str], Encounter]) -> tuple[Partner, ...]:
    names = _named(releases[0].product for releases in page)
    return tuple(
        Partner(
            names[releases[0].product],
            releases[0].status,
            tuple((one.version, met[one.product, one.version]) for one in releases),
        )
        for releases in page
    )


def _in_order(found: Iterable[Seen]) -> list[list[Seen]]:
    """By product, the greenest release and the best proven product first."""
    by_product: dict[str, list[Seen]] = defaultdict(list)
    for one in found:
        by_product[one.product].append(one)
    for releases in by_product.values():
        releases.sort(key=lambda one: (-greenness(one.status), one.version))
    return sorted(by_product.values(), key=lambda releases: _order(releases[0]))


def _order(one: Seen) -> tuple[int, int, int, str]:
    return -greenness(one.status), -one.levels[0], -one.levels[1], one.product


def _of_standard(rows: "QuerySet[Declaration]", standard: str | None) -> "QuerySet[Declaration]":
    if standard is None:
        return rows
    key, _, version = standard.partition("@")
    rows = rows.filter(role__version__standard__key=key)
    return rows.filter(role__version__version=version) if version else rows


def _counterparts(release: Release, wanted: Wanted) -> "QuerySet[Declaration]":
    """Declarations of others about the standards that `release` declares, in whatever version and role."""
    standards = Role.objects.filter(declarations__release=release).values("version__standard_id")
    rows = Declaration.objects.filter(role__version__standard_id__in=standards)
    rows = rows.exclude(release__product_id=release.product_id).filter(release__product__merged_into=None)
    if wanted.leistung:
        rows = rows.filter(release__product__leistungen__key=wanted.leistung)
    return _of_standard(rows, wanted.standard)


def _meeting(own: Sequence[Said]) -> frozenset[int]:
    """The roles that exchange messages with those of `own`; evidence matters only of them."""
    roles = [one.role for one in own]
    rows = Meeting.objects.filter(Q(sender_id__in=roles) | Q(receiver_id__in=roles))
    return frozenset(role for pair in rows.values_list("sender_id", "receiver_id") for role in pair)


def _met(
    own: Sequence[Said], others: Iterable[Said], meeting: frozenset[int], day: date
) -> dict[tuple[str, str], Encounter]:
    """What is known of each release among `others`; those that say the same without proof are judged once."""
    words = [one.word for one in own]
    alike: dict[tuple[object, ...], Encounter] = {}
    found = {}
    for key, group in _by_release(others).items():
        if any(one.role in meeting for one in group):
            found[key] = encounter(words, [one.word for one in group], day)
            continue
        look = tuple((one.role, one.word.messages, one.word.options) for one in group)
        if look not in alike:
            alike[look] = encounter(words, [one.word for one in group], day)
        found[key] = alike[look]
    return found


def _by_release(others: Iterable[Said]) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in others:
        found[one.product, one.release].append(one)
    return found


def _named(keys: Iterable[str]) -> dict[str, Named]:
    rows = Product.objects.filter(key__in=list(keys)).values_list("key", "name", "vendor__name", "kind")
    return {key: Named(key, name, vendor, kind) for key, name, vendor, kind in rows}


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
    products = list(
        Product.objects.filter(leistungen=of, merged_into=None).select_related("vendor").order_by("kind", "key")[:limit]
    )
    newest = _newest(products)
    rows = Declaration.objects.filter(Q(release_id__in=[one.pk for one in newest.values()]))
    words = defaultdict(list)
    for one in said(rows, day):
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
    rows = Release.objects.filter(product__in=products).select_related("product").order_by("released", "pk")
    return {one.product.key: one for one in rows}
