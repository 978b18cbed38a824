"""Rows as they should be against rows as they are: written where they differ, in few statements."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models
from django.db.models import QuerySet

CHUNK = 500
"""Rows per statement; SQLite takes 250,000 variables, PostgreSQL 65,535."""
_KEPT = {"id", "revision", "changed", "added"}
Row = TypeVar("Row", bound=models.Model)
Identity = tuple[Any, ...]


class Tally(Counter[str]):
    """How many records of which outcome: "created", "changed", "same", "missing" (no longer in the files)."""


def sync(
    wanted: Sequence[Row], scope: "QuerySet[Row]", identity: Sequence[str], tally: Tally
) -> tuple[dict[Identity, int], list[Row]]:
    """Make the rows of `scope` those that are `wanted`; rows are the same where the fields of `identity` are.

    Gives the primary keys by identity, and the rows of `scope` that nobody wants, which are left alone. `revision`
    counts up where a row changed.
    """
    there = {_identity(row, identity): row for row in scope}
    new, changed = [], []
    keys: dict[Identity, int] = {}
    for row in wanted:
        name = _identity(row, identity)
        found = there.pop(name, None)
        if found is None:
            new.append(row)
        else:
            keys[name] = found.pk
            if _take_over(row, found):
                changed.append(found)
    _write(new, changed, scope.model)
    keys.update((_identity(row, identity), row.pk) for row in new)
    tally.update({"created": len(new), "changed": len(changed), "same": len(wanted) - len(new) - len(changed)})
    return keys, list(there.values())


def _identity(row: models.Model, names: Sequence[str]) -> Identity:
    return tuple(getattr(row, name) for name in names)


def _take_over(row: models.Model, found: models.Model) -> bool:
    differs = False
    for field in row._meta.concrete_fields:
        if field.attname in _KEPT:
            continue
        value = getattr(row, field.attname)
        if getattr(found, field.attname) != value:
            setattr(found, field.attname, value)
            differs = True
    return differs


def _write(new: Sequence[Any], changed: Sequence[Any], model: type[models.Model]) -> None:
    model._default_manager.bulk_create(new, batch_size=CHUNK)
    if not changed:
        return
    names = [field.name for field in model._meta.concrete_fields if field.name not in {"id", "changed"}]
    for row in changed:
        if hasattr(row, "revision"):
            row.revision += 1
    model._base_manager.bulk_update(changed, names, batch_size=CHUNK // 5)


def link(through: Any, wanted: Mapping[int, Iterable[int]], left: str, right: str) -> int:
    """Make the links of every row in `wanted` those that it names; gives how many were added or removed."""
    there = set(through.objects.filter(**{f"{left}__in": list(wanted)}).values_list(left, right))
    named = {(one, other) for one, others in wanted.items() for other in others}
    rows = [through(**{left: one, right: other}) for one, other in sorted(named - there)]
    through.objects.bulk_create(rows, batch_size=CHUNK)
    gone = sorted(there - named)
    for one in {one for one, _ in gone}:
        through.objects.filter(**{left: one, f"{right}__in": [other for first, other in gone if first == one]}).delete()
    return len(rows) + len(gone)
