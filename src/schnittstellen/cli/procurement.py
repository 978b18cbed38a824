"""`schnittstellen can-procure`: does a product fit into the landscape of a municipality?"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from schnittstellen.catalogue.wording.procurement import (
    ANSWERS,
    BASES,
    ENDED,
    FITS,
    PLANNED,
    REPLACED,
    SPLIT,
    UNCONFIRMED,
    plan,
)
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option, written
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.called import Called
    from schnittstellen.catalogue.services.procurement import Procurement
    from schnittstellen.domain.procurement import Checked, Coupling

EXIT = {"yes": 0, "no": 1, "unknown": 3}


def can_procure(name: str, ags: str, on: date | None, as_json: bool, **wishes: object) -> None:
    """Ask, print the answer with its reasons, and end with it."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.procurement import Wishes
        from schnittstellen.catalogue.services.procurement import can_procure as ask
        from schnittstellen.catalogue.services.viewer import OPERATOR

        chosen = Wishes(wishes["replaces"], frozenset(wishes["leistung"]))  # type: ignore[arg-type, call-overload]
        found = ask(name, ags, OPERATOR, on or date.today(), chosen)
    if as_json:
        print_json(found)
    else:
        for line in told(found):
            print_text(line)
    click.get_current_context().exit(EXIT[found.answer])


def told(found: "Procurement") -> Iterator[str]:
    """The answer in words, a line each."""
    from schnittstellen.catalogue.services.called import Called

    known = {"candidate": found.candidate, "name": found.municipality_name}
    yield _(ANSWERS[found.answer]).format(**known)
    yield _(BASES[found.basis]).format(**known)
    if found.replaced:
        yield _(REPLACED).format(releases=", ".join(found.replaced))
    if found.end_of_support and found.end_of_support <= found.day:
        yield _(ENDED).format(candidate=found.candidate, day=written(found.end_of_support))
    called = Called()
    for one in found.couplings:
        yield ""
        yield f"{_(FITS[one.fit])}: {found.names[one.partner]}"
        yield from _of(one, found.candidate, called)
    if found.planned:
        yield ""
        yield _(PLANNED).format(day=written(found.day))
        yield from (f"  {plan(one, found.candidate, written(one.on) if one.on else '–')}" for one in found.planned)


def _of(one: "Coupling", candidate: str, called: "Called") -> Iterator[str]:
    if one.split:
        verified = ", ".join(each.release for each in one.installed if each.fit == "verified")
        yield "  " + _(SPLIT).format(verified=verified)
    for each in one.installed:
        yield from _installed(each, candidate, called)


def _installed(one: "Checked", candidate: str, called: "Called") -> Iterator[str]:
    from schnittstellen.cli.exchange_words import told as words

    yield f"  {one.release}: {_(FITS[one.fit])}"
    if not one.confirmed:
        yield "    " + _(UNCONFIRMED)
    for encounter in one.encounters:
        yield from (f"    {line}" for line in words(encounter, (candidate, one.release), called))


command = Command(
    "can-procure",
    callback=can_procure,
    help=N_(
        "Sagt, ob ein Programm zu dem passt, was eine Kommune einsetzt.\n\n"
        "Ergebnis auch als Status: 0 ja, 1 nein, 3 nicht bekannt."
    ),
    params=[
        Argument(["name"], metavar=N_("PROGRAMM[@VERSION]")),
        Option(["ags", "--for"], required=True, metavar="AGS", help=N_("Die Kommune.")),
        Option(["--replaces"], metavar=N_("PROGRAMM"), help=N_("Was es ersetzen soll; sonst, was dasselbe tut.")),
        Option(["--leistung"], multiple=True, metavar=N_("LEIKA"), help=N_("Wofür es gekauft wird; mehrfach.")),
        on_option(),
        json_option(),
    ],
)
