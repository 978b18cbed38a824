"""Tables of municipalities, Leistungen and deployments into files of the registry: all of a table or nothing."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue.exchange_forms.faults import ALREADY_THERE
from schnittstellen.catalogue.registry import checking, forms, reading
from schnittstellen.catalogue.registry.csv_tables import LINE, Columns, Row, read
from schnittstellen.catalogue.registry.faults import NO_TABLE, Problem, refused
from schnittstellen.catalogue.registry.forms import FORMS, Form
from schnittstellen.catalogue.registry.names import Names, of_library, with_database
from schnittstellen.catalogue.registry.reading import Filed
from schnittstellen.catalogue.registry.texts import file_names, filled, text_of
from schnittstellen.domain.errors import SchnittstellenError

Made = Iterator[tuple[str, dict[str, Any]]]
FORMS_OF_PLACES = {"61": "Kreisfreie Stadt", "63": "Stadt", "64": "Gemeinde"}
"""Textkennzeichen of the Gemeindeverzeichnis (Destatis, GV100AD, Satzart 60) that occur in Nordrhein-Westfalen."""
_GROUPED = re.compile(r"\d{1,3}(?:[. ]\d{3})+\Z")
_SAID = {"ja": True, "nein": False, "true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table: its columns, the files that are made of it, and whether it names what stands elsewhere."""

    form: Form
    columns: Columns
    make: Callable[[Sequence[Row]], Made]
    refers: bool = False


@dataclass(frozen=True, slots=True)
class Converted:
    """The files that were written, and the columns of the table that mean nothing here."""

    written: tuple[Path, ...]
    passed_over: tuple[str, ...]


def convert(file: Path, kind: str, to: Path, library: Library, *, force: bool = False) -> Converted:
    """Write the rows of `file` as files of the registry `to`; on any fault nothing is written.

    Deployments may name what is in `to` and, besides, in the catalogue, which must be ready. Raises
    `SchnittstellenError` (F103 with line and column of every fault; F114 where a file is there and `force` is not).
    """
    table = TABLES[kind]
    found = read(file, table.columns)
    made = [] if found.problems else _placed(file.name, table, found.rows)
    problems = found.problems or _departures(file.name, table, found.rows, lambda ours: _known(to, ours, library))
    if problems:
        in_order = sorted(problems, key=lambda one: one.line or 0)
        raise refused(NO_TABLE, in_order, file=file.name, columns=table.columns.told)
    paths = [to / one.filed.name for one in made]
    there = [] if force else [path for path in paths if path.exists()]
    if there:
        raise SchnittstellenError(ALREADY_THERE, file=", ".join(map(str, there[:3])))
    for path, one in zip(paths, made, strict=True):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text_of(table.form, one.filed.data), encoding="utf-8", newline="\n")
    return Converted(tuple(paths), tuple(found.passed_over))


@dataclass(frozen=True, slots=True)
class _Placed:
    """A file to be written, and in which line of the table each of its records stands, by place in the file."""

    table: str
    filed: Filed
    lines: Mapping[str, int]

    def told(self, problem: Problem) -> Problem:
        """A fault of the file as one of the table: the line, and the column where there is one."""
        place = self._place(problem)
        line = min(self.meant(problem), default=1)
        column = problem.path.removeprefix(place).strip(".").partition(".")[0]
        return Problem(self.table, line, column, problem.text, problem.parameters)

    def meant(self, problem: Problem) -> set[int]:
        """The line of the record that a fault is in, or of all records where it is in none."""
        place = self._place(problem)
        return {self.lines[place]} if place in self.lines else set(self.lines.values())

    def _place(self, problem: Problem) -> str:
        known = [one for one in self.lines if problem.path == one or problem.path.startswith(f"{one}.")]
        return max(known, key=len, default="")


def _placed(file: str, table: Table, rows: Sequence[Row]) -> list[_Placed]:
    found = []
    for name, data in table.make(rows):
        lines: dict[str, int] = {}
        plain = filled(_without_lines(data, "", lines))
        found.append(_Placed(file, Filed(table.form, f"{table.form.folder}/{name}.toml", plain, ""), lines))
    return found


def _without_lines(value: Any, place: str, lines: dict[str, int]) -> Any:
    """`value` without the lines that records bear, which `lines` gets by their place."""
    if isinstance(value, list):
        return [_without_lines(one, f"{place}.{number}".strip("."), lines) for number, one in enumerate(value)]
    if not isinstance(value, dict):
        return value
    if LINE in value:
        lines[place] = value[LINE]
    kept = {name: one for name, one in value.items() if name != LINE}
    return {name: _without_lines(one, f"{place}.{name}".strip("."), lines) for name, one in kept.items()}


