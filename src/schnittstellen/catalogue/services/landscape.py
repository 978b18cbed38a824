"""What a municipality runs on a day, and what of it exchanges messages; for those only who may see it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from schnittstellen.catalogue.models import Coupling, Deployment, Product
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.narrow import ids, text
from schnittstellen.catalogue.services.prepared import Prepared
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
    rows = [_Deployed(*row) for row in _DEPLOYED.rows(of.pk, day)]
    used_for = _used_for(rows)
    every = tuple(_running(row, used_for[row.id]) for row in rows)
    now = tuple(one for one in every if one.since is None or one.since <= day)
    there = {one.id for one in now}
    links = (Link(a, b, standard, version, ids(sent)) for a, b, standard, version, sent in _LINKS.rows(of.pk))
    kept = tuple(one for one in links if {one.first, one.second} <= there)
    coming = tuple(one for one in every if one.id not in there)
    return Landscape(of.key, of.name, day, now, kept, coming)


def running(day: date, at: str = "") -> Q:
    """Deployments that run on `day`; where nobody said since or until when, always. `at` is the way to them."""
    begun = Q(**{f"{at}since": None}) | Q(**{f"{at}since__lte": day})
    return begun & not_over(day, at)


def not_over(day: date, at: str = "") -> Q:
    """Deployments that do not end before `day`."""
    return Q(**{f"{at}until": None}) | Q(**{f"{at}until__gte": day})


class _Deployed(NamedTuple):
    """A row of a deployment; `product_id` is a primary key, `into_` are those of what a duplicate stands for."""

    id: int
    key: str
    product_id: int
    product: str
    name: str
    kind: str
    into_product: str | None
    into_name: str
    into_kind: str
    version: str
    release_id: int
    operator: str | None
    since: date | None
    until: date | None
    confirmed: bool
    replacement: str
    replacement_on: date | None
    withdrawn: bool
    experience: str


_PRODUCT = "release__product__"
_ROW = (
    "pk",
    "key",
    "release__product_id",
    *(f"{_PRODUCT}{name}" for name in ("key", "name", "kind")),
    *(f"{_PRODUCT}merged_into__{name}" for name in ("key", "name", "kind")),
    "release__version",
    "release_id",
    "operator__name",
    "since",
    "until",
    "confirmed",
    "replacement",
    "replacement_on",
    "release__withdrawn",
    "experience",
)
_DEPLOYED = Prepared(
    lambda of, day: Deployment.objects.filter(not_over(day), municipality_id=of).order_by("key").values_list(*_ROW)
)
_LINKS = Prepared(
    lambda of: (
        Coupling.objects.filter(first__municipality_id=of)
        .order_by("key")
        .values_list("first_id", "second_id", "version__standard__key", "version__version", text("messages"))
    )
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


def _used_for(rows: Sequence[_Deployed]) -> dict[int, frozenset[str]]:
    """By primary keys of deployments the Leistungen that were said of them, or else those of the product."""
    named, meant = defaultdict[int, list[str]](list), defaultdict[int, list[str]](list)
    for pk, key in _NAMED.rows([row.id for row in rows]):
        named[pk].append(key)
    for pk, key in _MEANT.rows({row.product_id for row in rows}):
        meant[pk].append(key)
    return {row.id: frozenset(named[row.id] or meant[row.product_id]) for row in rows}


def _running(row: _Deployed, used_for: frozenset[str]) -> Running:
    into = row.into_product
    product, name, kind = (into, row.into_name, row.into_kind) if into else (row.product, row.name, row.kind)
    return Running(row.id, row.key, product, name, kind, row.version, row.release_id, used_for, *row[11:])
