"""Which products can exchange data? For one product all partners, for a Leistung all pairs of its products."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from schnittstellen.catalogue.models import Declaration, Meeting, Product, Release
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.partnering import Field, ranked, refuted_with
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from schnittstellen.catalogue.services.words import DECLARED, Declared, Said, declared, parts_around, worded
from schnittstellen.domain.exchange import Encounter, Part, Status, encounter, greenness, settled

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
    own = _declared(release, wanted.standard)
    roles = {one.role for one in own}
    parts = parts_around(roles)
    field = _field(release, roles, parts, wanted)
    words, apart = _weighed(field, own, parts, release, day)
    found = ranked(words, apart, field, day)
    page, more = found.page(wanted.statuses, wanted.offset, wanted.limit)
    names = {key: (pk, Named(key, *named)) for pk, key, *named in _NAMES.rows(page)}
    others = worded(field.of_products([pk for pk, _ in names.values()]), day, field.meeting, parts)
    met = _met(words, others, field.meeting, day)
    after = wanted.offset + wanted.limit if more else None
    return Partners(
        f"{release.product}@{release.version}", day, found.counts(), _shown([names[key][1] for key in page], met), after
    )


@dataclass(frozen=True, slots=True)
class _Release:
    """The release in question; `id` is its primary key."""

    product: str
    version: str
    id: int


def _release(name: str) -> _Release:
    """What `name` names; raises `SchnittstellenError` (F120, F121). Old addresses and duplicates are rare."""
    key, _, version = name.partition("@")
    found = [_Release(key, one, pk) for pk, one in _RELEASES.rows(key) if version in ("", one)]
    if found:
        return found[-1]
    other = finding.release(name)
    return _Release(other.product.key, other.version, other.pk)


_RELEASES = Prepared(
    lambda key: (
        Release.objects.filter(product__key=key, product__merged_into=None)
        .order_by("released", "pk")
        .values_list("pk", "version")
    )
)
_OWN = Prepared(lambda release: Declaration.objects.filter(release=release).values_list(*DECLARED))


def _declared(release: _Release, standard: str | None) -> list[Declared]:
    if not standard:
        return [Declared(*row) for row in _OWN.rows(release.id)]
    of = Declaration.objects.filter(release=release.id, role__version__standard__key=standard.partition("@")[0])
    return declared(of)


def _demand_known(wanted: Wanted) -> None:
    """A slip of the pen in a filter shall not answer that there is nobody."""
    if wanted.standard is not None:
        finding.demand_standard(wanted.standard)
    if wanted.leistung is not None:
        finding.leistung(wanted.leistung)


def _shown(page: Sequence[Named], met: dict[tuple[str, str], Encounter]) -> tuple[Partner, ...]:
    by_product: dict[str, list[tuple[str, Encounter]]] = defaultdict(list)
    for (product, version), known in met.items():
        by_product[product].append((version, known))
    for releases in by_product.values():
        releases.sort(key=lambda one: (-greenness(one[1].status), one[0]))
    return tuple(Partner(one, by_product[one.key][0][1].status, tuple(by_product[one.key])) for one in page)


def _field(release: _Release, roles: set[int], parts: dict[int, Part], wanted: Wanted) -> Field:
    """Others that speak of the standards of those roles, in whatever version and role, or as wanted."""
    version = (wanted.standard or "").partition("@")[2]
    asked = {key: part for key, part in parts.items() if version in ("", part.version)}
    return Field(release.product, asked, _meeting(roles), wanted.leistung)


def _meeting(roles: set[int]) -> frozenset[int]:
    """The roles that exchange messages with those; evidence matters only of them."""
    return frozenset(role for pair in _MEETING.rows(roles) for role in pair)


_MEETING = Prepared(
    lambda roles: Meeting.objects.filter(Q(sender_id__in=roles) | Q(receiver_id__in=roles)).values_list(
        "sender_id", "receiver_id"
    )
)


def _weighed(
    field: Field, own: list[Declared], parts: dict[int, Part], release: _Release, day: date
) -> tuple[list[Said], list[Said]]:
    """What is declared, and what those declare that looks do not tell all of, with all evidence."""
    refuted = refuted_with(release.id)
    others = field.of_products(refuted) if refuted else []
    words = worded([*own, *others], day, parts=parts)
    return words[: len(own)], words[len(own) :]


def _met(
    own: Sequence[Said], others: Iterable[Said], meeting: frozenset[int], day: date
) -> dict[tuple[str, str], Encounter]:
    """What is known of each release among `others`; those that say the same without proof are judged once."""
    words = [settled(one.word, day) for one in own]
    ours = own[0].name if own else None
    alike: dict[tuple[object, ...], Encounter] = {}
    found = {}
    for key, group in _by_release(others).items():
        if any(one.role in meeting for one in group):
            found[key] = encounter(words, [settled(one.word, day, ours) for one in group], day)
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


_NAMES = Prepared(
    lambda keys: Product.objects.filter(key__in=keys).values_list("pk", "key", "name", "vendor__name", "kind")
)


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
        Release.objects.filter(product_id__in=products).select_related("product").order_by("released", "pk")
    )
)
_OF_RELEASES = Prepared(lambda releases: Declaration.objects.filter(release_id__in=releases).values_list(*DECLARED))
