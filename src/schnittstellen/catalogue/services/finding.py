"""Finding records by the names that people use."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

from schnittstellen.catalogue.models import (
    Leistung,
    Municipality,
    OldKey,
    Product,
    Release,
    Standard,
    StandardVersion,
    Vendor,
)
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.services.prepared import PreparedModels
from schnittstellen.domain.errors import NO_STANDARD, Fault, SchnittstellenError
from schnittstellen.domain.naming import near_names
from schnittstellen.domain.texts import N_

NO_PRODUCT = Fault(
    "F120",
    N_("Das Programm {name} steht nicht im Katalog."),
    N_("Suchen Sie es mit `schnittstellen search`."),
    http=404,
)
NO_RELEASE = Fault(
    "F121",
    N_("Das Programm {product} hat keine Version {version}."),
    N_("Vorhanden sind: {candidates}."),
    http=404,
)
NO_LEISTUNG = Fault(
    "F122",
    N_("Die Leistung {name} steht nicht im Katalog."),
    N_("Nennen Sie den LeiKa-Schlüssel (14 Ziffern); `schnittstellen search` findet ihn."),
    http=404,
)
NO_MUNICIPALITY = Fault(
    "F123",
    N_("Die Kommune {name} steht nicht im Katalog."),
    N_("Nennen Sie den Amtlichen Gemeindeschlüssel (AGS, 8 Ziffern); `schnittstellen search` findet ihn."),
    http=404,
)
NO_VENDOR = Fault(
    "F475",
    N_("Der Hersteller {name} steht nicht im Katalog."),
    N_("Suchen Sie ihn mit `schnittstellen search`."),
    http=404,
)
M = TypeVar("M", bound=Model)
MOST = 60
FAULTS = (NO_PRODUCT, NO_RELEASE, NO_LEISTUNG, NO_MUNICIPALITY, NO_VENDOR)


def _named(name: str) -> str:
    """A name as messages repeat it: one can see where it is empty or has signs that cannot be seen."""
    seen = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name[:MOST])
    return (seen or "„“") if len(name) <= MOST else f"{seen}…"


def _by_key(rows: Callable[[], "QuerySet[M]"]) -> Callable[[str], M | None]:
    """What finds the row of a key; PostgreSQL refuses to look for a NUL at all."""
    asked = PreparedModels(lambda key: rows().filter(key=key))
    return lambda key: None if "\0" in key else asked.first(key)


_product = _by_key(lambda: Product.objects.select_related("merged_into", "vendor"))
_once_called = _by_key(lambda: OldKey.objects.select_related("product__merged_into", "product__vendor"))
_vendor = _by_key(lambda: Vendor.objects.select_related("merged_into"))
_leistung = _by_key(Leistung.objects.all)
_municipality = _by_key(Municipality.objects.all)
_RELEASES = PreparedModels(
    lambda product: Release.objects.filter(product_id=product).order_by(undated_first("released"), "pk")
)


def product(key: str) -> Product:
    """The product of that key; old addresses and duplicates lead to the product that stands for them.

    Raises `SchnittstellenError` (F120).
    """
    found = _product(key)
    if found is None:
        old = _once_called(key)
        found = old.product if old else None
    if found is None:
        raise SchnittstellenError(NO_PRODUCT, name=_named(key))
    return found.merged_into or found


def vendor(key: str) -> Vendor:
    """The vendor of that key; a duplicate leads to the one that stands for it. Raises `SchnittstellenError` (F475)."""
    found = _vendor(key)
    if found is None:
        raise SchnittstellenError(NO_VENDOR, name=_named(key))
    return found.merged_into or found


def release(name: str) -> Release:
    """The release `product@version`; without a version the newest. Raises `SchnittstellenError` (F120, F121)."""
    key, _, version = name.partition("@")
    of = product(key)
    releases = releases_of(of)
    found = [one for one in releases if one.version == version] if version else releases[-1:]
    if not found:
        candidates = ", ".join(one.version for one in releases) or "–"
        raise SchnittstellenError(
            NO_RELEASE, product=of.key, version=_named(version) if version else "–", candidates=candidates
        )
    return found[0]


def releases_of(product: Product) -> list[Release]:
    """The releases of a product, the newest last."""
    found = _RELEASES.found(product.pk)
    for one in found:
        one.product = product
    return found


def leistung(key: str) -> Leistung:
    """The Leistung of a LeiKa key. Raises `SchnittstellenError` (F122)."""
    found = _leistung(key)
    if found is None:
        raise SchnittstellenError(NO_LEISTUNG, name=_named(key))
    return found


def demand_leistungen(keys: Iterable[str]) -> None:
    """Raises `SchnittstellenError` (F122) where one of the LeiKa keys is in the catalogue of nobody."""
    wanted = sorted(keys)
    possible = [key for key in wanted if "\0" not in key]
    known = set(Leistung.objects.filter(key__in=possible).values_list("key", flat=True)) if possible else set()
    for key in wanted:
        if key not in known:
            raise SchnittstellenError(NO_LEISTUNG, name=_named(key))


def demand_standard(name: str) -> None:
    """Raises `SchnittstellenError` (F002) where the catalogue has no such standard, or not that version of it."""
    key, _, version = name.replace("\0", "\N{REPLACEMENT CHARACTER}").partition("@")
    rows = StandardVersion.objects.filter(standard__key=key)
    if (rows.filter(version=version) if version else rows).exists():
        return
    known = [str(one) for one in rows.select_related("standard")] or Standard.objects.values_list("key", flat=True)
    near = ", ".join(near_names(name, sorted(known))) or "–"
    raise SchnittstellenError(NO_STANDARD, name=_named(name), candidates=near)


def municipality(ags: str) -> Municipality:
    """The municipality of an AGS. Raises `SchnittstellenError` (F123)."""
    found = _municipality(ags)
    if found is None:
        raise SchnittstellenError(NO_MUNICIPALITY, name=_named(ags))
    return found
