"""The board takes a decision back: one member proposes, as many agree as the rules demand, then it is recorded."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from schnittstellen.catalogue.models import Motion
from schnittstellen.catalogue.services import audit, ledger, recording
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.disputing.contests import MOST, NO_REASON
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting import motions
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.services.voting.motions import About, Ballot
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Revocation
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Why
from schnittstellen.domain.voting import Subject

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


SUBJECT = Subject.REVOCATION


def motion(of: Found) -> Motion | None:
    """What is voted on now."""
    return motions.open_motion(SUBJECT, of.serial)


def about(of: Found) -> About:
    """What members vote on."""
    return About(SUBJECT, of.serial, of.declaration.release.product.vendor.key)


def said_of(made: Motion) -> Said:
    """What is proposed."""
    return _said(made.said)


def propose(viewer: Viewer, member: Any, serial: str, said: Said, today: date) -> None:
    """A member proposes and thereby agrees. Raises `SchnittstellenError` (F400, F401, F423, F428, F429, F495)."""
    if not said.reason.strip() or len(said.reason) > MOST:
        raise SchnittstellenError(NO_REASON, most=str(MOST))
    if not today <= said.since <= today + MOST_AHEAD:
        raise SchnittstellenError(BAD_DAY, day=said.since.isoformat())
    with transaction.atomic():
        of = _revocable(viewer, serial, today)
        _note(of, "proposed")
        values = {"since": said.since.isoformat(), "why": said.why.value, "reason": said.reason.strip()}
        motions.propose(about(of), member, values, today, lambda it: _revoke(of, _said(it), today))


def vote(viewer: Viewer, member: Any, serial: str, ballot: Ballot, today: date) -> None:
    """Another member's word; of one member the last counts.

    Raises `SchnittstellenError` (F400, F423, F428, F481, F496).
    """
    with transaction.atomic():
        of = _revocable(viewer, serial, today)
        _note(of, "voted")
        motions.vote(about(of), member, ballot, today, lambda it: _revoke(of, _said(it), today))


def drop(viewer: Viewer, member: Any, serial: str, why: str, today: date) -> None:
    """The proposal comes to nothing. Raises `SchnittstellenError` (F400, F401, F423, F428, F496)."""
    with transaction.atomic():
        of = _revocable(viewer, serial, today)
        motions.drop(about(of), member, why)
        _note(of, "dropped")


def _revocable(viewer: Viewer, serial: str, today: date) -> Found:
    """The certificate, not revoked yet: nobody else can append until the transaction ends."""
    ledger.alone()
    of = certificates.one(serial, today)
    demand_board(viewer, of.declaration.release.product.vendor.key)
    if of.revocation is not None:
        raise SchnittstellenError(NOTHING_TO_REVOKE, serial=serial)
    return of


def _said(said: dict[str, str]) -> Said:
    return Said(Why(said["why"]), date.fromisoformat(said["since"]), said["reason"])


def _revoke(of: Found, said: Said, today: date) -> None:
    since = max(said.since, today)
    recording.revoke(of.declaration, Revocation(of.decision.id, since, said.reason, said.why.value))
    _note(of, "revoked")


def _note(of: Found, what: str) -> None:
    key = of.declaration.release.product.key
    audit.note("products", key, {"recall": {of.serial: None}}, {"recall": {of.serial: what}})
