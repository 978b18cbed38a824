"""The forms in which a report can be taken home."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse

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


@dataclass(frozen=True, slots=True)
class Download:
    """A link to a file."""

    address: str
    file: str
    title: str


def downloads(route: str, key: str) -> Iterator[Download]:
    """All forms, by the name of the route that answers with them."""
    for form, (file, _type, title) in FORMS.items():
        yield Download(reverse(route, args=(key, form)), file, title)


def as_file(report: Report, document: bytes, form: str) -> HttpResponse:
    """The report to take home. Raises `Http404` for another form."""
    if form not in FORMS:
        raise Http404
    name, media_type, _title = FORMS[form]
    answer = HttpResponse(written(report, document, form), content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def written(report: Report, document: bytes, form: str) -> bytes:
    """The report in one of `FORMS`."""
    if form == "json":
        return document
    stream = io.StringIO()
    bootstrap.reports()[form](report, stream, Telling(codes=bootstrap.codes(), lang=current()))
    return stream.getvalue().encode("utf-8", "backslashreplace")
