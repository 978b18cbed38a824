"""Redaction by value: a secret is replaced wherever it stands, in whatever dress, by a mark that names it.

The mark is safe in URLs, headers, JSON and XML. The gateway puts the secret back when a mark is sent, so that checks
follow links which carry a key without ever seeing the key.
"""

import base64
import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import quote, quote_plus

SHORTEST = 4
"""Secrets with fewer characters than this cannot be redacted without destroying everything else."""

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Secret:
    """A value that must never be shown. `variable` is the environment variable it came from, if any."""

    value: str = field(repr=False)
    variable: str | None = None


class Redactor:
    """Replaces secrets by marks and marks by secrets."""

    def __init__(self, secrets: Iterable[Secret] = ()) -> None:
        self._marks = {mark_of(number, secret.variable): secret for number, secret in enumerate(secrets, 1)}
        dressed = {dress: mark for mark, secret in self._marks.items() for dress in _dresses(secret.value)}
        ordered = sorted(dressed, key=len, reverse=True)
        self._needles = [dress.encode() for dress in ordered]
        self._mark_of = {dress.encode(): mark.encode() for dress, mark in dressed.items()}
        self._pattern = re.compile(b"|".join(re.escape(needle) for needle in self._needles))

    @property
    def marks(self) -> dict[str, Secret]:
        """Every mark with the secret it stands for."""
        return dict(self._marks)

    def data(self, value: bytes) -> bytes:
        """`value` without any secret."""
        if not any(needle in value for needle in self._needles):
            return value
        return self._pattern.sub(lambda found: self._mark_of[found[0]], value)

    def text(self, value: str) -> str:
        """`value` without any secret."""
        if not self._needles:
            return value
        return self.data(value.encode("utf-8", "surrogatepass")).decode("utf-8", "surrogatepass")

    def revealed(self, value: str) -> str:
        """`value` with each mark replaced by its secret."""
        for mark, secret in self._marks.items():
            if mark in value:
                value = value.replace(mark, secret.value)
        return value

    def revealed_in_url(self, value: str) -> str:
        """A URL with each mark replaced by its percent-encoded secret."""
        for mark, secret in self._marks.items():
            if mark in value:
                value = value.replace(mark, quote(secret.value, safe=""))
        return value


def mark_of(number: int, variable: str | None = None) -> str:
    """The mark of the secret with this number, counted from 1, or of that in this environment variable."""
    return f"***{variable if variable and _VARIABLE.fullmatch(variable) else number}***"


def _dresses(value: str) -> set[str]:
    """The forms in which a secret travels: raw, percent-encoded, in JSON, in XML, in base64."""
    raw = value.encode()
    shifted = (base64.b64encode(b"\0" * pad + raw).decode() for pad in range(3))
    inner = {_aligned(text, pad, len(raw)) for pad, text in enumerate(shifted)}
    encoded = (quote(value, safe=""), quote(value), quote_plus(value))
    found = {
        value,
        *encoded,
        *(re.sub("%..", lambda octet: octet[0].lower(), text) for text in encoded),
        json.dumps(value)[1:-1],
        json.dumps(value, ensure_ascii=False)[1:-1],
        html.escape(value),
        html.escape(value, quote=False),
        base64.b64encode(raw).decode(),
        base64.urlsafe_b64encode(raw).decode(),
        *inner,
        *(text.replace("+", "-").replace("/", "_") for text in inner),
    }
    return {text for text in found if len(text) >= SHORTEST}


def _aligned(text: str, pad: int, size: int) -> str:
    """The characters of a base64 text that depend on the secret alone, for a secret that starts `pad` bytes in."""
    start = -(-pad * 8 // 6)
    return text[start : (pad + size) * 8 // 6]
