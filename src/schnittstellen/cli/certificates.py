"""`schnittstellen certificates`: what the board has certified, as it stands on a day; signing, for the board."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.days import on_option
from schnittstellen.cli.files import content, today, write
from schnittstellen.cli.listing import columns, json_option, print_json, record, wrapped
from schnittstellen.cli.signing_options import PASSPHRASE_ENV
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _, current

if TYPE_CHECKING:
    from securesystemslib.signer import Signer

    from schnittstellen.catalogue.services.certifying.certificates import Found
    from schnittstellen.domain.certificate import Certificate

KEY = Option(["--key"], required=True, metavar=N_("DATEI"), help=N_("Privater Schlüssel des Beirats."))
AGAIN = Option(
    ["--again"], is_flag=True, help=N_("Auch, wenn es schon unterzeichnet ist: Das neue tritt an die Stelle des alten.")
)
NONE = N_("Es gibt keine.")


def show_all(*, product: str | None, on: date | None, as_json: bool) -> None:
    """All certificates, or those of a product."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.certifying import certificates
        from schnittstellen.catalogue.services.certifying.telling import told

        day = on or today()
        rows = certificates.decisions(**({"release__product__key": product} if product else {}))
        found = certificates.found_of(certificates.granted(rows.filter(on__lte=day).order_by("number")), day)
    if as_json:
        print_json([told(one, day) for one in found])
        return
    for line in columns([_row(one) for one in found]) if found else [_(NONE)]:
        print_text(line)


def _row(of: "Found") -> tuple[str, ...]:
    return of.serial, str(of.declaration.release), str(of.declaration.role), _state(of)


def _state(of: "Found") -> str:
    from schnittstellen.attest import words
    from schnittstellen.catalogue.wording.certificates import STATES, notice

    if not of.holds:
        return notice(of, current())
    end = words.day(of.stand.ends_on - timedelta(days=1), current()) if of.stand.ends_on else "–"
    return _(N_("{state}, bis {day}")).format(state=_(STATES[of.stand.state]), day=end)


def show(serial: str, *, on: date | None, draft: str | None, as_json: bool) -> None:
    """One certificate; with `draft` what is to be signed is written to a file."""
    with filled_catalogue():
        from schnittstellen.catalogue.services.certifying import certificates, signing
        from schnittstellen.catalogue.services.certifying.telling import told

        day = on or today()
        if draft:
            _draft(signing.draft(serial, day, again=True), draft)
            return
        found = certificates.one(serial, day)
    if as_json:
        print_json(told(found, day))
        return
    for line in _told(found):
        print_text(line)


def _draft(certificate: "Certificate", file: str) -> None:
    from schnittstellen.domain.canonical import canonical
    from schnittstellen.formats.attested import certificate_written

    write(Path(file), canonical(certificate_written(certificate)))
    print_text(_(N_("Entwurf geschrieben: {file}")).format(file=file))


def _told(of: "Found") -> Iterator[str]:
    from schnittstellen.attest import words
    from schnittstellen.catalogue.wording.certificates import reason

    yield from record([(N_("Zertifikat"), of.serial), (N_("Stand"), _state(of))])
    for one in of.stand.reasons:
        yield from wrapped(reason(one, current()), "  ", "  ")
    if of.revocation:
        yield from wrapped(of.revocation.reason, "  ", "  ")
    if of.certificate:
        yield from columns([(f"{label}:", value) for label, value in words.rows(of.certificate, current())])
    for duty in of.decision.duties:
        met = words.day(duty.met_on, current()) if duty.met_on else _(N_("offen"))
        yield from wrapped(f"{duty.text}: {met}", f"{_(N_('Auflage'))}: ", "  ")


def sign(what: str, *, key: str, to: str | None, again: bool, passphrase_env: str | None) -> None:
    """Sign a certificate of the catalogue, or a draft in a file."""
    from schnittstellen.attest import keys
    from schnittstellen.cli.signing import asking

    signer = keys.signer(keys.read_private(Path(key), asking(passphrase_env, key)))
    if to:
        _sign_file(what, signer, to)
        return
    with filled_catalogue():
        from schnittstellen.catalogue.services.certifying import signing

        signing.sign(what, signer, today(), again=again)
    print_text(_(N_("Unterzeichnet und im Katalog: {serial}")).format(serial=what))


def _sign_file(draft: str, signer: "Signer", to: str) -> None:
    from schnittstellen.attest.documents import drafted_certificate, sign_certificate

    write(Path(to), sign_certificate(drafted_certificate(content(draft)), signer))
    print_text(_(N_("Unterschrieben: {file}")).format(file=to))


