"""The board takes a decision back: one member proposes, as many agree as the rules demand, then it is recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction

from schnittstellen.catalogue.models import Entry, Recall
from schnittstellen.catalogue.services import audit, ledger, recording
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.disputing.contests import MOST, NO_REASON, demand_board
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Revocation
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Why

MOST_AHEAD = timedelta(days=365)
NOTHING_TO_REVOKE = Fault(
    "F428",
    N_("Das Zertifikat {serial} ist schon widerrufen, oder der Vorschlag ist schon erledigt."),
    N_("Laden Sie die Seite neu; dort steht, was gilt."),
    http=409,
)
BAD_DAY = Fault(
    "F429",
    N_("Ein Widerruf kann nicht zum {day} gelten; möglich ist ein Tag von heute an und innerhalb eines Jahres."),
    N_("Was bis heute galt, bleibt so stehen; wählen Sie einen Tag ab heute."),
    http=422,
)
FAULTS = (NOTHING_TO_REVOKE, BAD_DAY)
REASONS = (Why.RULES_BROKEN, Why.ERROR, Why.SUPERSEDED, Why.CEASED)
"""Of those of `domain.trust` that a certificate can have; only a key is compromised."""


@dataclass(frozen=True, slots=True)
class Said:
    """Why, from which day, and in which words for everybody."""

    why: Why
    since: date
    reason: str


def open_recall(entry: Entry) -> Recall | None:
    """The proposal that waits for others to agree."""
    return Recall.objects.filter(decision=entry, state="open").prefetch_related("agreed").first()


def needed() -> int:
    """How many members must agree: as many as for a decision."""
    return terms().votes


def propose(viewer: Viewer, member: Any, serial: str, said: Said, today: date) -> Recall:
    """A member proposes and thereby agrees. Raises `SchnittstellenError` (F400, F401, F423, F428, F429)."""
    if not said.reason.strip() or len(said.reason) > MOST:
        raise SchnittstellenError(NO_REASON, most=str(MOST))
    if not today <= said.since <= today + MOST_AHEAD:
        raise SchnittstellenError(BAD_DAY, day=said.since.isoformat())
    try:
        with transaction.atomic():
            of = _revocable(viewer, serial, today)
            values = {"since": said.since, "why": said.why.value, "reason": said.reason.strip(), "opened_on": today}
            made = Recall.objects.create(decision=of.entry, **values)
            made.agreed.add(member)
            _note(of, "proposed")
            _complete(made, of, today)
    except IntegrityError:
        raise SchnittstellenError(NOTHING_TO_REVOKE, serial=serial) from None
    return made


def agree(viewer: Viewer, member: Any, serial: str, today: date) -> Recall:
    """Another member agrees; the same once more counts once. Raises `SchnittstellenError` (F400, F423, F428)."""
    with transaction.atomic():
        of, made = _open(viewer, serial, today)
        made.agreed.add(member)
        _note(of, "agreed")
        _complete(made, of, today)
    return made


def drop(viewer: Viewer, serial: str, today: date) -> None:
    """The proposal comes to nothing. Raises `SchnittstellenError` (F400, F423, F428)."""
    with transaction.atomic():
        of, made = _open(viewer, serial, today)
        made.state = "dropped"
        made.save(update_fields=["state"])
        _note(of, "dropped")


def _revocable(viewer: Viewer, serial: str, today: date) -> Found:
    """The certificate, not revoked yet: nobody else can append until the transaction ends."""
    ledger.alone()
    of = certificates.one(serial, today)
    demand_board(viewer, of.declaration.release.product.vendor.key)
    if of.revocation is not None:
        raise SchnittstellenError(NOTHING_TO_REVOKE, serial=serial)
    return of


def _open(viewer: Viewer, serial: str, today: date) -> tuple[Found, Recall]:
    of = _revocable(viewer, serial, today)
    made = open_recall(of.entry)
    if made is None:
        raise SchnittstellenError(NOTHING_TO_REVOKE, serial=serial)
    return of, made


def _complete(made: Recall, of: Found, today: date) -> None:
    if made.agreed.count() < needed():
        return
    made.since, made.state = max(made.since, today), "done"
    made.save(update_fields=["since", "state"])
    recording.revoke(of.declaration, Revocation(of.decision.id, made.since, made.reason))
    _note(of, "revoked")


def _note(of: Found, what: str) -> None:
    key = of.declaration.release.product.key
    audit.note("products", key, {"recall": {of.serial: None}}, {"recall": {of.serial: what}})
