"""A signed certificate issued anew, where more follows from the decision today than when it was signed."""

from datetime import date

from schnittstellen.catalogue.models import SignedCertificate
from schnittstellen.catalogue.services.certifying import board_key, certificates, signing
from schnittstellen.catalogue.services.certifying.certificates import Found
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.catalogue.services.voting.members import demand_board
from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOT_HERE = Fault(
    "F497",
    N_("Der Katalog hat den Schlüssel des Beirats nicht und kann nicht unterzeichnen."),
    N_("Unterzeichnen Sie mit `schnittstellen certificates sign NUMMER --key board.key --again`."),
    http=409,
)
NOTHING_NEW = Fault(
    "F498",
    N_("Aus der Entscheidung zu {serial} folgt heute nichts Neues."),
    N_("Neu ausstellen lässt sich ein Zertifikat, wenn Nachweise erneuert oder Auflagen erfüllt sind."),
    http=409,
)
FAULTS = (NOT_HERE, NOTHING_NEW)


def renewed(of: Found, day: date) -> Certificate | None:
    """What would be signed on `day`, where that ends later or says a higher level; None where it is no better."""
    if of.signed is None or of.certificate is None:
        return None
    made = certificates.drafted(of.entry, day)
    if made is None:
        return None
    old = of.certificate
    better = made.lapses_on > old.lapses_on or (made.level > old.level and made.lapses_on >= old.lapses_on)
    return made if better else None


def renew(viewer: Viewer, serial: str, day: date) -> SignedCertificate:
    """The server signs anew. Raises `SchnittstellenError` (F400, F423, F427, F497, F498)."""
    of = certificates.one(serial, day)
    demand_board(viewer, of.declaration.release.product.vendor.key)
    signer = board_key.signer()
    if signer is None:
        raise SchnittstellenError(NOT_HERE)
    if renewed(of, day) is None:
        raise SchnittstellenError(NOTHING_NEW, serial=serial)
    return signing.sign(serial, signer, day, again=True)
