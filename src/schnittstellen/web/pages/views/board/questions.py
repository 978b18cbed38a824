"""Questions: the board asks, both read and write in the thread, and save what is attached."""

from datetime import date
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from schnittstellen.catalogue.models import Question
from schnittstellen.catalogue.services.board import questions
from schnittstellen.catalogue.services.board.common import State, vendor_of
from schnittstellen.catalogue.services.board.questions import NO_QUESTION, Said
from schnittstellen.catalogue.services.files import end_of
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.catalogue.wording.board import QUESTIONS
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.views.after.common import person, tried
from schnittstellen.web.pages.views.board.common import NOT_SURE, YES, file, for_board, for_vendor, mine
from schnittstellen.web.pages.views.own.acting import own_page

WHOLE = N_("zum ganzen Antrag")


@never_cache
@own_page
def new(request: HttpRequest, key: str) -> HttpResponse:
    """The board asks about one finding, or about the whole."""
    viewer, of = mine(request, key)
    demand_board(viewer, vendor_of(of))
    typed = {name: request.POST.get(name, "") for name in ("finding", "text")}
    wrong, made = "", list[Question]()
    if request.method == "POST":
        said = Said(typed["text"], file(request))
        wrong = tried(lambda: made.append(questions.ask(viewer, key, typed["finding"], said, date.today())))
        if made:
            return redirect("own-question", made[0].key)
    choices = {"": _(WHOLE), **{one: one for one in questions.findings(of)}}
    shown = {"of": of, "choices": choices, "typed": typed, "wrong": wrong}
    return render(request, "board/question_new.html.j2", shown, status=422 if wrong else 200)


@never_cache
@own_page
def one(request: HttpRequest, key: str) -> HttpResponse:
    """The thread."""
    viewer, found = _mine(request, key)
    of, typed, wrong = found.application, request.POST.get("text", ""), ""
    if request.method == "POST":
        wrong = _done(request, viewer, key)
        if not wrong:
            return redirect(request.path)
    shown = {
        "question": found,
        "of": of,
        "posts": found.posts.defer("attachment"),
        "states": QUESTIONS,
        "board": for_board(viewer, of),
        "vendor": for_vendor(viewer, of),
        "going": of.state == State.OPEN and found.state != Question.State.SETTLED,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "board/question.html.j2", shown, status=422 if wrong else 200)


def _done(request: HttpRequest, viewer: Viewer, key: str) -> str:
    """Answer or settle; returns what is to be told where that was refused."""
    if request.POST.get("tun") != "erledigt":
        said = Said(request.POST.get("text", ""), file(request))
        return tried(partial(questions.say, viewer, key, said))
    return tried(partial(questions.settle, viewer, key)) if request.POST.get("sure") == YES else _(NOT_SURE)


@never_cache
@own_page
def attachment(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The file, to those who may read the thread, and only to be saved under a name of ours."""
    viewer, _found = _mine(request, key)
    post = questions.attached(viewer, key, number)
    answer = HttpResponse(bytes(post.attachment or b""), content_type="application/octet-stream")
    name = f"rueckfrage-{key}-{post.pk}.{end_of(post.attachment_name)}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _mine(request: HttpRequest, key: str) -> tuple[Viewer, Question]:
    """The question and as whom the visitor sees it. Raises `SchnittstellenError` (F377), for all others alike."""
    rows = Question.objects.select_related("application__declaration__release__product__vendor")
    found = rows.filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NO_QUESTION)
    viewer = person(request, vendor_of(found.application))
    return viewer, questions.one(viewer, key)
