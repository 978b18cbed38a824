"""What ends, and when: support of products, versions of standards, evidence, and what is to be replaced."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Declaration, Deployment, Release, StandardVersion, Standing
from schnittstellen.catalogue.services.landscape import Landscape, landscape
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
    found = _first([*_support(Release.objects.all(), _Span(day, until)), *_elsewhere(_Span(day, until))], most)
    return Endings(day, until, None, found[:most], (), len(found) > most)


def ending_of(land: Landscape, within: int, most: int = MOST) -> Endings:
    """What ends of a landscape in the `within` days after its day, and what of it has ended already."""
    day, until = land.day, land.day + timedelta(within)
    span = _Span(date.min, until)
    used = {one.release_id for one in land.running}
    declared = Declaration.objects.filter(release_id__in=used)
    known = [
        *_support(Release.with_withdrawn.filter(pk__in=used), span),
        *_standards(StandardVersion.objects.filter(roles__declarations__in=declared).distinct(), span),
        *_evidence(Standing.objects.filter(declaration__in=declared), _Span(day, until)),
        *_replacements(Deployment.objects.filter(pk__in=[one.id for one in land.running]), span),
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


def _elsewhere(span: _Span) -> Iterator[Ending]:
    yield from _standards(StandardVersion.objects.all(), span)
    yield from _evidence(Standing.objects.all(), span)


def _first(found: Iterable[Ending], most: int) -> tuple[Ending, ...]:
    return tuple(sorted(set(found), key=lambda one: (one.day, one.what, one.subject, one.of))[: most + 1])


def _support(releases: "QuerySet[Release]", span: _Span) -> Iterator[Ending]:
    """A release without a day of its own ends with its product."""
    own = Q(end_of_support__range=span.range)
    of_product = Q(end_of_support=None, product__end_of_support__range=span.range)
    rows = releases.filter(own | of_product).filter(product__merged_into=None).select_related("product")
    for row in rows.order_by("end_of_support", "pk")[: MOST + 1]:
        day = row.end_of_support or row.product.end_of_support
        if day is not None:
            yield Ending(day, What.SUPPORT, str(row), row.product.name)


def _standards(versions: "QuerySet[StandardVersion]", span: _Span) -> Iterator[Ending]:
    rows = versions.filter(in_force_until__range=span.range).select_related("standard")
    for row in rows.order_by("in_force_until", "pk")[: MOST + 1]:
        if row.in_force_until is not None:
            yield Ending(row.in_force_until, What.STANDARD, str(row), row.title or row.standard.title)


def _evidence(standings: "QuerySet[Standing]", span: _Span) -> Iterator[Ending]:
    """Where the level falls because evidence gets too old or its standard ends."""
    first, last = span.since + timedelta(1), span.until + timedelta(1)
    rows = standings.filter(left__isnull=False, until__range=(first, last)).order_by("until", "pk")
    for until, left, role, version, standard, release, product, name in rows.values_list(*_FALL)[: MOST + 1]:
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


def _replacements(deployments: "QuerySet[Deployment]", span: _Span) -> Iterator[Ending]:
    """A planned replacement, or the last day that somebody entered for its use."""
    rows = deployments.filter(Q(replacement_on__range=span.range) | Q(until__range=span.range))
    for row in rows.select_related("release__product"):
        day = row.replacement_on or row.until
        if day is not None:
            yield Ending(day, What.REPLACEMENT, str(row.release), row.release.product.name, value=row.replacement)
