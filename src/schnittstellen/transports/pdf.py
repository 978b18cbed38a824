"""Invoices inside PDF files: Factur-X and ZUGFeRD (Factur-X 1.0.7, 6.2: the name of the embedded file tells)."""

from collections.abc import Callable
from functools import partial
from io import BufferedIOBase, BufferedReader, BytesIO
from logging import CRITICAL, getLogger
from typing import cast

from schnittstellen.domain.finding import CannotJudge
from schnittstellen.engine.codes import CHANGED
from schnittstellen.engine.ports import Observation, Payload, Unreadable
from schnittstellen.transports import file_codes
from schnittstellen.transports.reading import finding, unreadable

MARK = b"%PDF-"
NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
"""Names of the invoice since ZUGFeRD 1.0, in lower case."""
END = b"startxref"
"""What no whole PDF file is without (ISO 32000-2, 7.5.5); a file that lacks it is broken beyond doubt."""
LARGEST = 256 * 1024 * 1024
"""A PDF file of more bytes is not looked into."""


def is_pdf(head: bytes) -> bool:
    """Whether the bytes begin a PDF file."""
    return head.startswith(MARK)


def invoice_in(payload: Payload) -> Observation | None:
    """The XML invoice that a PDF file carries, why it cannot be had, or None where there is none.

    What is judged is the XML alone, not the PDF around it; its name says so.
    """
    if payload.size > LARGEST:
        return unreadable(file_codes.TOO_LARGE, payload.name, limit=str(LARGEST))
    try:
        found = _invoices(payload.data())
    except _Locked:
        return unreadable(file_codes.PDF_LOCKED, payload.name)
    except _NotUnderstood:
        return unreadable(file_codes.PDF_UNREADABLE, payload.name)
    except CannotJudge as reason:
        return Unreadable(name=payload.name, finding=reason.finding)
    finally:
        payload.memo.pop("data", None)
    if len(found) > 1:
        return unreadable(file_codes.PDF_SEVERAL, payload.name, names=", ".join(name for name, _ in found))
    return next((_payload(payload, name, data) for name, data in found), None)


class _Locked(Exception):
    """The PDF file opens with a password only."""


class _NotUnderstood(Exception):
    """The file has the end of a PDF file, but the library cannot read it."""


def _payload(container: Payload, name: str, data: bytes) -> Payload:
    inside = f"{container.name}/{name}"
    return Payload(name=inside, open=partial(_opened, container.open, inside, len(data)), size=len(data))


def _opened(container: Callable[[], BufferedIOBase], name: str, size: int) -> BufferedIOBase:
    with container() as stream:
        found = _again(stream.read())
    if len(found) != 1 or len(found[0][1]) != size:
        raise CannotJudge(finding(CHANGED, name))
    return cast(BufferedIOBase, BufferedReader(BytesIO(found[0][1])))


def _again(data: bytes) -> list[tuple[str, bytes]]:
    try:
        return _invoices(data)
    except (_Locked, _NotUnderstood):
        return []


def _invoices(data: bytes) -> list[tuple[str, bytes]]:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError

    getLogger("pypdf").setLevel(CRITICAL)
    try:
        attached = PdfReader(BytesIO(data)).attachments
        named = [(name, attached[name]) for name in attached if name.lower() in NAMES]
    except FileNotDecryptedError:
        raise _Locked from None
    except Exception:  # pypdf raises whatever it stumbles over in a broken file
        if END in data:
            raise _NotUnderstood from None
        return []
    return [(name, bytes(one)) for name, many in named for one in many]
