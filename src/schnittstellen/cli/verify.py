"""`schnittstellen verify`: whether a certificate is genuine and holds, on this machine alone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import click

from schnittstellen.attest import documents, words
from schnittstellen.attest.documents import Verified
from schnittstellen.attest.embedded import is_pdf, signed_part
from schnittstellen.attest.trusting import read_keys
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.files import content, day, today
from schnittstellen.cli.listing import columns, json_option, print_json, wrapped
from schnittstellen.cli.signing import released
from schnittstellen.domain.errors import COULD_NOT_TEST
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.refusals import NOT_VALID, Refusal, Refused
from schnittstellen.domain.scripts import foreign
from schnittstellen.domain.texts import N_
from schnittstellen.domain.trust import Purpose, Trust, WithdrawalList, short
from schnittstellen.formats.attested import certificate_written
from schnittstellen.i18n import _, current, filled

GENUINE = N_("Das Zertifikat ist echt und gilt am {day}.")
UNLESS = N_("Das Zertifikat ist echt und gilt am {day}, sofern der Beirat es nicht widerrufen hat.")
REFUSED = N_("Das Zertifikat wird nicht anerkannt (gefragt für den {day}).")
OPEN = N_("Ob das Zertifikat am {day} gilt, lässt sich nicht sagen.")
SIGNED_BY = N_("Unterschrieben mit dem Schlüssel {key} von {owner}.")
LISTED = N_("Nach der Widerrufsliste Nr. {number} vom {issued} ist es am {day} nicht widerrufen.")
LATER = N_("Achtung: Zum {day} nennt die Liste einen Widerruf. {why}")
NOT_LISTED = N_(
    "Nicht geprüft: ob es widerrufen wurde. Nennen Sie die Widerrufsliste des Beirats mit --withdrawn, um auch das zu "
    "prüfen."
)
NOT_SINCE = N_("Was der Beirat nach dem {issued} widerrufen hat, steht nicht in dieser Liste.")
PAGES = N_(
    "Geprüft ist das Zertifikat, das in der PDF-Datei steckt, nicht das Bild ihrer Seiten: Es gilt, was hier steht."
)
FOREIGN = N_(
    "Achtung: Im Namen des Programms stehen Buchstaben anderer Schriften, die lateinischen gleichen ({word}). "
    "Vergleichen Sie die Kennung {product}."
)
FUTURE = N_("Der Tag liegt in der Zukunft: Bis dahin kann das Zertifikat noch widerrufen werden.")

_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: which bytes, on which day, for which release."""

    data: bytes
    file: str
    on: date
    release: ReleaseName | None


def run(  # noqa: PLR0913
    file: str, *, trust: tuple[str, ...], withdrawn: str | None, on: str | None, product: str | None, as_json: bool
) -> None:
    """Verify; exit status 0 holds, 1 does not, 3 cannot be said."""
    board = Trust(tuple(key for one in trust for key in read_keys(content(one), one, Purpose.BOARD)))
    question = Question(content(file), file, day(on) or today(), released(product, None))
    verified, refusals, status = _answer(question, board, withdrawn)
    if as_json:
        print_json(_as_json(question, verified, refusals))
    else:
        for line in _told(question, verified, refusals, status):
            print_text(line)
    click.get_current_context().exit(status)


def _answer(asked: Question, board: Trust, withdrawn: str | None) -> tuple[Verified | None, tuple[Refusal, ...], int]:
    """What is refused without the list stays refused; only then does it matter whether the list can be trusted."""
    listed: WithdrawalList | None = None
    unsure: tuple[Refusal, ...] = ()
    if withdrawn is not None:
        try:
            listed = documents.read_withdrawals(content(withdrawn), board, min(asked.on, today()), file=withdrawn)
        except Refused as refused:
            unsure = refused.refusals
    try:
        data = signed_part(asked.data, asked.file)
        verified = documents.verify_certificate(
            data, board, asked.on, withdrawals=listed, release=asked.release, file=asked.file
        )
    except Refused as refused:
        return None, (*refused.refusals, *unsure), NOT_VALID
    return (None, unsure, COULD_NOT_TEST) if unsure else (verified, (), 0)


