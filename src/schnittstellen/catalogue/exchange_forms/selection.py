"""What may leave the catalogue: the view of the public, and less.

Contact persons, reports of experience and persons in charge never leave; costs only where the vendor shows them to all;
deployments only of municipalities that show their landscape to all. The number of queries does not grow with the rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schnittstellen.catalogue.models import (
    Declaration,
    Deployment,
    Product,
    Release,
    Standard,
    StandardVersion,
    Vendor,
)
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.levels import Nachweisstufe


@dataclass(frozen=True, slots=True)
class Costs:
    """In the vendor's words."""

    licence: str
    introduction: str
    running: str


@dataclass(frozen=True, slots=True)
class Interface:
    """A declaration and how well it is proven. Empty `messages` are all that the role has."""

    standard: str
    version: str
    role: str
    messages: tuple[str, ...]
    options: tuple[str, ...]
    documentation: str
    level: int


@dataclass(frozen=True, slots=True)
class OfferedRelease:
    version: str
    released: date | None
    end_of_support: date | None
    interfaces: tuple[Interface, ...]


@dataclass(frozen=True, slots=True)
class OfferedService:
    """A Leistung by its LeiKa key."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class OfferedProduct:
    """`costs` is None where they are not for everybody."""

    key: str
    name: str
    vendor: str
    vendor_name: str
    kind: str
    purpose: str
    leistungen: tuple[OfferedService, ...]
    prerequisites: str
    operation: tuple[str, ...]
    costs: Costs | None
    licence: str
    source_code: str
    documentation: str
    end_of_support: date | None
    accessibility: str
    publicly_funded: bool | None
    funding: str
    trainings: tuple[str, ...]
    example: bool
    releases: tuple[OfferedRelease, ...]


@dataclass(frozen=True, slots=True)
class OfferedVendor:
    key: str
    name: str
    url: str
    example: bool


@dataclass(frozen=True, slots=True)
class OfferedVersion:
    version: str
    title: str
    state: str
    in_force_from: date | None
    in_force_until: date | None


@dataclass(frozen=True, slots=True)
class OfferedStandard:
    key: str
    title: str
    kind: str
    publisher: str
    url: str
    versions: tuple[OfferedVersion, ...]


@dataclass(frozen=True, slots=True)
class OfferedDeployment:
    """Of a municipality that shows its landscape to all."""

    municipality: str
    release: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Offer:
    """All that an export may say, on a day."""

    day: date
    vendors: tuple[OfferedVendor, ...]
    products: tuple[OfferedProduct, ...]
    standards: tuple[OfferedStandard, ...]
    deployments: tuple[OfferedDeployment, ...]


_Levels = Mapping[int, Nachweisstufe]
"""Of declarations, by their primary keys."""


def select(day: date, product: str | None = None) -> Offer:
    """What may leave on `day`; with `product`, only what concerns the product of that key (none where it is unknown).

    A merged duplicate is not a product of its own.
    """
    rows = list(_products(product))
    declared = [one.pk for row in rows for release in row.releases.all() for one in release.declarations.all()]
    reached = levels(declared, day)
    products = tuple(_product(row, reached) for row in rows)
    named = {one.standard for row in products for release in row.releases for one in release.interfaces}
    return Offer(
        day,
        _vendors({row.vendor for row in products} if product else None),
        products,
        _standards(named if product else None),
        _deployments(day, product),
    )


def _products(key: str | None) -> Iterable[Product]:
    rows = Product.objects.filter(merged_into=None).select_related("vendor").order_by("key")
    if key is not None:
        rows = rows.filter(Q(key=key) | Q(old_keys__key=key)).distinct()
    return rows.prefetch_related(
        "leistungen",
        "trainings",
        "releases",
        "releases__declarations__role__version__standard",
    )


def _product(row: Product, reached: _Levels) -> OfferedProduct:
    public = row.costs_seen_by == Product.Seen.PUBLIC
    costs = Costs(row.cost_licence, row.cost_introduction, row.cost_running) if public else None
    return OfferedProduct(
        key=row.key,
        name=row.name,
        vendor=row.vendor.key,
        vendor_name=row.vendor.name,
        kind=row.kind,
        purpose=row.purpose,
        leistungen=tuple(sorted((OfferedService(one.key, one.title) for one in row.leistungen.all()), key=_key)),
        prerequisites=row.prerequisites,
        operation=tuple(row.operation),
        costs=costs,
        licence=row.licence,
        source_code=row.source_code,
        documentation=row.documentation,
        end_of_support=row.end_of_support,
        accessibility=row.accessibility,
        publicly_funded=row.publicly_funded,
        funding=row.funding,
        trainings=tuple(sorted(one.task for one in row.trainings.all())),
        example=row.example,
        releases=tuple(_release(one, reached) for one in sorted(row.releases.all(), key=_age)),
    )


def _key(one: OfferedService) -> str:
    return one.key


def _age(release: Release) -> tuple[date, str]:
    return release.released or date.min, release.version


def _release(row: Release, reached: _Levels) -> OfferedRelease:
    found = [_interface(one, reached) for one in row.declarations.all()]
    ordered = sorted(found, key=lambda one: (one.standard, one.version, one.role))
    return OfferedRelease(row.version, row.released, row.end_of_support, tuple(ordered))


def _interface(row: Declaration, reached: _Levels) -> Interface:
    version = row.role.version
    return Interface(
        version.standard.key,
        version.version,
        row.role.key,
        tuple(row.messages),
        tuple(row.options),
        row.documentation,
        int(reached[row.pk]),
    )


def _vendors(keys: set[str] | None) -> tuple[OfferedVendor, ...]:
    rows = Vendor.objects.filter(merged_into=None).order_by("key")
    if keys is not None:
        rows = rows.filter(key__in=keys)
    return tuple(OfferedVendor(row.key, row.name, row.url, row.example) for row in rows)


def _standards(keys: set[str] | None) -> tuple[OfferedStandard, ...]:
    rows = Standard.objects.order_by("key").prefetch_related("versions")
    if keys is not None:
        rows = rows.filter(key__in=keys)
    return tuple(_standard(row) for row in rows)


def _standard(row: Standard) -> OfferedStandard:
    versions = tuple(_version(one) for one in sorted(row.versions.all(), key=lambda one: one.version))
    return OfferedStandard(row.key, row.title, row.kind, row.publisher, row.url, versions)


def _version(row: StandardVersion) -> OfferedVersion:
    return OfferedVersion(row.version, row.title, row.state, row.in_force_from, row.in_force_until)


def _deployments(day: date, product: str | None) -> tuple[OfferedDeployment, ...]:
    there = Q(until=None) | Q(until__gte=day)
    rows = Deployment.objects.filter(there, municipality__open=True, confirmed=True)
    if product is not None:
        rows = rows.filter(Q(release__product__key=product) | Q(release__product__old_keys__key=product)).distinct()
    found = rows.select_related("municipality", "release__product").order_by("key")
    return tuple(OfferedDeployment(row.municipality.key, str(row.release), row.since) for row in found)
