"""`schnittstellen orders`: test orders of the board, and signing them where the server has no key of the board."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.files import content, today, write
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.cli.signing_options import PASSPHRASE_ENV
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

if TYPE_CHECKING:
    from schnittstellen.catalogue.models import IssuedOrder

NONE = N_("Es gibt keine.")
FULFILLED, ENDED, OPEN = N_("erfüllt"), N_("abgelaufen"), N_("offen")
SIGNED, NOT_SIGNED = N_("unterschrieben"), N_("nicht unterschrieben")


def show_all(*, as_json: bool) -> None:
    """All orders, the newest first."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.handing_in import order_signing, orders
        from schnittstellen.catalogue.services.viewer import OPERATOR

        found = [(one, order_signing.is_signed(one)) for one in orders.listed(OPERATOR)]
        if as_json:
            print_json([_data(one, signed) for one, signed in found])
            return
        for line in columns([_row(one, signed) for one, signed in found]) if found else [_(NONE)]:
            print_text(line)


def _data(of: "IssuedOrder", signed: bool) -> dict[str, object]:
    names = {"id": of.key, "release": str(of.declaration.release), "suite": str(of.declaration.role)}
    fulfilled = of.hand_in.key if hasattr(of, "hand_in") else None
    return {**names, "issued": of.issued, "lapses_on": of.lapses_on, "hand_in": fulfilled, "signed": signed}


def _row(of: "IssuedOrder", signed: bool) -> tuple[str, ...]:
    from schnittstellen.attest.words import day

    state = FULFILLED if hasattr(of, "hand_in") else ENDED if of.lapses_on <= today() else OPEN
    last = day(of.lapses_on - timedelta(days=1), current())
    named = (of.key, str(of.declaration.release), str(of.declaration.role))
    return *named, last, _(state), _(SIGNED if signed else NOT_SIGNED)


def sign(what: str, *, key: str, to: str | None, passphrase_env: str | None) -> None:
    """Sign an order of the catalogue, or one in a file."""
    from schnittstellen.attest import documents, keys
    from schnittstellen.cli.signing import asking

    signer = keys.signer(keys.read_private(Path(key), asking(passphrase_env, key)))
    if to:
        write(Path(to), documents.sign_order(documents.unverified_order(content(what), what), signer))
        print_text(_(N_("Unterschrieben: {file}")).format(file=to))
        return
    with filled_catalogue():
        from schnittstellen.catalogue.services.handing_in import order_signing

        order_signing.sign(what, signer, today())
    print_text(_(N_("Unterschrieben und im Katalog: {order}")).format(order=what))


def take(file: str) -> None:
    """Take an order into the catalogue that was signed elsewhere."""
    data = content(file)
    with filled_catalogue():
        from schnittstellen.catalogue.services.handing_in import order_signing

        row = order_signing.take(data, today())
    print_text(_(N_("Geprüft und übernommen: {serial}")).format(serial=row.key))


_AT = "schnittstellen.cli.orders"
group = Group(
    "orders",
    help=N_("Zeigt Prüfaufträge; der Beirat unterschreibt sie damit."),
    commands_at={
        "list": (f"{_AT}:list_command", N_("Zeigt alle Prüfaufträge.")),
        "sign": (f"{_AT}:sign_command", N_("Unterschreibt einen Prüfauftrag (Beirat).")),
        "import": (f"{_AT}:import_command", N_("Übernimmt einen anderswo unterschriebenen Prüfauftrag.")),
    },
)
list_command = Command("list", callback=show_all, help=N_("Zeigt alle Prüfaufträge."), params=[json_option()])
sign_command = Command(
    "sign",
    callback=sign,
    help=N_(
        "Unterschreibt einen Prüfauftrag (Beirat).\n\n"
        "WAS ist die Kennung eines Prüfauftrags im Katalog; übernommen wird nur, was zu den öffentlichen Schlüsseln "
        "des Beirats passt (SCHNITTSTELLEN_BOARD_KEYS). Mit --to ist WAS die Datei, die der Katalog dazu ausgibt, "
        "und es genügt ein Rechner ohne Katalog und ohne Netz.\n\n"
        "Beispiel:\n  schnittstellen orders sign PA-2026-0123456789ab --key board.key"
    ),
    params=[
        Argument(["what"], metavar=N_("WAS")),
        Option(["--key"], required=True, metavar=N_("DATEI"), help=N_("Privater Schlüssel des Beirats.")),
        Option(["--to"], metavar=N_("DATEI"), help=N_("Schreibt den unterschriebenen Prüfauftrag in diese Datei.")),
        PASSPHRASE_ENV,
    ],
)
import_command = Command(
    "import",
    callback=take,
    help=N_("Übernimmt einen anderswo unterschriebenen Prüfauftrag."),
    params=[Argument(["file"], metavar=N_("DATEI"))],
)
