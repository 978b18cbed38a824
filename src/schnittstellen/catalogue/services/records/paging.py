"""Pages of records: filtered, in a fixed order, continued by a cursor that no insertion shifts."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

from schnittstellen.catalogue.services.records.kinds import Kind
from schnittstellen.catalogue.services.records.shown import Shown
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

DEFAULT, MOST = 50, 200
NO_CURSOR = Fault(
    "F144",
    N_("Diese Fortsetzung gehört nicht zu dieser Liste."),
    N_("Beginnen Sie die Liste von vorn, ohne cursor; Filter dürfen sich unterwegs nicht ändern."),
)
FAULTS = (NO_CURSOR,)
Filters = Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of which records: values of filters by name, the cursor to continue from."""

    filters: Filters = field(default_factory=dict)
    cursor: str | None = None
    limit: int = DEFAULT


@dataclass(frozen=True, slots=True)
class Page:
    """Some records; `next` continues after the last of them, None where there are no more."""

    items: tuple[Shown, ...]
    next: str | None


def page(kind: Kind, viewer: Viewer, day: date, wanted: Wanted) -> Page:
    """A page of what `viewer` may see of a kind, as it is on `day`. Raises `SchnittstellenError` (F144)."""
    rows = kind.seen_by(viewer)
    for name, value in sorted(wanted.filters.items()):
        rows = kind.filters[name].narrowed(rows, value)
    if wanted.cursor is not None:
        rows = rows.filter(**{f"{kind.order}__gt": _after(wanted.cursor, kind, wanted.filters)})
    found = list(rows[: wanted.limit + 1])
    shown, more = found[: wanted.limit], len(found) > wanted.limit
    items = tuple(kind.show(row, viewer, day) for row in shown)
    return Page(items, _cursor(getattr(shown[-1], kind.order), kind, wanted.filters) if more else None)


def _cursor(last: Any, kind: Kind, filters: Filters) -> str:
    return urlsafe_b64encode(json.dumps([_of(kind, filters), last]).encode()).decode().rstrip("=")


def _after(cursor: str, kind: Kind, filters: Filters) -> Any:
    expected = int if kind.order == "pk" else str
    try:
        of, last = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, TypeError) as error:
        raise SchnittstellenError(NO_CURSOR) from error
    if of != _of(kind, filters) or type(last) is not expected:
        raise SchnittstellenError(NO_CURSOR)
    return last


def _of(kind: Kind, filters: Filters) -> str:
    """Which list it is: kind and filters in eight characters."""
    return sha256(json.dumps([kind.name, sorted(filters.items())]).encode()).hexdigest()[:8]
