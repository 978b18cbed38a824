"""The catalogue as files again: what was imported comes out byte for byte."""

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db.models import Prefetch, QuerySet

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue import models as tables
from schnittstellen.catalogue.models.base import undated_first
from schnittstellen.catalogue.registry import evidence_files, forms, ledger_files
from schnittstellen.catalogue.registry.faults import NOT_EMPTY
from schnittstellen.catalogue.registry.forms import FORMS, Form
from schnittstellen.catalogue.registry.texts import file_names, filled, text_of
from schnittstellen.domain.errors import SchnittstellenError

CHUNK = 500
Written = Iterator[tuple[str, dict[str, Any]]]
Say = Callable[[str], None]


def write(folder: Path, library: Library, say: Say = lambda _line: None) -> int:
    """Write the whole catalogue below `folder` and give the number of files; other files of these kinds are removed.

    Raises `SchnittstellenError` (F102) where `folder` holds something else than a registry.
    """
    if folder.exists() and any(folder.iterdir()) and not any((folder / form.folder).is_dir() for form in FORMS):
        raise SchnittstellenError(NOT_EMPTY, folder=str(folder))
    count = 0
    for form in FORMS:
        shutil.rmtree(folder / form.folder, ignore_errors=True)
        for name, data in WRITERS[form](library):
            path = folder / form.folder / f"{name}.toml"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text_of(form, data), encoding="utf-8", newline="\n")
            say(f"{form.folder}/{path.name}")
            count += 1
    shutil.rmtree(folder / ledger_files.FOLDER, ignore_errors=True)
    return count + evidence_files.write_reports(folder) + ledger_files.write_ledger_files(folder)


def _set(value: bool) -> bool | None:
    """Flags are written only where they are set."""
    return value or None


def _standards(library: Library) -> Written:
    brought = {standard.name for standard in library.standards()}
    ids = {standard.id for standard in library.standards()}
    roles = Prefetch("roles", tables.Role.objects.order_by("key"))
    versions = Prefetch("versions", tables.StandardVersion.objects.order_by("version").prefetch_related(roles))
    for one in tables.Standard.objects.order_by("key").prefetch_related(versions):
        own = [_version(each) for each in one.versions.all() if f"{one.key}@{each.version}" not in brought]
        facts = {"url": one.url, "obligation": one.obligation, "obligation_source": one.obligation_source}
        title = {} if one.key in ids else {"title": one.title, "kind": one.kind, "publisher": one.publisher}
        if own or filled(facts):
            yield one.key, {"id": one.key, **title, **facts, "versions": own}


def _version(one: tables.StandardVersion) -> dict[str, Any]:
    return {
        "version": one.version,
        "title": one.title,
        "state": one.state,
        "in_force_from": one.in_force_from,
        "in_force_until": one.in_force_until,
        "roles": [
            {"id": role.key, "title": role.title, "sends": role.sends, "receives": role.receives}
            for role in one.roles.all()
        ],
    }


def _services(_library: Library) -> Written:
    subjects = set(tables.OzgService.objects.values_list("subject", flat=True).distinct())
    subjects |= set(tables.Leistung.objects.values_list("subject", flat=True).distinct())
    leistungen = Prefetch("leistungen", tables.Leistung.objects.order_by("key"))
    for name, subject in file_names(subjects):
        bundles = tables.OzgService.objects.filter(subject=subject).order_by("key").prefetch_related(leistungen)
        loose = tables.Leistung.objects.filter(subject=subject, ozg=None).order_by("key")
        services = [
            {
                "id": one.key,
                "title": one.title,
                "situation": one.situation,
                "leistungen": _leistungen(one.leistungen.all()),
            }
            for one in bundles
        ]
        yield name, {"subject": subject, "services": services, "leistungen": _leistungen(loose)}


def _leistungen(rows: Iterable[tables.Leistung]) -> list[dict[str, Any]]:
    return [{"leika": one.key, "title": one.title, "chain": one.chain} for one in rows]


