"""Who opens a page of an application, and what people sent with it."""

from datetime import date, timedelta

from django.http import HttpRequest

from schnittstellen.catalogue.models import Application
from schnittstellen.catalogue.services.board import common
from schnittstellen.catalogue.services.files import MOST_BYTES, Attachment
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.texts import N_
from schnittstellen.web.pages.views.after.common import person

YES = "ja"
NOT_SURE = N_("Kreuzen Sie zur Bestätigung das Kästchen an.")


def mine(request: HttpRequest, key: str) -> tuple[Viewer, Application]:
    """The application and as whom the visitor sees it. Raises `SchnittstellenError` (F370), for all others alike."""
    found = common.related().filter(key=key).first()
    viewer = person(request, common.vendor_of(found) if found else "")
    return viewer, common.read(viewer, key)


def for_board(viewer: Viewer, of: Application) -> bool:
    """Whether the visitor acts for the board here; whoever is of the vendor, too, acts for the vendor."""
    return viewer.board and viewer.vendor != common.vendor_of(of)


def for_vendor(viewer: Viewer, of: Application) -> bool:
    """Whether the visitor acts for the vendor."""
    return viewer.vendor == common.vendor_of(of)


def file(request: HttpRequest) -> Attachment | None:
    """The file, one byte more than allowed at most, so that what is too large is known to be."""
    found = request.FILES.get("attachment")
    return Attachment(found.name or "", found.read(MOST_BYTES + 1)) if found else None


def day(text: str) -> date | None:
    """A day from a form, None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def first_after(text: str) -> date | None:
    """The first day on which something holds no longer, from the last on which it does."""
    last = day(text)
    return last + timedelta(days=1) if last and last < date.max else None


def whole(text: str) -> int:
    """A number from a form, 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0
