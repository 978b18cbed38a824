"""`schnittstellen duplicates` and `schnittstellen merge`: entries that stand in the catalogue twice."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.alike import Pair
    from schnittstellen.catalogue.services.merging import Merged


def duplicates(as_json: bool) -> None:
    """Look for them, and print each pair with its grounds."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.merging import candidates

        found = candidates()
    if as_json:
        print_json(found)
        return
    for one in found:
        for line in _pair(one):
            print_text(line)
    print_text(_(N_("Paare, die vielleicht dasselbe sind: {count}")).format(count=len(found)))


def _pair(one: "Pair") -> Iterator[str]:
    from schnittstellen.catalogue.wording.merging import grounds

    yield f"{one.first}  {one.second}"
    yield f"  {grounds(one)}"


def merge(key: str, into: str, yes: bool) -> None:
    """Ask, then merge and say what moved."""
    with filled_catalogue():
        from schnittstellen.catalogue.services import merging

        question = _(N_("{key} wird zu {into}; das lässt sich nicht zurücknehmen. Fortfahren?"))
        if not yes and not click.confirm(question.format(key=key, into=into), err=True):
            raise click.Abort
        for line in _told(merging.merge(key, into)):
            print_text(line)


def _told(done: "Merged") -> Iterator[str]:
    yield _(N_("{key} führt jetzt zu {into}.")).format(key=done.key, into=done.into)
    rows = (
        (N_("Übernommene Versionen: {names}"), done.releases),
        (N_("Übernommene Schulungen: {names}"), done.trainings),
        (N_("Zusätzliche Leistungen: {names}"), done.leistungen),
    )
    yield from ("  " + _(text).format(names=", ".join(names)) for text, names in rows if names)


duplicates_command = Command(
    "duplicates",
    callback=duplicates,
    help=N_(
        "Zeigt Produkte, die vielleicht zweimal im Katalog stehen, mit den Gründen.\n\n"
        "Entschieden wird nichts. Zusammengeführt werden sie mit `schnittstellen merge`."
    ),
    params=[json_option()],
)
merge_command = Command(
    "merge",
    callback=merge,
    help=N_(
        "Führt einen doppelten Eintrag mit dem anderen zusammen.\n\n"
        "Versionen, Erklärungen, Nachweise und Einsätze gehen auf den Eintrag über, der bleibt; die alte Adresse führt "
        "weiter dorthin. Schreiben Sie danach das Register neu (`schnittstellen registry export`), sonst bringt der "
        "nächste Import den doppelten Eintrag zurück."
    ),
    params=[
        Argument(["key"], metavar=N_("DOPPELT")),
        Argument(["into"], metavar=N_("BLEIBT")),
        Option(["yes", "--yes"], is_flag=True, help=N_("Nicht nachfragen.")),
    ],
)
