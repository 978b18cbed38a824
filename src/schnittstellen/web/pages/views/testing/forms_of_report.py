"""The forms in which a report can be taken home."""

import io
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from schnittstellen import bootstrap
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import current
from schnittstellen.reports.telling import Telling

FORMS: Mapping[str, tuple[str, str, str]] = {
    "html": ("bericht.html", "text/html; charset=utf-8", N_("zum Lesen und Drucken (HTML)")),
    "json": ("bericht.json", "application/json", N_("für Programme (JSON)")),
    "junit": ("bericht.xml", "application/xml", N_("für automatische Abläufe (JUnit)")),
}
"""File name, media type and what it is for."""
MOST_WITHIN = 3 * 1024 * 1024 // 2
"""Bytes of a file that is sent within the page itself."""


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file; its address is empty where the file is too big to be part of the page."""

    address: str
    file: str
    title: str


def written(report: Report, document: bytes, form: str) -> bytes:
    """The report in one of `FORMS`."""
    if form == "json":
        return document
    stream = io.StringIO()
    bootstrap.reports()[form](report, stream, Telling(codes=bootstrap.codes(), lang=current()))
    return stream.getvalue().encode("utf-8", "backslashreplace")


def within(report: Report, document: bytes) -> Iterator[Download]:
    """All forms as links that hold the file, so that nothing needs to be kept for them (RFC 2397)."""
    for form, (file, media_type, title) in FORMS.items():
        data = written(report, document, form)
        address = f"data:{media_type.replace(' ', '')};base64,{b64encode(data).decode()}"
        yield Download(address if len(data) <= MOST_WITHIN else "", file, title)
