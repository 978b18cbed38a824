"""`schnittstellen search`: everything in the catalogue, by words."""

from schnittstellen.catalogue.wording.kinds import THINGS
from schnittstellen.cli.base import Argument, Command, Number, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

NOTHING = 1


def search(words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """The best finds; exit status 1 where there is none."""
    import click

    with filled_catalogue():
        from schnittstellen.catalogue.services.search import search as find

        hits = find(" ".join(words), limit=limit)
    if as_json:
        print_json(hits)
    for line in columns([] if as_json else [(_(THINGS[hit.kind]), hit.key, hit.title) for hit in hits]):
        print_text(line)
    if not hits:
        print_text(_(N_("Nichts gefunden."))) if not as_json else None
        click.get_current_context().exit(NOTHING)


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
