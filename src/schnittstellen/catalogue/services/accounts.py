"""People and the organisations that they act for: members, invitations, claims of new memberships."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from schnittstellen.catalogue.models import Invitation, Member, Municipality, Vendor
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.access import digest
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

DAYS = 14
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
LAST_MEMBER = Fault(
    "F183",
    N_("Das letzte Mitglied kann nicht entfernt werden."),
    N_("Laden Sie zuerst jemand anderen ein."),
    http=409,
)
FAULTS = (NOT_MEMBER, NO_INVITATION, NO_MEMBER, LAST_MEMBER)


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
    kind, _, key = name.partition(":")
    if not ((kind == "vendor" and viewer.vendor == key) or (kind == "municipality" and key in viewer.municipalities)):
        raise SchnittstellenError(NOT_MEMBER, name=name)
    return _organisation(Member(role=kind, **_of(kind, key)))


def members(of: Organisation) -> list[Member]:
    """Who acts for the organisation, in order of joining."""
    kind, _, key = of.name.partition(":")
    return list(Member.objects.filter(**{f"{kind}__key": key}).select_related("user").order_by("id"))


def invite(of: Organisation, email: str, by: User, day: date) -> str:
    """Invite somebody and give the secret, which goes into the mail only."""
    kind, _, key = of.name.partition(":")
    secret = secrets.token_urlsafe(32)
    until = day + timedelta(DAYS)
    values = {"email": email, "invited_by": by, "expires_on": until}
    Invitation.objects.create(role=kind, digest=digest(secret), **values, **_of(kind, key))
    return secret


def invitation(secret: str) -> Invitation | None:
    """The invitation of that secret, None where there is none that is valid today."""
    rows = Invitation.objects.select_related("vendor", "municipality")
    return rows.filter(digest=digest(secret), expires_on__gt=date.today()).first() if secret else None


def join(user: User, secret: str) -> Organisation:
    """Become a member by invitation, which is used up by it. Raises `SchnittstellenError` (F181)."""
    found = invitation(secret)
    if found is None:
        raise SchnittstellenError(NO_INVITATION)
    acting: dict[str, Any] = {"role": found.role, "vendor": found.vendor, "municipality": found.municipality}
    with transaction.atomic():
        member, made = Member.objects.get_or_create(user=user, **acting)
        found.delete()
        if made:
            _note(member, None, user.get_username())
    return _organisation(member)


def remove(of: Organisation, member_id: int) -> None:
    """Take a membership away. Raises `SchnittstellenError` (F182, F183)."""
    there = members(of)
    found = next((one for one in there if one.pk == member_id), None)
    if found is None:
        raise SchnittstellenError(NO_MEMBER)
    if len(there) == 1:
        raise SchnittstellenError(LAST_MEMBER)
    with transaction.atomic():
        _note(found, found.user.get_username(), None)
        found.delete()


def _note(member: Member, before: str | None, after: str | None) -> None:
    of = member.vendor or member.municipality
    kind = "vendors" if member.vendor else "municipalities"
    audit.note(kind, of.key if of else "", {"member": before}, {"member": after})


def _of(kind: str, key: str) -> dict[str, Vendor | Municipality]:
    return {kind: Vendor.objects.get(key=key) if kind == "vendor" else Municipality.objects.get(key=key)}


def _organisation(acting: Member) -> Organisation:
    of = acting.vendor or acting.municipality
    if of is None:
        raise SchnittstellenError(NOT_MEMBER, name=acting.role)
    return Organisation(f"{acting.role}:{of.key}", of.name)
