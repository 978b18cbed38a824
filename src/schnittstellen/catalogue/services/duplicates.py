"""Entries that look like duplicates, and those of which people decided that they are none."""

from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction

from schnittstellen.catalogue.models import Product, Vendor
from schnittstellen.catalogue.services import audit, finding, merging, merging_vendors
from schnittstellen.catalogue.services.alike import Entry, Pair, companies, pairs
from schnittstellen.catalogue.services.merged import Merged, Of, advance
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_YOURS = Fault(
    "F477",
    N_("Doppelte Einträge führen nur der IT-Digitalbeirat und die Verwaltung des Katalogs zusammen."),
    N_("Melden Sie dem Beirat, was doppelt ist; in eigener Sache entscheidet niemand."),
    http=403,
)
FAULTS = (NOT_YOURS,)
Two = tuple[str, str]
_MODELS: dict[Of, type[Product] | type[Vendor]] = {Of.PRODUCTS: Product, Of.VENDORS: Vendor}


def demand_decider(viewer: Viewer) -> None:
    """Raises `SchnittstellenError` (F477) for all but the board and whoever runs the catalogue."""
    if not viewer.operator and (not viewer.board or viewer.vendor):
        raise SchnittstellenError(NOT_YOURS)


def candidates(of: Of) -> list[Pair]:
    """Pairs that may be one, the likeliest first, without those kept apart; in a fixed number of queries."""
    found = pairs(_products()) if of is Of.PRODUCTS else companies(_vendors())
    apart = set(kept_apart(of))
    return [one for one in found if (one.first, one.second) not in apart]


def _products() -> Iterator[Entry]:
    leistungen: dict[str, list[str]] = defaultdict(list)
    for product, leistung in Product.leistungen.through.objects.values_list("product__key", "leistung__key"):
        leistungen[product].append(leistung)
    rows = Product.objects.filter(merged_into=None).order_by()
    facts = rows.values_list("key", "name", "vendor__name", "kind", "source_code")
    for key, name, vendor, kind, source_code in facts:
        yield Entry(key, name, vendor, kind, frozenset(leistungen[key]), source_code)


def _vendors() -> list[Entry]:
    rows = Vendor.objects.filter(merged_into=None)
    return [Entry(one.key, one.name, one.name, "", source_code=one.url) for one in rows]


def kept_apart(of: Of) -> list[Two]:
    """Pairs of keys (in order) that are no duplicates; what was merged since counts as what it was merged into."""
    return sorted({pair for _key, _other, pair in _said(of) if pair[0] != pair[1]})


def _said(of: Of) -> list[tuple[str, str, Two]]:
    """Each entry that says so, the other, and which pair that is today."""
    model = _MODELS[of]
    stands = dict(model.objects.exclude(merged_into=None).values_list("key", "merged_into__key"))
    rows = model.objects.exclude(distinct_from=[]).values_list("key", "distinct_from")
    return [
        (key, other, _ordered(stands.get(key, key), stands.get(other, other)))
        for key, others in rows
        for other in others
    ]


def _ordered(first: str, second: str) -> Two:
    return (first, second) if first < second else (second, first)


def keep_apart(of: Of, first: str, second: str) -> Two:
    """The two are no duplicates and are not found again; gives their keys in order.

    Raises `SchnittstellenError` (F105, F120, F310, F475, F476).
    """
    pair = _named(of, first, second)
    if pair not in kept_apart(of):
        with transaction.atomic():
            row = _MODELS[of].objects.get(key=pair[0])
            _say(of, row, sorted({*row.distinct_from, pair[1]}))
    return pair


def take_back(of: Of, first: str, second: str) -> bool:
    """The two may be duplicates after all; gives whether anybody had said that they are not.

    Raises `SchnittstellenError` (F105, F120, F310, F475, F476).
    """
    pair = _named(of, first, second)
    said = [(key, other) for key, other, today in _said(of) if today == pair]
    with transaction.atomic():
        for key in {key for key, _other in said}:
            row = _MODELS[of].objects.get(key=key)
            gone = {other for one, other in said if one == key}
            _say(of, row, [one for one in row.distinct_from if one not in gone])
    return bool(said)


def plan(of: Of, key: str, into: str) -> Merged:
    """What merging would do. Raises what `merge` raises."""
    return merging.plan(key, into) if of is Of.PRODUCTS else merging_vendors.plan(key, into)


def merge(of: Of, key: str, into: str) -> Merged:
    """Make `key` a duplicate of `into`. Raises `SchnittstellenError` (F105, F120, F310, F311, F475, F476)."""
    return merging.merge(key, into) if of is Of.PRODUCTS else merging_vendors.merge(key, into)


def _named(of: Of, first: str, second: str) -> Two:
    find = finding.product if of is Of.PRODUCTS else finding.vendor
    one, other = find(first), find(second)
    if one.pk == other.pk:
        fault = merging.SAME if of is Of.PRODUCTS else merging_vendors.SAME_VENDOR
        raise SchnittstellenError(fault, name=first, into=other.key)
    return _ordered(one.key, other.key)


def _say(of: Of, row: Product | Vendor, others: list[str]) -> None:
    audit.note(of.value, row.key, {"distinct_from": row.distinct_from}, {"distinct_from": others})
    advance(row, distinct_from=others)
