"""`schnittstellen admin`: who manages the catalogue."""

import sys

import click

from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

HELP = N_(
    "Legt ein Konto an, das den Katalog verwaltet, oder gibt einem vorhandenen Konto dieses Recht.\n\n"
    "Das Passwort wird verdeckt erfragt oder mit --password-stdin von der Standardeingabe gelesen. Bei der ersten "
    "Anmeldung wird ein zweiter Faktor eingerichtet; ohne ihn bleibt die Verwaltung geschlossen.\n\n"
    "Beispiel:\n"
    "  schnittstellen admin create betrieb@stadt.example"
)


def create(*, email: str, password_stdin: bool) -> None:
    """Ask for the password twice, or read it, and make the account."""
    if password_stdin:
        password: str = sys.stdin.readline().rstrip("\n")
    else:
        again = _(N_("Passwort wiederholen"))
        password = click.prompt(_(N_("Passwort")), hide_input=True, confirmation_prompt=again)
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import administrators

    made = administrators.create(email, password)
    said = (
        N_("{email} verwaltet jetzt den Katalog.")
        if made
        else N_("{email} verwaltet jetzt den Katalog (Konto gab es).")
    )
    print_text(_(said).format(email=email))
    print_text(_(N_("Nach der Anmeldung unter /verwaltung/ richten Sie den zweiten Faktor ein.")))


group = Group("admin", help=N_("Legt Konten an, die den Katalog verwalten."))
group.add_command(
    Command(
        "create",
        callback=create,
        help=HELP,
        params=[
            Argument(["email"], metavar=N_("MAILADRESSE")),
            Option(
                ["--password-stdin"],
                is_flag=True,
                help=N_("Liest das Passwort von der Standardeingabe, eine Zeile."),
            ),
        ],
    )
)