def _municipalities(_library: Library) -> Written:
    for name, kreis in file_names(tables.Municipality.objects.values_list("kreis", flat=True).distinct()):
        rows = tables.Municipality.objects.filter(kreis=kreis).order_by("key")
        yield name, {"kreis": kreis, "municipalities": [_municipality(one) for one in rows]}


def _municipality(one: tables.Municipality) -> dict[str, Any]:
    return {
        "ags": one.key,
        "ars": one.ars,
        "name": one.name,
        "form": one.form,
        "population": one.population,
        "area": one.area,
        "postcode": one.postcode,
        "open": _set(one.open),
        "example": _set(one.example),
    }


def _providers(_library: Library) -> Written:
    served = Prefetch("municipalities", tables.Municipality.objects.order_by("key").only("key"))
    for one in tables.Provider.objects.order_by("key").prefetch_related(served):
        places = [place.key for place in one.municipalities.all()]
        data = {"id": one.key, "name": one.name, "url": one.url, "municipalities": places}
        yield one.key, {**data, "example": _set(one.example)}


def _vendors(_library: Library) -> Written:
    for one in tables.Vendor.objects.order_by("key").select_related("merged_into"):
        yield one.key, _vendor(one)


def _vendor(one: tables.Vendor) -> dict[str, Any]:
    data = {"id": one.key, "name": one.name, "url": one.url, "contact": one.contact}
    return {**data, **_doubling(one), "example": _set(one.example)}


def _doubling(one: tables.Vendor | tables.Product) -> dict[str, Any]:
    """What it was merged into, and what it is not a duplicate of."""
    into = one.merged_into.key if one.merged_into else None
    return {"merged_into": into, "distinct_from": one.distinct_from}


def _products(_library: Library) -> Written:
    for one in product_rows(tables.Release.with_withdrawn.all()).iterator(chunk_size=CHUNK):
        yield one.key, _product(one)


def product_rows(releases: "QuerySet[tables.Release]") -> "QuerySet[tables.Product]":
    """Products with all that their written form holds, of their releases those that are among `releases`."""
    declared = Prefetch(
        "declarations",
        tables.Declaration.objects.select_related("role__version__standard").order_by(
            "role__version__standard__key", "role__version__version", "role__key"
        ),
    )
    in_order = releases.order_by(undated_first("released"), "version").prefetch_related(declared)
    return (
        tables.Product.objects.order_by("key")
        .select_related("vendor", "merged_into")
        .prefetch_related(
            Prefetch("leistungen", tables.Leistung.objects.order_by("key").only("key")),
            Prefetch("old_keys", tables.OldKey.objects.order_by("key")),
            Prefetch("trainings", tables.Training.objects.order_by("task", "form", "url")),
            Prefetch("releases", in_order),
        )
    )


_PLAIN_BEFORE = ("name", "kind", "purpose")
_PLAIN = (
    "prerequisites",
    "operation",
    "cost_licence",
    "cost_introduction",
    "cost_running",
)
_PLAIN_AFTER = ("licence", "source_code", "documentation", "end_of_support", "accessibility", "contact")


def _product(one: tables.Product) -> dict[str, Any]:
    seen_by = one.costs_seen_by if one.costs_seen_by != tables.Product.Seen.NOBODY else None
    return {
        "id": one.key,
        "vendor": one.vendor.key,
        **{name: getattr(one, name) for name in _PLAIN_BEFORE},
        "leistungen": [each.key for each in one.leistungen.all()],
        **{name: getattr(one, name) for name in _PLAIN},
        "costs_seen_by": seen_by,
        **{name: getattr(one, name) for name in _PLAIN_AFTER},
        "publicly_funded": one.publicly_funded,
        "funding": one.funding,
        "merged_into": one.merged_into.key if one.merged_into else None,
        "old_ids": [each.key for each in one.old_keys.all()],
        "distinct_from": one.distinct_from,
        "example": _set(one.example),
        "trainings": [{"task": each.task, "form": each.form, "url": each.url} for each in one.trainings.all()],
        "releases": [_release(each) for each in one.releases.all()],
    }


