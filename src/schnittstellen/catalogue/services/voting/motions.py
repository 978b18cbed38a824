"""A member proposes and thereby agrees; others vote; as soon as the rules are satisfied it is carried out, once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from schnittstellen.catalogue.models import Member, Motion, MotionVote
from schnittstellen.catalogue.services import board_terms
from schnittstellen.catalogue.services.disputing import contests
from schnittstellen.catalogue.services.voting.members import NOT_BOARD, named
from schnittstellen.domain import voting
from schnittstellen.domain.board_rules import Rules
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.texts import N_
from schnittstellen.domain.voting import Subject, Vote

State = Motion.State
PROPOSED_ALREADY = Fault(
    "F495",
    N_("Hierüber stimmt der Beirat schon ab."),
    N_("Laden Sie die Seite neu und stimmen Sie über den Vorschlag ab, oder verwerfen Sie ihn."),
    http=409,
)
NO_MOTION = Fault(
    "F496",
    N_("Hierüber wird gerade nicht abgestimmt."),
    N_("Laden Sie die Seite neu; dort steht, wie es ausging."),
    http=409,
)
NO_REMARK = Fault(
    "F481",
    N_("Wer dagegen stimmt, sagt nach den Regeln des Beirats warum."),
    N_("Schreiben Sie in die Bemerkung zu Ihrer Stimme, was gegen den Vorschlag spricht."),
    http=422,
)
FAULTS = (PROPOSED_ALREADY, NO_MOTION, NO_REMARK)
Ballot = tuple[bool | None, str]
"""For, against, or (None) neither, and a remark for the board."""


@dataclass(frozen=True, slots=True)
class About:
    """What a motion is about, and the vendor whose people do not vote on it."""

    subject: Subject
    key: str
    vendor: str


Carry = Callable[[dict[str, Any]], object]
"""Does what a motion says."""


def open_motion(subject: Subject, key: str) -> Motion | None:
    """The motion that members vote on now."""
    return Motion.objects.filter(subject=subject.value, about=key, state=State.OPEN).prefetch_related("votes").first()


def needed(subject: Subject, day: date) -> int:
    """How many members must agree on `day`."""
    rules = board_terms.rules(day)
    return rules.voting.needed(subject, rules.terms.votes)


def propose(about: About, member: Any, said: dict[str, Any], day: date, carry: Carry) -> Motion:
    """Propose and agree. Raises `SchnittstellenError` (F400, F495), and what `carry` raises."""
    demand_member(member, about.vendor)
    values = {"subject": about.subject.value, "about": about.key, "said": said, "opened_on": day}
    try:
        with transaction.atomic():
            made = Motion.objects.create(**values)
    except IntegrityError:
        raise SchnittstellenError(PROPOSED_ALREADY) from None
    _say(made, member, (True, ""))
    _complete(made, about, day, carry)
    return made


def vote(about: About, member: Any, ballot: Ballot, day: date, carry: Carry) -> Motion:
    """One member's word, which may be changed.

    Raises `SchnittstellenError` (F400, F481, F496), and what `carry` raises.
    """
    demand_member(member, about.vendor)
    made = _held(about)
    demand_reason(ballot, day)
    _say(made, member, ballot)
    _complete(made, about, day, carry)
    return made


def drop(about: About, member: Any, why: str) -> Motion:
    """A member withdraws it before it is carried, and says why. Raises `SchnittstellenError` (F400, F401, F496)."""
    contests.demand_reason(why)
    demand_member(member, about.vendor)
    made = _held(about)
    made.state, made.dropped_by, made.dropped_why = State.DROPPED, named(member), why.strip()
    made.save(update_fields=["state", "dropped_by", "dropped_why"])
    return made


def last(about: About) -> Motion | None:
    """The motion that was carried or withdrawn last."""
    rows = Motion.objects.filter(subject=about.subject.value, about=about.key).exclude(state=State.OPEN)
    return rows.prefetch_related("votes").first()


def demand_reason(ballot: Ballot, day: date) -> None:
    """Raises `SchnittstellenError` (F481) where the rules of `day` want to know why somebody votes against."""
    agrees, remark = ballot
    if remark.strip():
        contests.demand_reason(remark)
    if board_terms.rules(day).voting.lacks_reason(agrees, remark):
        raise SchnittstellenError(NO_REMARK)


def against(made: Motion, about: About, day: date) -> list[Refusal]:
    """Every reason for which it is not decided yet."""
    rules = board_terms.rules(day)
    wanted = rules.voting.needed(about.subject, rules.terms.votes)
    return list(voting.against(_counted(made, about, rules), wanted, rules.voting))


def demand_member(user: Any, vendor: str) -> None:
    """A vote is a person's: of the board, and not of the vendor. Raises `SchnittstellenError` (F400)."""
    of = Member.objects.filter(user=user)
    if not of.filter(role=Member.Role.BOARD).exists() or of.filter(vendor__key=vendor).exists():
        raise SchnittstellenError(NOT_BOARD)


def _held(about: About) -> Motion:
    rows = Motion.objects.select_for_update()
    found = rows.filter(subject=about.subject.value, about=about.key, state=State.OPEN).first()
    if found is None:
        raise SchnittstellenError(NO_MOTION)
    return found


def _say(made: Motion, member: Any, ballot: Ballot) -> None:
    agrees, remark = ballot
    said = {"agrees": agrees, "remark": remark.strip(), "name": named(member)}
    MotionVote.objects.update_or_create(motion=made, user=member, defaults=said)


def _counted(made: Motion, about: About, rules: Rules) -> tuple[Vote, ...]:
    """The votes of those who are of the board now, without those who act for the vendor now."""
    of_board = Member.objects.filter(role=Member.Role.BOARD).values("user")
    rows = made.votes.filter(user__in=of_board)
    if not rules.applicant_may_vote:
        rows = rows.exclude(user__in=Member.objects.filter(vendor__key=about.vendor).values("user"))
    return tuple(Vote(str(one.user_id), one.agrees) for one in rows)


def _complete(made: Motion, about: About, day: date, carry: Carry) -> None:
    if against(made, about, day):
        return
    made.state = State.DONE
    made.save(update_fields=["state"])
    carry(made.said)
