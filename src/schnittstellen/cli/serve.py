"""`schnittstellen serve`: the catalogue as pages and REST API."""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from threading import Thread
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import PORTS, Command, Number, Option
from schnittstellen.cli.embedded import working
from schnittstellen.domain.errors import COULD_NOT_TEST, Fault, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

PORT_TAKEN = Fault(
    "F140",
    N_("Unter {host}:{port} lässt sich kein Server starten ({reason})."),
    N_("Beenden Sie, was dort läuft, oder wählen Sie mit --port einen anderen Port (0 nimmt einen freien)."),
    http=500,
    exit=COULD_NOT_TEST,
)
THREADS = 4
"""Requests that one worker answers at a time; more only wait for the database."""
MOST_ATTEMPTS = 600
REACHED_AS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
NOBODY_MANAGES = N_(
    "Noch verwaltet niemand den Katalog: schnittstellen admin create MAILADRESSE legt ein Konto dafür an."
)
UNWRITTEN = N_(
    "Impressum, Datenschutz und Barrierefreiheit füllt der Betreiber aus; in {folder} fehlen: {files} "
    "(siehe docs/howto/betreiben.md)."
)
NO_ADDRESS = N_(
    "Unter welcher Adresse Menschen den Katalog erreichen, steht nicht in SCHNITTSTELLEN_ADDRESS. Mails nennen {url}, "
    "Zertifikate nennen keine Adresse, und ihr QR-Code enthält nur die Prüfsumme."
)
FILLED = N_("Der Katalog war leer; das mitgelieferte Register ist jetzt darin (Beispiele heißen muster…).")
HELP = N_(
    "Startet den Katalog: Seiten für Menschen und die Schnittstelle /api/v1 für Programme.\n\n"
    "Legt beim ersten Start die Datenbank an und bringt sie danach auf den Stand dieser Version, auch wenn mehrere "
    "Server zugleich starten. Strg-C oder SIGTERM beendet ihn, auch das Schließen seines Terminals; laufende Anfragen "
    "werden noch beantwortet.\n\n"
    "Beispiel:\n"
    "  schnittstellen serve --port 8080"
)


def run(*, host: str, port: int, workers: int, no_work: bool, empty: bool) -> None:
    """Migrate, fill what is empty, then serve until a signal comes."""
    port = _free(host, port)
    os.environ.setdefault("SCHNITTSTELLEN_HOSTS", ",".join(_names(host)))
    os.environ.setdefault("SCHNITTSTELLEN_SERVED_AT", _url(REACHED_AS.get(host, host), port))
    from schnittstellen.catalogue.start import filled, ready, static_files

    ready()
    if not empty and filled():
        click.echo(_(FILLED), err=True)
    static_files()
    _tell_how_to_manage()
    _tell_what_is_unwritten()
    _tell_without_address()
    with nullcontext() if no_work else working():
        _serve(host, port, workers)


def _tell_how_to_manage() -> None:
    from schnittstellen.catalogue.services import administrators

    if not administrators.exist():
        click.echo(_(NOBODY_MANAGES), err=True)


def _tell_what_is_unwritten() -> None:
    from django.conf import settings

    from schnittstellen.catalogue.services.operator_texts import missing

    if lacking := missing():
        click.echo(_(UNWRITTEN).format(folder=settings.TEXTS, files=", ".join(lacking)), err=True)


def _tell_without_address() -> None:
    from django.conf import settings

    if not settings.ADDRESS:
        click.echo(_(NO_ADDRESS).format(url=settings.SERVED_AT), err=True)


def _url(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def _names(host: str) -> list[str]:
    return list(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", f"[{host}]" if ":" in host else host]))


def _free(host: str, port: int) -> int:
    """`port`, or a free one for 0. Raises `SchnittstellenError` (F140) where nobody can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            raise SchnittstellenError(PORT_TAKEN, host=host, port=str(port), reason=str(error)) from error
        return int(probe.getsockname()[1])


def _serve(host: str, port: int, workers: int) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "schnittstellen.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.warning,
    )
    said = _(N_("Der Katalog läuft unter {url} – Strg-C beendet.")).format(url=f"{_url(host, port)}/")
    server.on_startup(Thread(target=_tell, args=(host, port, said), daemon=True).start)
    if sys.stdin.isatty():
        server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=_loaded)
    click.echo(_(N_("Der Katalog ist beendet.")))


def _loaded(_target: str) -> "Callable[[WSGIEnvironment, StartResponse], Iterable[bytes]]":
    """What a worker answers with. Until it can, it ends when told to, instead of overhearing it in our handlers."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from schnittstellen.web.wsgi import application

    return application


def _tell(host: str, port: int, said: str) -> None:
    """Say the address as soon as somebody listens there."""
    for _attempt in range(MOST_ATTEMPTS):
        with suppress(OSError), socket.create_connection((REACHED_AS.get(host, host), port), timeout=1):
            click.echo(said)
            return
        time.sleep(0.1)


command = Command(
    "serve",
    callback=run,
    help=HELP,
    params=[
        Option(["--host"], default="127.0.0.1", show_default=True, help=N_("Adresse, unter der er erreichbar ist.")),
        Option(
            ["--port"],
            type=Number(0, PORTS),
            default=8000,
            metavar=N_("ANZAHL"),
            help=N_("Port; 0 nimmt einen freien."),
        ),
        Option(["--workers"], type=Number(), default=2, metavar=N_("ANZAHL"), help=N_("Anzahl der Prozesse.")),
        Option(
            ["no_work", "--no-work"],
            is_flag=True,
            help=N_("Führt hier keine bestellten Prüfungen aus; das tut dann nur `schnittstellen work`."),
        ),
        Option(["empty", "--empty"], is_flag=True, help=N_("Lädt in einen leeren Katalog nicht das Register.")),
    ],
)
