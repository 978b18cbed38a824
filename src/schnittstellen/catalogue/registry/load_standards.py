"""Standards of the installation and facts about them."""

from typing import Any

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.registry.loading import Loading
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.rows import Data, children, dates, keyed, picked


def load_standards(library: Library, batch: list[Filed], loading: Loading) -> None:
    """All standards that the installation brings, with the facts that files add, and those that only files know."""
    written = _of_library(library)
    for filed in batch:
        entry = written.setdefault(filed.data["id"], {"versions": []})
        added = {name: value for name, value in filed.data.items() if name not in entry}
        versions = [*entry["versions"], *filed.data.get("versions", [])]
        entry.update(added, versions=versions)
    entries = list(written.values())
    rows = [tables.Standard(key=one["id"], **{"title": one["id"], **picked(one, *_FACTS)}) for one in entries]
    keys = keyed(loading, tables.Standard, rows, "standards")
    versions = [_version(one, keys[entry["id"]]) for entry in entries for one in entry["versions"]]
    scope = tables.StandardVersion.objects.filter(standard_id__in=keys.values())
    found = children(loading, versions, scope, ("standard_id", "version"))
    roles = [
        _role(role, found[keys[entry["id"]], one["version"]])
        for entry in entries
        for one in entry["versions"]
        for role in one.get("roles", [])
    ]
    children(loading, roles, tables.Role.objects.filter(version_id__in=found.values()), ("version_id", "key"))


_FACTS = ("title", "kind", "publisher", "url", "obligation", "obligation_source")


def _of_library(library: Library) -> dict[str, dict[str, Any]]:
    written: dict[str, dict[str, Any]] = {}
    for standard in library.standards():
        entry = written.setdefault(standard.id, {"id": standard.id, "versions": []})
        entry.update(title=standard.title, kind=str(standard.kind), publisher=standard.publisher)
        dates = {name: str(value) for name in ("in_force_from", "in_force_until") if (value := getattr(standard, name))}
        roles = [
            {"id": one.id, "title": one.title, "sends": one.sends, "receives": one.receives} for one in standard.roles
        ]
        state = {"version": standard.version, "title": standard.title, "state": str(standard.state), "roles": roles}
        entry["versions"].append({**state, **dates})
    return written


def _version(data: Data, standard: int) -> tables.StandardVersion:
    return tables.StandardVersion(
        standard_id=standard,
        **picked(data, "version", "title", "state"),
        **dates(data, "in_force_from", "in_force_until"),
    )


def _role(data: Data, version: int) -> tables.Role:
    sends, receives = list(data.get("sends", ())), list(data.get("receives", ()))
    return tables.Role(version_id=version, key=data["id"], title=data.get("title", ""), sends=sends, receives=receives)
