"""Tables as offices write them (CSV with ; or , in UTF-8 or Windows-1252) into files of the registry."""

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schnittstellen.catalogue.registry import forms
from schnittstellen.catalogue.registry.faults import NO_TABLE, Problem, refused
from schnittstellen.catalogue.registry.forms import MOST_BYTES, Form
from schnittstellen.catalogue.registry.texts import slug, text_of
from schnittstellen.domain.texts import N_

Row = dict[str, str]
Made = Iterator[tuple[str, dict[str, Any]]]
FORMS_OF_PLACES = {"61": "Kreisfreie Stadt", "63": "Stadt", "64": "Gemeinde"}
"""Textkennzeichen of the Gemeindeverzeichnis (Destatis, GV100AD, Satzart 60) that occur in Nordrhein-Westfalen."""
_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z")


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: which columns it must and may have (other names in brackets), and what is made of its rows."""

    form: Form
    demanded: tuple[str, ...]
    allowed: tuple[str, ...]
    make: Callable[[Sequence[Row], Mapping[str, str]], Made]


ALIASES = {
    "flaeche_ha": "area",
    "einwohner": "population",
    "plz": "postcode",
    "textkennzeichen": "form",
    "bezeichnung": "title",
    "lebenslage": "situation",
    "themenfeld": "subject",
    "produkt": "product",
    "version": "release",
    "leistung": "leika",
    "betreiber": "operator",
    "seit": "since",
    "bis": "until",
    "kennung": "id",
}
"""Names of columns as German tables have them."""


def convert(file: Path, kind: str, to: Path, **more: str) -> list[Path]:
    """Write the rows of `file` as files of the registry `to` and give their paths; nothing is written on a fault.

    Raises `SchnittstellenError` (F103) with line and column of every fault.
    """
    table = TABLES[kind]
    rows, problems = read(file, table)
    if problems:
        raise refused(NO_TABLE, problems, file=file.name, columns=", ".join((*table.demanded, *table.allowed)))
    written = []
    for name, data in table.make(rows, more):
        path = to / table.form.folder / f"{name}.toml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(table.form, data), encoding="utf-8", newline="\n")
        written.append(path)
    return written


def read(file: Path, table: Table) -> tuple[list[Row], list[Problem]]:
    """The rows of a table with the names of our columns, and what is wrong with them."""
    if file.stat().st_size > MOST_BYTES:
        limit = str(MOST_BYTES // 1024 // 1024)
        return [], [Problem(file.name, None, "", N_("Die Datei ist größer als {limit} MiB."), {"limit": limit})]
    text = _decoded(file.read_bytes())
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        head = [ALIASES.get(name.strip().lower(), name.strip().lower()) for name in next(lines, [])]
        missing = [name for name in table.demanded if name not in head]
        if missing:
            text = N_("Die Spalte {name} fehlt.")
            return [], [Problem(file.name, 1, "", text, {"name": name}) for name in missing]
        return _rows(file.name, head, lines, table)
    except csv.Error:
        return [], [Problem(file.name, lines.line_num, "", N_("Hier bricht die Form CSV (Anführungszeichen)."))]


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return max(";,\t", key=first.count)


def _rows(name: str, head: list[str], lines: Any, table: Table) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    problems: list[Problem] = []
    wanted = {*table.demanded, *table.allowed}
    for cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(head):
            found = {"found": str(len(cells)), "expected": str(len(head))}
            text = N_("Die Zeile hat {found} statt {expected} Spalten.")
            problems.append(Problem(name, lines.line_num, "", text, found))
            continue
        row = {
            column: _cell(cell) for column, cell in zip(head, cells, strict=True) if column in wanted and cell.strip()
        }
        for column in table.demanded:
            if column not in row:
                problems.append(Problem(name, lines.line_num, column, N_("Die Spalte ist leer.")))
        rows.append(row)
    return rows, problems


def _cell(text: str) -> str:
    """A cell without blanks around it; German dates become ISO dates."""
    plain = " ".join(text.split())
    found = _DAY.match(plain)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else plain


def _municipalities(rows: Sequence[Row], _more: Mapping[str, str]) -> Made:
    for kreis, members in _grouped(rows, "kreis").items():
        places = [
            {
                "ags": row["ags"],
                "ars": row.get("ars"),
                "name": row["name"],
                "form": FORMS_OF_PLACES.get(row.get("form", ""), row.get("form")),
                "population": _number(row.get("population")),
                "area": _number(row.get("area")),
                "postcode": row.get("postcode"),
            }
            for row in sorted(members, key=lambda row: row["ags"])
        ]
        yield slug(kreis), {"kreis": kreis, "municipalities": places}


def _leistungen(rows: Sequence[Row], _more: Mapping[str, str]) -> Made:
    for subject, members in _grouped(rows, "subject").items():
        services = []
        for ozg, parts in sorted(_grouped([row for row in members if "ozg" in row], "ozg").items()):
            first = parts[0]
            title = {"title": first.get("ozg_title", ozg), "situation": first.get("situation")}
            services.append({"id": ozg, **title, "leistungen": _titled(parts)})
        loose = _titled([row for row in members if "ozg" not in row])
        yield slug(subject), {"subject": subject, "services": services, "leistungen": loose}


def _titled(rows: Sequence[Row]) -> list[dict[str, str]]:
    return [{"leika": row["leika"], "title": row["title"]} for row in sorted(rows, key=lambda row: row["leika"])]


def _deployments(rows: Sequence[Row], _more: Mapping[str, str]) -> Made:
    for ags, members in _grouped(rows, "ags").items():
        entries = [
            {
                "id": row.get("id", f"{row['product']}-{number}"),
                "release": f"{row['product']}@{row['release']}",
                "leistungen": [one for one in row.get("leika", "").replace("|", " ").split() if one],
                "operator": row.get("operator"),
                "since": row.get("since"),
                "until": row.get("until"),
            }
            for number, row in enumerate(members, 1)
        ]
        yield ags, {"ags": ags, "deployments": sorted(entries, key=lambda entry: str(entry["id"]))}


def _grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return dict(sorted(found.items()))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


TABLES = {
    "municipalities": Table(
        forms.MUNICIPALITIES,
        ("ags", "name", "kreis"),
        ("ars", "form", "population", "area", "postcode"),
        _municipalities,
    ),
    "leistungen": Table(forms.SERVICES, ("leika", "title", "subject"), ("ozg", "ozg_title", "situation"), _leistungen),
    "deployments": Table(
        forms.DEPLOYMENTS, ("ags", "product", "release"), ("id", "leika", "operator", "since", "until"), _deployments
    ),
}
