"""What is contested or reported of a release, for where its level is shown."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schnittstellen.catalogue.models import Case, Contest

MOST = 20


@dataclass(frozen=True, slots=True)
class Remarks:
    """The newest objections and deviations that are open."""

    contests: tuple[Contest, ...]
    cases: tuple[Case, ...]


def remarks(product: str, version: str, day: date) -> Remarks:
    """What is open on `day` of a release, in two queries."""
    contests = Contest.objects.filter(
        Q(decided_on=None) | Q(decided_on__gt=day),
        raised_on__lte=day,
        evidence__declaration__release__product__key=product,
        evidence__declaration__release__version=version,
    )
    cases = Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gt=day),
        opened_on__lte=day,
        declaration__release__product__key=product,
        declaration__release__version=version,
    ).defer("attachment")
    return Remarks(tuple(contests[:MOST]), tuple(cases[:MOST]))
