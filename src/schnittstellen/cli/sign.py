"""`schnittstellen sign`: signs a report that is there already, such as that of a run of two products."""

from pathlib import Path

import click

from schnittstellen.cli.base import Argument, Command, Option
from schnittstellen.cli.files import content
from schnittstellen.cli.signing_options import PASSPHRASE_ENV
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _


def sign(report: str, key: str, product: str, passphrase_env: str | None) -> None:
    """Write the envelope beside the report."""
    from schnittstellen.cli.signing import Signing, released
    from schnittstellen.formats.report_json import read_report

    made = read_report(content(report).decode("utf-8", "replace"), report)
    file = Signing.of(key, released(product, None), Path(report), passphrase_env).write(made)
    click.echo(_(N_("Unterschrieben: {file}")).format(file=str(file)), err=True)


command = Command(
    "sign",
    callback=sign,
    help=N_(
        "Unterschreibt einen Prüfbericht, den es schon gibt.\n\n"
        "Die Unterschrift kommt daneben in eine Datei mit der Endung .dsse. Lesen Sie den Bericht vorher: Sie stehen "
        "für das ein, was darin über Ihr Programm steht.\n\n"
        "Beispiel:\n  schnittstellen sign paar/client.json --sign firma.key --product muster-ratsapp@1.0"
    ),
    params=[
        Argument(["report"], metavar=N_("BERICHT.json")),
        Option(["key", "--sign"], required=True, metavar=N_("SCHLÜSSEL"), help=N_("Privater Schlüssel der Firma.")),
        Option(
            ["--product"],
            required=True,
            metavar=N_("PROGRAMM@VERSION"),
            help=N_("Worüber der Bericht ist, wie im Katalog."),
        ),
        PASSPHRASE_ENV,
    ],
)
