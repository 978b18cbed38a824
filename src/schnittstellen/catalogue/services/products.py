"""One product as its page shows it: facts, interfaces with their evidence, who uses it, its releases."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Declaration, Deployment, Evidence, Leistung, Product, Release, Training
from schnittstellen.catalogue.services import counts, finding
from schnittstellen.catalogue.services.neighbours import there
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels, keep
from schnittstellen.catalogue.services.records import shown
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.verdict import Verdict, is_green


@dataclass(frozen=True, slots=True)
class Run:
    """One piece of evidence. `report` is the digest of its report; `holds` is false once it has lapsed.

    `counterpart` is what people call the release that it was tested with.
    """

    reach: Nachweisstufe
    verdict: Verdict
    on: date
    lapses_on: date | None
    suite: str
    edition: str
    counterpart: str | None
    report: str
    holds: bool

    @property
    def green(self) -> bool:
        """Whether it proves something."""
        return is_green(self.verdict)


@dataclass(frozen=True, slots=True)
class Interface:
    """What a release declares about a standard, and how well that is proven; `runs` are newest first."""

    standard: str
    title: str
    version: str
    role: str
    role_title: str
    messages: tuple[str, ...]
    options: tuple[str, ...]
    documentation: str
    level: Nachweisstufe
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Issue:
    """One release of the product."""

    version: str
    released: date | None
    end_of_support: date | None


@dataclass(frozen=True, slots=True)
class Described:
    """A product. `facts` are those that the viewer may see, by the names of the registry; `leistungen` with titles."""

    key: str
    name: str
    vendor: str
    vendor_name: str
    facts: dict[str, Any]
    leistungen: tuple[tuple[str, str], ...]
    issues: tuple[Issue, ...]
    issue: Issue | None
    interfaces: tuple[Interface, ...]
    end_of_support: date | None


def described(key: str, viewer: Viewer, day: date, version: str = "") -> Described:
    """The product with the interfaces of one release (without `version` the newest), as they stand on `day`.

    The number of queries does not grow. Raises `SchnittstellenError` (F120, F121).
    """
    found = finding.product(key)
    release = finding.release(f"{found.key}@{version}") if version else None
    row = _with_related(found)
    releases = sorted(row.releases.all(), key=lambda one: (one.released or date.min, one.pk))
    chosen = release or (releases[-1] if releases else None)
    return Described(
        row.key,
        row.name,
        row.vendor.key,
        row.vendor.name,
        shown.product(row, viewer, day),
        tuple((one.key, one.title) for one in row.leistungen.all()),
        tuple(_issue(one) for one in reversed(releases)),
        _issue(chosen) if chosen else None,
        _interfaces(chosen, day) if chosen else (),
        (chosen.end_of_support if chosen else None) or row.end_of_support,
    )


def _with_related(row: Product) -> Product:
    """With its Leistungen, releases and trainings, in three queries."""
    keep(row, "leistungen", _LEISTUNGEN.found(row.pk))
    keep(row, "releases", _RELEASES.found(row.pk))
    keep(row, "trainings", _TRAININGS.found(row.pk))
    return row


_LEISTUNGEN = PreparedModels(lambda product: Leistung.objects.filter(products=product).order_by("title", "key"))
_RELEASES = PreparedModels(lambda product: Release.objects.filter(product_id=product))
_TRAININGS = PreparedModels(lambda product: Training.objects.filter(product_id=product))
_DECLARATIONS = PreparedModels(
    lambda release: (
        Declaration.objects.filter(release_id=release)
        .select_related("role__version__standard")
        .order_by("role__version__standard__title", "-role__version__version", "role__key")
    )
)
_EVIDENCE = PreparedModels(
    lambda declarations: (
        Evidence.objects.filter(declaration_id__in=declarations)
        .select_related("counterpart__product")
        .order_by("-run_at", "-pk")
    )
)


def _issue(row: Release) -> Issue:
    return Issue(row.version, row.released, row.end_of_support)


def _interfaces(release: Release, day: date) -> tuple[Interface, ...]:
    found = _DECLARATIONS.found(release.pk)
    reached = levels([one.pk for one in found], day)
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    for one in _EVIDENCE.found([one.pk for one in found]):
        evidence[one.declaration_id].append(one)
    return tuple(_interface(one, evidence[one.pk], reached[one.pk], day) for one in found)


def _interface(row: Declaration, evidence: Iterable[Evidence], level: Nachweisstufe, day: date) -> Interface:
    role, there = row.role, [one for one in evidence if one.run_at.date() <= day]
    return Interface(
        role.version.standard.key,
        role.version.title or role.version.standard.title,
        role.version.version,
        role.key,
        role.title or role.key,
        tuple(row.messages),
        tuple(row.options),
        row.documentation,
        level,
        tuple(_run(one, day) for one in there),
    )


def _run(row: Evidence, day: date) -> Run:
    proof = shown.proof(row)
    return Run(
        proof.reach,
        proof.verdict,
        proof.on,
        row.lapses_on,
        row.suite,
        row.edition,
        f"{row.counterpart.product.name} {row.counterpart.version}" if row.counterpart else None,
        row.report_sha256,
        proof.holds(day),
    )


# --- who uses it


@dataclass(frozen=True, slots=True)
class Users:
    """Who uses a product: those that show what they run by name, and at least how many others (`domain.counting`)."""

    named: tuple[tuple[str, str], ...]
    others: int | None


def users(key: str, viewer: Viewer, day: date) -> Users:
    """Who uses the product on `day`, as far as it may be shown. Raises `SchnittstellenError` (F120)."""
    found = finding.product(key)
    named = set((_ALL_USERS if viewer.operator else _OPEN_USERS).rows(standing_for(found.pk), day))
    if viewer.municipalities and not viewer.operator:
        named.update(_OWN_USERS.rows(standing_for(found.pk), day, viewer.municipalities))
    others = None if viewer.operator else counts.told_of_product(found.pk)
    return Users(tuple((ags, name) for name, ags in sorted(named)), others)


def standing_for(product: int) -> list[int]:
    """The primary keys of the product and of its duplicates."""
    return [product, *(pk for (pk,) in _DUPLICATES.rows(product))]


def _used(products: Iterable[int], day: date) -> "QuerySet[Deployment]":
    return there(Deployment.objects.filter(release__product__in=products, confirmed=True), day)


_NAMED = ("municipality__name", "municipality__key")
_DUPLICATES = Prepared(lambda product: Product.objects.filter(merged_into_id=product).values_list("pk"))
_ALL_USERS = Prepared(lambda products, day: _used(products, day).order_by().values_list(*_NAMED))
_OPEN_USERS = Prepared(
    lambda products, day: _used(products, day).filter(municipality__open__in=(True,)).order_by().values_list(*_NAMED)
)
_OWN_USERS = Prepared(
    lambda products, day, own: _used(products, day).filter(municipality__key__in=own).order_by().values_list(*_NAMED)
)
