"""People and the organisations that they act for: members, invitations, claims of new memberships."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import transaction

from schnittstellen.catalogue.models import Invitation, Member, Municipality, Vendor
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.access import NOBODY, digest
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

DAYS = 14
INVITED_AS = (Member.Role.VENDOR, Member.Role.MUNICIPALITY, Member.Role.BOARD, Member.Role.OPERATOR)
NOT_MEMBER = Fault(
    "F180",
    N_("Sie handeln nicht für {name}."),
    N_("Bitten Sie jemanden, der dort schon Mitglied ist, Sie einzuladen."),
    http=403,
)
NO_INVITATION = Fault(
    "F181",
    N_("Diese Einladung gilt nicht oder nicht mehr."),
    N_("Bitten Sie um eine neue Einladung. Jede gilt 14 Tage und nur einmal."),
    http=404,
)
NO_MEMBER = Fault(
    "F182",
    N_("Dieses Mitglied gibt es hier nicht."),
    N_("Laden Sie die Seite Ihrer Organisation neu."),
    http=404,
)
LAST_OWNER = Fault(
    "F183",
    N_("Wer als Letzter Mitglieder verwaltet, kann nicht entfernt werden."),
    N_("Laden Sie zuerst jemand anderen ein, der Mitglieder verwalten darf."),
    http=409,
)
OTHER_MAIL = Fault(
    "F185",
    N_("Diese Einladung ging an eine andere Mailadresse."),
    N_("Melden Sie sich mit der Mailadresse an, an die die Einladung ging."),
    http=403,
)
NOT_OWNER = Fault(
    "F186",
    N_("Mitglieder von {name} verwalten andere."),
    N_("Wenden Sie sich an jemanden, der auf der Seite der Mitglieder so bezeichnet ist."),
    http=403,
)
FAULTS = (NOT_MEMBER, NO_INVITATION, NO_MEMBER, LAST_OWNER, OTHER_MAIL, NOT_OWNER)


@dataclass(frozen=True, slots=True)
class Organisation:
    """For whom somebody acts; `name` is `vendor:KEY` or `municipality:AGS`."""

    name: str
    title: str

    @property
    def key(self) -> str:
        """Its id in the catalogue."""
        return self.name.partition(":")[2]


def organisations(user_id: int) -> list[Organisation]:
    """For whom somebody acts, vendors and municipalities."""
    rows = Member.objects.filter(user_id=user_id).select_related("vendor", "municipality").order_by("id")
    return [_organisation(one) for one in rows if one.vendor or one.municipality]


def organisation(viewer: Viewer, name: str) -> Organisation:
    """The organisation of that name, which the viewer acts for. Raises `SchnittstellenError` (F180)."""
    kind, _colon, key = name.partition(":")
    if not ((kind == "vendor" and viewer.vendor == key) or (kind == "municipality" and key in viewer.municipalities)):
        raise SchnittstellenError(NOT_MEMBER, name=name)
    return _organisation(Member(role=kind, **_of(kind, key)))


def members(of: Organisation) -> list[Member]:
    """Who acts for the organisation, in order of joining."""
    kind, _colon, key = of.name.partition(":")
    return list(Member.objects.filter(**{f"{kind}__key": key}).select_related("user").order_by("id"))


def owners(of: Organisation) -> list[Member]:
    """Who manages the members; where nobody is marked, whoever joined first."""
    there = members(of)
    return [one for one in there if one.owner] or there[:1]


def demand_owner(of: Organisation, user_id: int) -> None:
    """Raises `SchnittstellenError` (F186) where the person does not manage the members."""
    if user_id not in {one.user_id for one in owners(of)}:
        raise SchnittstellenError(NOT_OWNER, name=of.title)


def waiting(of: Organisation, day: date) -> list[Invitation]:
    """Invitations that can be followed on `day`."""
    kind, _colon, key = of.name.partition(":")
    return list(Invitation.objects.filter(expires_on__gt=day, **{f"{kind}__key": key}).order_by("id"))


def withdraw(of: Organisation, invitation_id: int) -> None:
    """The invitation can no longer be followed. Raises `SchnittstellenError` (F181)."""
    kind, _colon, key = of.name.partition(":")
    found = Invitation.objects.filter(pk=invitation_id, **{f"{kind}__key": key}).first()
    if found is None:
        raise SchnittstellenError(NO_INVITATION)
    call_off(found)


def call_off(of: Invitation) -> None:
    """The invitation can no longer be followed."""
    with transaction.atomic():
        _note_invitation(of, made=False)
        of.delete()


def tidy(now: datetime) -> None:
    """Delete invitations and sessions that are over."""
    Invitation.objects.filter(expires_on__lte=now.date()).delete()
    Session.objects.filter(expire_date__lte=now).delete()


def invite(of: Organisation, email: str, by: User, day: date, *, owner: bool = False) -> str:
    """Invite somebody and give the secret, which goes into the mail only."""
    kind, _colon, key = of.name.partition(":")
    return invite_as({"role": kind, **_of(kind, key)}, email, by, day, owner=owner)


def invite_as(acting: dict[str, Any], email: str, by: User, day: date, *, owner: bool = False) -> str:
    """Invite somebody to act as `acting_as` says, and give the secret."""
    secret = secrets.token_urlsafe(32)
    values = {"email": email, "invited_by": by, "expires_on": day + timedelta(DAYS), "owner": owner}
    with transaction.atomic():
        made = Invitation.objects.create(digest=digest(secret), **values, **acting)
        _note_invitation(made, made=True)
    return secret


def acting_as(role: str, key: str) -> dict[str, Any]:
    """Role, and vendor or municipality where it has one. Raises `SchnittstellenError` (F142)."""
    kinds: dict[str, type[Vendor] | type[Municipality]] = {"vendor": Vendor, "municipality": Municipality}
    if role not in kinds:
        return {"role": role}
    found = kinds[role].objects.filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NOBODY, name=key)
    return {"role": role, role: found}


def title_of(acting: dict[str, Any]) -> str:
    """The name of those for whom somebody acts."""
    of = acting.get("vendor") or acting.get("municipality")
    return of.name if of else _(Member.Role(acting["role"]).label)


def invitation(secret: str) -> Invitation | None:
    """The invitation of that secret, None where there is none that is valid today."""
    rows = Invitation.objects.select_related("vendor", "municipality")
    return rows.filter(digest=digest(secret), expires_on__gt=date.today()).first() if secret else None


def join(user: User, secret: str) -> Organisation:
    """Become a member by invitation, which is used up by it. Raises `SchnittstellenError` (F181, F185)."""
    found = invitation(secret)
    if found is None:
        raise SchnittstellenError(NO_INVITATION)
    if found.email.casefold() != user.email.casefold():
        raise SchnittstellenError(OTHER_MAIL)
    acting: dict[str, Any] = {"role": found.role, "vendor": found.vendor, "municipality": found.municipality}
    with transaction.atomic():
        member, made = Member.objects.get_or_create(user=user, **acting, defaults={"owner": found.owner})
        found.delete()
        if made:
            _note(member, None, user.get_username())
    return Organisation(f"{found.role}:{_key(member)}".rstrip(":"), title_of(acting))


def remove(of: Organisation, member_id: int) -> None:
    """Take a membership away. Raises `SchnittstellenError` (F182, F183)."""
    there = members(of)
    found = next((one for one in there if one.pk == member_id), None)
    if found is None:
        raise SchnittstellenError(NO_MEMBER)
    if [one.pk for one in owners(of)] == [found.pk]:
        raise SchnittstellenError(LAST_OWNER)
    dismiss(found)


def dismiss(member: Member) -> None:
    """The person acts no longer; administrators may dismiss the last one who manages members."""
    with transaction.atomic():
        _note(member, member.user.get_username(), None)
        member.delete()


def _note(member: Member, before: str | None, after: str | None) -> None:
    kind = "vendors" if member.vendor else "municipalities" if member.municipality else member.role
    audit.note(kind, _key(member) or member.role, {"member": before}, {"member": after})


def _note_invitation(of: Invitation, *, made: bool) -> None:
    kind = "vendors" if of.vendor else "municipalities" if of.municipality else of.role
    before, after = ({}, {"invitation": of.email}) if made else ({"invitation": of.email}, {})
    audit.note(kind, _key(of) or of.role, before, after)


def _key(member: Member | Invitation) -> str:
    of = member.vendor or member.municipality
    return of.key if of else ""


def _of(kind: str, key: str) -> dict[str, Vendor | Municipality]:
    return {kind: Vendor.objects.get(key=key) if kind == "vendor" else Municipality.objects.get(key=key)}


def _organisation(acting: Member) -> Organisation:
    of = acting.vendor or acting.municipality
    if of is None:
        raise SchnittstellenError(NOT_MEMBER, name=acting.role)
    return Organisation(f"{acting.role}:{of.key}", of.name)
