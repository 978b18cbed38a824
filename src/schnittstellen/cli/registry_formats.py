"""`schnittstellen registry publiccode` and the forms of `registry export --format`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from schnittstellen import bootstrap
from schnittstellen.catalogue.exchange_forms import faults
from schnittstellen.catalogue.exchange_forms.from_publiccode import KINDS, Taken, Wishes, take
from schnittstellen.catalogue.registry.faults import EMPTY_CATALOGUE
from schnittstellen.cli.base import Argument, Command, Option, print_text
from schnittstellen.cli.files import content, today, write
from schnittstellen.cli.listing import json_option, print_json, wrapped
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.publiccode import Publiccode, Remark, read_publiccode
from schnittstellen.i18n import _

if TYPE_CHECKING:
    from schnittstellen.catalogue.exchange_forms.selection import Offer

FORMATS = ("json", "csv", "dcat-jsonld", "dcat-ttl", "publiccode")
PLACE = N_("{file}:{line}:{column}: {key}: {text}")
WHOLE = N_("{file}:{line}:{column}: {text}")


def publiccode(  # noqa: PLR0913
    file: str,
    to: str,
    *,
    kind: str | None,
    vendor: str,
    role: tuple[str, ...],
    check: bool,
    without_files: bool,
    force: bool,
    as_json: bool,
) -> None:
    """Judge a publiccode.yml and write it into a registry. Exit status 1 where the standard is not kept."""
    read = read_publiccode(content(file), None if without_files else Path(file).resolve().parent)
    if not read.accepted or check:
        _tell(file, read, as_json=as_json)
        return
    if kind is None:
        raise SchnittstellenError(
            faults.NOT_SAID, file=file, what=Line(N_("von welcher Art das Programm ist")), option="--kind"
        )
    wishes = Wishes(kind, vendor, dict(_role(one) for one in role))
    taken = take(read.content, file, wishes, bootstrap.library().standards())
    written = _write(Path(to), taken, force=force)
    if as_json:
        print_json({**_judged(file, read), "written": written, "notes": [str(one) for one in taken.notes]})
        return
    for line in (*(_line(file, one) for one in read.remarks), *taken.notes):
        _print(_(line))
    for one in taken.declared:
        _print(_(Line(N_("Erklärt: {standard}@{version}, Rolle {role}."), **_named(one))))
    for path in written:
        _print(_(Line(N_("Geschrieben: {path}"), path=path)))


def export(path: str | None, form: str | None, **settings: Any) -> None:
    """Write the catalogue: as a registry into the folder `path`, or its public content in the form that is named."""
    if (path is None) == (form is None):
        raise click.UsageError(_(N_("Nennen Sie entweder einen Ordner oder --format.")))
    if form is not None:
        export_form(form, **settings)
        return
    from schnittstellen.cli.registry import export as export_registry

    export_registry(str(path))


def export_form(form: str, *, product: str | None, output: str | None, base: str, publisher: str) -> None:
    """Write the public content of the catalogue in one of `FORMATS`, to a file or to standard output."""
    from schnittstellen.catalogue.start import ready

    ready()
    from schnittstellen.catalogue.exchange_forms.selection import select

    offer = select(today(), product)
    if not offer.vendors and not offer.standards and product is None:
        raise SchnittstellenError(EMPTY_CATALOGUE)
    if product is not None and not offer.products:
        raise SchnittstellenError(faults.NO_EXPORT_PRODUCT, name=product)
    if form == "publiccode" and product is None:
        raise click.UsageError(_(N_("publiccode braucht --product.")))
    raw = _written(form, offer, base, publisher)
    if output is None:
        click.echo(raw, nl=False)
    else:
        write(Path(output), raw)


def _written(form: str, offer: "Offer", base: str, publisher: str) -> bytes:
    from schnittstellen.catalogue.exchange_forms import as_csv, as_dcat, as_json, as_publiccode

    if form == "json":
        return as_json.as_json(offer)
    if form == "csv":
        return as_csv.as_csv(offer)
    if form == "publiccode":
        product = offer.products[0]
        url = next((vendor.url for vendor in offer.vendors if vendor.key == product.vendor), "")
        return as_publiccode.as_publiccode(product, offer.day, url)
    graph = as_dcat.as_graph(offer, base, publisher)
    return as_dcat.as_turtle(graph) if form == "dcat-ttl" else as_dcat.as_json_ld(graph)


def _tell(file: str, read: Publiccode, *, as_json: bool) -> None:
    if as_json:
        print_json(_judged(file, read))
        click.get_current_context().exit(0 if read.accepted else 1)
    lines = [_line(file, one) for one in read.remarks]
    if not read.accepted:
        raise SchnittstellenError(faults.NO_PUBLICCODE, *lines, file=file)
    for line in lines:
        _print(_(line))
    _print(_(Line(N_("{file} hält den Standard publiccode.yml ein."), file=file)))


def _judged(file: str, read: Publiccode) -> dict[str, Any]:
    remarks = [
        {"key": one.key, "line": one.line, "column": one.column, "grave": one.grave, "text": _(one.text)}
        for one in read.remarks
    ]
    return {"file": file, "accepted": read.accepted, "remarks": remarks}


def _line(file: str, one: Remark) -> Line:
    place = {"file": file, "line": str(one.line), "column": str(one.column)}
    return Line(PLACE, **place, key=one.key, text=one.text) if one.key else Line(WHOLE, **place, text=one.text)


def _role(text: str) -> tuple[str, str]:
    standard, equals, role = text.partition("=")
    if not equals or not standard or not role:
        raise click.UsageError(_(Line(N_("{text} hat nicht die Form STANDARD=ROLLE."), text=text)))
    return standard, role


def _write(folder: Path, taken: Taken, *, force: bool) -> list[str]:
    """The product's file, which must be new, and the vendor's where there is none yet."""
    product, vendor = folder / taken.product[0], folder / taken.vendor[0]
    if product.exists() and not force:
        raise SchnittstellenError(faults.ALREADY_THERE, file=str(product))
    new: Sequence[tuple[Path, bytes]] = [(product, taken.product[1])]
    if not vendor.exists():
        new = [(vendor, taken.vendor[1]), *new]
    for path, raw in new:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, raw)
    return [str(path) for path, _raw in new]


def _named(one: Any) -> dict[str, str]:
    return {"standard": one.standard, "version": one.version, "role": one.role}


def _print(text: str) -> None:
    for line in wrapped(text):
        print_text(line)


publiccode_command = Command(
    "publiccode",
    callback=publiccode,
    help=N_(
        "Übernimmt ein Programm aus einer publiccode.yml in ein Register.\n\nDie Datei wird nach dem Standard "
        "geprüft (0.2 bis 0.7); Rückgabewert 1, wenn sie ihn nicht einhält. Netzadressen werden nicht abgerufen.\n\n"
        "Beispiel: schnittstellen registry publiccode publiccode.yml --kind fachverfahren --to registry"
    ),
    params=[
        Argument(["file"], metavar=N_("DATEI")),
        Option(["--to"], default="registry", metavar=N_("ORDNER"), help=N_("Register; Vorgabe: registry.")),
        Option(["--kind"], type=click.Choice(KINDS), help=N_("Art des Programms; in der Datei steht sie nicht.")),
        Option(["--vendor"], default="", metavar=N_("SCHLÜSSEL"), help=N_("Schlüssel des Herstellers im Register.")),
        Option(
            ["--role"],
            multiple=True,
            metavar=N_("STANDARD=ROLLE"),
            help=N_("Rolle des Programms in einem Standard, den supports nennt; mehrfach möglich."),
        ),
        Option(["--check"], is_flag=True, help=N_("Prüft die Datei nur.")),
        Option(["--without-files"], is_flag=True, help=N_("Verlangt nicht, dass genannte Dateien daneben liegen.")),
        Option(["--force"], is_flag=True, help=N_("Ersetzt die Datei des Programms.")),
        json_option(),
    ],
)


export_command = Command(
    "export",
    callback=export,
    help=N_(
        "Schreibt den Katalog als Register in einen Ordner oder seinen öffentlichen Inhalt in einer anderen Form.\n\n"
        "Beispiele:\n  schnittstellen registry export register/\n"
        "  schnittstellen registry export --format csv -o katalog.csv"
    ),
    params=[
        Argument(["path"], metavar=N_("[ORDNER]"), required=False, type=click.Path(file_okay=False)),
        Option(
            ["form", "--format"],
            type=click.Choice(FORMATS),
            help=N_("Statt des Registers: der öffentliche Inhalt in dieser Form."),
        ),
        Option(["--product"], metavar=N_("PROGRAMM"), help=N_("Mit --format: nur dieses Programm.")),
        Option(["--output", "-o"], metavar=N_("DATEI"), help=N_("Mit --format: Datei; Vorgabe: Standardausgabe.")),
        Option(
            ["--base"],
            default="https://katalog.example.org/",
            metavar=N_("ADRESSE"),
            help=N_("Mit --format dcat-…: Webadresse des Katalogs, aus der die Namen gebildet werden."),
        ),
        Option(
            ["--publisher"],
            default="Betreiber des Referenzkatalogs",
            metavar=N_("NAME"),
            help=N_("Mit --format dcat-…: wer den Katalog betreibt."),
        ),
    ],
)
