"""Finding records by the names that people use."""

from collections.abc import Iterable
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


def _found(rows: "QuerySet[M]", key: str) -> M | None:
    """The row of that key; PostgreSQL refuses to look for a NUL at all."""
    return None if "\0" in key else rows.filter(key=key).first()


def product(key: str) -> Product:
    """The product of that key; old addresses and duplicates lead to the product that stands for them.

    Raises `SchnittstellenError` (F120).
    """
    found = _found(Product.objects.select_related("merged_into", "vendor"), key)
    if found is None:
        old = _found(OldKey.objects.select_related("product__merged_into", "product__vendor"), key)
        found = old.product if old else None
    if found is None:
        raise SchnittstellenError(NO_PRODUCT, name=_named(key))
    return found.merged_into or found


def vendor(key: str) -> Vendor:
    """The vendor of that key; a duplicate leads to the one that stands for it. Raises `SchnittstellenError` (F475)."""
    found = _found(Vendor.objects.select_related("merged_into"), key)
    if found is None:
        raise SchnittstellenError(NO_VENDOR, name=_named(key))
    return found.merged_into or found


def release(name: str) -> Release:
    """The release `product@version`; without a version the newest. Raises `SchnittstellenError` (F120, F121)."""
    key, _, version = name.partition("@")
    of = product(key)
    releases = list(of.releases.order_by("released", "pk"))
    found = [one for one in releases if one.version == version] if version else releases[-1:]
    if not found:
        candidates = ", ".join(one.version for one in releases) or "–"
        raise SchnittstellenError(
            NO_RELEASE, product=of.key, version=_named(version) if version else "–", candidates=candidates
        )
    return found[0]


def leistung(key: str) -> Leistung:
    """The Leistung of a LeiKa key. Raises `SchnittstellenError` (F122)."""
    found = _found(Leistung.objects.all(), key)
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
    found = _found(Municipality.objects.all(), ags)
    if found is None:
        raise SchnittstellenError(NO_MUNICIPALITY, name=_named(ags))
    return found
