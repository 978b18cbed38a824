"""What a municipality runs on a day, and what of it exchanges messages; for those only who may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schnittstellen.catalogue.models import Coupling, Deployment, Product
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
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
    """The landscape of a municipality, in five queries. Raises `SchnittstellenError` (F123, F130)."""
    of = finding.municipality(ags)
    if not viewer.may_see_landscape(of.key, is_open=of.open):
        raise SchnittstellenError(NOT_SHOWN, name=of.name)
    rows = _DEPLOYED.found(of.pk, day)
    used_for = _used_for(rows)
    now = [row for row in rows if row.since is None or row.since <= day]
    there = {row.pk for row in now}
    kept = tuple(_link(one) for one in _LINKS.found(of.pk) if {one.first_id, one.second_id} <= there)
    coming = tuple(_running(row, used_for[row.pk]) for row in rows if row.pk not in there)
    return Landscape(of.key, of.name, day, tuple(_running(row, used_for[row.pk]) for row in now), kept, coming)


def running(day: date, at: str = "") -> Q:
    """Deployments that run on `day`; where nobody said since or until when, always. `at` is the way to them."""
    begun = Q(**{f"{at}since": None}) | Q(**{f"{at}since__lte": day})
    return begun & not_over(day, at)


def not_over(day: date, at: str = "") -> Q:
    """Deployments that do not end before `day`."""
    return Q(**{f"{at}until": None}) | Q(**{f"{at}until__gte": day})


_DEPLOYED = PreparedModels(
    lambda of, day: (
        Deployment.objects.filter(not_over(day), municipality_id=of)
        .select_related("release__product__merged_into", "operator")
        .order_by("key")
    )
)
_LINKS = PreparedModels(
    lambda of: Coupling.objects.filter(first__municipality_id=of).select_related("version__standard").order_by("key")
)
_NAMED = Prepared(
    lambda rows: Deployment.leistungen.through.objects.filter(deployment_id__in=rows).values_list(
        "deployment_id", "leistung__key"
    )
)
_MEANT = Prepared(
    lambda products: Product.leistungen.through.objects.filter(product_id__in=products).values_list(
        "product_id", "leistung__key"
    )
)


def _used_for(rows: Iterable[Deployment]) -> dict[int, frozenset[str]]:
    """By primary keys of deployments the Leistungen that were said of them, or else those of the product."""
    named, meant = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for pk, key in _NAMED.rows([row.pk for row in rows]):
        named[pk].append(key)
    for pk, key in _MEANT.rows({row.release.product_id for row in rows}):
        meant[pk].append(key)
    return {row.pk: frozenset(named[row.pk] or meant[row.release.product_id]) for row in rows}


def _running(row: Deployment, used_for: frozenset[str]) -> Running:
    product = row.release.product
    stands = product.merged_into or product
    return Running(
        row.pk,
        row.key,
        stands.key,
        stands.name,
        stands.kind,
        row.release.version,
        row.release_id,
        used_for,
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
