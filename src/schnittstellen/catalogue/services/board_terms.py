"""The rules of the board that ship with the package, each edition from its day on (registry/rules)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache

from schnittstellen.artefacts.library import built_in
from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.standing import Eras
from schnittstellen.formats.rules import read_rules


def rules(day: date | None = None) -> Rules:
    """The edition in force on `day` (None: today); before the first one, that one, which says so itself."""
    return replace(in_force(editions(), day or date.today()), ages=terms())


def in_force(written: Iterable[Rules], day: date) -> Rules:
    """The edition of `written` that began last, by `day`; else the first of all."""
    ordered = sorted(written, key=lambda one: one.in_force_from)
    begun = [one for one in ordered if one.in_force_from <= day]
    return begun[-1] if begun else ordered[0]


@cache
def editions() -> tuple[Rules, ...]:
    """All editions as they are written."""
    folder = built_in() / "registry" / "rules"
    return tuple(read_rules(path) for path in sorted(folder.glob("zertifizierung*.toml")))


def terms() -> Eras:
    """How long evidence holds and what a decision needs: each by the edition that was in force on its own day."""
    ordered = sorted(editions(), key=lambda one: one.in_force_from)
    return Eras(tuple((one.in_force_from, one.terms) for one in ordered))
