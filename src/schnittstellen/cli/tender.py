"""`schnittstellen tender`: the interfaces that a tender must require, as text to copy."""

from datetime import date

import click

from schnittstellen import bootstrap
from schnittstellen.cli.base import Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.texts import N_

KINDS = ("fachverfahren", "online-dienst", "basiskomponente", "transport", "e-akte", "bezahlung", "bescheid")
OPEN = 3


def tender(  # noqa: PLR0913
    leistung: tuple[str, ...], *, ags: str | None, partners: tuple[str, ...], kind: str, on: date | None, as_json: bool
) -> None:
    """Print the text; ends with 3 where something must be cleared up before it can be published."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.tender import Wanted
        from schnittstellen.catalogue.services.tender import tender as ask
        from schnittstellen.catalogue.services.tender_text import text
        from schnittstellen.catalogue.services.viewer import OPERATOR

        wanted = Wanted(kind, leistung, ags, partners)
        found = ask(wanted, OPERATOR, bootstrap.library(), on or date.today())
    if as_json:
        print_json(found)
    else:
        print_text("\n".join(text(found)))
    click.get_current_context().exit(OPEN if found.open or not found.requirements else 0)


command = Command(
    "tender",
    callback=tender,
    help=N_(
        "Schreibt, welche Schnittstellen eine Ausschreibung verlangen muss.\n\n"
        "Der Text (Markdown) ist für das Leistungsverzeichnis. Status 3: Vorher ist etwas zu klären; es steht am Ende."
    ),
    params=[
        Option(["--leistung"], multiple=True, required=True, metavar="LEIKA", help=N_("Wofür gekauft wird; mehrfach.")),
        Option(["ags", "--for"], metavar="AGS", help=N_("Die Kommune; verlangt wird, was zu ihrem Bestand passt.")),
        Option(
            ["partners", "--with"],
            multiple=True,
            metavar=N_("PROGRAMM@VERSION"),
            help=N_("Womit es außerdem Daten austauschen soll; mehrfach."),
        ),
        Option(
            ["--kind"],
            type=click.Choice(KINDS),
            default=KINDS[0],
            help=N_("Was gekauft wird; sonst ein Fachverfahren."),
        ),
        on_option(),
        json_option(),
    ],
)
