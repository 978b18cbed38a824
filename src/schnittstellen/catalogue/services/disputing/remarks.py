"""What is contested or reported of a release, for where its level is shown."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schnittstellen.catalogue.models import Case, Contest
from schnittstellen.catalogue.services.prepared import PreparedModels

MOST = 20


@dataclass(frozen=True, slots=True)
class Remarks:
    """The newest objections and deviations that are open."""

    contests: tuple[Contest, ...]
    cases: tuple[Case, ...]


def remarks(product: str, version: str, day: date) -> Remarks:
    """What is open on `day` of a release, in two queries."""
    return Remarks(tuple(_CONTESTS.found(product, version, day)), tuple(_CASES.found(product, version, day)))


_CONTESTS = PreparedModels(
    lambda product, version, day: Contest.objects.filter(
        Q(decided_on=None) | Q(decided_on__gt=day),
        raised_on__lte=day,
        evidence__declaration__release__product__key=product,
        evidence__declaration__release__version=version,
    )[:MOST]
)
_CASES = PreparedModels(
    lambda product, version, day: Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day),
        opened_on__lte=day,
        declaration__release__product__key=product,
        declaration__release__version=version,
    ).defer("attachment")[:MOST]
)
