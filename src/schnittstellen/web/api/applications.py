"""Applications for certification: for tokens of the vendor and of the board. Everybody else finds none.

Votes are read, not cast: a vote is a person's, and a token is none.
"""

from datetime import date
from typing import Annotated, Any, Literal, cast

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router, Schema
from pydantic import Field
from typing_extensions import TypedDict

from schnittstellen.catalogue.models import Application, Declaration, Question
from schnittstellen.catalogue.services.access import NO_BEARER
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.board import applying, proposing, questions
from schnittstellen.catalogue.services.board.applying import Asked
from schnittstellen.catalogue.services.board.common import readable, vendor_of
from schnittstellen.catalogue.services.board.questions import Said
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.web.api.answers import answer
from schnittstellen.web.api.asked import Sha256, missing
from schnittstellen.web.api.bearing import MAYBE_TOKEN, TOKEN, bearer, demand
from schnittstellen.web.api.parameters import demand_known
from schnittstellen.web.api.shapes import Problem
from schnittstellen.web.api.writes import Line, Released, Write

SCOPE = "applications"
router = Router(auth=TOKEN, tags=["certification"])
READ: dict[int, Any] = {304: None, **dict.fromkeys((401, 403, 422), Problem)}
MADE: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 413, 422), Problem)
Id = Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
State = Literal["open", "withdrawn", "granted", "refused"]
Turn = Literal["asked", "answered", "settled"]
Said5000 = Annotated[str, Field(min_length=1, max_length=5_000)]


class Ballots(TypedDict):
    """How many voted about what is proposed now."""

    agree: int
    disagree: int
    abstain: int


class CertificationApplication(TypedDict):
    """`decision` is its id in the public chain, None while nothing is decided; `votes` are for the board, else None."""

    id: str
    release: str
    standard: str
    role: str
    level: int
    evidence: list[str]
    state: State
    made_on: date
    ended_on: date | None
    decision: str | None
    reason: str | None
    votes: Ballots | None


class CertificationApplications(TypedDict):
    """At most as many as asked for, the newest first; `more` says that there are others."""

    items: list[CertificationApplication]
    more: bool


class CertificationPost(TypedDict):
    """What one side said; `attachment` is the name of a file, which the page offers."""

    of: Literal["board", "vendor"]
    text: str
    attachment: str | None


class CertificationQuestion(TypedDict):
    """`finding` is None where it is about the whole application."""

    id: str
    application: str
    finding: str | None
    state: Turn
    asked_on: date
    posts: list[CertificationPost]


class CertificationQuestions(TypedDict):
    """At most as many as asked for, the oldest first; `more` says that there are others."""

    items: list[CertificationQuestion]
    more: bool


class ApplicationsAsked(Schema):
    """One, those in one state, or all."""

    id: Id = missing()
    state: State = missing()
    limit: int = Field(50, ge=1, le=200)


class QuestionsAsked(Schema):
    """About one application, or about all."""

    application: Id = missing()
    limit: int = Field(50, ge=1, le=200)


class ApplicationWrite(Write):
    """`evidence` are digests of reports; `level` is what they shall prove at least."""

    release: Released
    standard: Line
    role: Line
    evidence: Annotated[list[Sha256], Field(min_length=1, max_length=100)]
    level: int = Field(1, ge=1, le=3)
    statement: str = Field("", max_length=5_000)


class QuestionWrite(Write):
    """`finding` is one of those in the evidence, empty for the whole application."""

    finding: str = Field("", max_length=300)
    text: Said5000


class PostWrite(Write):
    """Plain text."""

    text: Said5000


@router.get(
    "/applications", response={200: CertificationApplications, **READ}, operation_id="applications", auth=MAYBE_TOKEN
)
def listed(request: HttpRequest, asked: Query[ApplicationsAsked]) -> HttpResponse:
    """The own applications; for the board, all. Without a token, none."""
    demand_known(request, asked)
    viewer = _reader(request)
    named = {"key": asked.id, "state": asked.state}
    rows = readable(viewer).filter(**{name: value for name, value in named.items() if value})
    found = list(rows.prefetch_related("evidence", "votes")[: asked.limit + 1])
    items = [_application(viewer, one) for one in found[: asked.limit]]
    return answer(request, CertificationApplications(items=items, more=len(found) > asked.limit))


