"""The board's desk: what is open, what waits for whom, and which duties are due."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Count, Q, QuerySet

from schnittstellen.catalogue.models import Application, ApplicationDuty, Case, Contest, Question
from schnittstellen.catalogue.services.board.common import State, related
from schnittstellen.catalogue.services.board.duties import waiting
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import NOT_BOARD
from schnittstellen.domain.errors import SchnittstellenError


class Waits(StrEnum):
    """For whom an open application waits, and with what."""

    VENDOR = "vendor"
    ANSWER_READ = "answer_read"
    PROPOSAL = "proposal"
    VOTES = "votes"


@dataclass(frozen=True, slots=True)
class Row:
    """An open application."""

    application: Application
    waits: Waits


@dataclass(frozen=True, slots=True)
class Desk:
    """`overdue` duties are also in `duties`."""

    rows: tuple[Row, ...]
    duties: tuple[ApplicationDuty, ...]
    overdue: int
    contests: int
    cases: int


def desk(viewer: Viewer, day: date) -> Desk:
    """All that is open, the oldest first, in a fixed number of queries. Raises `SchnittstellenError` (F400)."""
    if not viewer.board:
        raise SchnittstellenError(NOT_BOARD)
    found = tuple(waiting(day))
    return Desk(
        rows=tuple(Row(one, waits(one)) for one in counted().filter(state=State.OPEN).order_by("made_on", "pk")),
        duties=found,
        overdue=sum(1 for one in found if one.due < day),
        contests=Contest.objects.filter(decided_on=None).count(),
        cases=Case.objects.filter(closed_on=None).count(),
    )


def counted() -> "QuerySet[Application]":
    """Applications with how many of their questions wait for whom, in one query."""
    asked, answered = Question.State.ASKED, Question.State.ANSWERED
    return related().annotate(
        asked=Count("questions", filter=Q(questions__state=asked), distinct=True),
        answered=Count("questions", filter=Q(questions__state=answered), distinct=True),
    )


def waits(one: Application) -> Waits:
    """Who is next. `one` comes from `counted`."""
    if getattr(one, "asked", 0):
        return Waits.VENDOR
    if getattr(one, "answered", 0):
        return Waits.ANSWER_READ
    return Waits.PROPOSAL if one.proposed is None else Waits.VOTES
