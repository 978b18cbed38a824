"""Vendors and products with their releases and declarations."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry.loading import Loading
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.rows import Data, children, dates, keyed, known, picked
from schnittstellen.catalogue.registry.sync import link, sync
from schnittstellen.catalogue.services import outlining, usage


def load_vendors(batch: list[Filed], loading: Loading) -> None:
    """Vendors."""
    merged = _merged(tables.Vendor, batch)
    names = ("name", "url", "contact", "distinct_from", "example")
    rows = [
        tables.Vendor(key=one.data["id"], merged_into_id=merged.get(one.data["id"]), **picked(one.data, *names))
        for one in batch
    ]
    keyed(loading, tables.Vendor, rows, "vendors")
    _merging(loading, "merging vendors", batch)


def _merged(model: type[tables.Vendor] | type[tables.Product], batch: list[Filed]) -> dict[str, int | None]:
    keys = [one.data["id"] for one in batch]
    return dict(model.objects.filter(key__in=keys).values_list("key", "merged_into_id"))


def _merging(loading: Loading, memory: str, batch: list[Filed]) -> None:
    loading.keys.setdefault(memory, {}).update({one.data["id"]: one.data.get("merged_into") for one in batch})


_PLAIN = (
    "name",
    "kind",
    "purpose",
    "prerequisites",
    "operation",
    "cost_licence",
    "cost_introduction",
    "cost_running",
    "costs_seen_by",
    "licence",
    "source_code",
    "documentation",
    "accessibility",
    "contact",
    "publicly_funded",
    "funding",
    "distinct_from",
    "example",
)


def load_products(batch: list[Filed], loading: Loading) -> None:
    """Products with their releases, declarations, trainings and old addresses; merging waits for `finish`."""
    vendors = known(loading, tables.Vendor, "vendors")
    merged = _merged(tables.Product, batch)
    rows = [_product(one.data, vendors, merged.get(one.data["id"])) for one in batch]
    keys = keyed(loading, tables.Product, rows, "products")
    leistungen = known(loading, tables.Leistung, "leistungen")
    wanted = {keys[one.data["id"]]: [leistungen[key] for key in one.data.get("leistungen", [])] for one in batch}
    link(tables.Product.leistungen.through, wanted, "product_id", "leistung_id")
    _releases(batch, keys, loading)
    _parts(batch, keys, loading)
    _merging(loading, "merging products", batch)


def _product(data: Data, vendors: Mapping[str, int], merged: int | None) -> tables.Product:
    return tables.Product(
        key=data["id"],
        vendor_id=vendors[data["vendor"]],
        merged_into_id=merged,
        **picked(data, *_PLAIN),
        **dates(data, "end_of_support"),
    )


def _releases(batch: list[Filed], keys: Mapping[str, int], loading: Loading) -> None:
    rows = [
        tables.Release(
            product_id=keys[one.data["id"]],
            version=release["version"],
            **dates(release, "released", "end_of_support"),
            **picked(release, "withdrawn"),
        )
        for one in batch
        for release in one.data.get("releases", [])
    ]
    scope = tables.Release.with_withdrawn.filter(product_id__in=keys.values())
    found = children(loading, rows, scope, ("product_id", "version"))
    roles = _roles(loading)
    declared = [
        _declaration(entry, found[keys[one.data["id"]], release["version"]], roles)
        for one in batch
        for release in one.data.get("releases", [])
        for entry in release.get("declarations", [])
    ]
    scope_declared = tables.Declaration.objects.filter(release__product_id__in=keys.values())
    outlining.renew(children(loading, declared, scope_declared, ("release_id", "role_id")).values())


def _declaration(data: Data, release: int, roles: Mapping[Any, int]) -> tables.Declaration:
    role = roles[f"{data['standard']}/{data['role']}"]
    return tables.Declaration(release_id=release, role_id=role, **picked(data, "messages", "options", "documentation"))


def _roles(loading: Loading) -> dict[Any, int]:
    if "roles" not in loading.keys:
        rows = tables.Role.objects.values_list("version__standard__key", "version__version", "key", "pk")
        loading.keys["roles"] = {f"{standard}@{version}/{key}": pk for standard, version, key, pk in rows}
    return loading.keys["roles"]


def _parts(batch: list[Filed], keys: Mapping[str, int], loading: Loading) -> None:
    trainings = [
        tables.Training(product_id=keys[one.data["id"]], **picked(entry, "task", "form", "url"))
        for one in batch
        for entry in one.data.get("trainings", [])
    ]
    identity = ("product_id", "task", "form", "url")
    scope = tables.Training.objects.filter(product_id__in=keys.values())
    _, gone = sync(trainings, scope, identity, loading.tally(tables.Training))
    tables.Training.objects.filter(pk__in=[row.pk for row in gone]).delete()
    old = [
        tables.OldKey(key=key, product_id=keys[one.data["id"]]) for one in batch for key in one.data.get("old_ids", [])
    ]
    scope_old = tables.OldKey.objects.filter(key__in=[row.key for row in old])
    sync(old, scope_old, ("key",), loading.tally(tables.OldKey))


def finish(loading: Loading) -> None:
    """Duplicates lead to what they were merged into."""
    _lead(tables.Vendor, loading.keys.get("merging vendors", {}))
    _lead(tables.Product, loading.keys.get("merging products", {}))


def _lead(model: type[tables.Vendor] | type[tables.Product], merging: Mapping[str, Any]) -> None:
    leading = Q(merged_into__isnull=False) | Q(key__in=[key for key, into in merging.items() if into])
    changing = model.objects.filter(leading, key__in=list(merging))
    keys = dict(model.objects.values_list("key", "pk")) if changing.exists() else {}
    for row in changing:
        into = keys.get(str(merging[row.key])) if merging[row.key] else None
        if row.merged_into_id != into:
            model.objects.filter(pk=row.pk).update(merged_into_id=into, revision=row.revision + 1)
            if model is tables.Product:
                usage.renew(pk for pk in (row.pk, row.merged_into_id, into) if pk is not None)
