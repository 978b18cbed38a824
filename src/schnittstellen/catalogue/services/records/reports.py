"""Reports as they were handed in. They may name files and addresses of the vendor, so not everybody sees them."""

from schnittstellen.catalogue.models import Evidence, StoredReport
from schnittstellen.catalogue.services.viewer import Viewer


def document(digest: str, viewer: Viewer) -> bytes | None:
    """The bytes of a report; None where there is none that `viewer` may see."""
    if not (viewer.operator or viewer.board or _own(digest, viewer)):
        return None
    stored = StoredReport.objects.filter(sha256=digest).first()
    return bytes(stored.document) if stored else None


def _own(digest: str, viewer: Viewer) -> bool:
    of = Evidence.objects.filter(report_sha256=digest, declaration__release__product__vendor__key=viewer.vendor)
    return viewer.vendor is not None and of.exists()
