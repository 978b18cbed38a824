"""Options of `test` for signing a run and for running by an order; nothing of the cryptography is imported for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import click

from schnittstellen.artefacts.library import Library
from schnittstellen.cli.arguments import names_suite
from schnittstellen.cli.base import Option
from schnittstellen.cli.outputs import Output
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.cli.signing import Signing
    from schnittstellen.domain.orders import Order
    from schnittstellen.domain.report import Report

PASSPHRASE_ENV = Option(
    ["--passphrase-env"],
    metavar=N_("VARIABLE"),
    help=N_("Umgebungsvariable mit der Passphrase des Schlüssels; sonst wird danach gefragt."),
)
OPTIONS = (
    Option(
        ["sign", "--sign"],
        metavar=N_("SCHLÜSSEL"),
        help=N_("Unterschreibt den JSON-Bericht; die Unterschrift kommt daneben in eine Datei mit der Endung .dsse."),
    ),
    Option(
        ["--product"],
        metavar=N_("PROGRAMM@VERSION"),
        help=N_("Programm und Version, für die der unterschriebene Lauf gilt, wie im Katalog."),
    ),
    PASSPHRASE_ENV,
    Option(
        ["order", "--order"],
        metavar=N_("DATEI"),
        help=N_("Prüfauftrag des Beirats: nennt Suite, Programm und Startwert des Laufs."),
    ),
    Option(
        ["order_trust", "--trust"],
        metavar=N_("DATEI"),
        help=N_("Öffentlicher Schlüssel des Beirats, mit dem der Prüfauftrag verifiziert wird."),
    ),
)
_NAMES = ("sign", "product", "passphrase_env", "order", "order_trust")


@dataclass(frozen=True, slots=True)
class Attestation:
    """By which order a run is made, and what signs its report; mostly neither."""

    order: "Order | None" = None
    signing: "Signing | None" = None

    @classmethod
    def of(cls, settings: dict[str, Any], plan: Sequence[Output]) -> Self:
        """Take the options about signing out of `settings`. Raises `SchnittstellenError`."""
        given = {name: settings.pop(name) for name in _NAMES}
        if given["sign"] is None and given["order"] is None:
            return cls()
        from schnittstellen.cli.signing import Signing, ordered, released

        order = ordered(given["order"], given["order_trust"])
        release = released(given["product"], order)
        if given["sign"] is None:
            return cls(order)
        report = next((one.file for one in plan if one.format == "json" and one.file is not None), None)
        return cls(order, Signing.of(given["sign"], release, report, given["passphrase_env"]))

    def asked(self, arguments: Sequence[str], suite: str | None, library: Library) -> str | None:
        """The suite that is meant before the arguments are taken apart: that of the order, where none is named."""
        named = suite is not None or (bool(arguments) and names_suite(arguments[0], library))
        return suite if named or self.order is None else self.order.suite

    def suite(self, named: str | None, library: Library) -> str | None:
        """The suite to run. Raises `SchnittstellenError` where it is not that of the order."""
        if self.order is None:
            return named
        from schnittstellen.cli.signing import suite_by

        return suite_by(self.order, named, library)

    def options(self, given: dict[str, Any]) -> dict[str, Any]:
        """Options of the run, with the seed of the order. Raises `SchnittstellenError`."""
        if self.order is None:
            return given
        from schnittstellen.cli.signing import seeded

        return seeded(given, self.order)

    def notes(self) -> dict[str, str]:
        """What the report says of the order."""
        return {} if self.order is None else self.order.notes()

    def write(self, report: "Report") -> None:
        """Sign the written report and say where the signature is."""
        if self.signing is not None:
            file = str(self.signing.write(report))
            click.echo(_(N_("Unterschrieben: {file}")).format(file=file), err=True)
