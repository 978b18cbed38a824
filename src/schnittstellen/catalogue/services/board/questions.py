"""Questions of the board to the vendor, each about one finding or the whole, as threads with files. Never public."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch, QuerySet

from schnittstellen.catalogue.models import Application, Question, QuestionPost
from schnittstellen.catalogue.services.board.common import (
    ENDED,
    State,
    demand_text,
    held_by_board,
    may_read,
    note,
    vendor_of,
)
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.files import Attachment, kind_of, name_of
from schnittstellen.catalogue.services.notifying import letters
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

MOST_POSTS = 100
NO_QUESTION = Fault(
    "F377",
    N_("Diese Rückfrage gibt es nicht."),
    N_("Rückfragen stehen auf der Seite des Antrags."),
    http=404,
)
BAD_FINDING = Fault(
    "F378",
    N_("Der Befund {finding} kommt in den Nachweisen dieses Antrags nicht vor."),
    N_("Wählen Sie einen der Befunde aus, oder fragen Sie zum ganzen Antrag."),
    http=422,
)
SETTLED = Fault(
    "F379",
    N_("Diese Rückfrage ist erledigt, oder ihr Verlauf ist zu lang ({most} Beiträge)."),
    N_("Der IT-Digitalbeirat kann eine neue Rückfrage stellen."),
    http=409,
)
FAULTS = (NO_QUESTION, BAD_FINDING, SETTLED)


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and at most one file."""

    text: str
    attachment: Attachment | None = None


def findings(of: Application) -> list[str]:
    """What made runs of the application fail."""
    return sorted({finding for one in of.evidence.all() for finding in one.failing})


def ask(viewer: Viewer, key: str, finding: str, said: Said, day: date) -> Question:
    """The board asks. Raises `SchnittstellenError` (F370–F372, F378, F400, F403)."""
    with transaction.atomic():
        of = held_by_board(viewer, key)
        if finding and finding not in findings(of):
            raise SchnittstellenError(BAD_FINDING, finding=finding[:100])
        made = Question.objects.create(application=of, finding=finding, asked_on=day)
        _post(made, said, of_board=True)
        note(of, None, {"question": made.key, "finding": finding})
    return made


def say(viewer: Viewer, key: str, said: Said) -> QuestionPost:
    """The vendor answers, or the board asks further.

    Raises `SchnittstellenError` (F144, F371, F372, F377, F379, F403).
    """
    with transaction.atomic():
        found = _held(viewer, key)
        vendor = vendor_of(found.application)
        of_board = viewer.board and viewer.vendor != vendor
        if not of_board:
            own_vendor(viewer, vendor)
        if found.state == Question.State.SETTLED or found.posts.count() >= MOST_POSTS:
            raise SchnittstellenError(SETTLED, most=str(MOST_POSTS))
        made = _post(found, said, of_board=of_board)
        _turn(found, Question.State.ASKED if of_board else Question.State.ANSWERED)
    return made


def settle(viewer: Viewer, key: str) -> Question:
    """The board needs no (further) answer. Raises `SchnittstellenError` (F371, F377, F379, F400)."""
    with transaction.atomic():
        found = _held(viewer, key)
        demand_board(viewer, vendor_of(found.application))
        if found.state == Question.State.SETTLED:
            raise SchnittstellenError(SETTLED, most=str(MOST_POSTS))
        _turn(found, Question.State.SETTLED)
    return found


def one(viewer: Viewer, key: str) -> Question:
    """The question, for those who may read the application. Raises `SchnittstellenError` (F377)."""
    found = _related().filter(key=key).first()
    if found is None or not may_read(viewer, found.application):
        raise SchnittstellenError(NO_QUESTION)
    return found


def threads(of: "QuerySet[Application]") -> "QuerySet[Question]":
    """All questions of these applications with what was said, without files, in two queries."""
    posts = Prefetch("posts", QuestionPost.objects.defer("attachment"))
    return Question.objects.filter(application__in=of).select_related("application").prefetch_related(posts)


def attached(viewer: Viewer, key: str, number: int) -> QuestionPost:
    """The post with a file. Raises `SchnittstellenError` (F377)."""
    found = one(viewer, key).posts.filter(pk=number).exclude(attachment=None).first()
    if found is None:
        raise SchnittstellenError(NO_QUESTION)
    return found


def unanswered(of: Application) -> int:
    """How many questions wait for the vendor."""
    return of.questions.filter(state=Question.State.ASKED).count()


def _held(viewer: Viewer, key: str) -> Question:
    """The question of an open application; the application is locked first, as everywhere."""
    of = one(viewer, key).application
    if Application.objects.select_for_update().get(pk=of.pk).state != State.OPEN:
        raise SchnittstellenError(ENDED)
    return _related().get(key=key)


def _post(of: Question, said: Said, *, of_board: bool) -> QuestionPost:
    text, file = demand_text(said.text), said.attachment
    if file:
        kind_of(file)
    made = QuestionPost.objects.create(
        question=of,
        of_board=of_board,
        text=text,
        attachment=file.data if file else None,
        attachment_name=name_of(file) if file else "",
    )
    letters.write(of.application, letters.Kind.ASKED if of_board else letters.Kind.ANSWERED, str(made.pk))
    return made


def _turn(of: Question, state: Question.State) -> None:
    before, of.state = of.state, state
    of.save(update_fields=["state"])
    note(of.application, {"question": of.key, "state": before}, {"question": of.key, "state": str(state)})


def _related() -> "QuerySet[Question]":
    return Question.objects.select_related(
        "application__declaration__release__product__vendor", "application__declaration__role__version__standard"
    )
