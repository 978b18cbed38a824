"""The signed certificate inside the PDF of a certificate."""

from io import BytesIO

from schnittstellen.domain.refusals import NOT_AN_ENVELOPE, Refusal, Refused
from schnittstellen.domain.texts import N_

ATTACHED = "certificate.json"
NOTHING_EMBEDDED = N_("die PDF-Datei enthält kein unterschriebenes Zertifikat")


def is_pdf(data: bytes) -> bool:
    """Whether `data` is a PDF, by its first bytes."""
    return data.startswith(b"%PDF-")


def signed_part(data: bytes, file: str = "-") -> bytes:
    """The envelope that `data` is or, where `data` is a PDF, that it contains. Raises `Refused` where it has none."""
    if not is_pdf(data):
        return data
    from pypdf import PdfReader

    try:
        found = PdfReader(BytesIO(data)).attachments.get(ATTACHED, [])
    except Exception:  # pypdf raises whatever it stumbles over in a broken file
        found = []
    if len(found) != 1:
        raise Refused([Refusal(NOT_AN_ENVELOPE, {"file": file, "reason": NOTHING_EMBEDDED})])
    return bytes(found[0])
