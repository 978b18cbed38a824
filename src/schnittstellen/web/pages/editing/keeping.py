"""The round of every form: show what is kept, keep what was typed, or show it again with what is wrong.

A form carries the revision of what it was made from. Where somebody else was faster, both states are shown, nothing is
lost, and keeping once more replaces what is there now.
"""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.registry.faults import CHANGED_MEANWHILE
from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.catalogue.services import editing
from schnittstellen.catalogue.services.changes import Edit
from schnittstellen.catalogue.services.editing import Data, Kept, Refused
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.pages.editing.fields import Typed
from schnittstellen.web.pages.editing.sheets import Sheet, Wrong
from schnittstellen.web.pages.missing import missing

REVISION = "stand"
KEPT = N_("Gespeichert.")
REMOVED = N_("Entfernt.")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a page edits: a part of a whole, which has one revision.

    `part` finds it in the whole (None where it is not there), `edit` makes the change that puts values in its place.
    """

    title: str
    sheet: Sheet
    form: Form
    key: str
    part: Callable[[Data], Data | None]
    edit: Callable[[Data], Edit]
    back: str
    steps: tuple[tuple[str, str], ...] = ()
    new: bool = False
    intro: str = ""
    keep: Callable[[Data, int], None] | None = None
    """Keeps values in another way than `edit`."""


@dataclass(frozen=True, slots=True)
class State:
    """What a form shows."""

    typed: dict[str, Typed]
    revision: int
    wrong: list[Wrong] = field(default_factory=list)
    meanwhile: list[tuple[str, str, str]] = field(default_factory=list)
    overtaken: bool = False


def page(request: HttpRequest, entry: Entry) -> HttpResponse:
    """The form, or the way back after what was typed is kept."""
    kept = editing.kept(entry.form, entry.key)
    part = entry.part(kept.data)
    if part is None and not entry.new:
        raise missing(entry.title)
    there = entry.sheet.typed(part or {})
    if request.method != "POST":
        return shown(request, entry, State(there, kept.revision), 200)
    typed = entry.sheet.read(request.POST)
    values, wrong = entry.sheet.values(typed)
    if wrong:
        return shown(request, entry, State(typed, revision_of(request), wrong), 422)
    return _kept(request, entry, kept, typed, values)


def _kept(request: HttpRequest, entry: Entry, kept: Kept, typed: dict[str, Typed], values: Data) -> HttpResponse:
    try:
        if entry.keep:
            entry.keep(values, revision_of(request))
        else:
            keep(entry.form, entry.key, kept, entry.edit(values), revision_of(request))
    except Refused as error:
        wrong = entry.sheet.placed(error.problems)
        return shown(request, entry, State(typed, revision_of(request), wrong), 422)
    except SchnittstellenError as error:
        if error.fault is not CHANGED_MEANWHILE:
            raise
        there = entry.sheet.typed(entry.part(kept.data) or {})
        both = entry.sheet.differing(there, typed)
        return shown(request, entry, State(typed, kept.revision, [], both, overtaken=True), 409)
    messages.success(request, _(KEPT))
    return HttpResponseRedirect(entry.back)


def keep(form: Form, key: str, kept: Kept, edit: Edit, revision: int) -> None:
    """Write the change of what is there at `revision`. Raises `Refused` and `SchnittstellenError` (F105)."""
    new = {"ags": key} if form is forms.DEPLOYMENTS else {}
    editing.keep(form, key, edit(deepcopy(kept.data) or new), revision)


def revision_of(request: HttpRequest) -> int:
    """The state that the form was made from; -1, which nothing has, where it names none."""
    sent = request.POST.get(REVISION, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else -1


def shown(request: HttpRequest, entry: Entry, state: State, status: int) -> HttpResponse:
    """The form with what was typed."""
    return render(request, "own/edit.html.j2", {"entry": entry, "state": state}, status=status)


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked before something is taken away or confirmed."""

    title: str
    text: str
    button: str
    form: Form
    key: str
    part: Callable[[Data], Data | None]
    edit: Callable[[Data], Edit]
    back: str
    steps: tuple[tuple[str, str], ...] = ()
    done: str = REMOVED
    danger: bool = True


def ask(request: HttpRequest, question: Question) -> HttpResponse:
    """The question, or the way back after it was answered with yes."""
    kept = editing.kept(question.form, question.key)
    part = question.part(kept.data)
    if part is None:
        raise missing(question.title)
    if request.method != "POST":
        return _asked(request, question, kept, [], 200)
    try:
        keep(question.form, question.key, kept, question.edit(part), revision_of(request))
    except Refused as error:
        return _asked(request, question, kept, Sheet(()).placed(error.problems), 409)
    messages.success(request, _(question.done))
    return HttpResponseRedirect(question.back)


def _asked(request: HttpRequest, question: Question, kept: Kept, wrong: list[Wrong], status: int) -> HttpResponse:
    shown = {"question": question, "revision": kept.revision, "wrong": wrong}
    return render(request, "own/ask.html.j2", shown, status=status)
