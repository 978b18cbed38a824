"""From what is written to rows: what all loaders share."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Model

from schnittstellen.catalogue.registry.loading import Loading, day
from schnittstellen.catalogue.registry.sync import sync

Data = Mapping[str, Any]


def keyed(loading: Loading, model: type[Model], rows: Sequence[Any], memory: str) -> dict[str, int]:
    """Sync rows with a `key` of their own and remember their primary keys."""
    scope = model._default_manager.filter(key__in=[row.key for row in rows])
    found, _ = sync(rows, scope, ("key",), loading.tally(model))
    loading.saw(model, found)
    keys = {name[0]: pk for name, pk in found.items()}
    loading.keys.setdefault(memory, {}).update(keys)
    return keys


def children(loading: Loading, rows: Sequence[Any], scope: Any, identity: Sequence[str]) -> dict[Any, int]:
    """Sync rows that belong to others."""
    found, _ = sync(rows, scope, identity, loading.tally(scope.model))
    loading.saw(scope.model, found)
    return found


def picked(data: Data, *names: str) -> dict[str, Any]:
    return {name: data[name] for name in names if name in data}


def dates(data: Data, *names: str) -> dict[str, Any]:
    return {name: day(data[name]) for name in names if name in data}


def known(loading: Loading, model: type[Model], memory: str) -> dict[Any, int]:
    """Primary keys by key, those included that only the catalogue knows."""
    if f"all {memory}" not in loading.keys:
        loading.keys[f"all {memory}"] = dict(model._default_manager.values_list("key", "pk"))
    return loading.keys[f"all {memory}"]
