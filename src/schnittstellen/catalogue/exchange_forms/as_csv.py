"""The catalogue as a table for Excel and LibreOffice: a row per interface of a release."""

import csv
import io
from collections.abc import Callable, Iterator

from schnittstellen.catalogue.exchange_forms.selection import Interface, Offer, OfferedProduct, OfferedRelease

_Row = tuple[OfferedProduct, OfferedRelease | None, Interface | None]
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

_COLUMNS: tuple[tuple[str, Callable[[OfferedProduct], object]], ...] = (
    ("Programm", lambda one: one.key),
    ("Name", lambda one: one.name),
    ("Hersteller", lambda one: one.vendor_name),
    ("Art", lambda one: one.kind),
    ("Zweck", lambda one: one.purpose),
    ("Leistungen (LeiKa)", lambda one: ", ".join(service.key for service in one.leistungen)),
    ("Voraussetzungen", lambda one: one.prerequisites),
    ("Betriebsformen", lambda one: ", ".join(one.operation)),
    ("Lizenz", lambda one: one.licence),
    ("Quelltext", lambda one: one.source_code),
    ("Öffentlich gefördert", lambda one: {True: "ja", False: "nein", None: ""}[one.publicly_funded]),
    ("Ende der Unterstützung", lambda one: one.end_of_support or ""),
    ("Kosten Lizenz", lambda one: one.costs.licence if one.costs else ""),
    ("Kosten Einführung", lambda one: one.costs.introduction if one.costs else ""),
    ("Kosten Betrieb", lambda one: one.costs.running if one.costs else ""),
    ("Beispiel (erfunden)", lambda one: "ja" if one.example else "nein"),
)
_OF_RELEASE = ("Version", "Erschienen", "Unterstützt bis")
_OF_INTERFACE = ("Standard", "Version des Standards", "Rolle", "Nachrichten", "Dokumentation", "Nachweisstufe")


def as_csv(offer: Offer) -> bytes:
    """UTF-8 with byte order mark, semicolons, CRLF. Cells that a spreadsheet would compute begin with an apostrophe."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(name for name, _ in _COLUMNS), *_OF_RELEASE, *_OF_INTERFACE])
    for product in offer.products:
        for row in _rows(product):
            writer.writerow([harmless(str(cell)) for cell in _cells(*row)])
    return file.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """`cell`, or with an apostrophe before it where a spreadsheet would take it for a formula."""
    return "'" + cell if cell.lstrip(" ").startswith(_DANGEROUS) or cell.startswith(_DANGEROUS) else cell


def _rows(product: OfferedProduct) -> Iterator[_Row]:
    if not product.releases:
        yield product, None, None
    for release in product.releases:
        if not release.interfaces:
            yield product, release, None
        for interface in release.interfaces:
            yield product, release, interface


def _cells(product: OfferedProduct, release: OfferedRelease | None, interface: Interface | None) -> Iterator[object]:
    yield from (read(product) for _, read in _COLUMNS)
    if release is None:
        yield from [""] * len(_OF_RELEASE)
    else:
        yield from (release.version, release.released or "", release.end_of_support or "")
    if interface is None:
        yield from [""] * len(_OF_INTERFACE)
    else:
        yield from (interface.standard, interface.version, interface.role)
        yield from (", ".join(interface.messages) or "alle", interface.documentation, interface.level)
