"""`schnittstellen preview`: which stored verdicts would turn if a draft of a suite or standard counted."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schnittstellen import bootstrap
from schnittstellen.artefacts.drafts import drafted
from schnittstellen.cli.arguments import demand_suites
from schnittstellen.cli.base import Command, Option, print_text
from schnittstellen.cli.catalogue import filled_catalogue
from schnittstellen.cli.listing import columns, json_option, print_json
from schnittstellen.domain.errors import COULD_NOT_TEST, SchnittstellenError
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports.telling import VERDICTS

if TYPE_CHECKING:
    from schnittstellen.catalogue.services.previewing.previewing import Preview, Row
    from schnittstellen.engine.preview import Reason

SHOWN = 20
FALLS, UNKNOWN = 1, COULD_NOT_TEST


def run(  # noqa: PLR0913, PLR0917
    suite: str, standard: str | None, payloads: str | None, jobs: int | None, keep: bool, as_json: bool
) -> None:
    """Ask, tell, and end with the status: 0 nothing falls, 1 something falls, 3 not known of all."""
    with filled_catalogue(), _drafts(suite, standard) as (root, name):
        from schnittstellen.catalogue.services.previewing.previewing import Asked, Turn, preview

        folder = Path(payloads) if payloads else None
        found = preview(Asked(name, root, bootstrap.roots(), folder, jobs or os.cpu_count() or 1))
        if keep:
            from schnittstellen.catalogue.services.previewing.transition import keep as kept

            kept(found, datetime.now(UTC))
    if as_json:
        print_json(found.data())
    else:
        for line in told(found):
            print_text(line)
    unknown = UNKNOWN if found.counts[Turn.UNKNOWN] else 0
    click.get_current_context().exit(FALLS if found.counts[Turn.FALLS] else unknown)


class _drafts:
    """The root with the drafts, and the full name of the suite that is meant."""

    def __init__(self, suite: str, standard: str | None) -> None:
        folder = Path(suite) if (Path(suite) / "suite.toml").is_file() else None
        self._named = None if folder else suite
        self._made = drafted(folder, Path(standard) if standard else None)

    def __enter__(self) -> tuple[Path, str]:
        root, name = self._made.__enter__()
        return root, name or _one(self._named or "")

    def __exit__(self, *why: object) -> None:
        self._made.__exit__(None, None, None)


def _one(named: str) -> str:
    """The one suite that is meant. Raises `SchnittstellenError` (F001, F392)."""
    from schnittstellen.catalogue.services.previewing.previewing import SEVERAL

    suites = demand_suites(named, bootstrap.library())
    if len(suites) != 1:
        raise SchnittstellenError(SEVERAL, name=named, candidates=", ".join(one.name for one in suites))
    return suites[0].name


def told(found: "Preview") -> Iterator[str]:
    """How many turn, why, and which."""
    from schnittstellen.catalogue.wording.previews import TURNS

    editions = ", ".join(f"{name} ({count})" for name, count in sorted(found.editions.items()))
    yield _(N_("{suite}, Entwurf {edition}. Nachweise bisher: {editions}")).format(
        suite=found.suite, edition=found.edition, editions=editions
    )
    yield _(N_("{judged} von {total} Eingaben neu geprüft; sonst aus den gespeicherten Befunden abgeleitet.")).format(
        judged=found.judged, total=found.total
    )
    yield ""
    rows = [(_(text), str(found.counts[turn]), _current(found.current[turn])) for turn, text in TURNS.items()]
    yield from columns(rows)
    yield from _causes(found)
    yield from _rows(found)


def _current(count: int) -> str:
    return _(N_("davon heute maßgeblich: {count}")).format(count=count)


def _causes(found: "Preview") -> Iterator[str]:
    from schnittstellen.catalogue.wording.previews import TURNS, WHYS

    if found.causes:
        yield from ("", _(N_("Warum")))
        rows = [
            (f"{one.count}×", _(TURNS[one.turn]), one.step, _(WHYS[one.why]), one.findings)
            for one in found.causes[:SHOWN]
        ]
        yield from columns(rows)


def _rows(found: "Preview") -> Iterator[str]:
    from schnittstellen.catalogue.services.previewing.previewing import Turn

    if found.rows:
        yield from ("", _(N_("Welche Nachweise")))
        for one in found.rows[:SHOWN]:
            yield from _row(one)
    rest = found.counts.total() - found.counts[Turn.KEEPS] - len(found.rows[:SHOWN])
    if rest:
        yield _(N_("… und {count} weitere; --json nennt bis zu 1.000.")).format(count=rest)


def _row(one: "Row") -> Iterator[str]:
    now = _(VERDICTS[one.now]) if one.now else _(N_("nicht bekannt"))
    yield f"{one.release}  {one.on}  {one.report_sha256[:12]}…  {_(VERDICTS[one.before])} → {now}"
    yield from (f"    {_reason(it)}" for it in one.reasons)


def _reason(one: "Reason") -> str:
    from schnittstellen.catalogue.wording.previews import WHYS

    findings = ": " + ", ".join(one.findings[:3]) if one.findings else ""
    return f"{one.step}: {_(WHYS[one.why])}{findings}"


command = Command(
    "preview",
    callback=run,
    help=N_(
        "Zeigt, welche Nachweise kippen würden, wenn der Entwurf einer Suite oder eines Standards gälte.\n\n"
        "Ändert nichts. "
        "Wo die geprüften Nachrichten vorliegen (--payloads), wird neu geprüft; sonst folgt die Antwort aus den "
        "gespeicherten Befunden oder heißt „nicht bekannt“.\n\n"
        "Beispiel:\n"
        "  schnittstellen preview --suite entwurf/xhundesteuer/1.1/onlinedienst\n\n"
        "Rückgabewert: 0 nichts kippt, 1 etwas kippt, 2 falscher Aufruf, 3 nicht von allen bekannt."
    ),
    params=[
        Option(
            ["--suite"],
            required=True,
            metavar=N_("ORDNER|SUITE"),
            help=N_("Ordner des Entwurfs (…/STANDARD/VERSION/ROLLE) oder Name einer bekannten Suite."),
        ),
        Option(["--standard"], metavar=N_("ORDNER"), help=N_("Ordner mit dem Entwurf des Standards.")),
        Option(
            ["--payloads"],
            metavar=N_("ORDNER"),
            help=N_("Geprüfte Nachrichten; sie werden an ihren Prüfsummen erkannt. Mitschnitte heißen PRÜFSUMME.har."),
        ),
        Option(["--jobs"], type=click.IntRange(1, 64), metavar=N_("ANZAHL"), help=N_("So viele Prozesse zugleich.")),
        Option(
            ["--keep"],
            is_flag=True,
            help=N_("Hebt die Vorschau auf; der Beirat sieht sie und legt fest, ab wann der Entwurf gilt."),
        ),
        json_option(),
    ],
)
