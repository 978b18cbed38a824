"""A report within a page: its codes lead to their explanations, and a long one is told on several pages."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from markupsafe import Markup

from schnittstellen import bootstrap
from schnittstellen.domain.report import Report
from schnittstellen.i18n import _, current
from schnittstellen.reports import html, view
from schnittstellen.reports.explaining import without_blanks
from schnittstellen.reports.html import Cut
from schnittstellen.reports.telling import Telling

RESULTS = 10
FINDINGS = 100
"""Kinds of findings that a page tells in all, so that it stays light however many messages it is about."""
REQUIREMENTS = 50
TALLIES = 30
NAMES = 100


def told(report: Report, number: str | None) -> dict[str, Any]:
    """`whole`: the HTML of page `number` of the report; `page`: that page, for leafing."""
    page = Paginator(list(view.noteworthy(report)), RESULTS).get_page(number)
    first, groups = max(0, page.start_index() - 1), FINDINGS // max(1, len(page.object_list))
    cut = Cut(first, RESULTS, groups, REQUIREMENTS, TALLIES, NAMES, paged=True)
    return {"whole": Markup(html.body(report, telling(), cut)), "page": page}  # noqa: S704


def telling() -> Telling:
    """How reports are told on pages."""
    return Telling(codes=bootstrap.codes(), lang=current(), page=explanation)


def explanation(id: str) -> str | None:
    """The page of a finding code or of a rule; None where there is none."""
    known = id in codes() or id in bootstrap.rules()
    return reverse("code-one", args=(id,)) if known else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a finding means, in the language of the page; all empty where nobody knows it any more."""

    title: str
    text: str
    address: str


def meaning(finding: str) -> Meaning:
    """What a finding means, for a page that is not about it alone: its code, its rule, or both (`X201 BR-02`)."""
    code, _blank, named = finding.partition(" ") if finding.partition(" ")[0] in codes() else ("", "", finding)
    rule = next(iter(bootstrap.rules().named(named).values()), None) if named else None
    known = bootstrap.codes().get(code)
    title = _(known.title) if known else ""
    text = rule.text if rule else without_blanks(_(known.meaning)) if known else ""
    return Meaning(without_blanks(title), text, explanation(named) or explanation(code) or "")


@cache
def codes() -> frozenset[str]:
    """All finding codes; the code book looks for an unknown one anew each time, which takes long."""
    return frozenset(bootstrap.codes())
