"""The audit log: every change with its author, readable by those it concerns."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from schnittstellen.catalogue.models import Change, Municipality, Product, Vendor
from schnittstellen.catalogue.services.viewer import Viewer

ABSENT = None
NAMED: dict[str, type[Model]] = {
    "products": Product,
    "vendors": Vendor,
    "municipalities": Municipality,
    "deployments": Municipality,
}
"""Kinds of changed records that have names; a landscape has that of its municipality."""
_ACTOR: ContextVar[str] = ContextVar("actor", default="Betrieb des Katalogs (Befehlszeile)")
Places = list[dict[str, Any]]


@contextmanager
def acting(name: str) -> Iterator[None]:
    """Whatever is changed inside is changed by `name`; set by the edge that knows who asks."""
    before = _ACTOR.set(name)
    try:
        yield
    finally:
        _ACTOR.reset(before)


def actor() -> str:
    """Who changes something now."""
    return _ACTOR.get()


def note(kind: str, key: str, before: Any, after: Any) -> None:
    """Write down what changed of a record; nothing where nothing did. Belongs into the transaction of the change."""
    places = list(differences(before, after))
    if places:
        vendor, municipality = _concerned(kind, key, after or before)
        Change.objects.create(
            by=_ACTOR.get(), kind=kind, key=key, vendor=vendor, municipality=municipality, places=places
        )


def plain(values: Any) -> Any:
    """As JSON keeps it."""
    return json.loads(json.dumps(values, default=str))


def readable(viewer: Viewer) -> "QuerySet[Change]":
    """The changes that concern the viewer, newest first; the operator reads all, the public none.

    The board reads its own and what vendors changed of products, not what municipalities keep of themselves.
    """
    if viewer.operator:
        return Change.objects.all()
    own = Q(municipality__in=viewer.municipalities)
    if viewer.board:
        own |= Q(kind__in=("products", "board"))
    if viewer.vendor:
        own |= Q(vendor=viewer.vendor)
    return Change.objects.filter(own)


def names(rows: Iterable[Change]) -> dict[tuple[str, str], str]:
    """What the records of changes are called, by kind and key, as far as they are there."""
    wanted: dict[str, set[str]] = {}
    for one in rows:
        wanted.setdefault(one.kind, set()).add(one.key)
    found = {}
    for kind, model in NAMED.items():
        if keys := wanted.get(kind):
            rows_of = model._default_manager.filter(key__in=keys).values_list("key", "name")
            found.update({(kind, key): name for key, name in rows_of})
    return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes: of one kind, of a record whose key holds a text, by somebody, from and until a day."""

    kind: str = ""
    key: str = ""
    by: str = ""
    since: date | None = None
    until: date | None = None


def wanted(viewer: Viewer, asked: Wanted) -> "QuerySet[Change]":
    """Those of the readable ones."""
    rows = readable(viewer)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.since:
        rows = rows.filter(at__date__gte=asked.since)
    if asked.until:
        rows = rows.filter(at__date__lte=asked.until)
    return rows.filter(key__icontains=asked.key, by__icontains=asked.by)


def differences(before: Any, after: Any, place: str = "") -> Iterator[dict[str, Any]]:
    """Each place at which two records differ. Entries of lists are compared by their name where they have one."""
    if before == after:
        return
    old, new = _parts(before), _parts(after)
    if old is None or new is None:
        yield {"place": place, "before": before, "after": after}
        return
    for name in sorted(old.keys() | new.keys()):
        yield from differences(old.get(name, ABSENT), new.get(name, ABSENT), f"{place}/{name}" if place else name)


def _parts(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value
    if isinstance(value, list) and value and all(isinstance(one, dict) for one in value):
        named = {_name(one): one for one in value}
        return named if len(named) == len(value) else None
    return None


def _name(entry: dict[str, Any]) -> str:
    if "standard" in entry and "role" in entry:
        return f"{entry['standard']}:{entry['role']}"
    return str(entry.get("id") or entry.get("version") or entry.get("task") or "")


def _concerned(kind: str, key: str, data: Any) -> tuple[str, str]:
    """Keys of the vendor and of the municipality."""
    if kind == "vendors":
        return key, ""
    if kind == "products":
        told = data.get("vendor") if isinstance(data, dict) else None
        return told or Product.objects.filter(key=key).values_list("vendor__key", flat=True).first() or "", ""
    return ("", key) if kind in {"deployments", "municipalities"} else ("", "")