def _departures(file: str, table: Table, rows: Sequence[Row], known: Callable[[set[str]], Names]) -> list[Problem]:
    """What schema and rules of the registry say of the files, told as faults of the table.

    Rules judge the rows that keep to the schema, so that the faults of all rows are told at once.
    """
    made = _placed(file, table, rows)
    formal = [(one, problem) for one in made for problem in _formal(table.form, one)]
    bad = {line for one, problem in formal for line in one.meant(problem)}
    names = known({one.filed.name for one in made}) if table.refers else Names()
    good = _placed(file, table, [row for row in rows if row[LINE] not in bad])
    ruled = [(one, problem) for one in good for problem in _ruled(table.form, one, names)]
    return [one.told(problem) for one, problem in (*formal, *ruled)]


def _formal(form: Form, one: _Placed) -> list[Problem]:
    filed = _filed(form, one)
    return filed if isinstance(filed, list) else []


def _ruled(form: Form, one: _Placed, names: Names) -> list[Problem]:
    filed = _filed(form, one)
    return list(checking.RULES[form](filed, names)) if isinstance(filed, Filed) else []


def _filed(form: Form, one: _Placed) -> Filed | list[Problem]:
    return reading.filed_as(form, one.filed.name, {"schema": form.schema, **one.filed.data})


def _known(to: Path, ours: set[str], library: Library) -> Names:
    """What the registry names beside the files that are to be written, and the catalogue."""
    names = of_library(library)
    for form in FORMS:
        for path in reading.files(to, form):
            filed = reading.read(path, form, to)
            if isinstance(filed, Filed) and filed.name not in ours:
                list(checking.RULES[form](filed, names))
    return with_database(names)


def _municipalities(rows: Sequence[Row]) -> Made:
    grouped = _grouped(rows, "kreis")
    for file, kreis in file_names(grouped):
        places = [
            {
                "ags": row["ags"],
                "ars": row.get("ars"),
                "name": row["name"],
                "form": FORMS_OF_PLACES.get(row.get("form", ""), row.get("form")),
                "population": _number(row.get("population")),
                "area": _number(row.get("area")),
                "postcode": row.get("postcode"),
                LINE: row[LINE],
            }
            for row in sorted(grouped[kreis], key=lambda row: str(row["ags"]))
        ]
        yield file, {"kreis": kreis, "municipalities": places}


def _leistungen(rows: Sequence[Row]) -> Made:
    grouped = _grouped(rows, "subject")
    for file, subject in file_names(grouped):
        members, services = grouped[subject], []
        for ozg, parts in sorted(_grouped([row for row in members if "ozg" in row], "ozg").items()):
            first = parts[0]
            title = {"title": first.get("ozg_title", ozg), "situation": first.get("situation")}
            services.append({"id": ozg, **title, "leistungen": _titled(parts), LINE: first[LINE]})
        loose = _titled([row for row in members if "ozg" not in row])
        yield file, {"subject": subject, "services": services, "leistungen": loose}


def _titled(rows: Sequence[Row]) -> list[dict[str, Any]]:
    in_order = sorted(rows, key=lambda row: str(row["leika"]))
    return [{"leika": row["leika"], "title": row["title"], LINE: row[LINE]} for row in in_order]


_PLAIN = ("operator", "since", "until", "experience", "replacement", "replacement_on", "in_charge")


_DAYS = frozenset(("since", "until", "replacement_on"))


def _deployments(rows: Sequence[Row]) -> Made:
    for ags, members in _grouped(rows, "ags").items():
        entries = [
            {
                "id": row.get("id", f"{row['product']}-{number}"),
                "release": f"{row['product']}@{row['release']}",
                "leistungen": sorted(row.get("leika", "").replace("|", " ").replace(",", " ").split()),
                **{name: _day(row.get(name)) if name in _DAYS else row.get(name) for name in _PLAIN},
                "confirmed": _said(row.get("confirmed")),
                LINE: row[LINE],
            }
            for number, row in enumerate(members, 1)
        ]
        yield ags, {"ags": ags, "deployments": sorted(entries, key=lambda entry: str(entry["id"]))}


def _grouped(rows: Sequence[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return dict(sorted(found.items()))


def _number(text: str | None) -> int | str | None:
    """A number, also as 12.345 or 12 345; what is none stays as it is, and the schema refuses it."""
    if text is None:
        return None
    plain = re.sub(r"[. ]", "", text) if _GROUPED.match(text) else text
    return int(plain) if plain.isascii() and plain.isdecimal() else text


def _day(text: str | None) -> date | str | None:
    """A day; what is none stays as it is, and the schema refuses it."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _said(text: str | None) -> bool | str | None:
    """Yes or no; no is not written, and what is neither is refused by the schema."""
    return None if text is None else _SAID.get(text.lower(), text) or None


TABLES = {
    "municipalities": Table(
        forms.MUNICIPALITIES,
        Columns(("ags", "name", "kreis"), ("ars", "form", "population", "area", "postcode")),
        _municipalities,
    ),
    "leistungen": Table(
        forms.SERVICES, Columns(("leika", "title", "subject"), ("ozg", "ozg_title", "situation")), _leistungen
    ),
    "deployments": Table(
        forms.DEPLOYMENTS,
        Columns(("ags", "product", "release"), ("id", "leika", *_PLAIN, "confirmed")),
        _deployments,
        refers=True,
    ),
}
