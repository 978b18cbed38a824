"""The one text that a record of the registry has, and the names of files."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, count
from typing import Any

from schnittstellen.catalogue.registry.forms import Form
from schnittstellen.formats.toml_text import toml_text

_LETTERS = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}


def text_of(form: Form, data: Mapping[str, Any]) -> str:
    """The one text of a record: schema first, then what is said, without what is empty."""
    return toml_text({"schema": form.schema, **filled(data)})


def filled(data: Mapping[str, Any]) -> dict[str, Any]:
    """`data` without what is empty."""
    return {name: value for name, raw in data.items() if not _empty(value := _value(raw))}


def _value(raw: Any) -> Any:
    if isinstance(raw, Mapping):
        return filled(raw)
    return [_value(one) for one in raw] if isinstance(raw, list | tuple) else raw


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {})


def slug(text: str) -> str:
    """A file name for a text: lower case, ae/oe/ue/ss, everything else a hyphen."""
    plain = text.lower().translate(_LETTERS)
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "ohne-namen"


def file_names(texts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each text once, in order, with a file name of its own, at most 100 characters long."""
    used: set[str] = set()
    for text in sorted(set(texts)):
        plain = slug(text)[:90].strip("-")
        name = next(one for one in chain([plain], (f"{plain}-{number}" for number in count(2))) if one not in used)
        used.add(name)
        yield name, text
