"""One product as its page shows it: facts, interfaces with their evidence, who uses it, its releases."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q

from schnittstellen.catalogue.models import Declaration, Deployment, Evidence, Leistung, Product, Release
from schnittstellen.catalogue.services import counts, finding
from schnittstellen.catalogue.services.neighbours import there
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
    row = Product.objects.select_related("vendor").prefetch_related(*_WITH).get(pk=found.pk)
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


_WITH = (Prefetch("leistungen", Leistung.objects.order_by("title", "key")), "releases", "trainings")


def _issue(row: Release) -> Issue:
    return Issue(row.version, row.released, row.end_of_support)


def _interfaces(release: Release, day: date) -> tuple[Interface, ...]:
    evidence = Evidence.objects.select_related("counterpart__product").order_by("-run_at", "-pk")
    rows = release.declarations.select_related("role__version__standard").prefetch_related(
        Prefetch("evidence", evidence)
    )
    order = ("role__version__standard__title", "-role__version__version", "role__key")
    found = list(rows.order_by(*order))
    reached = levels([one.pk for one in found], day)
    return tuple(_interface(one, reached[one.pk], day) for one in found)


def _interface(row: Declaration, level: Nachweisstufe, day: date) -> Interface:
    role, there = row.role, [one for one in row.evidence.all() if one.run_at.date() <= day]
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
    rows = Deployment.objects.filter(release__product__in=[found, *found.duplicates.all()], confirmed=True)
    seen = Q(municipality__open=True) | Q(municipality__key__in=viewer.municipalities)
    shown = there(rows, day) if viewer.operator else there(rows, day).filter(seen)
    named = set(shown.values_list("municipality__name", "municipality__key"))
    others = None if viewer.operator else counts.told_of_product(found.pk)
    return Users(tuple((ags, name) for name, ags in sorted(named)), others)
