"""Tables as offices write them (; or , or tabs; UTF-8, UTF-16 or Windows-1252), row by row, and their faults."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.registry.faults import Problem
from schnittstellen.catalogue.registry.forms import MOST_BYTES
from schnittstellen.domain.texts import N_

LINE = "line"
"""Where a row stands in its table; not a column."""
Row = dict[str, Any]
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")
ALIASES = {
    "flaeche_ha": "area",
    "einwohner": "population",
    "plz": "postcode",
    "textkennzeichen": "form",
    "bezeichnung": "title",
    "lebenslage": "situation",
    "themenfeld": "subject",
    "produkt": "product",
    "programm": "product",
    "version": "release",
    "leistung": "leika",
    "betreiber": "operator",
    "seit": "since",
    "bis": "until",
    "kennung": "id",
    "erfahrung": "experience",
    "erfahrungsbericht": "experience",
    "nachfolger": "replacement",
    "abloesung": "replacement",
    "ablösung": "replacement",
    "abloesung_am": "replacement_on",
    "ablösung_am": "replacement_on",
    "zustaendig": "in_charge",
    "zuständig": "in_charge",
    "bestaetigt": "confirmed",
    "bestätigt": "confirmed",
}
"""Names of columns as German tables have them."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns a kind of table must and may have, by our names."""

    demanded: tuple[str, ...]
    allowed: tuple[str, ...]

    @property
    def told(self) -> str:
        """All of them, for people."""
        return ", ".join((*self.demanded, *self.allowed))


@dataclass(slots=True)
class Read:
    """A table: its rows, what is wrong in it, and columns that mean nothing here."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)


class _Faulty(Exception):
    """The table as a whole cannot be read."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__()
        self.problems = list(problems)


def read(file: Path, columns: Columns) -> Read:
    """The rows of a table with the names of our columns, and what is wrong with them."""
    try:
        return _rows(file.name, _text(file), columns)
    except _Faulty as error:
        return Read(problems=error.problems)


def _text(file: Path) -> str:
    if file.stat().st_size > MOST_BYTES:
        limit = str(MOST_BYTES // 1024 // 1024)
        raise _Faulty(Problem(file.name, None, "", N_("Die Datei ist größer als {limit} MiB."), {"limit": limit}))
    raw = file.read_bytes()
    wide = raw.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
    raise _Faulty(
        Problem(file.name, line, "", N_("Die Tabelle ist weder in UTF-8 oder UTF-16 noch in Windows-1252 geschrieben."))
    )


def _rows(name: str, text: str, columns: Columns) -> Read:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head, foreign = _head(name, next(lines, []), columns)
        found = Read(passed_over=foreign)
        for number, cells in _numbered(lines):
            _take(found, name, number, dict(enumerate(cells)), head)
    except csv.Error as error:
        raise _Faulty(Problem(name, lines.line_num, "", N_("Hier bricht die Form CSV (Anführungszeichen)."))) from error
    if not found.rows and not found.problems:
        found.problems.append(Problem(name, 1, "", N_("Unter der Kopfzeile steht nichts.")))
    _demand(found, name, columns)
    return found


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _head(name: str, cells: list[str], columns: Columns) -> tuple[list[str], list[str]]:
    """Our names of the columns ("" for what means nothing here), and those that mean nothing."""
    written = [one.strip().lower() for one in cells]
    known = [ALIASES.get(one, one) for one in written]
    wanted = (*columns.demanded, *columns.allowed)
    missing = [one for one in columns.demanded if one not in known]
    twice = sorted({one for one in known if one in wanted and known.count(one) > 1})
    problems = [Problem(name, 1, "", N_("Die Spalte {name} fehlt."), {"name": one}) for one in missing]
    problems += [Problem(name, 1, "", N_("Die Spalte {name} kommt mehrfach vor."), {"name": one}) for one in twice]
    if problems:
        raise _Faulty(*problems)
    head = [one if one in wanted else "" for one in known]
    return head, [raw for raw, one in zip(written, head, strict=True) if raw and not one]


def _numbered(lines: Any) -> Iterator[tuple[int, list[str]]]:
    """Rows that say something, with the line in which each begins."""
    begins = lines.line_num + 1
    for cells in lines:
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = lines.line_num + 1


def _take(found: Read, name: str, number: int, cells: dict[int, str], head: list[str]) -> None:
    if len(cells) != len(head):
        counts = {"found": str(len(cells)), "expected": str(len(head))}
        found.problems.append(Problem(name, number, "", N_("Die Zeile hat {found} statt {expected} Spalten."), counts))
        return
    said = {column: _cell(cells[at]) for at, column in enumerate(head) if column and cells[at].strip()}
    found.rows.append({**said, LINE: number})


def _demand(found: Read, name: str, columns: Columns) -> None:
    empty = ((row, one) for row in found.rows for one in columns.demanded if one not in row)
    found.problems += [Problem(name, row[LINE], one, N_("Die Spalte ist leer.")) for row, one in empty]


def _cell(text: str) -> str:
    """A cell without blanks around it; German dates become ISO dates."""
    plain = " ".join(text.split())
    found = _DAY.match(plain)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else plain
