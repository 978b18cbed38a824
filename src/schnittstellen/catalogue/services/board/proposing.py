"""What the board is to vote about, and the votes: one of each member, which may be changed until it is decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from schnittstellen.catalogue.models import Application, ApplicationVote, Member
from schnittstellen.catalogue.services.board.common import MOST, demand_text, held_by_board, note_of_board, vendor_of
from schnittstellen.catalogue.services.board.questions import findings
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import named
from schnittstellen.catalogue.services.voting.motions import Ballot, demand_member, demand_reason
from schnittstellen.domain import voting
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Duty
from schnittstellen.domain.texts import N_

MOST_DUTIES = 20
NO_PROPOSAL = Fault(
    "F380",
    N_("Es gibt noch keinen Vorschlag, über den abgestimmt werden kann."),
    N_("Schreiben Sie zuerst einen Vorschlag: zertifizieren oder ablehnen."),
    http=409,
)
OTHER_BASIS = Fault(
    "F381",
    N_("Der Vorschlag oder die Nachweise haben sich geändert, seit Sie die Seite geladen haben."),
    N_("Laden Sie die Seite neu, lesen Sie den neuen Stand und stimmen Sie dann ab."),
    http=409,
)
BAD_PROPOSAL = Fault(
    "F382",
    N_("Der Vorschlag ist nicht vollständig."),
    N_(
        "Nötig sind der letzte Tag des Zertifikats und zu jeder Auflage Text und Frist (höchstens {most} Auflagen). "
        "Hinnehmen lassen sich nur Befunde aus den Nachweisen des Antrags."
    ),
    http=422,
)
FAULTS = (NO_PROPOSAL, OTHER_BASIS, BAD_PROPOSAL)


@dataclass(frozen=True, slots=True)
class Draft:
    """What one member proposes. `waived` gives each accepted finding its reason; `reason` is for vendor and board."""

    granted: bool
    lapses_on: date | None = None
    waived: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    reason: str = ""


def propose(viewer: Viewer, key: str, draft: Draft) -> Application:
    """The board is to vote about this; votes about anything before do not count.

    Raises `SchnittstellenError` (F370–F372, F382, F400).
    """
    with transaction.atomic():
        found = held_by_board(viewer, key)
        reason = demand_text(draft.reason, least=0)
        _demand_whole(draft, found)
        found.proposed, found.reason, found.basis = draft.granted, reason, found.basis + 1
        found.lapses_on = draft.lapses_on if draft.granted else None
        found.waived = dict(draft.waived) if draft.granted else {}
        found.duties = [_written(one) for one in draft.duties] if draft.granted else []
        found.save()
        note_of_board(found, {"proposed": draft.granted, "basis": found.basis})
    return found


def vote(viewer: Viewer, user: Any, key: str, basis: int, ballot: Ballot) -> ApplicationVote:
    """One member agrees, does not, or (None) abstains, with a remark for the board.

    Raises `SchnittstellenError` (F370–F372, F380, F381, F400, F481).
    """
    agrees, remark = ballot
    with transaction.atomic():
        found = held_by_board(viewer, key)
        demand_member(user, vendor_of(found))
        if found.proposed is None:
            raise SchnittstellenError(NO_PROPOSAL)
        if found.basis != basis:
            raise SchnittstellenError(OTHER_BASIS)
        demand_reason(ballot, date.today())
        said = {"agrees": agrees, "remark": demand_text(remark, least=0), "basis": basis, "name": named(user)}
        made, _new = ApplicationVote.objects.update_or_create(application=found, user=user, defaults=said)
        note_of_board(found, {"vote": agrees, "basis": basis})
    return made


def counted(of: Application) -> tuple[voting.Vote, ...]:
    """The votes about what is proposed now, of those who are of the board now; and who of them acts for the vendor."""
    board = Member.objects.filter(role=Member.Role.BOARD).values("user")
    rows = list(of.votes.filter(basis=of.basis, user__in=board))
    vendor = vendor_of(of)
    partial = Member.objects.filter(vendor__key=vendor, user__in=[one.user_id for one in rows])
    own = set(partial.values_list("user_id", flat=True))
    return tuple(
        voting.Vote(f"{one.name} ({one.user_id})", one.agrees, vendor if one.user_id in own else "", one.remark)
        for one in rows
    )


def about_now(of: Application) -> list[ApplicationVote]:
    """The votes about what is proposed now. Those of a list are fetched before, by `prefetch_related("votes")`."""
    return [one for one in of.votes.all() if one.basis == of.basis]


def spoken_against(of: Application) -> list[ApplicationVote]:
    """What members said against what is proposed now, for whoever writes the next proposal."""
    return [one for one in about_now(of) if one.agrees is False and one.remark]


def duties(of: Application) -> tuple[Duty, ...]:
    """Those of the proposal."""
    return tuple(Duty(one["text"], date.fromisoformat(one["due"])) for one in of.duties)


def _demand_whole(draft: Draft, of: Application) -> None:
    if not draft.granted:
        return
    if (
        draft.lapses_on is None
        or any(one.due is None or not 0 < len(one.text.strip()) <= MOST for one in draft.duties)
        or len(draft.duties) > MOST_DUTIES
        or not draft.waived.keys() <= set(findings(of))
    ):
        raise SchnittstellenError(BAD_PROPOSAL, most=str(MOST_DUTIES))
    for reason in draft.waived.values():
        demand_text(reason, least=0)


def _written(one: Duty) -> dict[str, str]:
    return {"text": one.text.strip(), "due": one.due.isoformat() if one.due else ""}
