"""Where `mock` and `pair` listen, and how they end: by Ctrl-C, by SIGTERM, or at a limit."""

import re
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import click

from schnittstellen.attest import faults
from schnittstellen.cli.base import PORTS, Number, Option
from schnittstellen.cli.faults import os_reason
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.transports.mock.server import Listening

NAMES = ("host", "port", "public_address", "requests", "seconds")
_ORIGIN = re.compile(r"https?://(\[[0-9a-fA-F:]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?/?")
OPEN_MOCK = N_(
    "Achtung: Der Server lauscht unter {host}, also auch für andere Rechner, ohne Anmeldung und unverschlüsselt. "
    "Verwenden Sie das nur in einem Netz, dem Sie vertrauen."
)
OPEN_PAIR = N_(
    "Achtung: `pair` lauscht unter {host}, also auch für andere Rechner, ohne Anmeldung und unverschlüsselt. "
    "Wer es erreicht, erreicht darüber den geprüften Server mit den Zugangsdaten dieses Laufs. "
    "Verwenden Sie das nur in einem Netz, dem Sie vertrauen."
)
OPTIONS = (
    Option(
        ["--host"],
        default="127.0.0.1",
        show_default=True,
        metavar=N_("ADRESSE"),
        help=N_("Adresse dieses Rechners, an der er lauscht; 0.0.0.0 heißt an allen."),
    ),
    Option(["--port"], type=Number(0, PORTS), default=0, metavar=N_("ANZAHL"), help=N_("Port; Vorgabe: ein freier.")),
    Option(
        ["--public-address"],
        default="",
        metavar=N_("ADRESSE"),
        help=N_("Unter welcher Adresse ihn Ihr Programm erreicht, wenn es eine andere ist."),
    ),
    Option(["--requests"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endet nach so vielen Anfragen.")),
    Option(["--seconds"], type=Number(), metavar=N_("ANZAHL"), help=N_("Endet nach so vielen Sekunden.")),
)


def where(settings: Mapping[str, Any], warning: str) -> "Listening":
    """Where to listen; says `warning` where others get through. Raises `SchnittstellenError` (K023, K024)."""
    from schnittstellen.transports.mock.server import Listening

    found = Listening(settings["host"], settings["port"], _origin(str(settings["public_address"])))
    if found.everywhere and not found.public:
        raise SchnittstellenError(faults.NO_ADDRESS, host=found.host)
    if not found.only_here:
        click.echo(_(warning).format(host=found.host), err=True)
    return found


def _origin(address: str) -> str:
    """The origin as recordings are read again later, so without a default port."""
    from schnittstellen.transports.http.address import BadAddress, read

    if not address:
        return ""
    try:
        if _ORIGIN.fullmatch(address):
            return str(read(address).origin)
    except BadAddress:
        pass
    raise SchnittstellenError(faults.NOT_AN_ADDRESS, value=address)


def demand_free(listening: "Listening") -> None:
    """Before something long is done: can it listen there? Raises `SchnittstellenError` (K022)."""
    from schnittstellen.transports.mock import server

    with starting(listening):
        server.demand_free(listening)


@contextmanager
def starting(listening: "Listening") -> Iterator[None]:
    """Says in our words that nobody can listen there."""
    from schnittstellen.transports.mock.server import NotListening

    try:
        yield
    except NotListening as error:
        told = {"host": listening.host, "port": str(listening.port), "reason": os_reason(error)}
        raise SchnittstellenError(faults.NOT_LISTENING, **told) from None


def wait(heard: Callable[[], int], settings: Mapping[str, Any]) -> None:
    """Wait for Ctrl-C or SIGTERM, or for so many requests or seconds."""
    requests, seconds = settings["requests"], settings["seconds"]
    end = None if seconds is None else time.monotonic() + seconds
    try:
        with _ended_by_sigterm():
            while (end is None or time.monotonic() < end) and (requests is None or heard() < requests):
                time.sleep(0.05)
    except KeyboardInterrupt:
        click.echo("", err=True)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does; afterwards it is ignored, so that the report is written."""

    def interrupt(*_args: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise KeyboardInterrupt

    before: Any = signal.SIG_DFL
    with suppress(ValueError):
        before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        with suppress(ValueError):
            if signal.getsignal(signal.SIGTERM) is interrupt:
                signal.signal(signal.SIGTERM, before)
