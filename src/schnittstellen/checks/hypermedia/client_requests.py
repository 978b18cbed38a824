"""What a client sends: methods, values and places of filters, the formats it accepts."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, unquote

from schnittstellen.checks.hypermedia import client_codes as codes
from schnittstellen.domain.finding import Finding, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.domain.web_address import parts_of
from schnittstellen.engine.recording import ASKED, EXACT, Heard, without_added

READING = ("GET", "HEAD", "OPTIONS")
Seen = Finding | str
"""A finding, or the name of something that the session showed, good or bad."""
_RESERVED = ":+"
_JSON = ("application", "json")


def requests(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Seen]:
    """Judge each request by itself. Options as in `FollowingClient`."""
    pages = {one.next for one in heard if one.next}
    for one in heard:
        if one.request.method not in READING:
            parameters = {"number": str(one.number), "method": one.request.method}
            yield Finding(codes.WRITING.id, place(one), parameters)
        yield from _filters(one, options)
        yield from _where(one, options, pages)
        yield from _accept(one, options)


def place(one: Heard) -> Place:
    """Where a request went."""
    return Place(url=parts_of(one.request.url).path)


def _filters(one: Heard, options: Mapping[str, Any]) -> Iterator[Seen]:
    if one.link == EXACT:
        return
    rule = options.get("rules", {}).get("filters")
    for name, value in parse_qsl(parts_of(one.request.url).query, keep_blank_values=True):
        if name not in options.get("moments", ()):
            continue
        yield "filters"
        told = {"number": str(one.number), "parameter": name}
        if not _is_moment(value):
            yield Finding(codes.BAD_FILTER.id, place(one), told, rule=rule)
        elif character := next((it for it in _RESERVED if it in raw(one.request.url, name)), ""):
            told["character"] = character
            yield Finding(codes.UNESCAPED.id, place(one), told, rule=rule, level=Level.SHOULD)


def _where(one: Heard, options: Mapping[str, Any], pages: set[str]) -> Iterator[Seen]:
    """Filters stand at the first page of a list: `pages` are the addresses of the others."""
    given = [name for name in options.get("moments", ()) if raw(one.request.url, name)]
    if not given or one.link != ASKED:
        return
    yield "first_page"
    if without_added(one.request.url) in pages:
        told = {"number": str(one.number), "parameter": given[0]}
        yield Finding(codes.FILTER_ON_PAGE.id, place(one), told, rule=options.get("rules", {}).get("first_page"))


def _accept(one: Heard, options: Mapping[str, Any]) -> Iterator[Seen]:
    if one.kind not in ("entry", "list", "object"):
        return
    yield "format"
    accept = next((value for name, value in one.request.headers.items() if name.lower() == "accept"), "")
    if accept.strip() and not any(map(_allows_json, accept.split(","))):
        told = {"number": str(one.number), "accept": accept}
        rule = options.get("rules", {}).get("format")
        yield Finding(codes.REFUSES_JSON.id, place(one), told, rule=rule, level=Level.SHOULD)


def _allows_json(text: str) -> bool:
    """RFC 9110, 12.5.1: a media range whose quality is not 0; any JSON will do."""
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    kind, _, form = name.partition("/")
    refused = any(one.replace(" ", "").startswith("q=0") and not one.strip("q=0. ") for one in parameters)
    fits = kind in ("*", _JSON[0]) and (form in ("*", _JSON[1]) or form.endswith("+json"))
    return fits and not refused


def raw(url: str, name: str) -> str:
    """The value of a parameter as it was sent."""
    pairs = (pair.partition("=") for pair in parts_of(url).query.split("&"))
    return next((value for key, _, value in pairs if unquote(key) == name), "")


def _is_moment(text: str) -> bool:
    """RFC 3339, 5.6: date, time and offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text.upper() and moment.tzinfo is not None
