"""`schnittstellen search`: everything in the catalogue, by words."""

from typing import TYPE_CHECKING

from schnittstellen.catalogue.wording.kinds import FOUND, MATCHES
from schnittstellen.cli.base import Argument, Command, Number, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.search import Hit

NOTHING = 1


def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """The best finds; exit status 1 where there is none."""
    import click

    with filled_catalogue():
        from schnittstellen.catalogue.services.search import search as find

        hits = find(" ".join(words), limit=limit)
    if as_json:
        print_json(hits)
    else:
        _tell(hits)
    if not hits:
        print_text(_(N_("Nichts gefunden."))) if not as_json else None
        click.get_current_context().exit(NOTHING)


def _tell(hits: "list[Hit]") -> None:
    """What is only spelled alike, or holds only some of the words, under a heading of its own."""
    for match, heading in MATCHES.items():
        those = [hit for hit in hits if hit.match == match]
        if those and heading:
            print_text(f"{_(heading)}:")
        for line in columns([(_(FOUND[hit.kind]), hit.key, hit.title) for hit in those]):
            print_text(line)


command = Command(
    "search",
    callback=search,
    help=N_("Sucht im ganzen Katalog: Programme, Standards, Leistungen, Kommunen, Hersteller, IT-Dienstleister."),
    epilog=N_("Rückgabewert: 0 gefunden, 1 nichts gefunden, 2 falscher Aufruf."),
    params=[
        Argument(["words"], nargs=-1, required=True, metavar=N_("WORT...")),
        Option(["--limit"], type=Number(), default=20, metavar=N_("ANZAHL"), help=N_("Höchstzahl der Treffer.")),
        json_option(),
    ],
)
