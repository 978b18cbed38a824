"""One way to write a JSON value as bytes, so that its digest means the same everywhere (a subset of RFC 8785)."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

MOST = 2**53 - 1
"""Whole numbers beyond this are not the same in every reader of JSON."""


class NotCanonical(ValueError):
    """A value has no canonical form; the message says where, never what."""


def canonical(value: Any) -> bytes:
    """`value` (None, truth values, whole numbers, text, lists, mappings with text as keys) as UTF-8.

    Keys are sorted by code point, nothing is escaped but what JSON demands, no white space. Raises `NotCanonical` for
    fractions, which are written differently by different programmes, and for text that is no Unicode.
    """
    _demand(value, "")
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotCanonical("text that is no Unicode") from None


def digest(value: Any) -> str:
    """SHA-256 of the canonical form, as 64 hexadecimal digits. Raises `NotCanonical`."""
    return hashlib.sha256(canonical(value)).hexdigest()


def _demand(value: Any, place: str) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > MOST:
            raise NotCanonical(f"{place or '.'}: number too large")
    elif isinstance(value, Mapping):
        for name, one in value.items():
            if not isinstance(name, str):
                raise NotCanonical(f"{place or '.'}: name is no text")
            _demand(one, f"{place}/{name}")
    elif isinstance(value, list | tuple):
        for position, one in enumerate(value):
            _demand(one, f"{place}/{position}")
    else:
        raise NotCanonical(f"{place or '.'}: {type(value).__name__}")
