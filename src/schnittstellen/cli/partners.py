"""`schnittstellen partners` and `matrix`: which products can exchange data."""

from datetime import date
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import Argument, Command, Number, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option, written
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.called import Called
    from schnittstellen.catalogue.services.partners import Partner

STATUSES = ("proven", "partly_proven", "declared", "unknown", "refuted", "not_possible")


def partners(name: str, on: date | None, as_json: bool, **wishes: object) -> None:
    """All partners of a product, the best proven first."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.called import Called
        from schnittstellen.catalogue.services.partners import Wanted
        from schnittstellen.catalogue.services.partners import partners as find
        from schnittstellen.cli.exchange_words import status
        from schnittstellen.domain.exchange import Status

        chosen = frozenset(Status(one) for one in wishes.pop("status"))  # type: ignore[attr-defined]
        found = find(name, on or date.today(), Wanted(statuses=chosen, **wishes))  # type: ignore[arg-type]
    if as_json:
        print_json(found)
        return
    counts = ", ".join(f"{status(Status(one))} {found.counts[one]}" for one in STATUSES if one in found.counts)
    print_text(
        _(N_("{release} am {day}: {counts}")).format(
            release=found.release, day=written(found.day), counts=counts or "–"
        )
    )
    called = Called()
    for one in found.partners:
        _print(one, found.release, called)
    if found.next is not None:
        print_text(_(N_("Weitere: --offset {next}")).format(next=found.next))


def _print(one: "Partner", release: str, called: "Called") -> None:
    from schnittstellen.cli.exchange_words import status, told

    print_text("")
    print_text(f"{status(one.status)}: {one.product.name} ({one.product.vendor})")
    for version, encounter in one.releases:
        name = f"{one.product.key}@{version}"
        print_text(f"  {name}")
        for line in told(encounter, (release, name), called):
            print_text(f"    {line}")


def matrix(leistung: str, on: date | None, as_json: bool) -> None:
    """All products of a Leistung against each other."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.partners import matrix as find
        from schnittstellen.cli.exchange_words import status

        found = find(leistung, on or date.today())
    if as_json:
        print_json(found)
        return
    print_text(f"{found.leistung}  {found.title}")
    known = {one.key: f"{one.key}@{found.releases.get(one.key, '–')}" for one in found.products}
    rows = [(known[cell.first], known[cell.second], status(cell.encounter.status)) for cell in found.cells]
    for line in columns(rows):
        print_text(line)


partners_command = Command(
    "partners",
    callback=partners,
    help=N_("Zeigt, mit welchen Programmen ein Programm Daten austauschen kann, und wie gut das nachgewiesen ist."),
    params=[
        Argument(["name"], metavar=N_("PROGRAMM[@VERSION]")),
        Option(["--standard"], metavar=N_("ID[@VERSION]"), help=N_("Nur dieser Standard.")),
        Option(["--leistung"], metavar=N_("LEIKA"), help=N_("Nur Programme für diese Leistung.")),
        Option(["--status"], type=click.Choice(STATUSES), multiple=True, help=N_("Nur dieses Ergebnis; mehrfach.")),
        Option(["--limit"], type=Number(), default=50, metavar=N_("ANZAHL"), help=N_("Höchstzahl der Programme.")),
        Option(["--offset"], type=Number(0), default=0, metavar=N_("ANZAHL"), help=N_("So viele werden übergangen.")),
        on_option(),
        json_option(),
    ],
)
matrix_command = Command(
    "matrix",
    callback=matrix,
    help=N_("Zeigt alle Programme einer Leistung gegeneinander: wer mit wem Daten austauschen kann."),
    params=[Argument(["leistung"], metavar=N_("LEIKA")), on_option(), json_option()],
)
