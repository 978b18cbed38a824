"""Changes under the condition of an entity tag (RFC 9110, 13.1): nobody overwrites what he has not seen."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.utils.http import parse_etags

from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.catalogue.services import editing
from schnittstellen.catalogue.services.audit import acting
from schnittstellen.catalogue.services.changes import Edit
from schnittstellen.catalogue.services.records.kinds import KINDS
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.web.api import problems
from schnittstellen.web.api.answers import answer, tag_of, written
from schnittstellen.web.api.bearing import bearer
from schnittstellen.web.api.records import BASE, linked

OTHER_STATE = Fault(
    "F148",
    N_("{record} ist nicht mehr so, wie Sie es zuletzt abgerufen haben."),
    N_("Rufen Sie den jetzigen Stand ab und tragen Sie Ihre Änderung dort noch einmal ein; geändert wurde nichts."),
    http=412,
)
Keep = Callable[[editing.Data, int], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A record by kind and name, and the whole (form and key) that is written when it changes."""

    kind: str
    name: tuple[str, ...]
    form: Form
    key: str


def changed(request: HttpRequest, target: Target, viewer: Viewer, edit: Edit, keep: Keep | None = None) -> HttpResponse:
    """Write the change and answer with the record as it is then; 201 where it is new."""
    kept = editing.kept(target.form, target.key)
    before = shown(target, viewer)
    if refusal := _refusal(request, target, before):
        return refusal
    data = edit(deepcopy(kept.data) or _new(target))
    with acting(f"Token {bearer(request).name}"):
        (keep or _keeping(target))(data, kept.revision)
    response = answer(request, shown(target, viewer), status=200 if before else 201)
    if before is None:
        response["Location"] = f"{BASE}/{target.kind}/{quote('/'.join(target.name), safe='/@')}"
    return response


def removed(request: HttpRequest, target: Target, viewer: Viewer, edit: Edit) -> HttpResponse:
    """Take the record away; 404 where it is not there."""
    kept = editing.kept(target.form, target.key)
    before = shown(target, viewer)
    if before is None:
        return problems.of_status(request, 404)
    if refusal := _refusal(request, target, before):
        return refusal
    with acting(f"Token {bearer(request).name}"):
        _keeping(target)(edit(deepcopy(kept.data)), kept.revision)
    return HttpResponse(status=204)


def shown(target: Target, viewer: Viewer) -> dict[str, object] | None:
    """The record as `viewer` sees it; None where it is not there."""
    kind = KINDS[target.kind]
    row = kind.find(viewer, *target.name)
    return None if row is None else linked(kind, kind.show(row, viewer, date.today()))


def _refusal(request: HttpRequest, target: Target, before: dict[str, object] | None) -> HttpResponse | None:
    """428 where no state is named; raises F148 (412) where another one is there."""
    wanted = [_opaque(one) for one in parse_etags(request.headers.get("If-Match", ""))]
    if before is None:
        if wanted:
            raise _other(target)
        return None
    if request.headers.get("If-None-Match", "").strip() == "*":
        raise _other(target)
    if not wanted or "*" in wanted:
        return problems.of_status(request, 428)
    if tag_of(written(before)) not in wanted:
        raise _other(target)
    return None


def _opaque(tag: str) -> str:
    """Without the mark of weakness that compressing on the way adds: ours change with every revision anyhow."""
    return tag.removeprefix("W/")


def _other(target: Target) -> SchnittstellenError:
    return SchnittstellenError(OTHER_STATE, record="/".join(target.name))


def _new(target: Target) -> editing.Data:
    return {str(target.form.named_by): target.key} if target.form.named_by == "ags" else {}


def _keeping(target: Target) -> Keep:
    def keep(data: editing.Data, revision: int) -> None:
        editing.keep(target.form, target.key, data, revision)

    return keep
