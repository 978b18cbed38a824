"""One standard as its page shows it: versions, who must use it, roles with their messages, who supports it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from schnittstellen.artefacts.library import version_key
from schnittstellen.catalogue.models import Declaration, Role, Standard, StandardVersion
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.services.outlines import levels_of
from schnittstellen.catalogue.services.unchanged import while_unchanged
from schnittstellen.domain.errors import NO_STANDARD, SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe

MOST_SUPPORTERS = 200
"""Declarations on one page, the best proven first."""


@dataclass(frozen=True, slots=True)
class Part:
    """A role and what it sends and receives ("*" is everything)."""

    key: str
    title: str
    sends: tuple[str, ...]
    receives: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One version; `in_force` on the day that was asked for."""

    version: str
    title: str
    state: str
    begins: date | None
    ends: date | None
    in_force: bool
    roles: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Supporter:
    """A release that declares a role of a version, with how well that is proven."""

    product: str
    name: str
    vendor: str
    release: str
    version: str
    role: str
    level: Nachweisstufe


@dataclass(frozen=True, slots=True)
class Laid:
    """A standard; `more` is the number of supporters that the page has no room for."""

    key: str
    title: str
    kind: str
    publisher: str
    url: str
    obligation: str
    obligation_source: str
    editions: tuple[Edition, ...]
    supporters: tuple[Supporter, ...]
    more: int


def laid_out(key: str, day: date, version: str = "") -> Laid:
    """The standard on `day`, with the supporters of one version or of all. Raises `SchnittstellenError` (F002)."""
    return _laid_out(key, day, version, date.today())


@while_unchanged
def _laid_out(key: str, day: date, version: str, _today: date) -> Laid:
    row = Standard.objects.prefetch_related("versions__roles").filter(key=key).first()
    if row is None:
        raise SchnittstellenError(NO_STANDARD, name=key, candidates="–")
    found, count = _supporters(row, day, version)
    return Laid(
        row.key,
        row.title,
        row.kind,
        row.publisher,
        row.url,
        row.obligation,
        row.obligation_source,
        tuple(_edition(one, day) for one in sorted(row.versions.all(), key=_age, reverse=True)),
        tuple(found),
        count - len(found),
    )


def _age(row: StandardVersion) -> tuple[tuple[int, int, str], ...]:
    return version_key(row.version)


def _edition(row: StandardVersion, day: date) -> Edition:
    begun = row.in_force_from is None or row.in_force_from <= day
    over = row.in_force_until is not None and row.in_force_until < day
    return Edition(
        row.version,
        row.title,
        row.state,
        row.in_force_from,
        row.in_force_until,
        begun and not over and row.state not in ("draft", "withdrawn"),
        tuple(_part(one) for one in row.roles.all()),
    )


def _part(row: Role) -> Part:
    return Part(row.key, row.title or row.key, tuple(row.sends), tuple(row.receives))


def _supporters(standard: Standard, day: date, version: str) -> tuple[list[Supporter], int]:
    """The best proven, and the number of all: the newest release of each product for each role counts."""
    rows = Declaration.objects.filter(role__version__standard=standard, release__product__merged_into=None)
    if version:
        rows = rows.filter(role__version__version=version)
    newest: dict[tuple[int, int], tuple[int, str]] = {}
    columns = ("pk", "release__product_id", "role_id", "release__product__name")
    for pk, product, role, name in rows.order_by(undated_first("release__released"), "release_id").values_list(
        *columns
    ):
        newest[product, role] = pk, name
    reached = levels_of(rows, day)
    best = sorted(newest.values(), key=lambda one: (-reached.get(one[0], Nachweisstufe.DECLARED), one[1], one[0]))[
        :MOST_SUPPORTERS
    ]
    shown = Declaration.objects.filter(pk__in=[pk for pk, _ in best]).values_list("pk", *_SUPPORTER).order_by()
    told = {
        pk: Supporter(product, name, vendor, release, of, title or key, reached.get(pk, Nachweisstufe.DECLARED))
        for pk, product, name, vendor, release, of, title, key in shown
    }
    return [told[pk] for pk, _ in best], len(newest)


_SUPPORTER = (
    "release__product__key",
    "release__product__name",
    "release__product__vendor__name",
    "release__version",
    "role__version__version",
    "role__title",
    "role__key",
)


@while_unchanged
def supported() -> dict[str, int]:
    """How many products declare each standard in a version that is not withdrawn, by its key; one query."""
    rows = Declaration.objects.filter(release__product__merged_into=None).exclude(role__version__state="withdrawn")
    counted = (
        rows.order_by().values("role__version__standard__key").annotate(n=Count("release__product", distinct=True))
    )
    return {one["role__version__standard__key"]: one["n"] for one in counted}
