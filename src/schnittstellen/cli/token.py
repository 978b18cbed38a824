"""`schnittstellen token`: keys for programmes that read and write through /api/v1."""

import json
from datetime import date, datetime
from typing import Any

import click

from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.cli.days import written
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

HELP = N_(
    "Erzeugt ein Token für ein Programm. Es wird nur dieses eine Mal angezeigt.\n\n"
    "Umfänge: read liest, was der Inhaber sehen darf; products schreibt eigene Programme (Hersteller); deployments "
    "meldet den Einsatz eigener Programme (Hersteller); evidence reicht Prüfberichte ein (Hersteller); landscape "
    "schreibt die eigene Landschaft (Kommune); orders gibt Prüfaufträge aus (Beirat).\n\n"
    "Beispiel:\n"
    "  schnittstellen token create --for vendor:musterhaus --scope products --scope read"
)


def create(*, acts_for: str, scopes: tuple[str, ...], name: str | None, expires: datetime | None) -> None:
    """Make a token and print its secret alone on standard output."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import access

    secret = access.create(name or acts_for, acts_for, scopes or ("read",), expires.date() if expires else None)
    click.echo(_(N_("Das Token wird nur jetzt angezeigt. Bewahren Sie es sicher auf:")), err=True)
    click.echo(secret)


def show(*, as_json: bool) -> None:
    """All tokens, without their secrets."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import access

    rows: list[dict[str, Any]] = [
        {
            "name": one.name,
            "for": one.acts_for,
            "scopes": list(one.scopes),
            "expires_on": one.expires_on.isoformat() if one.expires_on else None,
        }
        for one in access.listed()
    ]
    if as_json:
        print_text(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        until = written(date.fromisoformat(row["expires_on"])) if row["expires_on"] else _(N_("ohne Ende"))
        print_text(f"{row['name']}  {row['for']}  {', '.join(row['scopes'])}  {until}")


def revoke(*, name: str) -> None:
    """Remove a token: what it is used with is refused from now on."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import access

    count = access.revoke(name)
    print_text(_(N_("{count} Token widerrufen.")).format(count=count))


group = Group("token", help=N_("Erzeugt, zeigt und widerruft Schlüssel für Programme."))
group.add_command(
    Command(
        "create",
        callback=create,
        help=HELP,
        params=[
            Option(
                ["--for", "acts_for"],
                required=True,
                metavar=N_("INHABER"),
                help=N_("Für wen es handelt: vendor:KENNUNG, municipality:AGS oder board."),
            ),
            Option(
                ["--scope", "scopes"], multiple=True, metavar=N_("UMFANG"), help=N_("Umfang; mehrfach; Vorgabe: read.")
            ),
            Option(["--name"], metavar=N_("NAME"), help=N_("Name, unter dem es zu widerrufen ist.")),
            Option(
                ["--expires"],
                type=click.DateTime(["%Y-%m-%d"]),
                metavar=N_("JJJJ-MM-TT"),
                help=N_("Erster Tag, an dem es nicht mehr gilt."),
            ),
        ],
    )
)
group.add_command(
    Command(
        "list",
        callback=show,
        help=N_("Zeigt alle Token, ohne ihr Geheimnis."),
        params=[Option(["--json", "as_json"], is_flag=True, help=N_("Ausgabe als JSON."))],
    )
)
group.add_command(
    Command(
        "revoke",
        callback=revoke,
        help=N_("Widerruft ein Token; es wird ab sofort abgewiesen."),
        params=[Argument(["name"], metavar=N_("NAME"))],
    )
)
