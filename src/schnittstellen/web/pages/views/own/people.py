"""Who acts for an organisation: members, and invitations by mail."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from schnittstellen.catalogue.services import accounts
from schnittstellen.catalogue.services.accounts import Organisation
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.web.accounts.mailing import send_invitation
from schnittstellen.web.pages.editing.fields import Checks, Field
from schnittstellen.web.pages.editing.keeping import REMOVED
from schnittstellen.web.pages.editing.sheets import Wrong, one_group
from schnittstellen.web.pages.views.own import acting
from schnittstellen.web.pages.views.own.acting import own_page

MAIL = N_("Mailadresse")
INVITATION = one_group(
    Field(
        "email", MAIL, N_("Nur wer diese Adresse hat, kann die Einladung annehmen. Sie gilt 14 Tage."), required=True
    ),
    Checks("owner", N_("Rechte"), choices={"ja": N_("darf selbst Mitglieder einladen und entfernen")}),
)
NO_MAIL = N_("Das ist keine Mailadresse.")


@own_page
def of_vendor(request: HttpRequest, key: str) -> HttpResponse:
    """The members of a vendor."""
    of = acting.vendor(request, key)
    return _members(request, Organisation(f"vendor:{key}", of.name), reverse("own-vendor", args=(key,)))


@own_page
def of_place(request: HttpRequest, ags: str) -> HttpResponse:
    """The members of a municipality."""
    of = acting.place(request, ags)
    return _members(request, Organisation(f"municipality:{ags}", of.name), reverse("own-place", args=(ags,)))


def _members(request: HttpRequest, of: Organisation, back: str) -> HttpResponse:
    if request.method == "POST":
        accounts.demand_owner(of, request.user.pk or 0)
        return _done(request, of, back)
    return _shown(request, of, back, INVITATION.typed({}), [])


def _done(request: HttpRequest, of: Organisation, back: str) -> HttpResponse:
    match request.POST.get("tun"):
        case "einladen":
            return _invite(request, of, back)
        case "fragen":
            return render(
                request, "own/remove_member.html.j2", {"of": of, "member": _member(of, _number(request, "mitglied"))}
            )
        case "entfernen":
            accounts.remove(of, _number(request, "mitglied"))
            messages.success(request, _(REMOVED))
        case "zurueckziehen":
            accounts.withdraw(of, _number(request, "einladung"))
            messages.success(request, _("Die Einladung gilt nicht mehr."))
    return redirect(request.path)


def _member(of: Organisation, member_id: int) -> Any:
    found = next((one for one in accounts.members(of) if one.pk == member_id), None)
    if found is None:
        raise SchnittstellenError(accounts.NO_MEMBER)
    return found


def _number(request: HttpRequest, name: str) -> int:
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 12 else 0


def _invite(request: HttpRequest, of: Organisation, back: str) -> HttpResponse:
    typed = INVITATION.read(request.POST)
    values, wrong = INVITATION.values(typed)
    if not wrong and not _is_mail(values["email"]):
        wrong = [Wrong("email", MAIL, NO_MAIL)]
    if wrong:
        return _shown(request, of, back, typed, wrong)
    user: Any = request.user
    secret = accounts.invite(of, values["email"], user, date.today(), owner="owner" in values)
    send_invitation(request, of.title, values["email"], secret)
    messages.success(request, _("Die Einladung ist unterwegs."))
    return redirect(request.path)


def _is_mail(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def _shown(
    request: HttpRequest, of: Organisation, back: str, typed: dict[str, Any], wrong: list[Wrong]
) -> HttpResponse:
    owners = {one.user_id for one in accounts.owners(of)}
    shown = {
        "of": of,
        "back": back,
        "members": accounts.members(of),
        "owners": owners,
        "manages": request.user.pk in owners,
        "waiting": accounts.waiting(of, date.today()),
        "sheet": INVITATION,
        "typed": typed,
        "wrong": wrong,
    }
    return render(request, "own/members.html.j2", shown, status=422 if wrong else 200)
