"""`schnittstellen mock`: plays the server of a standard and judges what a client product sends."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, Number, Option
from schnittstellen.cli.faults import os_reason
from schnittstellen.cli.listening import OPEN_MOCK, OPTIONS, starting, wait, where
from schnittstellen.cli.reporting import Reporting, reporting_options
from schnittstellen.cli.signing_options import OPTIONS as SIGNING_OPTIONS
from schnittstellen.cli.signing_options import Attestation
from schnittstellen.cli.test import EPILOG, status
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.transports.mock.session import Wanted

HELP = N_(
    "Spielt den Server eines Standards und prüft, was ein Client sendet.\n\n"
    "Stellen Sie in Ihrem Programm die angezeigte Adresse ein und führen Sie dort den ganzen Ablauf aus. Mit Strg-C "
    "endet die Aufzeichnung, und der Bericht erscheint.\n\n"
    "Mit einem Prüfauftrag (--order) liegt alles an Adressen, die vom Startwert des Auftrags abhängen; die "
    "Aufzeichnung (--record) lässt sich dann mit dem Bericht einreichen.\n\n"
    "Beispiele:\n"
    "  schnittstellen mock oparl@1.1 --port 8080\n"
    "  schnittstellen mock oparl@1.1 --order auftrag.json --sign firma.key --report json=bericht.json "
    "--record sitzung.har"
)


def run(standard: str, strict: bool, **settings: Any) -> None:
    """Serve until Ctrl-C, SIGTERM or a limit, judge the requests, write the reports."""
    from schnittstellen.attest import faults
    from schnittstellen.transports.mock.session import NotRecorded

    reporting = Reporting.of(settings)
    attestation = Attestation.of(settings, reporting.plan)
    if attestation.order is not None:
        if settings["record"] is None:
            raise SchnittstellenError(faults.NO_RECORDING)
        library = bootstrap.library()
        attestation.suite(f"{library.standard(standard).name}/client", library)
    wanted = _wanted(attestation.options({name: it for name, it in settings.items() if it is not None}))
    try:
        with starting(wanted.where), bootstrap.mock(standard, wanted, attestation.notes()) as session:
            click.echo(_(N_("Der Server läuft unter {url} – Strg-C beendet.")).format(url=session.url), err=True)
            wait(session.heard, settings)
        report = session.report()
    except NotRecorded as error:
        raise SchnittstellenError(faults.NOT_WRITTEN, file=str(wanted.record), reason=os_reason(error)) from None
    reporting.write(report)
    attestation.write(report)
    click.get_current_context().exit(status(report, strict))


def _wanted(settings: dict[str, Any]) -> "Wanted":
    from schnittstellen.transports.mock.playing import Manners
    from schnittstellen.transports.mock.session import Wanted

    return Wanted(
        where=where(settings, OPEN_MOCK),
        manners=Manners(settings["delay"], settings["fail_every"]),
        must_call=settings["must_call"],
        seed=settings.get("seed"),
        record=Path(settings["record"]) if "record" in settings else None,
    )


command = Command(
    "mock",
    callback=run,
    help=HELP,
    epilog=EPILOG,
    params=[
        Argument(["standard"], metavar=N_("STANDARD")),
        *OPTIONS,
        Option(["--delay"], type=float, default=0.0, help=N_("Sekunden Verzögerung vor jeder Antwort.")),
        Option(
            ["--fail-every"],
            type=Number(0),
            default=0,
            metavar=N_("ANZAHL"),
            help=N_("Jede n-te Anfrage scheitert; Vorgabe: keine."),
        ),
        Option(
            ["--must-call"],
            multiple=True,
            metavar=N_("OPERATION"),
            help=N_("Operation, die der Client aufrufen muss; mehrfach möglich."),
        ),
        Option(
            ["--seed"],
            type=Number(),
            metavar=N_("ZAHL"),
            help=N_("Startwert, von dem die Adressen abhängen; ohne ihn sind sie immer gleich."),
        ),
        Option(
            ["--record"],
            metavar=N_("DATEI"),
            help=N_("Schreibt die Aufzeichnung (HAR) zum Einreichen; Zugangsdaten stehen nicht darin."),
        ),
        *reporting_options(),
        Option(["--strict"], is_flag=True, help=N_("Wertet auch Hinweise als Abweichung (Rückgabewert 1).")),
        *SIGNING_OPTIONS,
    ],
)
