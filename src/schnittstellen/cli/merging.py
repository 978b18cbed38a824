"""`schnittstellen duplicates`, `merge` and `keep-apart`: entries that stand in the catalogue twice, or seem to."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.alike import Pair
    from schnittstellen.catalogue.services.merged import Merged, Of

PRODUCTS, VENDORS = "products", "vendors"


def duplicates(kind: str | None, apart: bool, as_json: bool) -> None:
    """Look for them, and print each pair with its grounds; or those of which somebody said that they are none."""
    with filled_catalogue():
        from schnittstellen.catalogue.services import duplicates as service
        from schnittstellen.catalogue.services.merged import Of

        kinds = [Of(kind)] if kind else list(Of)
        if apart:
            _print_apart([(of, *pair) for of in kinds for pair in service.kept_apart(of)], as_json)
            return
        found = [(of, one) for of in kinds for one in service.candidates(of)]
    if as_json:
        print_json([{"kind": of.value, **asdict(one)} for of, one in found])
        return
    for of, one in found:
        for line in _pair(of, one):
            print_text(line)
    print_text(_(N_("Paare, die vielleicht dasselbe sind: {count}")).format(count=len(found)))


def _pair(of: "Of", one: "Pair") -> Iterator[str]:
    from schnittstellen.catalogue.wording.merging import KINDS, grounds

    yield f"{one.first}  {one.second}"
    yield f"  {_(KINDS[of])}: {grounds(one)}"


def _print_apart(found: list[tuple["Of", str, str]], as_json: bool) -> None:
    from schnittstellen.catalogue.wording.merging import KINDS

    if as_json:
        print_json([{"kind": of.value, "first": first, "second": second} for of, first, second in found])
        return
    for of, first, second in found:
        print_text(f"{first}  {second}  ({_(KINDS[of])})")
    print_text(_(N_("Paare, die keine Dubletten sind: {count}")).format(count=len(found)))


def merge(key: str, into: str, kind: str, yes: bool) -> None:
    """Say what would move, ask, then merge."""
    with filled_catalogue():
        from schnittstellen.catalogue.services import duplicates as service
        from schnittstellen.catalogue.services.merged import Of
        from schnittstellen.catalogue.wording.merging import moves

        planned = service.plan(Of(kind), key, into)
        for line in moves(planned):
            print_text(line)
        question = _(N_("{key} wird zu {into}; das lässt sich nicht zurücknehmen. Fortfahren?"))
        if not yes and not click.confirm(question.format(key=planned.key, into=planned.into), err=True):
            raise click.Abort
        _told(service.merge(Of(kind), key, into))


def _told(done: "Merged") -> None:
    print_text(_(N_("{key} führt jetzt zu {into}.")).format(key=done.key, into=done.into))


def keep_apart(first: str, second: str, kind: str, undo: bool) -> None:
    """Say that two entries are no duplicates, or take that back."""
    with filled_catalogue():
        from schnittstellen.catalogue.services import duplicates as service
        from schnittstellen.catalogue.services.merged import Of

        if not undo:
            one, other = service.keep_apart(Of(kind), first, second)
            text = N_("{first} und {second} gelten als zwei verschiedene Einträge und werden nicht mehr vorgeschlagen.")
            print_text(_(text).format(first=one, second=other))
        elif service.take_back(Of(kind), first, second):
            text = N_("{first} und {second} können wieder als Dubletten vorgeschlagen werden.")
            print_text(_(text).format(first=first, second=second))
        else:
            text = N_("Zu {first} und {second} war nichts vermerkt; es hat sich nichts geändert.")
            print_text(_(text).format(first=first, second=second))


def _kind_option(default: str | None, text: str) -> Option:
    choice = click.Choice([PRODUCTS, VENDORS])
    return Option(["kind", "--kind"], type=choice, default=default, show_default=default is not None, help=text)


_OF_WHICH = N_("Ob Programme (products) oder Hersteller (vendors) gemeint sind.")
duplicates_command = Command(
    "duplicates",
    callback=duplicates,
    help=N_(
        "Zeigt Programme und Hersteller, die vielleicht zweimal im Katalog stehen, mit den Gründen.\n\n"
        "Entschieden wird nichts. Zusammengeführt werden sie mit `schnittstellen merge`; was keine Dublette ist, "
        "merkt sich der Katalog mit `schnittstellen keep-apart`."
    ),
    params=[
        _kind_option(None, N_("Nur Programme (products) oder nur Hersteller (vendors).")),
        Option(["apart", "--apart"], is_flag=True, help=N_("Zeigt stattdessen, was keine Dublette ist.")),
        json_option(),
    ],
)
merge_command = Command(
    "merge",
    callback=merge,
    help=N_(
        "Führt einen doppelten Eintrag mit dem anderen zusammen.\n\n"
        "Versionen, Erklärungen, Nachweise und Einsätze eines Programms, Programme, Personen und Schlüssel eines "
        "Herstellers gehen auf den Eintrag über, der bleibt; die alte Adresse führt weiter dorthin. Schreiben Sie "
        "danach das Register neu (`schnittstellen registry export`), sonst bringt der nächste Import den doppelten "
        "Eintrag zurück."
    ),
    params=[
        Argument(["key"], metavar=N_("DOPPELT")),
        Argument(["into"], metavar=N_("BLEIBT")),
        _kind_option(PRODUCTS, _OF_WHICH),
        Option(["yes", "--yes"], is_flag=True, help=N_("Nicht nachfragen.")),
    ],
)
keep_apart_command = Command(
    "keep-apart",
    callback=keep_apart,
    help=N_(
        "Merkt sich, dass zwei Einträge keine Dubletten sind.\n\n"
        "Sie werden dann nicht mehr vorgeschlagen. Es steht auch im geschriebenen Register (`distinct_from`)."
    ),
    params=[
        Argument(["first"], metavar=N_("ERSTER")),
        Argument(["second"], metavar=N_("ZWEITER")),
        _kind_option(PRODUCTS, _OF_WHICH),
        Option(["undo", "--undo"], is_flag=True, help=N_("Nimmt das zurück.")),
    ],
)
