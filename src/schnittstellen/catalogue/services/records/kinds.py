"""The kinds of records: which rows a viewer may see, how they are found, ordered and filtered."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.services.landscape import running
from schnittstellen.catalogue.services.records import reports, shown
from schnittstellen.catalogue.services.viewer import Viewer

Rows = QuerySet[Any]
KEY = r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,199}"
NAMED = rf"{KEY}@{KEY}"
WORD = r"[^\x00-\x1f\x7f/]{1,100}"
NUMBER = r"[0-9]{8}"


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: the lookups that a value must satisfy (several are the parts of a name).

    `repeats`: the lookups reach several rows of others, so that a record could be found more than once.
    """

    lookups: tuple[str, ...]
    pattern: str = KEY
    flag: bool = False
    repeats: bool = False

    def narrowed(self, rows: Rows, value: str | bool) -> Rows:
        """The rows that satisfy it."""
        if isinstance(value, bool):
            return rows.filter(**{self.lookups[0]: value})
        wanted = dict(zip(self.lookups, parts(value), strict=True))
        if self.repeats:
            return rows.filter(pk__in=rows.model._default_manager.filter(**wanted).values("pk"))
        return rows.filter(**wanted)


def each(show: Callable[[Any, Viewer, date], shown.Shown]) -> Callable[[list[Any], Viewer, date], list[shown.Shown]]:
    """Shows each record for itself."""
    return lambda rows, viewer, day: [show(row, viewer, day) for row in rows]


def parts(name: str) -> list[str]:
    """`product@1.0/standard@2.0/role` in its parts."""
    return re.split("[@/]", name, maxsplit=4)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. `identity` are the lookups of the parts of its id; `order` is unique and never changes.

    `dated`: a record tells of the day that it is asked for. `there_on`: the rows that there were on a day. Where
    neither is so, nothing but the present is known.
    """

    name: str
    patterns: tuple[str, ...]
    identity: tuple[str, ...]
    rows: Callable[[], Rows]
    show_all: Callable[[list[Any], Viewer, date], list[shown.Shown]]
    order: str = "key"
    filters: dict[str, Filter] = field(default_factory=dict)
    may_see: Callable[[Viewer], Q] | None = None
    dated: bool = False
    there_on: Callable[[Rows, date], Rows] | None = None

    def show(self, row: Any, viewer: Viewer, day: date) -> shown.Shown:
        """What `viewer` is shown of one record, as it is on `day`."""
        return self.show_all([row], viewer, day)[0]

    def seen_by(self, viewer: Viewer) -> Rows:
        """The rows that `viewer` may see, in order."""
        rows = self.rows().order_by(self.order)
        return rows.filter(self.may_see(viewer)) if self.may_see else rows

    def find(self, viewer: Viewer, *name: str) -> Any | None:
        """The record of that id (its segments), or None where there is none that `viewer` may see."""
        if not all(re.fullmatch(pattern, one) for pattern, one in zip(self.patterns, name, strict=True)):
            return None
        found = parts("/".join(name))
        return self.seen_by(viewer).filter(**dict(zip(self.identity, found, strict=True))).first()


def _deployments(viewer: Viewer, at: str = "") -> Q:
    """Confirmed ones of open landscapes; everything in one's own; what a vendor claims and nobody has confirmed yet."""
    if viewer.operator:
        return Q()
    allowed = Q(**{f"{at}municipality__open": True, f"{at}confirmed": True})
    if viewer.municipalities:
        allowed |= Q(**{f"{at}municipality__key__in": sorted(viewer.municipalities)})
    if viewer.vendor:
        allowed |= Q(**{f"{at}release__product__vendor__key": viewer.vendor, f"{at}confirmed": False})
    return allowed


def _couplings(viewer: Viewer) -> Q:
    return _deployments(viewer, "first__") & _deployments(viewer, "second__")


def _coupled(rows: Rows, day: date) -> Rows:
    both = running(day, "first__") & running(day, "second__")
    return rows.filter(both, Q(since=None) | Q(since__lte=day))


