"""`schnittstellen standards add`: from a source to a standard with a first suite."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from schnittstellen.artefacts.add import Added, AddedStandard, add
from schnittstellen.artefacts.library import home
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.listing import json_option, print_json, wrapped
from schnittstellen.domain.texts import N_, Line
from schnittstellen.i18n import _

MOST_LINES = 20
MOST_NOTICES = 3
"""Of one kind of notice, so many are shown; --verbose and --json give all."""


def run(  # noqa: PLR0913
    source: str,
    *,
    with_sources: tuple[str, ...],
    into: str | None,
    id: str | None,
    version: str | None,
    title: str | None,
    replace: bool,
    verbose: bool,
    as_json: bool,
) -> None:
    """Add the standards that a source holds."""
    added = add(
        source,
        with_sources=with_sources,
        into=Path(into) if into else home(),
        id=id,
        version=version,
        title=title,
        replace=replace,
        progress=None if as_json else _tell,
    )
    if as_json:
        print_json([_summary(one) for one in added.standards])
        return
    for line in _told(added, sys.maxsize if verbose else MOST_NOTICES):
        print_text(line)


def _tell(text: str) -> None:
    click.echo(_(text), err=True)


def _summary(one: AddedStandard) -> dict[str, object]:
    return {
        "name": one.standard.name,
        "folder": str(one.folder),
        "suite": one.suite.name if one.suite else None,
        "unchanged": one.unchanged,
        "messages": [message.id for message in one.standard.messages],
        "untestable": list(one.untestable),
        "unresolved": one.unresolved,
        "problems": one.problems,
        "missing_lists": list(one.missing_lists),
        "notices": [_(notice) for notice in one.notices],
    }


def _told(added: Added, most: int) -> Iterator[str]:
    for one in added.standards:
        yield from _one(one, most)
    yield from (line for notice in added.notices for line in wrapped(_(notice)))


def _one(one: AddedStandard, most: int) -> Iterator[str]:
    said = _(N_("{name} war schon da.")) if one.unchanged else _(N_("{name} hinzugefügt."))
    yield said.format(name=one.standard.name)
    counted = _(N_("{messages} Nachrichten, {files} Dateien, festgeschrieben in {folder}"))
    counts = {"messages": len(one.standard.messages), "files": len(one.standard.artefacts), "folder": str(one.folder)}
    yield from _indented([counted.format(**counts)])
    yield from _section(N_("Nicht auflösbare Verweise"), [f"{un.location} ({un.referrer})" for un in one.unresolved])
    yield from _section(N_("Nachrichten, die darum nicht geprüft werden können"), list(one.untestable))
    yield from _section(N_("Fehlende Codelisten"), list(one.missing_lists))
    yield from _section(N_("Mängel der Schemas selbst"), [f"{p.path}: {p.detail or p.reason}" for p in one.problems])
    yield from _notices(one.notices, most)
    if one.command:
        yield from _indented([_(N_("Prüfen: {command}")).format(command=one.command)])


def _notices(notices: Iterable[Line], most: int) -> Iterator[str]:
    """Notices by kind, in the order in which each kind comes first."""
    kinds: dict[str, list[Line]] = {}
    for notice in notices:
        kinds.setdefault(notice.template, []).append(notice)
    for alike in kinds.values():
        yield from _indented([_(notice) for notice in alike[:most]])
        if len(alike) > most:
            more = _(N_("… und {count} weitere dieser Art (alle mit --verbose)"))
            yield from _indented([more.format(count=len(alike) - most)])


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {_(title)} ({len(lines)}):"
        yield from _indented(lines[:MOST_LINES], "    ")
        if len(lines) > MOST_LINES:
            yield "    " + _(N_("… und {count} weitere")).format(count=len(lines) - MOST_LINES)


def _indented(lines: list[str], indent: str = "  ") -> Iterator[str]:
    for line in lines:
        yield from wrapped(line, indent, indent + "  ")


command = Command(
    "add",
    callback=run,
    help=N_(
        "Fügt einen Standard hinzu, mit einer ersten Suite.\n\n"
        "QUELLE ist ein Ordner oder ZIP-Archiv mit Schemas, eine scenarios.xml des KoSIT-Validators, ein "
        "OpenAPI-Dokument, eine https-Adresse, eine URN des XRepository oder package:NAME. Was sich nicht auflösen "
        "lässt, wird genannt; Nachrichten, die es brauchen, gelten als nicht geprüft."
    ),
    params=[
        Argument(["source"], metavar=N_("QUELLE")),
        Option(
            ["with_sources", "--with"],
            multiple=True,
            metavar=N_("QUELLE"),
            help=N_("Weitere Quelle, in der Verweise aufgelöst werden; mehrfach möglich."),
        ),
        Option(["--into"], metavar=N_("ORDNER"), help=N_("Ordner, in den geschrieben wird; Vorgabe: der eigene.")),
        Option(["--id"], metavar="ID", help=N_("Kennung des Standards, wenn die Quelle keine passende nennt.")),
        Option(["--version"], metavar="VERSION", help=N_("Version, wenn die Quelle keine passende nennt.")),
        Option(["--title"], metavar=N_("TITEL"), help=N_("Titel des Standards.")),
        Option(["--replace"], is_flag=True, help=N_("Ersetzt einen vorhandenen Standard gleichen Namens.")),
        Option(["-v", "--verbose"], is_flag=True, help=N_("Zeigt jeden Hinweis einzeln.")),
        json_option(),
    ],
)
