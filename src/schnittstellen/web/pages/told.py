"""A report within a page: its codes lead to their explanations, and a long one is told on several pages."""

from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from markupsafe import Markup

from schnittstellen import bootstrap
from schnittstellen.domain.report import Report
from schnittstellen.i18n import current
from schnittstellen.reports import html, view
from schnittstellen.reports.html import Cut
from schnittstellen.reports.telling import Telling

RESULTS = 25
GROUPS = 50
REQUIREMENTS = 200


def told(report: Report, number: str | None) -> dict[str, Any]:
    """`whole`: the HTML of page `number` of the report; `page`: that page, for leafing."""
    page = Paginator(list(view.noteworthy(report)), RESULTS).get_page(number)
    return {"whole": body(report, max(0, page.start_index() - 1), paged=True), "page": page}


def body(report: Report, first: int = 0, *, paged: bool = False) -> Markup:
    """The HTML of a report in the language of the page, from the result number `first` on."""
    cut = Cut(first, RESULTS, GROUPS, REQUIREMENTS, paged)
    return Markup(html.body(report, telling(), cut))  # noqa: S704


def telling() -> Telling:
    """How reports are told on pages."""
    return Telling(codes=bootstrap.codes(), lang=current(), page=explanation)


def explanation(id: str) -> str | None:
    """The page of a finding code or of a rule; None where there is none."""
    known = id in codes() or id in bootstrap.rules()
    return reverse("code-one", args=(id,)) if known else None


@cache
def codes() -> frozenset[str]:
    """All finding codes; the code book looks for an unknown one anew each time, which takes long."""
    return frozenset(bootstrap.codes())
