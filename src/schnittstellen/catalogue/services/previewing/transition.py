"""From a preview to a day: the editions before the draft count until then and not from then on. Decided once.

Nothing changes before that day, because a retired edition is a fact with a day of its own (`domain.facts`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Declaration, Evidence, KeptPreview
from schnittstellen.catalogue.services import audit, recording
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.facts import Known, known_of
from schnittstellen.catalogue.services.previewing.previewing import Preview
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import NOT_BOARD
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.standing import standing
from schnittstellen.domain.texts import N_

CHUNK = 500
MOST = 100
NOT_A_DAY = Fault(
    "F408",
    N_("Ab dem {day} können die bisherigen Ausgaben nicht zurückgezogen werden."),
    N_("Wählen Sie einen Tag, der noch nicht begonnen hat, und nennen Sie eine Begründung."),
    http=422,
)
SAME_EDITION = Fault(
    "F409",
    N_("Zum Zurückziehen gibt es keine Ausgabe vor {edition}, oder der Tag steht schon fest."),
    N_("Geben Sie dem Entwurf eine neue Nummer der Ausgabe und bilden Sie die Vorschau neu."),
    http=409,
)
FAULTS = (NOT_A_DAY, SAME_EDITION)


@dataclass(frozen=True, slots=True)
class Effect:
    """A declaration whose level is lower from the day on, if nothing is renewed."""

    release: str
    role: str
    before: Nachweisstufe
    after: Nachweisstufe


def keep(found: Preview, now: datetime) -> KeptPreview:
    """Keep a preview for the board."""
    values = {"suite": found.suite, "edition": found.edition, "sha256": found.sha256}
    return KeptPreview.objects.create(made_at=now, data=found.data(), **values)


def listed(viewer: Viewer) -> "QuerySet[KeptPreview]":
    """All previews that were kept. Raises `SchnittstellenError` (F400)."""
    _demand_reader(viewer)
    return KeptPreview.objects.defer("data")


def one(viewer: Viewer, key: str) -> KeptPreview | None:
    """The preview of that key, None where there is none. Raises `SchnittstellenError` (F400)."""
    _demand_reader(viewer)
    return KeptPreview.objects.filter(key=key).first()


def _demand_reader(viewer: Viewer) -> None:
    if not (viewer.board or viewer.operator):
        raise SchnittstellenError(NOT_BOARD)


def editions(of: KeptPreview) -> list[str]:
    """The editions that evidence was made with, without that of the draft."""
    return sorted(name for name in of.data["editions"] if name != of.edition)


def effects(of: KeptPreview, on: date) -> Iterator[Effect]:
    """Whose level is lower on `on` than without the transition, if nothing is renewed until then."""
    suites = [(of.suite, name) for name in editions(of)]
    rows = Evidence.objects.filter(suite=of.suite, edition__in=[name for _, name in suites])
    keys = list(rows.order_by("declaration_id").values_list("declaration_id", flat=True).distinct())
    for start in range(0, len(keys), CHUNK):
        chunk = keys[start : start + CHUNK]
        names = Declaration.objects.select_related("release__product", "role__version__standard").in_bulk(chunk)
        for key, known in known_of(chunk).items():
            before, after = _levels(known, suites, on)
            if after < before:
                yield Effect(str(names[key].release), str(names[key].role), before, after)


def _levels(known: Known, suites: list[tuple[str, str]], on: date) -> tuple[Nachweisstufe, Nachweisstufe]:
    facts = known.facts
    retired = {**facts.retired, **{one: min(on, facts.retired.get(one, on)) for one in suites}}
    return standing(facts, terms(), on).level, standing(replace(facts, retired=retired), terms(), on).level


def decide(viewer: Viewer, found: KeptPreview, on: date, reason: str, today: date) -> None:
    """The board sets the first day on which the editions before the draft count no longer.

    Raises `SchnittstellenError` (F400, F408, F409).
    """
    if not viewer.board:
        raise SchnittstellenError(NOT_BOARD)
    if on <= today or not reason.strip():
        raise SchnittstellenError(NOT_A_DAY, day=on.isoformat())
    with transaction.atomic():
        undecided = KeptPreview.objects.filter(pk=found.pk, retired_from=None)
        if not editions(found) or not undecided.update(retired_from=on):
            raise SchnittstellenError(SAME_EDITION, edition=found.edition)
        for name in editions(found):
            recording.retire(found.suite, name, on, reason.strip())
        audit.note("suites", found.suite, {"retired_from": None}, {"retired_from": on.isoformat()})
