"""`schnittstellen key register` and `key revoke`: public keys of vendors in the catalogue."""

import click

from schnittstellen.attest import words
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.files import content, day, today
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Why
from schnittstellen.i18n import _, current


def register(file: str, *, vendor: str) -> None:
    """Keep the public key in FILE as one of a vendor."""
    from schnittstellen.catalogue.start import ready

    data = content(file)
    ready()
    from schnittstellen.catalogue.services import signing_keys
    from schnittstellen.catalogue.services.viewer import OPERATOR

    row = signing_keys.register(OPERATOR, vendor, data, today())
    said = _(N_("Schlüssel {key} ist für {vendor} hinterlegt; er zählt ab {day}."))
    print_text(said.format(key=row.key_id, vendor=vendor, day=words.day(row.valid_from, current())))


def revoke(key: str, *, why: str, text: str, since: str | None) -> None:
    """A vendor's key counts no longer."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import signing_keys
    from schnittstellen.catalogue.services.viewer import OPERATOR

    row = signing_keys.withdraw(OPERATOR, key, (day(since) or today(), Why(why), text), today())
    said = _(N_("Schlüssel {key} von {vendor} ist seit dem {day} widerrufen."))
    ended = words.day(row.withdrawn_since or today(), current())
    print_text(said.format(key=row.key_id, vendor=row.vendor.key, day=ended))


register_command = Command(
    "register",
    callback=register,
    help=N_(
        "Hinterlegt den öffentlichen Schlüssel eines Herstellers im Katalog.\n\n"
        "Beispiel:\n  schnittstellen key register muster.pub --vendor muster-software"
    ),
    params=[
        Argument(["file"], metavar=N_("DATEI")),
        Option(["--vendor"], required=True, metavar=N_("KENNUNG"), help=N_("Kennung des Herstellers im Katalog.")),
    ],
)
revoke_command = Command(
    "revoke",
    callback=revoke,
    help=N_(
        "Widerruft einen im Katalog hinterlegten Schlüssel; er bleibt gespeichert.\n\n"
        "KENNUNG ist die ganze Kennung, wie `schnittstellen key show` sie zeigt."
    ),
    params=[
        Argument(["key"], metavar=N_("KENNUNG")),
        Option(
            ["--why"],
            required=True,
            type=click.Choice([one.value for one in Why if one is not Why.RULES_BROKEN]),
            help=N_("Grund; nur ein entwendeter Schlüssel (compromised) verliert auch, was er früher unterschrieb."),
        ),
        Option(["--text"], default="", metavar=N_("TEXT"), help=N_("Der Grund in Worten.")),
        Option(["--since"], metavar=N_("TAG"), help=N_("Erster Tag des Widerrufs (JJJJ-MM-TT); Vorgabe: heute.")),
    ],
)
