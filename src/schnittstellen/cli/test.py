"""`schnittstellen test`: judge messages or an endpoint and say what came of it."""

from typing import Any

import click

from schnittstellen import bootstrap
from schnittstellen.cli.arguments import split
from schnittstellen.cli.base import Argument, Command, Number, Option, debugging
from schnittstellen.cli.endpoint_options import OPTIONS, as_options
from schnittstellen.cli.limits import LIMIT
from schnittstellen.cli.outputs import plain_wanted
from schnittstellen.cli.progress import Bar, follow
from schnittstellen.cli.reporting import Reporting, reporting_options
from schnittstellen.cli.signing_options import OPTIONS as SIGNING_OPTIONS
from schnittstellen.cli.signing_options import Attestation
from schnittstellen.domain.report import Report
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict, exit_status

HELP = N_(
    "Prüft Nachrichten oder einen Endpunkt gegen einen Standard.\n\n"
    "SUITE ist STANDARD[@VERSION][/ROLLE]; fehlt sie, wird der Standard aus jeder Nachricht erkannt. ZIEL ist eine "
    "Datei, ein Ordner, ein ZIP-Archiv, eine Adresse oder - für die Standardeingabe. Heißt eine Datei wie ein "
    "Standard, schreiben Sie ./NAME.\n\n"
    "Beispiele:\n"
    "  schnittstellen test en16931 rechnung.xml\n"
    "  schnittstellen test eingang/ --report html=bericht.html\n"
    "  schnittstellen test oparl@1.1/server https://ris.example.de/oparl/v1.1/system"
)
EPILOG = N_("Rückgabewert: 0 entspricht dem Standard, 1 weicht ab, 2 falscher Aufruf, 3 nicht prüfbar.")


def run(arguments: tuple[str, ...], suite: str | None, jobs: int | None, strict: bool, **settings: Any) -> None:
    """Judge, write the reports, and end with the exit status of the verdict."""
    library = bootstrap.library()
    reporting = Reporting.of(settings)
    attestation = Attestation.of(settings, reporting.plan)
    named, targets = split(arguments, attestation.asked(arguments, suite, library), library)
    limits = dict(settings.pop("limits"))
    options = attestation.options({**limits, **as_options(settings)})
    with Bar(shown=not (reporting.quiet or plain_wanted())) as bar:
        happenings = bootstrap.run_targets(
            targets,
            suite=attestation.suite(named, library),
            jobs=jobs,
            with_content=reporting.with_content,
            debug=debugging(),
            library=library,
            options=options,
            notes=attestation.notes(),
        )
        report = follow(happenings, bar)
    reporting.write(report)
    attestation.write(report)
    click.get_current_context().exit(status(report, strict))


def status(report: Report, strict: bool) -> int:
    """The exit status of a run; `strict` counts warnings as departures."""
    if strict and report.verdict is Verdict.PASSED_WITH_WARNINGS:
        return 1
    return exit_status(report.verdict)


command = Command(
    "test",
    callback=run,
    help=HELP,
    epilog=EPILOG,
    params=[
        Argument(["arguments"], nargs=-1, metavar=N_("[SUITE] ZIEL...")),
        Option(
            ["--suite"], metavar=N_("SUITE"), help=N_("Nennt die Suite ausdrücklich; alle Argumente sind dann Ziele.")
        ),
        *reporting_options(),
        Option(["--strict"], is_flag=True, help=N_("Wertet auch Hinweise als Abweichung (Rückgabewert 1).")),
        Option(["-j", "--jobs"], type=Number(), metavar=N_("ANZAHL"), help=N_("Zahl der Prozesse.")),
        LIMIT,
        *OPTIONS,
        *SIGNING_OPTIONS,
    ],
)
