"""`schnittstellen submit`: a signed report goes to a catalogue, which judges it again and gives a receipt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import click

from schnittstellen.attest import words
from schnittstellen.cli.base import Argument, Command, Number, Option, print_text
from schnittstellen.cli.listing import json_option, print_json, wrapped
from schnittstellen.cli.submitting import NO_TOKEN, NOT_TAKEN, Parcel, address, awaited, packed, send
from schnittstellen.domain.errors import COULD_NOT_TEST, SchnittstellenError
from schnittstellen.domain.refusals import NOT_VALID
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.i18n import _, current
from schnittstellen.reports.telling import VERDICTS, clean

TOKEN = "SCHNITTSTELLEN_TOKEN"  # noqa: S105 - the name of a variable
ACCEPTED_LATER = 202
EXITS = {"accepted": 0, "refused": NOT_VALID}
STATES = {
    "waiting": N_("Eingereicht. Der Katalog bewertet die Dateien noch einmal, sobald er dazu kommt."),
    "judging": N_("Der Katalog bewertet: {done} von {total}."),
}
KEPT = {
    "private": N_("Sie werden nach dem Bewerten eine Zeit lang vertraulich aufbewahrt und dann gelöscht."),
    "discard": N_("Sie werden gleich nach dem Bewerten gelöscht."),
    "publish": N_("Sie werden veröffentlicht."),
}


def submit(  # noqa: PLR0913
    report: str,
    to: str,
    *,
    token: str | None,
    order: str | None,
    payloads: str | None,
    recordings: tuple[str, ...],
    partner: str | None,
    keep: str,
    dry_run: bool,
    wait: int,
    as_json: bool,
) -> None:
    """Send and say what came of it; exit status 0 accepted, 1 refused, 2 wrong usage or no connection, 3 not judged."""
    url = address(to)
    parcel = packed(report, payloads, recordings, order, keep)
    if partner is not None:
        parcel = replace(parcel, partner=packed(partner, None, (), None, keep))
    if dry_run:
        for line in _planned(parcel, url):
            print_text(line)
        return
    if not token:
        raise SchnittstellenError(NO_TOKEN)
    status, answer = send(parcel, url, token)
    refused = status not in (200, 201, 202)
    if refused and not _is_refusal(status, answer):
        raise SchnittstellenError(NOT_TAKEN, status=str(status), title=clean(str(answer.get("title", "–")))[:300])
    if status == ACCEPTED_LATER:
        answer = awaited(url, token, str(answer.get("id", "")), wait, Waiting(quiet=as_json))
    if as_json:
        print_json(answer)
    else:
        for line in _refused(answer["errors"]) if refused else _told(answer, new=status != 200):
            print_text(line)
    click.get_current_context().exit(NOT_VALID if refused else EXITS.get(str(answer.get("state")), COULD_NOT_TEST))


class Waiting:
    """Says on the error stream how far the catalogue is, where that changed."""

    def __init__(self, *, quiet: bool) -> None:
        self._said, self._quiet = "", quiet

    def __call__(self, found: dict[str, Any]) -> None:
        """Hear one answer."""
        text = _(STATES.get(str(found.get("state")), "")).format(done=found.get("done"), total=found.get("inputs"))
        if text and text != self._said and not self._quiet:
            click.echo(text, err=True)
        self._said = text


def _told(found: dict[str, Any], *, new: bool) -> Iterator[str]:
    state = found.get("state", "accepted")
    if state == "accepted":
        yield from _accepted(found, new=new)
    elif state == "refused":
        yield from _refused(found["reasons"])
    elif state == "failed":
        yield _(N_("Nicht bewertet. Angenommen wurde nichts."))
        yield from _reasons(found["reasons"])
    else:
        yield _(N_("Noch nicht bewertet: Einreichung {id}.")).format(id=clean(str(found.get("id"))))
        yield from wrapped(_(N_("Der Katalog bewertet weiter. Derselbe Befehl noch einmal zeigt, was daraus wurde.")))


def _is_refusal(status: int, answer: dict[str, Any]) -> bool:
    """Whether it is about the report, and not about the way to the catalogue."""
    return status < 500 and str(answer.get("code", "")).startswith("V") and isinstance(answer.get("errors"), list)


def _planned(parcel: Parcel, url: str) -> Iterator[str]:
    yield _(N_("Gesendet würde an {url}:")).format(url=url)
    for signed in (parcel, *([parcel.partner] if parcel.partner else [])):
        yield _(N_("  der Bericht über {release} ({suite}) und seine Unterschrift")).format(
            release=signed.release, suite=signed.suite
        )
    for one in parcel.files:
        yield f"  {clean(one.name)} ({len(one.data)} B)"
    if parcel.files:
        yield from wrapped(_(KEPT[parcel.keep]))
    else:
        yield from wrapped(_(N_("Keine Dateien: Dann kann der Katalog nichts noch einmal bewerten.")))
    if parcel.left:
        yield from wrapped(
            _(N_("{count} Dateien bleiben hier: Der Bericht nennt sie nicht.")).format(count=parcel.left)
        )
    yield _(N_("Gesendet wurde nichts."))


def _accepted(found: dict[str, Any], *, new: bool) -> Iterator[str]:
    head = N_("Angenommen: Einreichung {id}.") if new else N_("Schon eingereicht: Einreichung {id}. Nichts ist neu.")
    yield _(head).format(id=clean(str(found["id"])))
    yield f"  {clean(found['release'])}, {clean(found['suite'])}"
    if found.get("partner"):
        yield "  " + _(N_("Zusammen mit {partner}, und dort ebenso.")).format(partner=clean(found["partner"]))
    judged, results = found["judged_again"], found["results"]
    verdict, claimed = (_(VERDICTS[Verdict(found[name])]) for name in ("verdict", "claimed"))
    yield "  " + _(N_("Es zählt: {verdict}. Im Bericht steht: {claimed}.")).format(verdict=verdict, claimed=claimed)
    yield "  " + _(N_("Vom Katalog noch einmal bewertet: {judged} von {results} Ergebnissen.")).format(
        judged=judged, results=results
    )
    if judged < results:
        text = N_("Was er nicht noch einmal bewerten konnte, zählt nicht für das Programm; siehe --with-payloads.")
        yield from wrapped(_(text), "  ", "  ")
    if found.get("inputs_published"):
        yield "  " + _(N_("Die Dateien sind veröffentlicht."))
    if found.get("inputs_until"):
        day = words.day(date.fromisoformat(found["inputs_until"]), current())
        yield "  " + _(N_("Die Dateien werden am {day} gelöscht.")).format(day=day)


def _refused(reasons: list[dict[str, Any]]) -> Iterator[str]:
    yield _(N_("Abgelehnt. Angenommen wurde nichts."))
    yield from _reasons(reasons)


def _reasons(reasons: list[dict[str, Any]]) -> Iterator[str]:
    for one in reasons:
        yield from wrapped(clean(str(one.get("detail", ""))), f"  {clean(str(one.get('code', '')))} ", "       ")
        yield from wrapped(clean(str(one.get("hint", ""))), "       ", "       ")


command = Command(
    "submit",
    callback=submit,
    help=N_(
        "Reicht einen unterschriebenen Prüfbericht bei einem Katalog ein.\n\n"
        "BERICHT.json ist der Bericht; die Unterschrift liegt daneben als BERICHT.json.dsse (`test --sign`). Der "
        "Katalog glaubt kein Ergebnis, das er nicht selbst noch einmal bewertet hat: Dafür braucht er die geprüften "
        "Dateien. Sie verlassen diesen Rechner nur, wenn Sie sie mit --with-payloads oder --with-recording nennen.\n\n"
        "Beispiel:\n"
        "  schnittstellen submit bericht.json --to https://katalog.example.de --with-payloads nachrichten/"
    ),
    epilog=N_("Rückgabewert: 0 angenommen, 1 abgelehnt, 2 falscher Aufruf oder keine Verbindung, 3 nicht bewertet."),
    params=[
        Argument(["report"], metavar=N_("BERICHT.json")),
        Option(["--to"], required=True, metavar=N_("ADRESSE"), help=N_("Adresse des Katalogs, mit https://.")),
        Option(
            ["--token"],
            envvar=TOKEN,
            metavar="TOKEN",
            help=N_("Token mit dem Umfang evidence; besser in der Umgebungsvariable SCHNITTSTELLEN_TOKEN."),
        ),
        Option(
            ["--order"],
            metavar=N_("AUFTRAG"),
            help=N_("Prüfauftrag, den der Lauf erfüllt: seine Datei oder seine Kennung."),
        ),
        Option(
            ["payloads", "--with-payloads"],
            metavar=N_("ORDNER"),
            help=N_("Sendet die geprüften Dateien aus diesem Ordner oder ZIP mit, und keine anderen."),
        ),
        Option(
            ["recordings", "--with-recording"],
            multiple=True,
            metavar=N_("DATEI"),
            help=N_(
                "Sendet die Aufzeichnung mit: eines Endpunkts (--evidence har=DATEI --with-content) oder eines Clients "
                "(mock --record DATEI)."
            ),
        ),
        Option(
            ["--partner"],
            metavar=N_("BERICHT.json"),
            help=N_("Bericht über das andere Programm, von dessen Hersteller unterschrieben (`pair`, `sign`)."),
        ),
        Option(
            ["--keep"],
            type=click.Choice(list(KEPT)),
            default="private",
            help=N_("Was danach mit den Dateien geschieht: vertraulich auf Zeit, gleich gelöscht, veröffentlicht."),
        ),
        Option(
            ["--wait"],
            type=Number(0),
            default=600,
            metavar=N_("ANZAHL"),
            help=N_("Wartet so viele Sekunden, bis der Katalog bewertet hat."),
        ),
        Option(["--dry-run"], is_flag=True, help=N_("Zeigt nur, was gesendet würde.")),
        json_option(),
    ],
)
