"""Files of a registry, one by one: read within limits, judged by their schema, every fault with its line."""

import datetime
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from schnittstellen.catalogue.registry.faults import NO_REGISTRY, Problem
from schnittstellen.catalogue.registry.forms import FORMS, MOST_BYTES, Form
from schnittstellen.catalogue.registry.lines import line_of
from schnittstellen.catalogue.registry.wording import beside, worded
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.plain_text import first_control
from schnittstellen.domain.texts import N_
from schnittstellen.formats.written import schema_of

_AT = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, slots=True)
class Filed:
    """One file: `name` is its path below the registry, `data` what it says (dates as ISO texts), `text` its lines."""

    form: Form
    name: str
    data: dict[str, Any]
    text: str

    def problem(self, path: tuple[str | int, ...], text: str, **parameters: str) -> Problem:
        """A fault at `path` of this file."""
        return Problem(self.name, line_of(self.text, path), ".".join(map(str, path)), text, parameters)


def files(folder: Path, form: Form) -> Iterator[Path]:
    """The files of one kind, by name. Links that lead out of the registry are passed over as if they were not there."""
    top = folder.resolve()
    for path in sorted((folder / form.folder).glob("*.toml")):
        if path.is_file() and path.resolve().is_relative_to(top):
            yield path


def demand_registry(folder: Path) -> None:
    """Raises `SchnittstellenError` (F101) where `folder` holds no registry at all."""
    if not any((folder / form.folder).is_dir() for form in FORMS):
        kinds = ", ".join(form.folder for form in FORMS)
        raise SchnittstellenError(NO_REGISTRY, folder=str(folder), kinds=kinds)


def read(path: Path, form: Form, folder: Path) -> Filed | list[Problem]:
    """What a file says, or all that is wrong with its form."""
    name = path.relative_to(folder).as_posix()
    if path.stat().st_size > MOST_BYTES:
        limit = str(MOST_BYTES // 1024 // 1024)
        return [Problem(name, None, "", N_("Die Datei ist größer als {limit} MiB."), {"limit": limit})]
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [Problem(name, line, "", N_("Die Datei ist nicht in UTF-8 geschrieben."))]
    return _parsed(text, name, form)


def _parsed(text: str, name: str, form: Form) -> Filed | list[Problem]:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        return [
            Problem(name, line, "", N_("Hier bricht die Form TOML (Anführungszeichen, Klammern, Gleichheitszeichen)."))
        ]
    except RecursionError:
        return [Problem(name, None, "", N_("Die Datei ist zu tief verschachtelt."))]
    return filed_as(form, name, data, text)


def filed_as(form: Form, name: str, data: dict[str, Any], text: str = "") -> Filed | list[Problem]:
    """`data` as the content of a file of that name, or all that is wrong with its form."""
    filed = Filed(form, name, json.loads(json.dumps(data, default=_text)), text)
    return list(_departures(filed)) or filed


def _departures(filed: Filed) -> Iterator[Problem]:
    for error in _validator(filed.form.schema).iter_errors(filed.data):
        text, parameters = worded(error.kind)
        yield filed.problem((*error.instance_path, *beside(error.kind)), text, **parameters)
    for place, text in _strings(filed.data):
        if sign := first_control(text):
            yield filed.problem(place, N_("Hier steht ein unsichtbares Steuerzeichen ({sign})."), sign=sign)
    wanted = filed.form.named_by and filed.data.get(filed.form.named_by)
    if wanted and filed.name.rpartition("/")[2] != f"{wanted}.toml":
        yield filed.problem((str(filed.form.named_by),), N_("Die Datei muss {name} heißen."), name=f"{wanted}.toml")


def _strings(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _strings(one, (*place, name))
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from _strings(one, (*place, number))


def _text(value: object) -> str:
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


@cache
def _validator(schema: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema_of(schema), validate_formats=True)
