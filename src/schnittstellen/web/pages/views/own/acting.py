"""Who may open a page of an organisation: whoever acts for it. Nobody learns of others whether they exist."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from schnittstellen.catalogue.models import Member, Municipality, Product, Vendor
from schnittstellen.catalogue.services.changes import NOT_OFFICE, NOT_OWN
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_, Line
from schnittstellen.web.pages.missing import missing
from schnittstellen.web.viewer import administrates

View = Callable[..., HttpResponse]


def own_page(view: View) -> View:
    """For people who are logged in; the view asks whether it is theirs."""
    return require_http_methods(["GET", "HEAD", "POST"])(login_required(view))


def vendor(request: HttpRequest, key: str) -> Vendor:
    """The vendor that the visitor acts for, or manages the catalogue. Raises `SchnittstellenError` (F144)."""
    found = Vendor.objects.filter(key=key).first()
    if found is None or not (_members(request).filter(vendor=found).exists() or administrates(request.user)):
        raise SchnittstellenError(NOT_OWN, name=key)
    return found


def place(request: HttpRequest, ags: str) -> Municipality:
    """The municipality that the visitor acts for, or manages the catalogue. Raises `SchnittstellenError` (F144)."""
    found = Municipality.objects.filter(key=ags).first()
    if found is None or not (_members(request).filter(municipality=found).exists() or administrates(request.user)):
        raise SchnittstellenError(NOT_OWN, name=ags)
    return found


def own_vendor(request: HttpRequest, key: str) -> Vendor:
    """The vendor that the visitor is a member of: what counts as its word is not for administrators.

    Raises `SchnittstellenError` (F144).
    """
    if not _members(request).filter(vendor__key=key).exists():
        raise SchnittstellenError(NOT_OWN, name=key)
    return vendor(request, key)


def own_place(request: HttpRequest, ags: str) -> Municipality:
    """The municipality that the visitor is a member of, likewise. Raises `SchnittstellenError` (F144)."""
    if not _members(request).filter(municipality__key=ags).exists():
        raise SchnittstellenError(NOT_OWN, name=ags)
    return place(request, ags)


def product(request: HttpRequest, key: str) -> Product:
    """A product of a vendor that the visitor acts for. Raises `SchnittstellenError` (F144, F184)."""
    found = Product.objects.select_related("vendor").filter(key=key).first()
    if found is None:
        raise missing(key)
    vendor(request, found.vendor.key)
    return found


def board(request: HttpRequest) -> None:
    """Raises `SchnittstellenError` (F491) where the visitor is not of the board."""
    if not _members(request).filter(role=Member.Role.BOARD).exists():
        raise SchnittstellenError(NOT_OFFICE, name=Line(N_("den IT-Digitalbeirat")))


def operator(request: HttpRequest) -> None:
    """Raises `SchnittstellenError` (F491) where the visitor does not run the catalogue."""
    if not administrates(request.user) and not _members(request).filter(role=Member.Role.OPERATOR).exists():
        raise SchnittstellenError(NOT_OFFICE, name=Line(N_("den Betrieb des Katalogs")))


def viewer(of: Vendor | Municipality) -> Viewer:
    """Acting for this organisation and for no other."""
    return Viewer(vendor=of.key) if isinstance(of, Vendor) else Viewer(municipalities=frozenset({of.key}))


def _members(request: HttpRequest) -> QuerySet[Member]:
    return Member.objects.filter(user__pk=request.user.pk) if request.user.pk else Member.objects.none()
