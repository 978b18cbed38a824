"""What a municipality runs on a day, and what of it exchanges messages; for those only who may see it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Coupling, Deployment
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_SHOWN = Fault(
    "F130",
    N_("Was die Kommune {name} einsetzt, ist nicht öffentlich."),
    N_("Melden Sie sich für diese Kommune an, oder bitten Sie sie, ihre Angaben zu öffnen."),
    http=403,
)
FAULTS = (NOT_SHOWN,)


@dataclass(frozen=True, slots=True)
class Running:
    """A release in use; `id` is its primary key, `leistungen` what it is used for (else what the product is for).

    `withdrawn`: its vendor shows the release to nobody any more. `experience` is what the municipality tells of it.
    `replacement` is what shall come instead, in words, on `replacement_on` as far as that is known.
    """

    id: int
    key: str
    product: str
    name: str
    kind: str
    version: str
    release_id: int
    leistungen: frozenset[str]
    operator: str | None
    since: date | None
    until: date | None
    confirmed: bool
    replacement: str = ""
    replacement_on: date | None = None
    withdrawn: bool = False
    experience: str = ""

    @property
    def release(self) -> str:
        """`product@version`."""
        return f"{self.product}@{self.version}"


@dataclass(frozen=True, slots=True)
class Link:
    """Two deployments (primary keys) that exchange messages; `standard` is None where nobody said which."""

    first: int
    second: int
    standard: str | None
    version: str | None
    messages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Landscape:
    """All that a municipality runs on `day`; `coming` is what it wants to run later."""

    ags: str
    name: str
    day: date
    running: tuple[Running, ...]
    links: tuple[Link, ...]
    coming: tuple[Running, ...] = ()


def landscape(ags: str, viewer: Viewer, day: date) -> Landscape:
    """The landscape of a municipality, in four queries. Raises `SchnittstellenError` (F123, F130)."""
    of = finding.municipality(ags)
    if not viewer.may_see_landscape(of.key, is_open=of.open):
        raise SchnittstellenError(NOT_SHOWN, name=of.name)
    rows = list(_not_over(Deployment.objects.filter(municipality=of), day))
    now = [row for row in rows if row.since is None or row.since <= day]
    there = {row.pk for row in now}
    links = Coupling.objects.filter(first__municipality=of).select_related("version__standard").order_by("key")
    kept = tuple(_link(one) for one in links if {one.first_id, one.second_id} <= there)
    coming = tuple(_running(row) for row in rows if row.pk not in there)
    return Landscape(of.key, of.name, day, tuple(_running(row) for row in now), kept, coming)


def running(day: date, at: str = "") -> Q:
    """Deployments that run on `day`; where nobody said since or until when, always. `at` is the way to them."""
    begun = Q(**{f"{at}since": None}) | Q(**{f"{at}since__lte": day})
    return begun & not_over(day, at)


def not_over(day: date, at: str = "") -> Q:
    """Deployments that do not end before `day`."""
    return Q(**{f"{at}until": None}) | Q(**{f"{at}until__gte": day})


def _not_over(rows: "QuerySet[Deployment]", day: date) -> "QuerySet[Deployment]":
    rows = rows.filter(not_over(day))
    rows = rows.select_related("release__product__merged_into", "operator")
    return rows.prefetch_related("leistungen", "release__product__leistungen").order_by("key")


def _running(row: Deployment) -> Running:
    product = row.release.product
    used_for = [one.key for one in row.leistungen.all()] or [one.key for one in product.leistungen.all()]
    stands = product.merged_into or product
    return Running(
        row.pk,
        row.key,
        stands.key,
        stands.name,
        stands.kind,
        row.release.version,
        row.release_id,
        frozenset(used_for),
        row.operator.name if row.operator else None,
        row.since,
        row.until,
        row.confirmed,
        row.replacement,
        row.replacement_on,
        row.release.withdrawn,
        row.experience,
    )


def _link(row: Coupling) -> Link:
    standard = row.version.standard.key if row.version else None
    version = row.version.version if row.version else None
    return Link(row.first_id, row.second_id, standard, version, frozenset(row.messages))
