"""Two releases: what is known of their exchange, message by message."""

from dataclasses import dataclass
from datetime import date

from schnittstellen.catalogue.models import Release
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.needs import said_by
from schnittstellen.domain.exchange import Encounter, encounter


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two."""

    key: str
    name: str
    version: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Both releases, and their exchanges as told from the first."""

    first: Side
    second: Side
    encounter: Encounter


def pair(first: str, second: str, day: date) -> Pair:
    """What is known of `product[@release]` and another on `day`, in a fixed number of queries.

    Raises `SchnittstellenError` (F120, F121).
    """
    one, other = finding.release(first), finding.release(second)
    words = said_by((one.pk, other.pk), day)
    met = encounter([each.word for each in words[one.pk]], [each.word for each in words[other.pk]], day)
    return Pair(_side(one), _side(other), met)


def _side(row: Release) -> Side:
    return Side(row.product.key, row.product.name, row.version)