def _told(asked: Question, verified: Verified | None, refusals: tuple[Refusal, ...], status: int) -> Iterator[str]:
    on = words.day(asked.on, current())
    if verified is None:
        yield _(OPEN if status == COULD_NOT_TEST else REFUSED).format(day=on)
        for one in refusals:
            yield from _refusal(one)
        return
    yield _(UNLESS if verified.withdrawals is None else GENUINE).format(day=on)
    yield from (
        f"  {line}"
        for line in columns([(f"{label}:", it) for label, it in words.rows(verified.certificate, current())])
    )
    for condition in verified.certificate.conditions:
        yield from wrapped(words.condition(condition, current()), f"  {_(N_('Auflage'))}: ", "    ")
    yield from (line for text in _beside(asked, verified) for line in wrapped(text))
    yield from wrapped(_(SIGNED_BY).format(key=short(verified.key.id), owner=verified.key.owner))
    yield from (line for text in _withdrawals(verified) for line in wrapped(text))
    if asked.on > today():
        yield from wrapped(_(FUTURE))


def _beside(asked: Question, verified: Verified) -> Iterator[str]:
    """What a reader might take for more than it is."""
    word = foreign(verified.certificate.product_name)
    if word:
        yield _(FOREIGN).format(word=words.clean(word), product=verified.certificate.release.product)
    if is_pdf(asked.data):
        yield _(PAGES)


def _refusal(one: Refusal) -> Iterator[str]:
    said = {name: _dated(value) for name, value in one.parameters.items()}
    yield from wrapped(filled(one.fault.title, said, current()), f"  {one.fault.code} ", "       ")
    yield from wrapped(filled(one.fault.hint, one.parameters, current()), "       ", "       ")


def _dated(value: str) -> str:
    """Days as people write them; a `Line` stays what it is."""
    if type(value) is str and _DAY.fullmatch(value):
        return words.day(date.fromisoformat(value), current())
    return value


def _withdrawals(verified: Verified) -> Iterator[str]:
    listed = verified.withdrawals
    if listed is None:
        yield _(NOT_LISTED)
        return
    said = {"number": listed.number, "issued": words.day(listed.issued, current())}
    yield _(LISTED).format(**said, day=words.day(verified.day, current()))
    if listed.issued < min(verified.day, today()):
        yield _(NOT_SINCE).format(**said)
    for one in listed.withdrawn:
        if one.what in (verified.certificate.serial, verified.key.id):
            yield _(LATER).format(**said, day=words.day(one.since, current()), why=words.clean(one.text))


def _as_json(asked: Question, verified: Verified | None, refusals: tuple[Refusal, ...]) -> dict[str, Any]:
    return {
        "holds": verified is not None,
        "on": asked.on,
        "refusals": [{"code": one.fault.code, "parameters": one.parameters} for one in refusals],
        "certificate": None if verified is None else certificate_written(verified.certificate),
        "sha256": None if verified is None else verified.sha256,
        "key": None if verified is None else verified.key.id,
        "withdrawals": None if verified is None or verified.withdrawals is None else verified.withdrawals.number,
    }


command = Command(
    "verify",
    callback=run,
    help=N_(
        "Verifiziert ein Zertifikat, ohne Netz.\n\n"
        "ZERTIFIKAT ist die unterschriebene JSON-Datei oder die PDF-Datei, die sie enthält. Geprüft werden "
        "Unterschrift, Schlüssel, Gültigkeit und Widerruf, und ob das Zertifikat mehr sagt, als seine Nachweise "
        "tragen.\n\n"
        "Beispiel:\n"
        "  schnittstellen verify zertifikat.json --trust board.pub --withdrawn widerrufe.json"
    ),
    epilog=N_("Rückgabewert: 0 gilt, 1 wird nicht anerkannt, 2 falscher Aufruf, 3 lässt sich nicht sagen."),
    params=[
        Argument(["file"], metavar=N_("ZERTIFIKAT")),
        Option(
            ["--trust"],
            multiple=True,
            required=True,
            metavar=N_("DATEI"),
            help=N_("Öffentliche Schlüssel des Beirats, auf anderem Weg beschafft als das Zertifikat."),
        ),
        Option(["--withdrawn"], metavar=N_("DATEI"), help=N_("Widerrufsliste des Beirats.")),
        Option(["--on"], metavar=N_("TAG"), help=N_("Tag, für den gefragt wird (JJJJ-MM-TT); Vorgabe: heute.")),
        Option(
            ["--product"],
            metavar=N_("PROGRAMM@VERSION"),
            help=N_("Verlangt, dass das Zertifikat für dieses Programm in dieser Version ist."),
        ),
        json_option(),
    ],
)
