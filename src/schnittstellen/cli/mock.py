"""`schnittstellen mock`: plays the server of a standard and judges what a client product sends."""

import time
from typing import TYPE_CHECKING, Any

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Argument, Command, Number, Option
from schnittstellen.cli.reporting import Reporting, reporting_options
from schnittstellen.cli.test import EPILOG, status
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.transports.mock.session import MockSession

HELP = N_(
    "Spielt den Server eines Standards und prüft, was ein Client sendet.\n\n"
    "Stellen Sie in Ihrem Produkt die angezeigte Adresse ein und führen Sie dort den ganzen Ablauf aus. Mit Strg-C "
    "endet die Aufzeichnung, und der Bericht erscheint.\n\n"
    "Beispiel:\n"
    "  schnittstellen mock oparl@1.1 --port 8080"
)


def run(  # noqa: PLR0913
    *,
    standard: str,
    port: int,
    requests: int | None,
    seconds: int | None,
    delay: float,
    fail_every: int,
    must_call: tuple[str, ...],
    strict: bool,
    **settings: Any,
) -> None:
    """Serve until Ctrl-C or a limit, judge the requests, write the reports."""
    reporting = Reporting.of(settings)
    with bootstrap.mock(standard, port=port, delay=delay, fail_every=fail_every, must_call=must_call) as session:
        click.echo(_(N_("Der Server läuft unter {url}. Strg-C beendet.")).format(url=session.url), err=True)
        try:
            _wait(session, requests, seconds)
        except KeyboardInterrupt:
            click.echo("", err=True)
    report = session.report()
    reporting.write(report)
    click.get_current_context().exit(status(report, strict))


def _wait(session: "MockSession", requests: int | None, seconds: int | None) -> None:
    end = None if seconds is None else time.monotonic() + seconds
    while (end is None or time.monotonic() < end) and (requests is None or session.heard() < requests):
        time.sleep(0.05)


command = Command(
    "mock",
    callback=run,
    help=HELP,
    epilog=EPILOG,
    params=[
        Argument(["standard"], metavar=N_("STANDARD")),
        Option(["--port"], type=Number(0), default=0, metavar=N_("ANZAHL"), help=N_("Port; Vorgabe: ein freier.")),
        Option(["--requests"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endet nach so vielen Anfragen.")),
        Option(["--seconds"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endet nach so vielen Sekunden.")),
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
        *reporting_options(),
        Option(["--strict"], is_flag=True, help=N_("Wertet auch Hinweise als Abweichung (Rückgabewert 1).")),
    ],
)