@router.get("/questions", response={200: CertificationQuestions, **READ}, operation_id="questions", auth=MAYBE_TOKEN)
def threads(request: HttpRequest, asked: Query[QuestionsAsked]) -> HttpResponse:
    """What the board asked about the own applications, and what was answered. Without a token, none."""
    demand_known(request, asked)
    rows = readable(_reader(request))
    found = list(
        questions.threads(rows.filter(key=asked.application) if asked.application else rows)[: asked.limit + 1]
    )
    items = [_question(one) for one in found[: asked.limit]]
    return answer(request, CertificationQuestions(items=items, more=len(found) > asked.limit))


@router.post("/applications", response={201: CertificationApplication, **MADE}, operation_id="apply")
def apply(request: HttpRequest, body: ApplicationWrite) -> HttpResponse:
    """Ask the board to certify an own declaration."""
    viewer = demand(request, SCOPE).viewer
    asked = Asked(_declaration(viewer, body), frozenset(body.evidence), body.level, body.statement)
    with acting(bearer(request).name):
        made = applying.apply(viewer, viewer.vendor or "", asked, date.today())
    return answer(request, _application(viewer, made), status=201)


@router.post("/applications/{id}/withdraw", response={200: CertificationApplication, **MADE}, operation_id="withdraw")
def withdraw(request: HttpRequest, id: Path[Id]) -> HttpResponse:
    """Take an own application back; that is final."""
    viewer = demand(request, SCOPE).viewer
    with acting(bearer(request).name):
        return answer(request, _application(viewer, applying.withdraw(viewer, id, date.today())))


@router.post("/applications/{id}/questions", response={201: CertificationQuestion, **MADE}, operation_id="ask")
def ask(request: HttpRequest, id: Path[Id], body: QuestionWrite) -> HttpResponse:
    """The board asks the vendor."""
    viewer = demand(request, SCOPE).viewer
    with acting(bearer(request).name):
        made = questions.ask(viewer, id, body.finding, Said(body.text), date.today())
    return answer(request, _question(_with_posts(made)), status=201)


@router.post("/questions/{id}/posts", response={201: CertificationQuestion, **MADE}, operation_id="reply")
def reply(request: HttpRequest, id: Path[Id], body: PostWrite) -> HttpResponse:
    """The vendor answers, or the board asks further."""
    viewer = demand(request, SCOPE).viewer
    with acting(bearer(request).name):
        questions.say(viewer, id, Said(body.text))
    return answer(request, _question(_with_posts(questions.one(viewer, id))), status=201)


def _reader(request: HttpRequest) -> Viewer:
    """As whom it is read; a token without the scope is refused, nobody in particular finds nothing."""
    return demand(request, SCOPE).viewer if bearer(request) != NO_BEARER else PUBLIC


def _declaration(viewer: Viewer, body: ApplicationWrite) -> int:
    """Primary key of the declaration that is named, 0 where it is not an own one."""
    product, _at, version = body.release.partition("@")
    standard, _at, of_standard = body.standard.partition("@")
    found = Declaration.objects.filter(
        release__product__vendor__key=viewer.vendor,
        release__product__key=product,
        release__version=version,
        role__version__standard__key=standard,
        role__version__version=of_standard,
        role__key=body.role,
    ).first()
    return found.pk if found else 0


def _application(viewer: Viewer, one: Application) -> CertificationApplication:
    of = one.declaration
    state = cast("State", one.state)
    board = viewer.board and viewer.vendor != vendor_of(one)
    return CertificationApplication(
        id=one.key,
        release=str(of.release),
        standard=str(of.role.version),
        role=of.role.key,
        level=one.level,
        evidence=sorted(it.report_sha256 for it in one.evidence.all()),
        state=state,
        made_on=one.made_on,
        ended_on=one.ended_on,
        decision=one.decision or None,
        reason=(one.reason or None) if one.decision or board else None,
        votes=_ballots(one) if board else None,
    )


def _ballots(one: Application) -> Ballots:
    votes = [it.agrees for it in proposing.about_now(one)]
    return Ballots(agree=votes.count(True), disagree=votes.count(False), abstain=votes.count(None))


def _with_posts(one: Question) -> Question:
    return questions.threads(Application.objects.filter(pk=one.application_id)).get(pk=one.pk)


def _question(one: Question) -> CertificationQuestion:
    return CertificationQuestion(
        id=one.key,
        application=one.application.key,
        finding=one.finding or None,
        state=cast("Turn", one.state),
        asked_on=one.asked_on,
        posts=[
            CertificationPost(
                of="board" if it.of_board else "vendor", text=it.text, attachment=it.attachment_name or None
            )
            for it in one.posts.all()
        ],
    )
