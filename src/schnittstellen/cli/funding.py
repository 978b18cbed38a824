"""`schnittstellen funding`: does a product deserve funding, by the rules and with every reason?"""

from datetime import date

import click

from schnittstellen.cli.base import Argument, Command, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

EXIT = {"yes": 0, "no": 1, "unknown": 3}


def funding(name: str, on: date | None, as_json: bool) -> None:
    """Ask, print the answer with its reasons, and end with it."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.funding import funding as ask
        from schnittstellen.catalogue.wording.funding import ANSWERS, METS, RULES, reason

        found = ask(name, on or date.today())
    if as_json:
        print_json(found)
    else:
        print_text(_(ANSWERS[found.met]).format(release=found.release))
        rows = [(_(RULES[one.rule]), _(METS[one.met]), reason(one)) for one in found.reasons]
        print_text("\n".join(columns(rows)))
        print_text(_(N_("Geprüft nach den Regeln der Ausgabe {edition}.")).format(edition=found.edition))
    click.get_current_context().exit(EXIT[found.met])


command = Command(
    "funding",
    callback=funding,
    help=N_(
        "Sagt, ob ein Programm die Regeln der Förderung erfüllt, mit allen Gründen.\n\n"
        "Ergebnis auch als Status: 0 ja, 1 nein, 3 nicht bekannt."
    ),
    params=[Argument(["name"], metavar=N_("PROGRAMM[@VERSION]")), on_option(), json_option()],
)
