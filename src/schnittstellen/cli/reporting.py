"""The options about reports that `test` and `reproduce` share, and what they come to."""

from dataclasses import dataclass
from typing import Any, Self

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Option
from schnittstellen.cli.outputs import Output, planned, telling, write_all
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_


@dataclass(frozen=True, slots=True)
class Reporting:
    """Which reports to write, and how."""

    plan: tuple[Output, ...]
    with_content: bool = False
    quiet: bool = False
    verbose: bool = False

    @classmethod
    def of(cls, settings: dict[str, Any]) -> Self:
        """Take the options about reports out of `settings`. Raises `SchnittstellenError`."""
        wanted, output = settings.pop("reports"), settings.pop("output")
        plan = planned(wanted, output, tuple(bootstrap.reports()))
        return cls(tuple(plan), *(settings.pop(name) for name in ("with_content", "quiet", "verbose")))

    def write(self, report: Report) -> None:
        """Write every report. Raises `SchnittstellenError` where a file cannot be written."""
        told = telling(int(self.verbose) - int(self.quiet), self.with_content, bootstrap.codes())
        write_all(self.plan, report, told, bootstrap.reports())


def reporting_options() -> list[click.Parameter]:
    """How the report is written."""
    return [
        Option(
            ["reports", "-r", "--report"],
            multiple=True,
            metavar=N_("FORMAT[=DATEI]"),
            help=N_("Bericht als text, json, junit oder html, auch in eine Datei; mehrfach möglich."),
        ),
        Option(["-o", "--output"], metavar=N_("DATEI"), help=N_("Datei für den einen Bericht, der keine nennt.")),
        Option(
            ["--with-content"],
            is_flag=True,
            help=N_("Nimmt Inhalte der Nachrichten in die Berichte auf (möglicherweise personenbezogen)."),
        ),
        Option(["-q", "--quiet"], is_flag=True, help=N_("Zeigt nur das Urteil.")),
        Option(["-v", "--verbose"], is_flag=True, help=N_("Zeigt alle Eingaben, Befunde und Anforderungen.")),
    ]