def _release(one: tables.Release) -> dict[str, Any]:
    return {
        "version": one.version,
        "released": one.released,
        "end_of_support": one.end_of_support,
        "withdrawn": _set(one.withdrawn),
        "declarations": [
            {
                "standard": str(each.role.version),
                "role": each.role.key,
                "messages": each.messages,
                "options": each.options,
                "documentation": each.documentation,
            }
            for each in one.declarations.all()
        ],
    }


def _landscapes(_library: Library) -> Written:
    keys = (
        tables.Deployment.objects.order_by("municipality__key").values_list("municipality__key", flat=True).distinct()
    )
    waiting = list(keys)
    for start in range(0, len(waiting), CHUNK):
        yield from _some_landscapes(waiting[start : start + CHUNK])


def _some_landscapes(places: list[str]) -> Written:
    deployments: dict[str, list[dict[str, Any]]] = {}
    couplings: dict[str, list[dict[str, Any]]] = {}
    rows = tables.Deployment.objects.filter(municipality__key__in=places).order_by("key")
    leistungen = Prefetch("leistungen", tables.Leistung.objects.order_by("key").only("key"))
    for one in rows.select_related("municipality", "release__product", "operator").prefetch_related(leistungen):
        deployments.setdefault(one.municipality.key, []).append(_deployment(one))
    pairs = tables.Coupling.objects.filter(first__municipality__key__in=places).order_by("key")
    for each in pairs.select_related("first__municipality", "second", "version__standard"):
        couplings.setdefault(each.first.municipality.key, []).append(_coupling(each))
    for ags in places:
        yield ags, {"ags": ags, "deployments": deployments[ags], "couplings": couplings.get(ags)}


def _deployment(one: tables.Deployment) -> dict[str, Any]:
    return {
        "id": _local(one.key),
        "release": str(one.release),
        "leistungen": [each.key for each in one.leistungen.all()],
        "operator": one.operator.key if one.operator else None,
        "since": one.since,
        "until": one.until,
        "experience": one.experience,
        "replacement": one.replacement,
        "replacement_on": one.replacement_on,
        "in_charge": one.in_charge,
        "confirmed": _set(one.confirmed),
    }


def _coupling(one: tables.Coupling) -> dict[str, Any]:
    return {
        "id": _local(one.key),
        "first": _local(one.first.key),
        "second": _local(one.second.key),
        "standard": str(one.version) if one.version else None,
        "messages": one.messages,
        "since": one.since,
    }


def _local(key: str) -> str:
    return key.partition("-")[2]


def one_of(form: Form, key: str) -> dict[str, Any] | None:
    """What is written of one vendor, product or municipality (what it runs); None where there is nothing.

    Withdrawn releases are left out: who withdrew them sees them no longer.
    """
    if form is forms.DEPLOYMENTS:
        there = tables.Deployment.objects.filter(municipality__key=key).exists()
        return filled(next(_some_landscapes([key]))[1]) if there else None
    if form is forms.PRODUCT:
        product = product_rows(tables.Release.objects.all()).filter(key=key).first()
        return filled(_product(product)) if product else None
    vendor = tables.Vendor.objects.filter(key=key).first()
    return filled(_vendor(vendor)) if vendor else None


WRITERS: dict[Form, Callable[[Library], Written]] = {
    forms.STANDARD: _standards,
    forms.SERVICES: _services,
    forms.MUNICIPALITIES: _municipalities,
    forms.PROVIDER: _providers,
    forms.VENDOR: _vendors,
    forms.PRODUCT: _products,
    forms.DEPLOYMENTS: _landscapes,
    forms.EVIDENCE: lambda _library: evidence_files.written(),
}
