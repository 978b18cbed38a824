"""Receipts of hand-ins: who finds them, and what they say."""

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Declaration, HandIn
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict

NO_HAND_IN = Fault(
    "F410",
    N_("Diese Einreichung gibt es nicht."),
    N_("Ihre Einreichungen stehen unter „Mein Bereich“ bei Ihrer Firma."),
    http=404,
)


def without_order(one: HandIn) -> bool:
    """Whether nothing counts for the product because it was recorded without an order."""
    row = one.evidence
    return not row.order and bool(row.judged) and row.verdict == Verdict.NOT_TESTED


def receipt(viewer: Viewer, key: str) -> HandIn:
    """An own receipt; the board and the operator find all. Raises `SchnittstellenError` (F410)."""
    found = _related().filter(key=key).first()
    own = found is not None and found.evidence.declaration.release.product.vendor.key == viewer.vendor
    if found is None or not (own or viewer.board or viewer.operator):
        raise SchnittstellenError(NO_HAND_IN)
    return found


def listed(viewer: Viewer, vendor: str) -> "QuerySet[HandIn]":
    """The hand-ins of a vendor, the newest first. Raises `SchnittstellenError` (F144)."""
    return _related().filter(evidence__declaration__release__product__vendor__key=own_vendor(viewer, vendor))


def receipt_of(of: Declaration, sha256: str) -> HandIn | None:
    """The receipt of a report for a declaration."""
    return _related().filter(evidence__declaration=of, evidence__report_sha256=sha256).first()


def _related() -> "QuerySet[HandIn]":
    return HandIn.objects.select_related(
        "evidence__declaration__release__product__vendor",
        "evidence__declaration__role__version__standard",
        "evidence__counterpart__product",
        "order",
    ).defer("envelope")
