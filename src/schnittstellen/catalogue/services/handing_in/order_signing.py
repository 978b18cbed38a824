"""Signing test orders after they were issued: in the catalogue, or elsewhere and taken in once verified."""

import json
from datetime import date

from django.db import transaction
from securesystemslib.signer import Signer

from schnittstellen.attest import documents
from schnittstellen.catalogue.models import IssuedOrder
from schnittstellen.catalogue.services import audit
from schnittstellen.catalogue.services.certifying import board_key
from schnittstellen.catalogue.services.handing_in.orders import NO_ORDER, order_of
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_THIS_ORDER = Fault(
    "F490",
    N_("Die Datei sagt etwas anderes als der Prüfauftrag {order} im Katalog; sie wurde nicht übernommen."),
    N_("Unterschreiben Sie die Datei, die der Katalog zu diesem Prüfauftrag ausgibt, und ändern Sie nichts daran."),
    http=409,
)
FAULTS = (NOT_THIS_ORDER,)


def is_signed(row: IssuedOrder) -> bool:
    """Whether somebody signed its envelope; that the signature is the board's was verified when it was taken in."""
    return bool(json.loads(bytes(row.document))["signatures"])


def sign(key: str, signer: Signer, today: date) -> IssuedOrder:
    """Sign an order of the catalogue and keep it. Raises `SchnittstellenError` (F412, F427, F490) and `Refused`."""
    row = IssuedOrder.objects.filter(key=key).first()
    if row is None:
        raise SchnittstellenError(NO_ORDER)
    return take(documents.sign_order(order_of(row), signer), today)


def take(document: bytes, today: date) -> IssuedOrder:
    """Keep an order that was signed elsewhere, in the place of the same one without (or with an older) signature.

    The digest of what it says stays, so a run by the file that was there before counts. Raises `Refused` where it is
    not genuine, and `SchnittstellenError` (F412, F427, F490).
    """
    order = documents.read_order(document, board_key.trust(), today)
    with transaction.atomic():
        row = IssuedOrder.objects.select_for_update(of=("self",)).filter(key=order.id).first()
        if row is None:
            raise SchnittstellenError(NO_ORDER)
        if row.sha256 != order.sha256:
            raise SchnittstellenError(NOT_THIS_ORDER, order=row.key)
        row.document = document
        row.save(update_fields=["document"])
        product = row.declaration.release.product.key
        audit.note("products", product, {"order": {}}, {"order": {row.key: "signed"}})
    return row
