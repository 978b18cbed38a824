"""Signing: with the server's key where it has one, or elsewhere and taken in once verified. Nothing else is stored."""

import logging
from datetime import date

from django.db import transaction
from securesystemslib.signer import Signer

from schnittstellen.attest import documents
from schnittstellen.attest.documents import sign_certificate
from schnittstellen.catalogue.models import Entry, SignedCertificate
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.certifying import board_key, certificates
from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.texts import N_

NOTHING_TO_SIGN = Fault(
    "F424",
    N_("Für {serial} lässt sich am {day} kein Zertifikat ausstellen: Die Entscheidung gilt dann nicht."),
    N_("Sehen Sie auf der Seite des Zertifikats nach, warum."),
    http=409,
)
SIGNED_ALREADY = Fault(
    "F425",
    N_("Das Zertifikat {serial} ist schon unterzeichnet."),
    N_("Nur wenn es neu ausgestellt werden soll (anderer Schlüssel, neue Stufe): mit --again."),
    http=409,
)
NOT_THIS = Fault(
    "F426",
    N_("Die Datei sagt nicht, was heute aus der Entscheidung zu {serial} folgt; sie wurde nicht übernommen."),
    N_("Schreiben Sie mit `schnittstellen certificates show NUMMER --draft DATEI` einen neuen Entwurf."),
)
FAULTS = (NOTHING_TO_SIGN, SIGNED_ALREADY, NOT_THIS)
log = logging.getLogger(__name__)


def draft(serial: str, day: date, *, again: bool = False) -> Certificate:
    """What is to be signed on `day`. Raises `SchnittstellenError` (F423 to F425)."""
    row = certificates.entry(serial)
    made = certificates.drafted(row, day)
    if made is None:
        raise SchnittstellenError(NOTHING_TO_SIGN, serial=serial, day=day.isoformat())
    if not again and SignedCertificate.objects.filter(decision=row).exists():
        raise SchnittstellenError(SIGNED_ALREADY, serial=serial)
    return made


def sign(serial: str, signer: Signer, day: date, *, again: bool = False) -> SignedCertificate:
    """Sign and keep. Raises `SchnittstellenError` (F423 to F427) and `Refused` where it would say too much."""
    with transaction.atomic():
        ledger.alone()
        return take(sign_certificate(draft(serial, day, again=again), signer), day, again=again)


def take(document: bytes, day: date, *, again: bool = False) -> SignedCertificate:
    """Keep a document signed elsewhere, on `day` or before.

    Raises `Refused` where it is not genuine and `SchnittstellenError` (F423 to F427) where it is not what follows from
    the decision.
    """
    trust = board_key.trust()
    with transaction.atomic():
        ledger.alone()
        said, _ = documents.read_certificate(document, trust)
        verified = documents.verify_certificate(document, trust, said.issued)
        if said.issued > day or said != draft(said.serial, said.issued, again=again):
            raise SchnittstellenError(NOT_THIS, serial=said.serial[:40])
        return SignedCertificate.objects.create(
            decision=certificates.entry(said.serial),
            document=document,
            sha256=verified.sha256,
            issued=said.issued,
            lapses_on=said.lapses_on,
        )


def sign_at_once(row: Entry, day: date, *, again: bool = False) -> None:
    """Sign a decision where the server has the key; what stands against that is logged and stops no decision."""
    try:
        signer = board_key.signer()
        if signer is not None and certificates.granted(Entry.objects.filter(pk=row.pk)):
            sign(certificates.serial_of(row), signer, day, again=again)
    except SchnittstellenError as error:
        log.warning("certificate %s not signed: %s", row.number, error.fault.code)
