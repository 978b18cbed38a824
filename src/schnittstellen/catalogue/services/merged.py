"""What merging entries of all kinds shares: what it does, told before and after, and that nobody is overwritten."""

from dataclasses import dataclass
from enum import StrEnum

from schnittstellen.catalogue.models import Product, Vendor
from schnittstellen.catalogue.registry.faults import CHANGED_MEANWHILE
from schnittstellen.domain.errors import SchnittstellenError


class Of(StrEnum):
    """Of which entries there can be duplicates; values are the folders of the registry."""

    PRODUCTS = "products"
    VENDORS = "vendors"


@dataclass(frozen=True, slots=True)
class Merged:
    """What becomes of an entry. `releases`, `trainings` and `products` move, `leistungen` (keys) are added.

    `left_trainings` are tasks that both offer a training for: that of the duplicate is shown no longer. `people`,
    `tokens` and `signing_keys` are how many act for the other from then on.
    """

    kind: Of
    key: str
    into: str
    releases: tuple[str, ...] = ()
    trainings: tuple[str, ...] = ()
    left_trainings: tuple[str, ...] = ()
    leistungen: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    people: int = 0
    tokens: int = 0
    signing_keys: int = 0


def advance(row: Product | Vendor, **values: object) -> None:
    """Change a row that nobody else has changed since. Raises `SchnittstellenError` (F105)."""
    rows = type(row).objects.filter(pk=row.pk, revision=row.revision)
    if not rows.update(**values, revision=row.revision + 1):
        found = type(row).objects.filter(pk=row.pk).values_list("revision", flat=True).first()
        told = {"found": str(found), "expected": str(row.revision)}
        raise SchnittstellenError(CHANGED_MEANWHILE, record=row.key, **told)
