"""`schnittstellen audit`: whether the public records were changed since they were written."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import click

from schnittstellen.attest import faults
from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.cli.faults import os_reason
from schnittstellen.cli.listing import json_option, print_json, wrapped
from schnittstellen.domain.chain import Break, Head, Kind, Record, breaks
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.formats.ledger import NotALedger, read_ledger, write_ledger
from schnittstellen.i18n import _

MOST = 50
BROKEN = 1
TEXTS = {
    Kind.CHANGED: N_("Einträge {number} bis {until}: nachträglich geändert."),
    Kind.REMOVED: N_("Einträge {number} bis {until}: entfernt."),
    Kind.INSERTED: N_("Einträge {number} bis {until}: nachträglich eingefügt (gelesen an Stelle {position})."),
    Kind.MOVED: N_("Einträge {number} bis {until}: an eine andere Stelle gerückt."),
    Kind.REWRITTEN: N_(
        "Einträge {number} bis {until}: Die Kette wurde neu geschrieben; der hinterlegte Stand passt nicht."
    ),
    Kind.HOPELESS: N_("Ab Eintrag {number} ist keine Ordnung mehr zu erkennen."),
}
WHOLE = N_("Die Kette ist unverändert und lückenlos. Einträge: {count}.")
BROKEN_TEXT = N_("Die Kette ist NICHT unverändert. Gelesene Einträge: {count}.")
APPENDED = N_("Nachgetragene Nachweise: {count}.")
ALL_THERE = N_("Alle Nachweise stehen in der Kette.")
NO_HEAD = N_(
    "Ob am Ende Einträge fehlen oder alles neu geschrieben wurde, zeigt nur ein früher hinterlegter Stand (--head)."
)
WRITTEN = N_("Geschrieben: {file}.")
HEAD = N_("Stand zum Hinterlegen: {head}")
_HEAD = re.compile("([1-9][0-9]{0,11}):([0-9a-f]{64})")


class _Counted:
    """Passes records on, counts them, and remembers the last."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0
        self.last: Record | None = None

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            self.last = record
            yield record

    @property
    def head(self) -> str:
        """The last record as `NUMBER:DIGEST`."""
        return "" if self.last is None else f"{self.last.number}:{self.last.digest}"


def verify(file: str, heads: tuple[str, ...], as_json: bool) -> None:
    """Read an export and name every break; exit status 0 whole, 1 broken."""
    known = tuple(_head(text) for text in heads)
    try:
        with Path(file).open("rb") as stream:
            records = _Counted(read_ledger(stream))
            found = list(islice(breaks(records, known), MOST + 1))
    except OSError as error:
        raise SchnittstellenError(faults.NOT_READ, file=file, reason=os_reason(error)) from None
    except NotALedger as error:
        raise SchnittstellenError(faults.NOT_A_LEDGER, file=file, line=str(error.line)) from None
    if as_json:
        print_json(_as_json(records, found))
    else:
        for line in _told(records, found, bool(known)):
            print_text(line)
    click.get_current_context().exit(BROKEN if found else 0)


def export(file: str) -> None:
    """Write the chain of the catalogue."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services import ledger

    try:
        with Path(file).open("wb") as stream:
            write_ledger(ledger.records(), stream)
    except OSError as error:
        raise SchnittstellenError(faults.NOT_WRITTEN, file=file, reason=os_reason(error)) from None
    print_text(_(WRITTEN).format(file=file))
    last = ledger.head()
    if last is not None:
        print_text(_(HEAD).format(head=f"{last.number}:{last.digest}"))


def complete() -> None:
    """Append evidence that is not in the chain."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.services.evidence import chain_missing

    count = chain_missing()
    print_text(_(APPENDED).format(count=count) if count else _(ALL_THERE))


def _head(text: str) -> Head:
    match = _HEAD.fullmatch(text)
    if match is None:
        raise SchnittstellenError(faults.NOT_A_HEAD, value=text)
    return Head(int(match[1]), match[2])


def _told(records: _Counted, found: list[Break], known: bool) -> Iterator[str]:
    yield _(BROKEN_TEXT if found else WHOLE).format(count=records.count)
    for one in found[:MOST]:
        said = _(TEXTS[one.kind]).format(number=one.number, until=one.until, position=one.position)
        yield from wrapped(said, "  ", "    ")
    if len(found) > MOST:
        yield "  …"
    if not found and not known:
        yield from wrapped(_(NO_HEAD))
    if not found and records.head:
        yield _(HEAD).format(head=records.head)


def _as_json(records: _Counted, found: list[Break]) -> dict[str, Any]:
    return {"whole": not found, "records": records.count, "head": records.head or None, "breaks": found[:MOST]}


group = Group(
    "audit",
    help=N_("Prüft, ob die öffentlichen Einträge des Katalogs unverändert sind."),
    commands_at={
        "export": ("schnittstellen.cli.audit:export_command", N_("Schreibt die Einträge des Katalogs in eine Datei.")),
        "complete": (
            "schnittstellen.cli.audit:complete_command",
            N_("Trägt Nachweise nach, die älter sind als die Kette."),
        ),
        "verify": ("schnittstellen.cli.audit:verify_command", N_("Prüft einen Export der Einträge, ohne Netz.")),
    },
)
export_command = Command(
    "export",
    callback=export,
    help=N_(
        "Schreibt die Einträge des Katalogs in eine Datei.\n\n"
        "DATEI bekommt alle Nachweise, Entscheidungen und Meldungen in der Reihenfolge, in der sie dazukamen, einen "
        "Eintrag je Zeile. Den genannten Stand hinterlegen Sie an einem anderen Ort: Nur mit ihm fällt auf, wenn am "
        "Ende etwas fehlt."
    ),
    params=[Argument(["file"], metavar=N_("DATEI"))],
)
complete_command = Command(
    "complete",
    callback=complete,
    help=N_(
        "Trägt Nachweise nach, die älter sind als die Kette.\n\n"
        "Jeder bekommt einen Eintrag mit dem Vermerk, dass er nachgetragen ist: Bis zu diesem Eintrag zeigt die Kette "
        "nicht, ob er unverändert ist. Noch einmal ausführen schadet nicht."
    ),
)
verify_command = Command(
    "verify",
    callback=verify,
    help=N_(
        "Prüft einen Export der Einträge, ohne Netz.\n\n"
        "EXPORT ist die öffentliche Datei der Nachweise und Entscheidungen, ein Eintrag je Zeile. Genannt wird, was "
        "geändert, entfernt, eingefügt oder verschoben wurde.\n\n"
        "Rückgabewert: 0 unverändert, 1 verändert, 2 falscher Aufruf."
    ),
    params=[
        Argument(["file"], metavar=N_("EXPORT")),
        Option(
            ["heads", "--head"],
            multiple=True,
            metavar=N_("NUMMER:PRÜFSUMME"),
            help=N_("Früher hinterlegter Stand der Kette; mehrfach möglich."),
        ),
        json_option(),
    ],
)
