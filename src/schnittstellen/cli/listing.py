"""Lists and records for people in columns, for machines as JSON."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from shutil import get_terminal_size
from typing import Any

from schnittstellen.cli.base import Option, print_text
from schnittstellen.domain.texts import N_
from schnittstellen.i18n import _
from schnittstellen.reports.telling import clean

_LEAST = 60


def json_option() -> Option:
    """`--json`, for machines."""
    return Option(["as_json", "--json"], is_flag=True, help=N_("Ausgabe als JSON, für Maschinen."))


def print_json(value: Any) -> None:
    """Print a domain object, or a list of them, as JSON."""
    print_text(json.dumps(written(value), ensure_ascii=False, indent=2))


def written(value: Any) -> Any:
    """`value` in terms of JSON: dataclasses become objects, sets become sorted lists, dates ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): written(one) for name, one in value.items()}
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, list | tuple):
        return [written(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """`rows` in columns; the last column is wrapped to the width of the terminal."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)] if rows else []
    indent = " " * sum(width + 2 for width in widths)
    for row in rows:
        head = "".join(f"{clean(cell):<{width + 2}}" for cell, width in zip(row, widths, strict=False))
        yield from wrapped(clean(row[-1]), head, indent)


def record(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Names (German texts of the catalogue) with their values; empty values are left out."""
    return columns([(_(name) + ":", value) for name, value in pairs if value])


def wrapped(text: str, head: str = "", indent: str = "") -> Iterator[str]:
    """`text` after `head`, in lines of the terminal's width, further lines after `indent`."""
    width = max(min(get_terminal_size((80, 24)).columns, 100), _LEAST, len(indent) + 30)
    lines = text.splitlines() or [""]
    for number, line in enumerate(lines):
        first = head if number == 0 else indent
        yield from textwrap.wrap(
            line, width, initial_indent=first, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
        ) or [first.rstrip()]
