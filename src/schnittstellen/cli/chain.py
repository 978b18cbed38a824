"""`schnittstellen chain`: is the process chain of a Leistung whole, without a break of media?"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.called import Called
    from schnittstellen.catalogue.services.chain import Chain
    from schnittstellen.domain.process_chain import Link

EXIT = {"yes": 0, "no": 1, "unknown": 3}
ANSWERS = {
    "yes": N_("Ja: Die Prozesskette von {title} ist durchgehend nachgewiesen."),
    "no": N_("Nein: Die Prozesskette von {title} hat einen Medienbruch."),
    "unknown": N_("Nicht bekannt: Ob die Prozesskette von {title} durchgeht, ist nicht nachgewiesen."),
}


def chain(leistung: str, ags: str | None, on: date | None, as_json: bool) -> None:
    """Ask, print the answer with its links, and end with it."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.chain import chain as ask
        from schnittstellen.catalogue.services.viewer import OPERATOR

        found = ask(leistung, OPERATOR, on or date.today(), ags)
    if as_json:
        print_json(found)
    else:
        for line in told(found):
            print_text(line)
    click.get_current_context().exit(EXIT[found.whole])


def told(found: "Chain") -> Iterator[str]:
    """The answer, then a paragraph for each link."""
    from schnittstellen.catalogue.services.called import Called

    called = Called()
    yield _(ANSWERS[found.whole]).format(title=found.title)
    best = N_("Gezeigt ist die beste Kette aus dem Katalog.")
    used = N_("Gezeigt ist, was {place} dafür einsetzt.")
    yield _(used if found.municipality else best).format(place=found.municipality)
    if found.left_out:
        yield _(N_("An einer Station gibt es mehr Programme, als hier versucht wurden."))
    for one in found.links:
        yield from ("", *_link(one, called))


def _link(one: "Link", called: "Called") -> Iterator[str]:
    from schnittstellen.catalogue.wording.kinds import PRODUCTS
    from schnittstellen.cli.exchange_words import status
    from schnittstellen.cli.exchange_words import told as words

    names = [_(PRODUCTS[station]) for station in one.stations]
    yield f"{names[0]} → {names[1]}: {status(one.status)}"
    for station in one.missing:
        yield "  " + _(N_("{station}: Nichts ist eingetragen; hier ist vielleicht ein Medienbruch.")).format(
            station=_(PRODUCTS[station])
        )
    for joint in one.joints:
        yield f"  {joint.releases[0]} – {joint.releases[1]}: {status(joint.status)}"
        if not joint.confirmed:
            yield "    " + _(N_("Nur der Hersteller sagt, dass es im Einsatz ist; die Kommune hat es nicht bestätigt."))
        yield from (f"    {line}" for line in words(joint.encounter, joint.releases, called))


command = Command(
    "chain",
    callback=chain,
    help=N_(
        "Sagt, ob die Prozesskette einer Leistung ohne Medienbruch durchgeht.\n\n"
        "Das schwächste Glied zählt. Ergebnis auch als Status: 0 ja, 1 nein, 3 nicht bekannt."
    ),
    params=[
        Argument(["leistung"], metavar="LEIKA"),
        Option(["ags", "--for"], metavar="AGS", help=N_("Was diese Kommune einsetzt; sonst das Beste im Katalog.")),
        on_option(),
        json_option(),
    ],
)
