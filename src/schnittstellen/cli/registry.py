"""`schnittstellen registry`: the written form of the catalogue, read, checked and written."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.wording.changes import TABLES
from schnittstellen.cli.base import Argument, Command, Group, Option, print_text
from schnittstellen.cli.listing import json_option, print_json
from schnittstellen.cli.outputs import plain_wanted
from schnittstellen.cli.registry_formats import export_command, publiccode_command
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.registry.loading import Loading, Say

MOST_GONE = 20


def shipped() -> Path:
    """The registry that ships with the package."""
    return built_in() / "registry"


def import_(path: str | None, prune: bool, as_json: bool) -> None:
    """Take a registry into the catalogue: all of it or nothing."""
    from schnittstellen.catalogue.start import ready

    ready()
    from django.db import transaction

    from schnittstellen.catalogue.registry.loading import load
    from schnittstellen.catalogue.services import audit

    with _progress() as say, transaction.atomic():
        loading = load(_folder(path), bootstrap.library(), prune=prune, say=say)
        counts = {
            name: {how: n for how, n in tally.items() if how != "same"} for name, tally in loading.tallies.items()
        }
        audit.note("registry", "registry", {}, {name: count for name, count in counts.items() if count})
    if as_json:
        print_json({name: dict(tally) for name, tally in loading.tallies.items()})
        return
    _told(loading)
    from schnittstellen.catalogue.registry import ledger_files, procedures

    if left := procedures.left_in(_folder(path) / ledger_files.FOLDER):
        print_text(_(procedures.LEFT_BEHIND).format(**left))


def check(path: str | None) -> None:
    """Say what is wrong with a registry, without a catalogue."""
    from schnittstellen.catalogue.registry.checking import check as check_folder
    from schnittstellen.catalogue.registry.faults import BROKEN_REGISTRY, refused
    from schnittstellen.catalogue.registry.names import of_library

    folder = _folder(path)
    with _progress() as say:
        checked = check_folder(folder, of_library(bootstrap.library()), say)
    if checked.problems:
        raise refused(BROKEN_REGISTRY, checked.problems, folder=str(folder))
    counts = ", ".join(f"{name} {count}" for name, count in checked.files.items())
    print_text(_(N_("In Ordnung. Dateien: {counts}.")).format(counts=counts))


def export(path: str) -> None:
    """Write the catalogue as a registry."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.registry import procedures
    from schnittstellen.catalogue.registry.writing import write

    with _progress() as say:
        count = write(Path(path), bootstrap.library(), say)
    print_text(_(N_("Nach {folder} geschrieben; Dateien: {count}.")).format(count=count, folder=path))
    if left := procedures.left():
        print_text(_(procedures.LEAVES).format(**left))


def table(kind: str, file: str, to: str, force: bool) -> None:
    """Turn a table into files of a registry."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.registry.csv_records import convert

    done = convert(Path(file), kind, Path(to), bootstrap.library(), force=force)
    if done.passed_over:
        text = N_("Nicht übernommen, weil es diese Spalten hier nicht gibt: {names}.")
        print_text(_(text).format(names=", ".join(done.passed_over)))
    print_text(_(N_("Nach {folder} geschrieben; Dateien: {count}.")).format(count=len(done.written), folder=to))


def _folder(path: str | None) -> Path:
    return Path(path) if path else shipped()


class _progress:
    """What is being read, in one line on standard error that is gone at the end; nothing where nobody looks."""

    def __enter__(self) -> "Say":
        from rich.console import Console

        self._status = Console(stderr=True).status("") if not plain_wanted() else None
        if self._status:
            self._status.start()
        return self._say

    def __exit__(self, *_happened: object) -> None:
        if self._status:
            self._status.stop()

    def _say(self, line: str) -> None:
        if self._status:
            self._status.update(line)


def _told(loading: "Loading") -> None:
    from schnittstellen.cli.listing import columns

    rows = [(_(N_("Tabelle")), _(N_("neu")), _(N_("geändert")), _(N_("gleich")), _(N_("nicht mehr in den Dateien")))]
    for name, tally in loading.tallies.items():
        counts = (str(tally[kind]) for kind in ("created", "changed", "same", "missing"))
        rows.append((_(TABLES[name]), *counts))  # type: ignore[arg-type]
    for line in columns(rows):
        print_text(line)
    gone = [one for names in loading.gone.values() for one in names]
    for one in gone[:MOST_GONE]:
        print_text(_(N_("nicht mehr in den Dateien: {name}")).format(name=one))


PATH = Argument(["path"], metavar=N_("[ORDNER]"), required=False, type=click.Path(exists=True, file_okay=False))
group = Group(
    "registry",
    help=N_("Liest, prüft und schreibt die geschriebene Form des Katalogs (registry/)."),
    commands=[
        Command(
            "import",
            callback=import_,
            help=N_("Übernimmt ein Register in den Katalog: alles oder nichts. Ohne ORDNER das mitgelieferte."),
            params=[
                PATH,
                Option(["--prune"], is_flag=True, help=N_("Entfernt, was nicht mehr in den Dateien steht.")),
                json_option(),
            ],
        ),
        Command("check", callback=check, help=N_("Prüft ein Register, ohne den Katalog zu ändern."), params=[PATH]),
        export_command,
        publiccode_command,
        Command(
            "table",
            callback=table,
            help=N_(
                "Macht aus einer CSV-Tabelle Dateien eines Registers.\n\n"
                "Die Tabelle wird dabei ganz geprüft: Ist etwas falsch, wird jede Stelle mit Zeile und Grund genannt "
                "und nichts geschrieben. Was Einsätze nennen (Programm und Version, Kommune, Leistung, Betreiber), "
                "muss im Register ORDNER oder im Katalog stehen."
            ),
            params=[
                Argument(
                    ["kind"], metavar=N_("ART"), type=click.Choice(["municipalities", "leistungen", "deployments"])
                ),
                Argument(["file"], metavar=N_("TABELLE"), type=click.Path(exists=True, dir_okay=False)),
                Option(["--to"], metavar=N_("ORDNER"), required=True, help=N_("Ordner des Registers.")),
                Option(["--force"], is_flag=True, help=N_("Ersetzt Dateien, die es schon gibt.")),
            ],
        ),
    ],
)
