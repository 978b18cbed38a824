"""Deviations in operation: public; reported by municipalities, planned for by vendors."""

from datetime import date
from functools import partial
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from schnittstellen.catalogue.models import Case, Declaration
from schnittstellen.catalogue.services.called import role_called
from schnittstellen.catalogue.services.disputing import cases, closing
from schnittstellen.catalogue.services.disputing.cases import Said
from schnittstellen.catalogue.services.files import MOST_BYTES, Attachment, end_of
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.i18n import _
from schnittstellen.web.pages.asked import day_of
from schnittstellen.web.pages.views.after import ballots
from schnittstellen.web.pages.views.after.common import PAGE, number, person, tried
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All deviations."""
    day = day_of(request)
    rows = cases.listed(day, request.GET.get("programm", "")[:200])
    page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
    page.object_list = [cases.as_of(one, day) for one in page.object_list]
    return render(request, "after/cases.html.j2", {"page": page, "day": day})


@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One deviation, with a form for the vendor's plan and one for closing it."""
    of = cases.one(key)
    viewer = person(request, of.declaration.release.product.vendor.key)
    wrong = ""
    if request.method == "POST":
        wrong = _done(request, viewer, key)
        if not wrong:
            return redirect(request.path)
    is_open, day = of.closed_on is None, day_of(request)
    shown = {
        "of": cases.as_of(of, day),
        "day": day,
        "reads": cases.may_read(viewer, of),
        "reads_all": viewer.board or viewer.operator or cases.reported(viewer, of),
        "plans": is_open and viewer.vendor == of.declaration.release.product.vendor.key,
        "closes": is_open and cases.may_close(viewer, of),
        "is_open": is_open,
        "voting": _voting(request, viewer, of),
        "typed": request.POST.get("closing", ""),
        "wrong": wrong,
    }
    return render(request, "after/case.html.j2", shown, status=422 if wrong else 200)


def _voting(request: HttpRequest, viewer: Viewer, of: Case) -> dict[str, Any] | None:
    about = closing.about(of)
    if not viewer.board or viewer.vendor == about.vendor or (of.closed_on is None and cases.may_close(viewer, of)):
        return None
    return ballots.shown(request, closing.motion(of), about, date.today())


def _done(request: HttpRequest, viewer: Viewer, key: str) -> str:
    """Plan, close, propose or vote; returns what is to be told where that was refused."""
    member, today, text = request.user, date.today(), request.POST.get("closing", "")
    say = partial(closing.vote, viewer, member, key, day=today)
    told = ballots.ballot(request, say, partial(closing.drop, viewer, member, key))
    if told is not None:
        return told
    match request.POST.get("tun"):
        case "vorschlagen":
            return tried(partial(closing.propose, viewer, member, key, text, today))
        case "abschliessen":
            return tried(partial(cases.close, viewer, key, text, today))
        case _:
            due = _day(request.POST.get("due", ""))
            return tried(partial(cases.plan, viewer, key, request.POST.get("plan", ""), due))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_safe
def attachment(request: HttpRequest, key: str) -> HttpResponse:
    """The file, to those who may read it, and only to be saved."""
    of = cases.one(key)
    viewer = person(request, of.declaration.release.product.vendor.key)
    if of.attachment is None or not cases.may_read(viewer, of):
        raise Http404
    answer = HttpResponse(bytes(of.attachment), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="anlage-{key}{_end(of)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _end(of: Case) -> str:
    return "." + end_of(of.attachment_name)


@own_page
def new(request: HttpRequest, ags: str) -> HttpResponse:
    """A municipality reports what departs."""
    of = acting.own_place(request, ags)
    typed = {name: request.POST.get(name, "") for name in ("declaration", "summary", "detail", "named")}
    made: list[Case] = []
    wrong = ""
    if request.method == "POST":
        said = Said(typed["summary"], typed["detail"], bool(typed["named"]), _sent(request))
        chosen = number(request, "declaration")
        wrong = tried(lambda: made.append(cases.report(acting.viewer(of), ags, chosen, said, date.today())))
        if not chosen:
            wrong = _("Wählen Sie, bei welchem Programm etwas abweicht.")
        if made:
            return redirect(reverse("case-one", args=(made[0].key,)))
    choices = {str(one.pk): _title(one) for one in cases.reportable(ags, date.today())}
    shown = {"of": of, "choices": choices, "typed": typed, "wrong": wrong}
    return render(request, "after/case_new.html.j2", shown, status=422 if wrong else 200)


def _sent(request: HttpRequest) -> Attachment | None:
    """The file, one byte more than allowed at most, so that what is too large is known to be."""
    file = request.FILES.get("attachment")
    return Attachment(file.name or "", file.read(MOST_BYTES + 1)) if file else None


def _title(one: Declaration) -> str:
    return f"{one.release.product.name} {one.release.version}: {role_called(one.role)}"
