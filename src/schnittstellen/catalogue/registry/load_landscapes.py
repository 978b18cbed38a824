"""What municipalities run, and what of it exchanges data."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry.loading import Loading
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.rows import Data, children, dates, known, picked
from schnittstellen.catalogue.registry.sync import link


def load_deployments(batch: list[Filed], loading: Loading) -> None:
    """What municipalities run."""
    places = known(loading, tables.Municipality, "municipalities")
    providers = known(loading, tables.Provider, "providers")
    releases = all_releases(loading)
    rows = [
        _deployment(entry, one.data["ags"], places, providers, releases)
        for one in batch
        for entry in one.data["deployments"]
    ]
    scope = tables.Deployment.objects.filter(municipality_id__in=[places[one.data["ags"]] for one in batch])
    found = children(loading, rows, scope, ("key",))
    keys = {name[0]: pk for name, pk in found.items()}
    leistungen = known(loading, tables.Leistung, "leistungen")
    wanted = {
        keys[f"{one.data['ags']}-{entry['id']}"]: [leistungen[key] for key in entry.get("leistungen", [])]
        for one in batch
        for entry in one.data["deployments"]
    }
    link(tables.Deployment.leistungen.through, wanted, "deployment_id", "leistung_id")
    _couplings(batch, keys, loading)


def all_releases(loading: Loading) -> dict[Any, int]:
    """Primary keys of releases by `product@version`."""
    if "releases" not in loading.keys:
        rows = tables.Release.with_withdrawn.values_list("product__key", "version", "pk")
        loading.keys["releases"] = {f"{product}@{version}": pk for product, version, pk in rows}
    return loading.keys["releases"]


def _deployment(
    data: Data, ags: str, places: Mapping[str, int], providers: Mapping[str, int], releases: Mapping[str, int]
) -> tables.Deployment:
    return tables.Deployment(
        key=f"{ags}-{data['id']}",
        municipality_id=places[ags],
        release_id=releases[data["release"]],
        operator_id=providers[data["operator"]] if "operator" in data else None,
        **picked(data, "experience", "replacement", "in_charge", "confirmed"),
        **dates(data, "since", "until", "replacement_on"),
    )


def _couplings(batch: list[Filed], keys: Mapping[str, int], loading: Loading) -> None:
    if "versions" not in loading.keys:
        versions = tables.StandardVersion.objects.values_list("standard__key", "version", "pk")
        loading.keys["versions"] = {f"{standard}@{version}": pk for standard, version, pk in versions}
    rows = [
        tables.Coupling(
            key=f"{one.data['ags']}-{entry['id']}",
            first_id=keys[f"{one.data['ags']}-{entry['first']}"],
            second_id=keys[f"{one.data['ags']}-{entry['second']}"],
            version_id=loading.keys["versions"][entry["standard"]] if "standard" in entry else None,
            **picked(entry, "messages"),
            **dates(entry, "since"),
        )
        for one in batch
        for entry in one.data.get("couplings", [])
    ]
    children(loading, rows, tables.Coupling.objects.filter(first_id__in=keys.values()), ("key",))
