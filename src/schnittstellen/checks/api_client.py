"""`api.client`: does a client follow the links of the server, read lists to their end, and ask as the standard says?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from schnittstellen.checks.hypermedia import client_codes as codes
from schnittstellen.checks.openapi.client_codes import SILENT
from schnittstellen.domain.finding import CannotJudge, Finding, Item, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.folding import fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.recording import Heard, Recording

_READING = ("GET", "HEAD", "OPTIONS")


class FollowingClient:
    """Judges a session that the mock recorded.

    Options: `what`: "addresses" (only such as the server named), "requests" (methods, values of filters) or "reading"
    (lists to the end, everything in `must_reach`); `moments` (names of query parameters that are points in time);
    `must_reach` (any of entry, list, object, file).
    """

    name = "api.client"
    codes = codes.CODES

    def run(self, seen: Observation, options: Mapping[str, Any], context: Context) -> Iterator[Item]:  # noqa: ARG002
        """Judge the session. Raises `CannotJudge` where nothing was heard."""
        if not isinstance(seen, Recording):
            raise TypeError("api.client judges recordings")
        if not seen.heard:
            raise CannotJudge(Finding(SILENT.id))
        yield from seen.notes()
        yield from fold(_WHAT[options["what"]](seen.heard, options))


def _addresses(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Finding]:  # noqa: ARG001
    for one in heard:
        if one.status == 404 and not one.named and one.request.method in _READING:
            yield Finding(codes.NEVER_NAMED.id, _place(one), {"number": str(one.number)})


def _requests(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Finding]:
    for one in heard:
        if one.request.method not in _READING:
            parameters = {"number": str(one.number), "method": one.request.method}
            yield Finding(codes.WRITING.id, _place(one), parameters)
        for name, value in parse_qsl(urlsplit(one.request.url).query, keep_blank_values=True):
            if name in options.get("moments", ()) and not _is_moment(value):
                yield Finding(codes.BAD_FILTER.id, _place(one), {"number": str(one.number), "parameter": name})


def _reading(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Finding]:
    asked = {one.request.url for one in heard}
    for address in dict.fromkeys(one.next for one in heard if one.next):
        if address not in asked:
            yield Finding(codes.NOT_TO_THE_END.id, Place(url=address), {"address": address}, level=Level.SHOULD)
    reached = {one.kind for one in heard}
    for kind in options.get("must_reach", ()):
        if kind not in reached:
            yield Finding(codes.NEVER_REACHED.id, parameters={"kind": kind})


_WHAT: Mapping[str, Callable[[Sequence[Heard], Mapping[str, Any]], Iterator[Finding]]] = {
    "addresses": _addresses,
    "requests": _requests,
    "reading": _reading,
}


def _place(one: Heard) -> Place:
    return Place(url=urlsplit(one.request.url).path)


def _is_moment(text: str) -> bool:
    """RFC 3339, 5.6: date, time and offset."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return "T" in text.upper() and moment.tzinfo is not None