_RELEASE = ("release__product__key", "release__version")
_ROLE = ("role__version__standard__key", "role__version__version", "role__key")
_LEIKA = Filter(("leistungen__key",), r"[0-9]{14}")
_DECLARED = "declaration__release__product__key", "declaration__release__version"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "standards",
            (KEY,),
            ("key",),
            lambda: tables.Standard.objects.prefetch_related("versions__standard"),
            each(shown.standard),
        ),
        Kind(
            "versions",
            (NAMED,),
            ("standard__key", "version"),
            lambda: tables.StandardVersion.objects.select_related("standard").prefetch_related("roles"),
            each(shown.version),
            "pk",
            {"standard": Filter(("standard__key",)), "state": Filter(("state",))},
        ),
        Kind(
            "roles",
            (NAMED, WORD),
            ("version__standard__key", "version__version", "key"),
            lambda: tables.Role.objects.select_related("version__standard"),
            each(shown.role),
            "pk",
            {"version": Filter(("version__standard__key", "version__version"), NAMED)},
        ),
        Kind(
            "vendors",
            (KEY,),
            ("key",),
            lambda: tables.Vendor.objects.filter(merged_into=None),
            each(shown.vendor),
            filters={"example": Filter(("example",), flag=True)},
        ),
        Kind(
            "products",
            (KEY,),
            ("key",),
            lambda: (
                tables.Product.objects.filter(merged_into=None)
                .select_related("vendor")
                .prefetch_related("leistungen", "trainings", "releases")
            ),
            each(shown.product),
            filters={
                "vendor": Filter(("vendor__key",)),
                "kind": Filter(("kind",)),
                "leistung": _LEIKA,
                "standard": Filter(("releases__declarations__role__version__standard__key",), repeats=True),
                "publicly_funded": Filter(("publicly_funded",), flag=True),
                "example": Filter(("example",), flag=True),
            },
        ),
        Kind(
            "releases",
            (NAMED,),
            ("product__key", "version"),
            lambda: tables.Release.objects.select_related("product").prefetch_related(
                "declarations__role__version__standard"
            ),
            each(shown.release),
            "pk",
            {"product": Filter(("product__key",)), "vendor": Filter(("product__vendor__key",))},
        ),
        Kind(
            "declarations",
            (NAMED, NAMED, WORD),
            (*_RELEASE, *_ROLE),
            lambda: tables.Declaration.objects.select_related("release__product", "role__version__standard"),
            shown.declarations,
            "pk",
            {
                "product": Filter(_RELEASE[:1]),
                "release": Filter(_RELEASE, NAMED),
                "standard": Filter(_ROLE[:1]),
                "version": Filter(_ROLE[:2], NAMED),
                "vendor": Filter(("release__product__vendor__key",)),
            },
            dated=True,
        ),
        Kind(
            "evidence",
            (),
            (),
            lambda: tables.Evidence.objects.select_related(
                "declaration__release__product", "declaration__role__version__standard", "counterpart__product"
            ),
            each(shown.evidence),
            "pk",
            {
                "product": Filter(_DECLARED[:1]),
                "release": Filter(_DECLARED, NAMED),
                "report": Filter(("report_sha256",), r"[0-9a-f]{64}"),
            },
            there_on=reports.run_by,
        ),
        Kind(
            "leistungen",
            (r"[0-9]{14}",),
            ("key",),
            lambda: tables.Leistung.objects.select_related("ozg"),
            each(shown.leistung),
            filters={"ozg": Filter(("ozg__key",))},
        ),
        Kind(
            "municipalities",
            (NUMBER,),
            ("key",),
            tables.Municipality.objects.all,
            each(shown.municipality),
            filters={"kreis": Filter(("kreis",), r"[^\x00-\x1f\x7f/@]{1,300}"), "open": Filter(("open",), flag=True)},
        ),
        Kind(
            "providers",
            (KEY,),
            ("key",),
            lambda: tables.Provider.objects.prefetch_related("municipalities"),
            each(shown.provider),
            filters={"municipality": Filter(("municipalities__key",), NUMBER)},
        ),
        Kind(
            "deployments",
            (KEY,),
            ("key",),
            lambda: tables.Deployment.objects.select_related(
                "municipality", "release__product__vendor", "operator"
            ).prefetch_related("leistungen"),
            each(shown.deployment),
            filters={
                "municipality": Filter(("municipality__key",), NUMBER),
                "product": Filter(_RELEASE[:1]),
                "leistung": _LEIKA,
                "confirmed": Filter(("confirmed",), flag=True),
            },
            may_see=_deployments,
            there_on=lambda rows, day: rows.filter(running(day)),
        ),
        Kind(
            "couplings",
            (KEY,),
            ("key",),
            lambda: tables.Coupling.objects.select_related("first", "second", "version__standard"),
            each(shown.coupling),
            filters={"municipality": Filter(("first__municipality__key",), NUMBER)},
            may_see=_couplings,
            there_on=_coupled,
        ),
    )
}
