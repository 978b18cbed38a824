"""`schnittstellen key`: key pairs of an organisation or of the board."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import click

from schnittstellen.attest import documents, faults, keys, words
from schnittstellen.attest.trusting import read_keys
from schnittstellen.cli.base import Argument, Command, Group, Number, Option, print_text
from schnittstellen.cli.files import content, day, today, write
from schnittstellen.cli.listing import json_option, print_json, record
from schnittstellen.cli.signing import asking, from_environment
from schnittstellen.cli.signing_options import PASSPHRASE_ENV
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import PublicKey, Purpose, Trust, Why, Withdrawal
from schnittstellen.formats.attested import keys_written
from schnittstellen.i18n import _, current

LEAST_ID = 8
PURPOSES = {Purpose.ORGANISATION: N_("Berichte einer Organisation"), Purpose.BOARD: N_("Dokumente des Beirats")}


def create(  # noqa: PLR0913
    file: str, *, owner: str, board: bool, until: str | None, passphrase: bool, passphrase_env: str | None
) -> None:
    """Make a key pair: FILE holds the private half, FILE with the ending .pub the public one."""
    purpose = Purpose.BOARD if board else Purpose.ORGANISATION
    last = day(until)
    lapses_on = None if last is None else last + timedelta(days=1)
    private, public = keys.create(owner, purpose, today(), lapses_on)
    keys.write_private(Path(file), private, _new_passphrase(passphrase, passphrase_env))
    print_text(_(N_("Privater Schlüssel: {file} – geben Sie diese Datei niemals weiter.")).format(file=file))
    _keep_public(public, Path(file))


def prove(file: str, *, owner: str, until: str | None, passphrase_env: str | None) -> None:
    """Write the public half of a private key made before, or elsewhere, with proof that the owner has both."""
    private = keys.read_private(Path(file), asking(passphrase_env, file))
    last = day(until)
    lapses_on = None if last is None else last + timedelta(days=1)
    public = keys.described(private.public_key(), owner, Purpose.ORGANISATION, today(), lapses_on)
    _keep_public(keys.proven(private, public), Path(file))


def show(file: str, pem: bool, as_json: bool) -> None:
    """The public keys in a file."""
    found = read_keys(content(file), file, Purpose.ORGANISATION)
    if as_json:
        print_json(keys_written(found))
        return
    for number, key in enumerate(found):
        lines = [key.pem.rstrip()] if pem else ["", *_described(key)][0 if number else 1 :]
        for line in lines:
            print_text(line)


def withdraw(  # noqa: PLR0913
    what: str | None,
    *,
    key: str,
    public: str,
    file: str,
    why: str | None,
    text: str,
    since: str | None,
    days: int,
    passphrase_env: str | None,
) -> None:
    """Write the next list of withdrawals, with one more entry or renewed as it is; none that nobody would trust."""
    board = Trust(read_keys(content(public), public, Purpose.BOARD))
    private = keys.read_private(Path(key), asking(passphrase_env, key))
    old = documents.read_withdrawals(content(file), board, today(), file=file) if Path(file).exists() else None
    more = [] if what is None else [_withdrawal(_whole(what, board), day(since) or today(), why, text)]
    new = documents.withdraw(old, more, board.keys[0].owner, today(), today() + timedelta(days=days))
    data = documents.sign_withdrawals(new, keys.signer(private))
    documents.read_withdrawals(data, board, today(), file=file)
    write(Path(file), data)
    said = _(N_("Widerrufsliste Nr. {number} (Einträge: {count}) geschrieben: {file}"))
    print_text(said.format(number=new.number, count=len(new.withdrawn), file=file))


def _keep_public(public: PublicKey, private: Path) -> None:
    beside = private.with_suffix(".pub")
    write(beside, canonical(keys_written((public,))) + b"\n")
    print_text(_(N_("Öffentlicher Schlüssel: {file} – diese Datei erhält, wer verifiziert.")).format(file=beside))
    for line in _described(public):
        print_text(line)


def _withdrawal(what: str, since: date, why: str | None, text: str) -> Withdrawal:
    if why is None:
        raise SchnittstellenError(faults.NO_REASON, name=what)
    return Withdrawal(what, since, Why(why), text)


def _new_passphrase(wanted: bool, variable: str | None) -> bytes | None:
    if variable is not None:
        return from_environment(variable)
    if not wanted:
        return None
    return str(click.prompt(_(N_("Passphrase")), hide_input=True, confirmation_prompt=True, err=True)).encode()


def _described(key: PublicKey) -> Iterator[str]:
    end = "" if key.lapses_on is None else words.day(key.lapses_on - timedelta(days=1), current())
    return record(
        [
            (N_("Kennung"), key.id),
            (N_("Inhaber"), key.owner),
            (N_("Unterschreibt"), _(PURPOSES[key.purpose])),
            (N_("Gültig ab"), words.day(key.valid_from, current())),
            (N_("Gültig bis einschließlich"), end),
        ]
    )


def _whole(what: str, board: Trust) -> str:
    """The whole id of a known key of which the beginning is named; anything else is as it is."""
    if len(what) < LEAST_ID:
        return what
    return next((key.id for key in board.keys if key.id.startswith(what.lower())), what)


group = Group(
    "key",
    help=N_("Erzeugt, zeigt und widerruft Schlüssel."),
    commands_at={
        "create": ("schnittstellen.cli.key:create_command", N_("Erzeugt ein Schlüsselpaar (Ed25519).")),
        "prove": (
            "schnittstellen.cli.key:prove_command",
            N_("Schreibt zu einem privaten Schlüssel den öffentlichen, mit dem Beweis seines Besitzes."),
        ),
        "show": ("schnittstellen.cli.key:show_command", N_("Zeigt öffentliche Schlüssel.")),
        "withdraw": (
            "schnittstellen.cli.key:withdraw_command",
            N_("Widerruft einen Schlüssel oder ein Zertifikat (Beirat)."),
        ),
        "register": (
            "schnittstellen.cli.key_catalogue:register_command",
            N_("Hinterlegt den öffentlichen Schlüssel eines Herstellers im Katalog."),
        ),
        "revoke": (
            "schnittstellen.cli.key_catalogue:revoke_command",
            N_("Widerruft einen im Katalog hinterlegten Schlüssel; er bleibt gespeichert."),
        ),
    },
)
create_command = Command(
    "create",
    callback=create,
    help=N_(
        "Erzeugt ein Schlüsselpaar (Ed25519).\n\n"
        "DATEI erhält den privaten Schlüssel, lesbar nur für Sie; daneben entsteht mit der Endung .pub der öffentliche."
        "\n\nBeispiel:\n  schnittstellen key create muster.key --owner muster-software"
    ),
    params=[
        Argument(["file"], metavar=N_("DATEI")),
        Option(["--owner"], required=True, metavar=N_("KENNUNG"), help=N_("Kennung der Organisation, wie im Katalog.")),
        Option(["--board"], is_flag=True, help=N_("Schlüssel des Beirats: für Zertifikate, Prüfaufträge, Widerrufe.")),
        Option(["--until"], metavar=N_("TAG"), help=N_("Letzter Tag, an dem er unterschreiben darf (JJJJ-MM-TT).")),
        Option(["--passphrase"], is_flag=True, help=N_("Fragt nach einer Passphrase, die den Schlüssel schützt.")),
        PASSPHRASE_ENV,
    ],
)
prove_command = Command(
    "prove",
    callback=prove,
    help=N_(
        "Schreibt zu einem privaten Schlüssel den öffentlichen, mit dem Beweis seines Besitzes.\n\n"
        "Der Katalog hinterlegt nur Schlüssel mit diesem Beweis; `schnittstellen key create` schreibt ihn von selbst. "
        "Diesen Befehl brauchen Sie für Schlüssel (Ed25519), die anders oder früher erzeugt wurden.\n\n"
        "Beispiel:\n  schnittstellen key prove muster.key --owner muster-software"
    ),
    params=[
        Argument(["file"], metavar=N_("DATEI")),
        Option(["--owner"], required=True, metavar=N_("KENNUNG"), help=N_("Kennung der Organisation, wie im Katalog.")),
        Option(["--until"], metavar=N_("TAG"), help=N_("Letzter Tag, an dem er unterschreiben darf (JJJJ-MM-TT).")),
        PASSPHRASE_ENV,
    ],
)
show_command = Command(
    "show",
    callback=show,
    help=N_("Zeigt öffentliche Schlüssel.\n\nBeispiel: schnittstellen key show muster.pub"),
    params=[
        Argument(["file"], metavar=N_("DATEI")),
        Option(["--pem"], is_flag=True, help=N_("Ausgabe als PEM, für andere Programme.")),
        json_option(),
    ],
)
withdraw_command = Command(
    "withdraw",
    callback=withdraw,
    help=N_(
        "Widerruft einen Schlüssel oder ein Zertifikat (Beirat).\n\n"
        "WAS ist die Kennung eines Schlüssels oder die Nummer eines Zertifikats. Geschrieben wird die nächste "
        "Widerrufsliste; was darin steht, bleibt darin. Ohne WAS wird die Liste unverändert erneuert, weil sie nur "
        "eine begrenzte Zeit gilt."
    ),
    params=[
        Argument(["what"], required=False, metavar=N_("[WAS]")),
        Option(["file", "--list"], required=True, metavar=N_("DATEI"), help=N_("Die Widerrufsliste.")),
        Option(["key", "--sign"], required=True, metavar=N_("SCHLÜSSEL"), help=N_("Privater Schlüssel des Beirats.")),
        Option(
            ["public", "--trust"],
            required=True,
            metavar=N_("DATEI"),
            help=N_("Öffentliche Schlüssel des Beirats, mit denen die bisherige Liste verifiziert wird."),
        ),
        Option(
            ["--why"],
            type=click.Choice([one.value for one in Why]),
            help=N_("Grund; nur ein entwendeter Schlüssel (compromised) verliert auch, was er früher unterschrieb."),
        ),
        Option(["--text"], default="", metavar=N_("TEXT"), help=N_("Der Grund in Worten.")),
        Option(["--since"], metavar=N_("TAG"), help=N_("Erster Tag des Widerrufs (JJJJ-MM-TT); Vorgabe: heute.")),
        Option(
            ["--days"],
            type=Number(),
            default=31,
            metavar=N_("ANZAHL"),
            help=N_("Tage, nach denen es eine neuere Liste geben muss; Vorgabe: 31."),
        ),
        PASSPHRASE_ENV,
    ],
)
