"""Who takes part in an application, and how one is found and held while it changes."""

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Application
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

State = Application.State
MOST = 5_000
NO_APPLICATION = Fault(
    "F370",
    N_("Diesen Antrag gibt es nicht."),
    N_("Ihre Anträge stehen unter „Mein Bereich“. Anträge sehen nur der Hersteller und der IT-Digitalbeirat."),
    http=404,
)
ENDED = Fault(
    "F371",
    N_("Dieser Antrag ist schon entschieden oder zurückgezogen."),
    N_("Laden Sie die Seite neu; dort steht, wie es ausging."),
    http=409,
)
NO_TEXT = Fault(
    "F372",
    N_("Es fehlt ein Text, oder er ist länger als {most} Zeichen."),
    N_("Schreiben Sie in wenigen Sätzen, worum es geht."),
    http=422,
)
FAULTS = (NO_APPLICATION, ENDED, NO_TEXT)


def vendor_of(of: Application) -> str:
    """Key of the vendor who applies."""
    return of.declaration.release.product.vendor.key


def may_read(viewer: Viewer, of: Application) -> bool:
    """The vendor, the board, and who runs the catalogue; nobody else learns that it is there."""
    return viewer.board or viewer.operator or viewer.vendor == vendor_of(of)


def related() -> "QuerySet[Application]":
    """Applications with what pages say of them."""
    return Application.objects.select_related(
        "declaration__release__product__vendor", "declaration__role__version__standard"
    )


def readable(viewer: Viewer) -> "QuerySet[Application]":
    """All applications that the viewer may read, the newest first."""
    rows = related()
    if viewer.board or viewer.operator:
        return rows
    return rows.filter(declaration__release__product__vendor__key=viewer.vendor) if viewer.vendor else rows.none()


def read(viewer: Viewer, key: str) -> Application:
    """The application, for those who may read it. Raises `SchnittstellenError` (F370)."""
    found = related().filter(key=key).first()
    if found is None or not may_read(viewer, found):
        raise SchnittstellenError(NO_APPLICATION)
    return found


def held(viewer: Viewer, key: str) -> Application:
    """The same, locked until the transaction ends, and open. Raises `SchnittstellenError` (F370, F371)."""
    found = related().select_for_update(of=("self",)).filter(key=key).first()
    if found is None or not may_read(viewer, found):
        raise SchnittstellenError(NO_APPLICATION)
    if found.state != State.OPEN:
        raise SchnittstellenError(ENDED)
    return found


def held_by_board(viewer: Viewer, key: str) -> Application:
    """The same, for the board. Raises `SchnittstellenError` (F370, F371, F400)."""
    found = held(viewer, key)
    demand_board(viewer, vendor_of(found))
    return found


def demand_text(text: str, *, least: int = 1) -> str:
    """The text without blanks around it. Raises `SchnittstellenError` (F372)."""
    if not least <= len(text.strip()) <= MOST:
        raise SchnittstellenError(NO_TEXT, most=str(MOST))
    return text.strip()


def note(of: Application, before: object, after: object) -> None:
    """Into the log that the vendor and the board read: no texts of theirs, no votes."""
    key = of.declaration.release.product.key
    audit.note("products", key, {"application": {of.key: before}}, {"application": {of.key: after}})


def note_of_board(of: Application, after: object) -> None:
    """Into the log that only the board reads."""
    audit.note("board", of.key, {"application": None}, {"application": after})
