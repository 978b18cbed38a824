"""`schnittstellen work`: a worker that carries out the runs that vendors asked for."""

import os

import click

from schnittstellen.cli.base import Command, Option
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

HELP = N_(
    "Startet einen Arbeitsprozess, der die bestellten Prüfungen von Endpunkten ausführt.\n\n"
    "`schnittstellen serve` bringt schon einen mit. Weitere können daneben laufen, mit PostgreSQL auch auf anderen "
    "Rechnern. Stürzt einer ab, übernimmt ein anderer seinen Lauf. Strg-C oder SIGTERM beendet ihn; ein laufender Lauf "
    "wird zurückgegeben und beginnt bei einem anderen von vorn.\n\n"
    "Beispiel:\n"
    "  schnittstellen work"
)

NO_ADDRESS = N_(
    "Unter welcher Adresse Menschen den Katalog erreichen, steht nicht in SCHNITTSTELLEN_ADDRESS. Mails, die dieser "
    "Arbeitsprozess sendet, nennen nur den hinteren Teil der Adresse."
)


def run(*, with_parent: bool) -> None:
    """Work until a signal comes."""
    parent = os.getppid() if with_parent else None
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.queue.working import work

    if not with_parent:
        _tell_without_address()
        click.echo(_(N_("Der Arbeitsprozess läuft – Strg-C beendet.")))
    work(parent=parent)
    if not with_parent:
        click.echo(_(N_("Der Arbeitsprozess ist beendet.")))


def _tell_without_address() -> None:
    from django.conf import settings

    if not settings.SERVED_AT:
        click.echo(_(NO_ADDRESS), err=True)


command = Command(
    "work",
    callback=run,
    help=HELP,
    params=[
        Option(
            ["with_parent", "--with-parent"],
            is_flag=True,
            help=N_("Endet, sobald der Prozess endet, der ihn gestartet hat."),
        )
    ],
)
