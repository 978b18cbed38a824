"""Who asks through the browser, and for which of several organisations."""

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from schnittstellen.catalogue.models import Member
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer

ACTS_FOR = "handelt_fuer"
"""Where the session keeps the chosen organisation (`vendor:KEY`, `municipality:AGS`)."""


def viewer_of(request: HttpRequest) -> Viewer:
    """For whom the logged-in person acts; nobody in particular where nobody is logged in.

    Whoever acts for several chose one of them, which counts as long as they act for it; before that, the first vendor
    and all municipalities.
    """
    user = request.user
    if not user.is_authenticated:
        return PUBLIC
    if administrates(user):
        return OPERATOR
    memberships = list(Member.objects.filter(user_id=user.pk).select_related("vendor", "municipality").order_by("id"))
    chosen = [one for one in memberships if name_of(one) == request.session.get(ACTS_FOR)]
    return _of(chosen or memberships)


def administrates(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether somebody manages the catalogue, and cannot log in without a second factor."""
    return bool(user.is_active and getattr(user, "is_superuser", False) and is_mfa_enabled(user))


def name_of(member: Member) -> str:
    """`vendor:KEY`, `municipality:AGS`, `board` or `operator`."""
    of = member.vendor or member.municipality
    return f"{member.role}:{of.key}" if of else member.role


def _of(memberships: list[Member]) -> Viewer:
    vendors = [one.vendor.key for one in memberships if one.vendor]
    return Viewer(
        vendor=vendors[0] if vendors else None,
        municipalities=frozenset(one.municipality.key for one in memberships if one.municipality),
        board=any(one.role == Member.Role.BOARD for one in memberships),
        operator=any(one.role == Member.Role.OPERATOR for one in memberships),
    )