def take(file: str, *, again: bool) -> None:
    """Take a certificate into the catalogue that was signed elsewhere."""
    data = content(file)
    with filled_catalogue():
        from schnittstellen.catalogue.services.certifying import certificates, signing

        row = signing.take(data, today(), again=again)
        serial = certificates.serial_of(row.decision)
    print_text(_(N_("Geprüft und übernommen: {serial}")).format(serial=serial))


def withdrawals(*, key: str, more: str | None, passphrase_env: str | None) -> None:
    """Sign and publish the next list of withdrawals."""
    from schnittstellen.attest import documents, keys
    from schnittstellen.cli.signing import asking

    signer = keys.signer(keys.read_private(Path(key), asking(passphrase_env, key)))
    with filled_catalogue():
        from schnittstellen.catalogue.services.certifying import board_key, withdrawing

        earlier = documents.read_withdrawals(content(more), board_key.trust(), today(), file=more) if more else None
        row = withdrawing.publish(signer, today(), earlier)
    print_text(_(N_("Widerrufsliste Nr. {number} unterschrieben und veröffentlicht.")).format(number=row.number))


_AT = "schnittstellen.cli.certificates"
group = Group(
    "certificates",
    help=N_("Zeigt Zertifikate und wie sie stehen; der Beirat unterzeichnet sie damit."),
    commands_at={
        "list": (f"{_AT}:list_command", N_("Zeigt alle Zertifikate, oder die eines Programms.")),
        "show": (f"{_AT}:show_command", N_("Zeigt ein Zertifikat.")),
        "sign": (f"{_AT}:sign_command", N_("Unterzeichnet ein Zertifikat (Beirat).")),
        "import": (f"{_AT}:import_command", N_("Übernimmt ein anderswo unterzeichnetes Zertifikat.")),
        "withdrawals": (
            f"{_AT}:withdrawals_command",
            N_("Unterschreibt und veröffentlicht die Widerrufsliste (Beirat)."),
        ),
    },
)
list_command = Command(
    "list",
    callback=show_all,
    help=N_("Zeigt alle Zertifikate, oder die eines Programms."),
    params=[
        Option(["--product"], metavar=N_("PROGRAMM"), help=N_("Nur von diesem Programm.")),
        on_option(),
        json_option(),
    ],
)
show_command = Command(
    "show",
    callback=show,
    help=N_("Zeigt ein Zertifikat.\n\nBeispiel: schnittstellen certificates show 2026-00017"),
    params=[
        Argument(["serial"], metavar=N_("NUMMER")),
        on_option(),
        Option(["--draft"], metavar=N_("DATEI"), help=N_("Schreibt, was zu unterzeichnen ist, in eine Datei.")),
        json_option(),
    ],
)
sign_command = Command(
    "sign",
    callback=sign,
    help=N_(
        "Unterzeichnet ein Zertifikat (Beirat).\n\n"
        "WAS ist die Nummer eines Zertifikats im Katalog; übernommen wird nur, was zu den öffentlichen Schlüsseln des "
        "Beirats passt (SCHNITTSTELLEN_BOARD_KEYS). Mit --to ist WAS ein Entwurf (`certificates show … --draft`), und "
        "es genügt ein Rechner ohne Katalog und ohne Netz.\n\n"
        "Beispiel:\n  schnittstellen certificates sign 2026-00017 --key board.key"
    ),
    params=[
        Argument(["what"], metavar=N_("WAS")),
        KEY,
        Option(["--to"], metavar=N_("DATEI"), help=N_("Schreibt das unterzeichnete Zertifikat in diese Datei.")),
        AGAIN,
        PASSPHRASE_ENV,
    ],
)
import_command = Command(
    "import",
    callback=take,
    help=N_("Übernimmt ein anderswo unterzeichnetes Zertifikat."),
    params=[Argument(["file"], metavar=N_("DATEI")), AGAIN],
)
withdrawals_command = Command(
    "withdrawals",
    callback=withdrawals,
    help=N_(
        "Unterschreibt und veröffentlicht die Widerrufsliste (Beirat).\n\n"
        "Sie nennt alle Zertifikate, die der Beirat im Katalog widerrufen hat, und was frühere Listen nannten."
    ),
    params=[
        KEY,
        Option(
            ["more", "--list"],
            metavar=N_("DATEI"),
            help=N_("Nimmt auf, was eine Liste nennt, die `key withdraw` geschrieben hat."),
        ),
        PASSPHRASE_ENV,
    ],
)
