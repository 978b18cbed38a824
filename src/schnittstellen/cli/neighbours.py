"""`schnittstellen neighbours`: what do others like me run?"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from schnittstellen.cli.base import Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option, written
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.neighbours import Neighbours, Used


def neighbours(ags: str, leistung: str | None, on: date | None, as_json: bool) -> None:
    """Ask, and print the answer."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.neighbours import neighbours as ask

        found = ask(ags, on or date.today(), leistung)
    if as_json:
        print_json(found)
    else:
        for line in told(found):
            print_text(line)


def told(found: "Neighbours") -> Iterator[str]:
    """Who is counted, then a line for each product."""
    from schnittstellen.catalogue.wording.neighbours import RULE, size

    yield _(N_("Kommunen mit {size}, außer dieser: {count}")).format(size=size(found.size), count=found.like)
    if not found.products:
        yield _(N_("Es gibt keine Angaben, die gezeigt werden dürfen."))
    yield from columns([(one.name, f"({one.key})", _users(one)) for one in found.products])
    if found.more:
        yield _(N_("Es gibt mehr Programme, als hier gezeigt werden."))
    yield _(RULE).format(day=written(found.counted_on))


def _users(one: "Used") -> str:
    from schnittstellen.catalogue.wording.neighbours import others

    names = [name for _ags, name in one.named]
    if one.more_named:
        names.append(_(N_("und {count} weitere")).format(count=one.more_named))
    return "; ".join(part for part in (", ".join(names), others(one.others)) if part)


command = Command(
    "neighbours",
    callback=neighbours,
    help=N_(
        "Zeigt, was ähnlich große Kommunen einsetzen.\n\n"
        "Genannt wird eine Kommune nur, wenn sie ihre Angaben für alle geöffnet hat; die anderen werden gezählt, und "
        "nur, wo es genug sind."
    ),
    params=[
        Option(["ags", "--for"], metavar="AGS", required=True, help=N_("Die Kommune, mit der verglichen wird.")),
        Option(["leistung", "--leistung"], metavar="LEIKA", help=N_("Nur was dafür eingesetzt wird.")),
        on_option(),
        json_option(),
    ],
)
