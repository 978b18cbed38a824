"""Files that publiccode.yml names beside itself: logos, screenshots, list of authors."""

import struct
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from schnittstellen.domain.texts import N_, Line
from schnittstellen.formats.publiccode.shapes import Remark, remark
from schnittstellen.formats.yaml_tree import Node

_LOGOS = (".svg", ".svgz", ".png")
_PICTURES = (".jpg", ".png")
_LEAST_WIDTH = 120


def judge_files(document: Node, folder: Path | None) -> Iterator[Remark]:
    """Remarks about named files; with `folder`, they must lie there. Web addresses are not asked."""
    for key, node, endings in _named(document):
        if wrong := _wrong(node.text, endings, folder):
            yield remark(node, key, wrong)


def _named(document: Node) -> Iterator[tuple[str, Node, tuple[str, ...]]]:
    for name in ("logo", "monochromeLogo"):
        node = document.get(name)
        if node is not None and node.text:
            yield name, node, _LOGOS
    legal = document.get("legal")
    authors = legal.get("authorsFile") if legal is not None else None
    if authors is not None and authors.text:
        yield "legal.authorsFile", authors, ()
    description = document.get("description")
    for tag, one in description.entries if description is not None else ():
        shots = one.get("screenshots")
        for number, item in enumerate(shots.items if shots is not None else ()):
            yield f"description.{tag}.screenshots[{number}]", item, _PICTURES


def _wrong(name: str, endings: tuple[str, ...], folder: Path | None) -> Line | None:
    if name.startswith("/"):
        return Line(N_("ist ein absoluter Pfad; erlaubt sind relative Pfade und Webadressen"))
    if name.startswith("file:"):
        return Line(N_("ist eine file-Adresse; erlaubt sind relative Pfade und Webadressen"))
    if _is_web(name):
        return None
    if endings and PurePosixPath(name).suffix.lower() not in endings:
        return Line(N_("hat keine der Endungen {endings}"), endings=", ".join(endings))
    return _wrong_file(name, endings, folder) if folder is not None else None


def _is_web(name: str) -> bool:
    try:
        return bool(urlsplit(name).scheme)
    except ValueError:
        return False


def _wrong_file(name: str, endings: tuple[str, ...], folder: Path) -> Line | None:
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            return Line(N_("führt aus dem Ordner der Datei hinaus"))
        if not path.is_file():
            return Line(N_("die Datei {name} liegt nicht neben der publiccode.yml"), name=name)
        is_logo = endings == _LOGOS and path.suffix.lower() == ".png"
        return _wrong_png(path) if is_logo else None
    except (OSError, ValueError):
        return Line(N_("die Datei {name} ist nicht lesbar"), name=name)


def _wrong_png(path: Path) -> Line | None:
    with path.open("rb") as file:
        head = file.read(24)
    if len(head) < 24 or not head.startswith(b"\x89PNG\r\n\x1a\n") or head[12:16] != b"IHDR":
        return Line(N_("ist kein PNG-Bild"))
    (width,) = struct.unpack(">I", head[16:20])
    if width < _LEAST_WIDTH:
        told = N_("ist {width} Pixel breit; mindestens {least} sind verlangt")
        return Line(told, width=str(width), least=str(_LEAST_WIDTH))
    return None
