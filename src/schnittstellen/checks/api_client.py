"""`api.client`: does a client follow the links of the server, read lists to their end, and ask as the standard says?"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from schnittstellen.checks.hypermedia import client_codes as codes
from schnittstellen.checks.hypermedia.client_bearing import bearing
from schnittstellen.checks.hypermedia.client_requests import READING, Seen, place, raw, requests
from schnittstellen.checks.openapi.client_codes import SILENT
from schnittstellen.domain.finding import CannotJudge, Covered, Finding, Item, Place
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.folding import VARYING, fold
from schnittstellen.engine.ports import Context, Observation
from schnittstellen.engine.recording import ALTERED, UNKNOWN, Heard, Recording, alike


class FollowingClient:
    """Judges a session that the mock recorded.

    Options: `what`: "addresses" (only such as the server named, as it wrote them), "requests" (methods, filters,
    formats), "reading" (lists to the end, everything in `must_reach`) or "bearing" (what `rules` names of extension,
    deleted, trouble); `moments` (names of query parameters that are points in time); `must_reach` (any of entry, list,
    object, file); `rules` (the requirement for each thing that is looked at); `must_show` (those of them that our mock
    shows every client: a session in which they did not come up is not tested). What else did not come up is told as
    not tested and weighs nothing, because the client alone decides whether it does such a thing.
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
        found = [*_WHAT[options["what"]](seen.heard, options)]
        yield from fold((one for one in found if isinstance(one, Finding)), (*VARYING, "number"))
        rules: Mapping[str, str] = options.get("rules", {})
        shown = frozenset(rules[one] for one in found if isinstance(one, str) and one in rules)
        broken = {one.rule for one in found if isinstance(one, Finding) and one.rule is not None}
        for rule in sorted({*rules.values()} - shown - broken):
            must = seen.played and rule in options.get("must_show", ())
            yield Finding(codes.NOT_SHOWN.id, rule=rule, level=None if must else Level.MAY)
        yield Covered(shown)


def _addresses(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Seen]:
    rules = options.get("rules", {})
    for one in heard:
        reading = one.request.method in READING
        if reading and one.after:
            yield from ("altered", "invented")
        if reading and one.link == ALTERED:
            yield Finding(codes.ALTERED.id, place(one), {"number": str(one.number)}, rule=rules.get("altered"))
        if reading and one.link == UNKNOWN and one.status == 404:
            yield Finding(codes.NEVER_NAMED.id, place(one), {"number": str(one.number)}, rule=rules.get("invented"))


def _reading(heard: Sequence[Heard], options: Mapping[str, Any]) -> Iterator[Seen]:
    rules = options.get("rules", {})
    asked = {alike(one.request.url) for one in heard}
    for address, limited in _following(heard).items():
        what = "limit" if limited else "pages"
        if alike(address) in asked:
            yield what
        else:
            code = codes.RELIES_ON_LIMIT if limited else codes.NOT_TO_THE_END
            told = {"address": address}
            yield Finding(code.id, Place(url=address), told, rule=rules.get(what), level=Level.SHOULD)
    reached = {one.kind for one in heard}
    for kind in options.get("must_reach", ()):
        if kind not in reached:
            yield Finding(codes.NEVER_REACHED.id, parameters={"kind": KINDS[kind]})


def _following(heard: Sequence[Heard]) -> Mapping[str, bool]:
    """The address of each next page, and whether only lists that were asked for with `limit` named it."""
    found: dict[str, bool] = {}
    for one in heard:
        if one.next:
            found[one.next] = bool(raw(one.request.url, "limit")) and found.get(one.next, True)
    return found


KINDS = {
    "entry": N_("den Einstieg"),
    "list": N_("eine Liste"),
    "object": N_("ein einzelnes Objekt"),
    "file": N_("eine Datei"),
}
_WHAT: Mapping[str, Callable[[Sequence[Heard], Mapping[str, Any]], Iterator[Seen]]] = {
    "addresses": _addresses,
    "requests": requests,
    "reading": _reading,
    "bearing": bearing,
}
