"""What these pages share: errors of ours in one line above the form, and numbers that people sent."""

from collections.abc import Callable

from django.http import HttpRequest

from schnittstellen.catalogue.models import Member
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.refusals import Refusal
from schnittstellen.i18n import current, filled
from schnittstellen.web.viewer import administrates

PAGE = 50


def told(error: SchnittstellenError) -> str:
    """An error of ours in one line, with what can be done."""
    return in_words(Refusal(error.fault, error.parameters))


def in_words(one: Refusal) -> str:
    """A reason in one line, with what can be done."""
    return " ".join(filled(text, one.parameters, current()) for text in (one.fault.title, one.fault.hint))


def in_short(one: Refusal) -> str:
    """A reason alone, for those who cannot do what its hint says."""
    return filled(one.fault.title, one.parameters, current())


def number(request: HttpRequest, name: str) -> int:
    """A number from a form, 0 for anything else."""
    sent = request.POST.get(name, "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 18 else 0


def tried(deed: Callable[[], object]) -> str:
    """Do it; returns what is to be told where it was refused for what was typed, else nothing.

    Whoever must not do it at all gets the page of the error (403, 404).
    """
    try:
        deed()
    except SchnittstellenError as error:
        if error.fault.http in (403, 404):
            raise
        return told(error)
    return ""


def person(request: HttpRequest, vendor: str = "") -> Viewer:
    """All that the visitor acts for, whichever is chosen for reading; as a vendor, if it is `vendor`.

    So nobody decides about the own company by switching to another role.
    """
    user = request.user
    if not user.is_authenticated:
        return PUBLIC
    if administrates(user):
        return OPERATOR
    found = list(Member.objects.filter(user_id=user.pk).select_related("vendor", "municipality"))
    return Viewer(
        vendor=next((one.vendor.key for one in found if one.vendor and one.vendor.key == vendor), None),
        municipalities=frozenset(one.municipality.key for one in found if one.municipality),
        board=any(one.role == Member.Role.BOARD for one in found),
        operator=any(one.role == Member.Role.OPERATOR for one in found),
    )
