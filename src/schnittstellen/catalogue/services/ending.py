"""What ends, and when: support of products, versions of standards, evidence, and what is to be replaced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Declaration, Deployment, Release, StandardVersion, Standing
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.services.landscape import Landscape, landscape
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels
from schnittstellen.catalogue.services.unchanged import while_unchanged
from schnittstellen.catalogue.services.viewer import Viewer

MOST = 1_000


class What(StrEnum):
    """What ends."""

    SUPPORT = "support"
    STANDARD = "standard"
    EVIDENCE = "evidence"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class Ending:
    """`day` is the last on which it holds. `subject` is `product@version`, `standard@version` or a role of one.

    `of` is the release that evidence is of; `value` the level that is left, or what comes instead.
    """

    day: date
    what: What
    subject: str
    name: str
    of: str = ""
    value: str = ""

    @property
    def id(self) -> str:
        """The same whenever this ending is computed."""
        return "-".join(part for part in (self.what, self.subject, self.of, self.day.isoformat()) if part)


@dataclass(frozen=True, slots=True)
class Endings:
    """What ends after `day` until `until`; for a municipality also what it uses although it has ended (`past`)."""

    day: date
    until: date
    municipality: str | None
    coming: tuple[Ending, ...]
    past: tuple[Ending, ...]
    more: bool


def ending(day: date, within: int, viewer: Viewer, ags: str | None = None, most: int = MOST) -> Endings:
    """What ends in the `within` days after `day`, the nearest first; with `ags` of what that municipality uses.

    At most `most` endings; `more` says that there are others. Raises `SchnittstellenError` (F123, F130).
    """
    if ags is not None:
        return ending_of(landscape(ags, viewer, day), within, most)
    until = day + timedelta(within)
    found = _first(list(_everywhere(_Span(day, until))), most)
    return Endings(day, until, None, found[:most], (), len(found) > most)


def ending_of(land: Landscape, within: int, most: int = MOST) -> Endings:
    """What ends of a landscape in the `within` days after its day, and what of it has ended already."""
    day, until = land.day, land.day + timedelta(within)
    span = _Span(date.min, until)
    used = {one.release_id for one in land.running}
    known = [
        *_support(_SUPPORT.found(used, *span.range)),
        *_standards(_used_versions(used, until)),
        *_evidence(_EVIDENCE.rows(used, *_Span(day, until).after)),
        *_replacements(_REPLACEMENTS.found([one.id for one in land.running], *span.range)),
    ]
    coming = _first((one for one in known if one.day >= day), most)
    past = _first((one for one in known if one.day < day), most)
    return Endings(day, until, land.name, coming[:most], past[:most], max(len(coming), len(past)) > most)


@dataclass(frozen=True, slots=True)
class _Span:
    """From a day until another, both included."""

    since: date
    until: date

    @property
    def range(self) -> tuple[date, date]:
        return self.since, self.until

    @property
    def after(self) -> tuple[date, date]:
        """The days after them."""
        return self.since + timedelta(1), self.until + timedelta(1)


def _everywhere(span: _Span) -> Iterator[Ending]:
    yield from _support(_supported(Release.objects.all(), *span.range))
    yield from _standards(_in_force(StandardVersion.objects.all(), *span.range))
    yield from _evidence(_falling(Standing.objects.all(), *span.after))


def _first(found: Iterable[Ending], most: int) -> tuple[Ending, ...]:
    return tuple(sorted(set(found), key=lambda one: (one.day, one.what, one.subject, one.of))[: most + 1])


def _supported(releases: "QuerySet[Release]", since: date, until: date) -> "QuerySet[Release]":
    """A release without a day of its own ends with its product."""
    own = Q(end_of_support__range=(since, until))
    of_product = Q(end_of_support=None, product__end_of_support__range=(since, until))
    rows = releases.filter(own | of_product).filter(product__merged_into=None).select_related("product")
    return rows.order_by(undated_first("end_of_support"), "pk")[: MOST + 1]


def _support(rows: Iterable[Release]) -> Iterator[Ending]:
    for row in rows:
        day = row.end_of_support or row.product.end_of_support
        if day is not None:
            yield Ending(day, What.SUPPORT, str(row), row.product.name)


def _in_force(versions: "QuerySet[StandardVersion]", since: date, until: date) -> "QuerySet[StandardVersion]":
    rows = versions.filter(in_force_until__range=(since, until)).select_related("standard")
    return rows.order_by("in_force_until", "pk")[: MOST + 1]


def _used_versions(releases: set[int], until: date) -> list[StandardVersion]:
    """The versions that these releases declare and that end by that day, the nearest first.

    There are a few hundred versions in all; joined to them, PostgreSQL takes longer to find the few than to read them.
    """
    every = _versions()
    declared = (every[pk] for (pk,) in _DECLARED.rows(releases))
    ends = [(one.in_force_until, one.pk, one) for one in declared if one.in_force_until and one.in_force_until <= until]
    return [one for *_, one in sorted(ends, key=lambda end: end[:2])][: MOST + 1]


@while_unchanged
def _versions() -> dict[int, StandardVersion]:
    return {one.pk: one for one in StandardVersion.objects.select_related("standard").order_by()}


def _standards(rows: Iterable[StandardVersion]) -> Iterator[Ending]:
    for row in rows:
        if row.in_force_until is not None:
            yield Ending(row.in_force_until, What.STANDARD, str(row), row.title or row.standard.title)


def _falling(standings: "QuerySet[Standing]", first: date, last: date) -> "QuerySet[Standing, Any]":
    """Where the level falls because evidence gets too old or its standard ends."""
    rows = standings.filter(left__isnull=False, until__range=(first, last)).order_by("until", "pk")
    return rows.values_list(*_FALL)[: MOST + 1]


def _evidence(rows: Iterable[tuple[Any, ...]]) -> Iterator[Ending]:
    for until, left, role, version, standard, release, product, name in rows:
        subject, of = f"{standard}@{version}/{role}", f"{product}@{release}"
        yield Ending(until - timedelta(1), What.EVIDENCE, subject, name, of, str(left))


_FALL = (
    "until",
    "left",
    "declaration__role__key",
    "declaration__role__version__version",
    "declaration__role__version__standard__key",
    "declaration__release__version",
    "declaration__release__product__key",
    "declaration__release__product__name",
)


def _replaced(deployments: "QuerySet[Deployment]", since: date, until: date) -> "QuerySet[Deployment]":
    """A planned replacement, or the last day that somebody entered for its use."""
    rows = deployments.filter(Q(replacement_on__range=(since, until)) | Q(until__range=(since, until)))
    return rows.select_related("release__product")


def _replacements(rows: Iterable[Deployment]) -> Iterator[Ending]:
    for row in rows:
        day = row.replacement_on or row.until
        if day is not None:
            yield Ending(day, What.REPLACEMENT, str(row.release), row.release.product.name, value=row.replacement)


def _declared(releases: Iterable[int]) -> "QuerySet[Declaration]":
    return Declaration.objects.filter(release_id__in=releases).order_by()


_SUPPORT = PreparedModels(
    lambda releases, since, until: _supported(Release.with_withdrawn.filter(pk__in=releases), since, until)
)
_DECLARED = Prepared(lambda releases: _declared(releases).values_list("role__version_id").distinct())
_EVIDENCE = Prepared(
    lambda releases, first, last: _falling(Standing.objects.filter(declaration__in=_declared(releases)), first, last)
)
_REPLACEMENTS = PreparedModels(
    lambda deployments, since, until: _replaced(Deployment.objects.filter(pk__in=deployments), since, until)
)
