"""The report as one page that needs nothing but a browser: no script, no network, readable printed and read aloud."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined

from schnittstellen.domain.report import Report, Result
from schnittstellen.domain.verdict import Cause, is_green
from schnittstellen.reports import view
from schnittstellen.reports.telling import CAUSES, FINDINGS, INTERRUPTED, VERDICTS, Telling, clean, sentence
from schnittstellen.reports.text import coverage_lines

MOST_TARGETS = 20
MOST_RESULTS = 200
MOST_GROUPS = 100
MOST_TALLIES = 100
MOST_NAMES = 1000
MOST_REQUIREMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of a report is told: from the result number `first` of those worth telling, `results` of them.

    `requirements` are how many of each suite are listed, the broken and untested ones first; `names` how many inputs
    with their digests. `paged` says that the report is told on several pages of the catalogue, with what is for
    experts folded; else other results stand in the JSON report only.
    """

    first: int = 0
    results: int = MOST_RESULTS
    groups: int = MOST_GROUPS
    requirements: int = MOST_REQUIREMENTS
    tallies: int = MOST_TALLIES
    names: int = MOST_NAMES
    paged: bool = False


WHOLE = Cut()


def write(report: Report, stream: TextIO, telling: Telling) -> None:
    """Write `report` to `stream`, which must be UTF-8."""
    environment = _environment(telling.lang)
    template = environment.get_template("report.html.j2")
    for part in template.generate(shown(report, telling)):
        stream.write(part)


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("schnittstellen.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_gettext_translations(Telling(lang=lang).catalogue, newstyle=False)  # type: ignore[attr-defined]
    environment.filters["clean"] = clean
    return environment


def body(report: Report, telling: Telling, cut: Cut = WHOLE) -> str:
    """What a page of the catalogue puts between its own head and foot: escaped HTML, headings from the second level."""
    return _environment(telling.lang).get_template("report_body.html.j2").render(shown(report, telling, cut))


def shown(report: Report, telling: Telling, cut: Cut = WHOLE) -> dict[str, Any]:
    """What the templates of a report need."""
    noteworthy = list(view.noteworthy(report))
    told = noteworthy[cut.first : cut.first + cut.results]
    return {
        "report": report,
        "targets": [*report.targets[:MOST_TARGETS], *(["…"] if len(report.targets) > MOST_TARGETS else [])],
        "telling": telling,
        "verdicts": VERDICTS,
        "sentence": sentence(report),
        "findings": FINDINGS,
        "causes": CAUSES,
        "interrupted": INTERRUPTED,
        "blamed": report.cause is not None and not is_green(report.verdict),
        "by_verdict": view.by_verdict(report),
        "tallies": view.tallies(report),
        "results": [(result, view.groups(result)) for result in told],
        "cut": cut,
        "noteworthy": len(noteworthy),
        "more_results": max(0, len(noteworthy) - cut.first - cut.results),
        "codes": _explained(noteworthy, telling),
        "coverage": _coverage(report, telling),
        "limits": {
            "groups": cut.groups,
            "requirements": cut.requirements,
            "tallies": cut.tallies,
            "names": cut.names,
        },
        "Cause": Cause,
    }


def _explained(results: Sequence[Result], telling: Telling) -> list[tuple[str, Any]]:
    """Each code that was found, with its texts; parameters differ from finding to finding and read "…" here."""
    found = {finding.code: finding for result in results for step in result.steps for finding in step.findings}
    return [(id, telling.code(found[id])) for id in sorted(found)]


def _coverage(report: Report, telling: Telling) -> list[Mapping[str, Any]]:
    shown: list[Mapping[str, Any]] = []
    for suite in report.suites:
        figures = view.score(suite)
        requirements = sorted(suite.requirements, key=view.requirement_order)
        shown.append({"suite": suite, "lines": list(coverage_lines(figures, telling)), "requirements": requirements})
    return shown
