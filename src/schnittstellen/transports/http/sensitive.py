"""Secrets that a user put where they do not belong, on the command line: they are redacted all the same."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_plus

from schnittstellen.transports.http.redaction import SHORTEST, Secret

_NAME = r"[^=&#?]*(?:auth|token|api[-_]?key|secret|passw|kennwort|signature|session|cookie)[^=&#?]*"
_HEADER = re.compile(_NAME, re.IGNORECASE)
_QUERY = re.compile(rf"(?<=[?&])({_NAME})=([^&#]*)", re.IGNORECASE)
_USER = re.compile(r"(?<=://)[^/?#]*@")


def in_headers(headers: Mapping[str, str]) -> Iterator[Secret]:
    """The values, and the words of them, of headers whose name speaks of a secret."""
    for name, value in headers.items():
        if _HEADER.fullmatch(name):
            yield from (Secret(text) for text in dict.fromkeys([*value.split(), value]) if len(text) >= 2 * SHORTEST)


def in_url(url: str) -> Iterator[Secret]:
    """The values of query parameters whose name speaks of a secret."""
    for _, value in _QUERY.findall(url):
        text = unquote_plus(value)
        if len(text) >= SHORTEST:
            yield Secret(text)


def hidden(url: str) -> str:
    """`url` without user name and password, and without the values of such parameters."""
    return _QUERY.sub(r"\1=***", _USER.sub("", url))
