"""What municipalities tell of a product that they run (Erfahrungsberichte), for those who may see their landscapes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Deployment
from schnittstellen.catalogue.models.base import undated_last
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.neighbours import there
from schnittstellen.catalogue.services.prepared import PreparedModels
from schnittstellen.catalogue.services.products import standing_for
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer

MOST = 100


@dataclass(frozen=True, slots=True)
class Experience:
    """What one municipality tells of one version; `since` is when it began to run it, as far as that is known."""

    ags: str
    municipality: str
    version: str
    since: date | None
    text: str


def experiences(key: str, viewer: Viewer, day: date) -> tuple[Experience, ...]:
    """What is told of the product by those who run it on `day`, the newest deployments first, at most 100.

    Only of municipalities that show to everybody what they run, and of those that the viewer acts for. Raises
    `SchnittstellenError` (F120).
    """
    found = finding.product(key)
    products = standing_for(found.pk)
    if viewer == PUBLIC:
        return tuple(_experience(row) for row in _OPEN.found(products, day))
    seen = Q(municipality__open=True) | Q(municipality__key__in=viewer.municipalities)
    told = _told(products, day)
    return tuple(_experience(row) for row in (told if viewer.operator else told.filter(seen))[:MOST])


def _told(products: Iterable[int], day: date) -> "QuerySet[Deployment]":
    rows = there(Deployment.objects.filter(release__product__in=products, confirmed=True), day).exclude(experience="")
    return rows.select_related("municipality", "release").order_by(undated_last("since"), "municipality__name", "key")


_OPEN = PreparedModels(lambda products, day: _told(products, day).filter(municipality__open__in=(True,))[:MOST])


def _experience(row: Deployment) -> Experience:
    place = row.municipality
    return Experience(place.key, place.name, row.release.version, row.since, row.experience)
