"""Pages of records: filtered, in a fixed order, continued after the last one so that no insertion shifts them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schnittstellen.catalogue.services.records.kinds import Kind
from schnittstellen.catalogue.services.records.shown import Shown
from schnittstellen.catalogue.services.viewer import Viewer

DEFAULT, MOST = 50, 200


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which page of which records: values of filters by name, the cursor to continue after."""

    filters: Mapping[str, str | bool] = field(default_factory=dict)
    cursor: str | None = None
    limit: int = DEFAULT


@dataclass(frozen=True, slots=True)
class Page:
    """Some records; `next` continues after the last of them, None where there are no more."""

    items: tuple[Shown, ...]
    next: str | None


def page(kind: Kind, viewer: Viewer, day: date | None, wanted: Wanted) -> Page:
    """A page of what `viewer` may see of a kind; where `day` is named, of what there was then, as it was then."""
    rows = kind.seen_by(viewer)
    if day and kind.there_on:
        rows = kind.there_on(rows, day)
    for name, value in sorted(wanted.filters.items()):
        rows = kind.filters[name].narrowed(rows, value)
    if wanted.cursor is not None:
        rows = rows.filter(**{f"{kind.order}__gt": wanted.cursor})
    found = list(rows[: wanted.limit + 1])
    shown, more = found[: wanted.limit], len(found) > wanted.limit
    return Page(
        tuple(kind.show_all(shown, viewer, day or date.today())), str(getattr(shown[-1], kind.order)) if more else None
    )
