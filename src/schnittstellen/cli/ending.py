"""`schnittstellen ending`: what ends, and when."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option, written
from schnittstellen.cli.files import write
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.ending import Ending, Endings

YEAR = 365
MOST_DAYS = 3650


def ending(ags: str | None, within: int, on: date | None, ics: str | None, as_json: bool) -> None:
    """Ask, and print or write the answer."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.ending import ending as ask
        from schnittstellen.catalogue.services.viewer import OPERATOR
        from schnittstellen.catalogue.wording.calendar import calendar

        found = ask(on or date.today(), within, OPERATOR, ags)
    if ics:
        write(Path(ics), calendar((*found.past, *found.coming), found.day))
    elif as_json:
        print_json(found)
    else:
        print_text("\n".join(told(found)))


def told(found: "Endings") -> Iterator[str]:
    """What has ended already although it is used, then what will end."""
    place = found.municipality
    if found.past:
        yield _(N_("Schon zu Ende, aber in {place} im Einsatz:")).format(place=place)
        yield from _table(found.past)
        yield ""
    span = {"day": written(found.day), "until": written(found.until), "place": place}
    if not found.coming:
        nothing = N_("Vom {day} bis {until} endet nichts.")
        nothing_there = N_("Von dem, was {place} einsetzt, endet vom {day} bis {until} nichts.")
        yield _(nothing_there if place else nothing).format(**span)
        return
    coming, coming_there = (
        N_("Vom {day} bis {until} endet:"),
        N_("Was {place} einsetzt und vom {day} bis {until} endet:"),
    )
    yield _(coming_there if place else coming).format(**span)
    yield from _table(found.coming)
    if found.more:
        yield _(N_("Es gibt mehr; wählen Sie einen kürzeren Zeitraum mit --within."))


def _table(endings: "tuple[Ending, ...]") -> Iterator[str]:
    from schnittstellen.catalogue.wording.endings import sentence, what

    return columns([(written(one.day), what(one), sentence(one)) for one in endings])


command = Command(
    "ending",
    callback=ending,
    help=N_("Zeigt, was wann endet: Unterstützung, Versionen von Standards, Nachweise, geplante Ablösungen."),
    params=[
        Option(["ags", "--for"], metavar="AGS", help=N_("Nur, was diese Kommune einsetzt.")),
        Option(
            ["--within"],
            type=click.IntRange(1, MOST_DAYS),
            default=YEAR,
            metavar=N_("TAGE"),
            help=N_("Wie weit voraus; sonst ein Jahr."),
        ),
        on_option(),
        Option(["--ics"], metavar=N_("DATEI"), help=N_("Schreibt die Termine als Kalender (iCalendar).")),
        json_option(),
    ],
)
