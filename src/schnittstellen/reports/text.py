"""The report for the terminal: the verdict first, then what to mend, then what was counted."""

import re
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.text import Text

from schnittstellen.domain.finding import Code, Place
from schnittstellen.domain.report import Report, Result, SuiteUse
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Cause, Verdict, is_green
from schnittstellen.reports import view
from schnittstellen.reports.telling import CAUSES, FINDINGS, INTERRUPTED, VERDICTS, Telling, clean, sentence

MOST_RESULTS = 10
MOST_GROUPS = 10
MOST_TALLIES = 10
_STYLES = {
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.PASSED: "green",
    Verdict.PASSED_WITH_WARNINGS: "yellow",
    Verdict.NOT_TESTED: "magenta",
    Verdict.FAILED: "red",
    Verdict.ERROR: "magenta",
}


def write(report: Report, stream: TextIO, telling: Telling) -> None:
    """Write `report` to `stream`."""
    console = _Console(
        file=stream,
        width=telling.width,
        force_terminal=telling.color,
        color_system="standard" if telling.color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    TextReport(console, report, telling).write()


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the caller: that nobody reads on is no verdict, and rich would end the run with status 1."""
        raise BrokenPipeError


class TextReport:
    """Writes one report to one console."""

    def __init__(self, console: Console, report: Report, telling: Telling) -> None:
        self._console = console
        self._report = report
        self._telling = telling
        self._say = telling.say
        self._explained: dict[str, None] = {}

    def write(self) -> None:
        """Write everything that the verbosity asks for."""
        self._headline()
        if self._telling.verbosity < 0:
            return
        self._counts()
        self._results()
        if len(self._report.results) > 1:
            self._tallies()
        for suite in self._report.suites:
            self._coverage(suite)
        self._hints()

    def _headline(self) -> None:
        verdict = self._report.verdict
        self._line(self._say(VERDICTS[verdict]).upper(), f"bold {_STYLES[verdict]}")
        self._line(self._say(sentence(self._report)))
        if self._report.cause is not None and not is_green(verdict):
            self._line(self._say(N_("Ursache: {cause}.")).format(cause=self._say(CAUSES[self._report.cause])))
        if self._report.interrupted:
            self._line(self._say(INTERRUPTED), "bold")

    def _counts(self) -> None:
        for suite in self._report.suites:
            named = self._say(N_("Suite: {name}, Ausgabe {edition}")).format(name=suite.name, edition=suite.edition)
            self._line(named)
        if len(self._report.results) > 1:
            numbers = (
                f"{self._telling.number(count)} {self._say(VERDICTS[verdict])}"
                for verdict, count in view.by_verdict(self._report).items()
            )
            self._line(self._say(N_("Eingaben: {counts}")).format(counts=" · ".join(numbers)))

    def _results(self) -> None:
        shown = list(self._report.results) if self._all else list(view.noteworthy(self._report))
        limit = len(shown) if self._all else MOST_RESULTS
        for result in shown[:limit]:
            self._result(result)
        if len(shown) > limit:
            rest = self._say(N_("… und {count} weitere Eingaben mit Befunden; alle zeigt --verbose."))
            self._line()
            self._line(rest.format(count=self._telling.number(len(shown) - limit)))

    def _result(self, result: Result) -> None:
        self._line()
        heading = Text(clean(result.name), style="bold")
        heading.append(": " + self._say(VERDICTS[result.verdict]), style=f"not bold {_STYLES[result.verdict]}")
        if result.message:
            heading.append(f" ({clean(result.message)})", style="dim")
        self._text(heading, 0)
        groups = view.groups(result)
        limit = len(groups) if self._all else MOST_GROUPS
        for group in groups[:limit]:
            self._group(group)
        if len(groups) > limit:
            rest = self._say(N_("… und {count} weitere Befunde; alle zeigt --verbose."))
            self._line(rest.format(count=self._telling.number(len(groups) - limit)), indent=2)
        if self._all:
            self._notes(result)

    def _group(self, group: view.Group) -> None:
        code, words = self._telling.code(group.finding), self._telling.words(group.finding)
        label = Text(self._say(FINDINGS[group.verdict]), style=f"bold {_STYLES[group.verdict]}")
        rule = f" · {clean(group.finding.rule)}" if group.finding.rule else ""
        label.append(f"  {group.finding.code}{rule}  {words.title}", style="not bold default")
        if group.count > 1:
            label.append(self._say(N_(" ({count}-mal)")).format(count=self._telling.number(group.count)))
        self._text(label, 2)
        self._line(words.message, indent=4)
        for place in group.places:
            self._place(place)
        self._repeat(group)
        self._content(group)
        self._explain(code, words.remedy)

    def _place(self, place: Place) -> None:
        """Line and column, then paths, which break at their slashes."""
        for text in filter(None, (self._telling.position(place), place.url, place.pointer, place.xpath)):
            parts = broken(clean(text), self._telling.width - 6)
            self._line("\n".join((parts[0], *(f"  {part}" for part in parts[1:]))), "cyan", indent=4)

    def _repeat(self, group: view.Group) -> None:
        if "curl" in group.finding.parameters:
            line = clean(group.finding.parameters["curl"])
            self._line(self._say(N_("Wiederholen: {curl}")).format(curl=line), "cyan", indent=4)

    def _content(self, group: view.Group) -> None:
        if self._telling.with_content:
            for name, value in sorted(group.finding.content.items()):
                self._line(self._say(N_("Inhalt {name}: {value}")).format(name=name, value=value), indent=4)

    def _explain(self, code: Code, remedy: str) -> None:
        """Remedy and cause, once for each code."""
        if code.id in self._explained and not self._all:
            return
        self._explained[code.id] = None
        self._line(self._say(N_("Abhilfe: {remedy}")).format(remedy=remedy), indent=4)
        if code.cause is not Cause.PRODUCT:
            self._line(self._say(N_("Ursache: {cause}.")).format(cause=self._say(CAUSES[code.cause])), indent=4)

    def _notes(self, result: Result) -> None:
        for step in result.steps:
            notes = ", ".join(f"{name}: {value}" for name, value in sorted(step.notes.items()))
            verdict = self._say(VERDICTS[step.verdict])
            self._line(f"{step.step} ({step.check}): {verdict}" + (f" · {notes}" if notes else ""), "dim", indent=2)

    def _tallies(self) -> None:
        tallies = view.tallies(self._report)
        if not tallies:
            return
        self._line()
        self._line(self._say(N_("Befunde nach Häufigkeit")), "bold")
        for tally in tallies if self._all else tallies[:MOST_TALLIES]:
            self._line(self._tally(tally), indent=2)

    def _tally(self, tally: view.Tally) -> str:
        rule = f" · {tally.finding.rule}" if tally.finding.rule else ""
        title = self._telling.words(tally.finding).title
        times = self._telling.catalogue.ngettext("in {count} Eingabe", "in {count} Eingaben", tally.results)
        return f"{tally.finding.code}{rule}  {title}: {times.format(count=self._telling.number(tally.results))}"

    def _coverage(self, suite: SuiteUse) -> None:
        figures = view.score(suite)
        if not figures.total:
            return
        self._line()
        self._line(self._say(N_("Anforderungen ({suite})")).format(suite=suite.name), "bold")
        for line in coverage_lines(figures, self._telling):
            self._line(line, indent=2)
        if self._all:
            for one in sorted(suite.requirements, key=view.requirement_order):
                reason = f": {self._say(one.reason)}" if one.reason else ""
                self._line(f"{one.id}  {self._say(VERDICTS[one.verdict])}{reason}", indent=2)

    def _hints(self) -> None:
        for code in list(self._explained)[:1]:
            self._line()
            self._line(self._say(N_("Mehr dazu: schnittstellen explain {code}")).format(code=code), "dim")

    @property
    def _all(self) -> bool:
        return self._telling.verbosity > 0

    def _line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        self._text(Text(clean(text), style=style), indent)

    def _text(self, text: Text, indent: int) -> None:
        for line in text.split(allow_blank=True) or [text]:
            for part in line.wrap(self._console, self._telling.width - indent, overflow="fold") or [line]:
                part.rstrip()
                shown = Text(" " * indent) + part if part else part
                self._console.print(shown, no_wrap=True, overflow="ignore", crop=False)


def broken(path: str, width: int) -> list[str]:
    """`path` in lines of at most `width` characters, broken before slashes where that is possible."""
    lines = [""]
    for part in re.split("(?=/)", path):
        if lines[-1] and len(lines[-1]) + len(part) > width:
            lines.append("")
        lines[-1] += part
    return lines


def coverage_lines(figures: view.Score, telling: Telling) -> Iterator[str]:
    """The two figures, kept apart: what the suite can see of the standard, and what this run found."""
    number = telling.number
    seen = telling.say(N_("Die Suite kann {ceiling} von {total} Anforderungen prüfen."))
    yield seen.format(ceiling=number(figures.ceiling), total=number(figures.total))
    found = telling.say(N_("In diesem Lauf geprüft: {tested}, davon eingehalten: {kept}."))
    yield found.format(tested=number(figures.tested), kept=number(figures.kept))
