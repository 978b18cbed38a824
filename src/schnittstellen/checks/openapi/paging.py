"""Lists in pages: following them to the end, each element once, and page sizes that are kept."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from schnittstellen.checks.openapi import codes
from schnittstellen.checks.openapi.answers import AnswerJudge, found
from schnittstellen.checks.openapi.harvest import lists_in
from schnittstellen.checks.openapi.media_types import is_json
from schnittstellen.checks.openapi.requests import with_query
from schnittstellen.domain.finding import Finding
from schnittstellen.domain.web_address import joined
from schnittstellen.engine.endpoint import Call
from schnittstellen.formats.openapi import Operation

Ask = Callable[[Operation, str], Call]
_NOT_ASKED = ("origin", "address")
"""Pages elsewhere, where the rules forbid to ask: not known to be dead."""
_SIZES = ("limit", "pagesize", "page_size", "per_page", "perpage", "size", "count", "top", "$top", "rows")


class Paging:
    """Follows at most `most` pages of a list."""

    def __init__(self, ask: Ask, judge: AnswerJudge, most: int) -> None:
        self._ask = ask
        self._judge = judge
        self._most = most

    def follow(self, operation: Operation, first: Call) -> Iterator[Finding]:
        """Judge every following page; find loops, dead links and elements that come twice."""
        visited, seen = {first.request.url}, set(_keys(self._content(first)))
        call = first
        for _ in range(self._most):
            following = self._next(call)
            if following is None:
                return
            if following in visited:
                yield found(codes.PAGE_LOOP.id, operation, call)
                return
            visited.add(following)
            call = self._ask(operation, following)
            if call.response is None and call.problem in _NOT_ASKED:
                yield found(codes.NO_ANSWER.id, operation, call, problem=str(call.problem))
                return
            if call.response is None or call.response.status >= 400:
                status = str(call.response.status) if call.response else str(call.problem)
                yield found(codes.DEAD_NEXT.id, operation, call, status=status)
                return
            yield from self._judge.judge(operation, call)
            keys = _keys(self._content(call))
            if keys and seen >= set(keys):
                yield found(codes.PAGE_LOOP.id, operation, call)
                return
            if seen & set(keys):
                yield found(codes.TWICE.id, operation, call, number=str(len(seen & set(keys))))
                return
            seen.update(keys)

    def sizes(self, operation: Operation, url: str, query: Mapping[str, str]) -> Iterator[Finding]:
        """Ask for one element where the document offers a page size, and count what comes."""
        for parameter in operation.parameters:
            if parameter["in"] == "query" and parameter["name"].lower() in _SIZES:
                call = self._ask(operation, with_query(url, {**query, parameter["name"]: "1"}))
                number = len(lists_in(self._content(call)))
                if number > 1:
                    name = parameter["name"]
                    yield found(codes.SIZE_IGNORED.id, operation, call, parameter=name, number=str(number))
                return

    def _next(self, call: Call) -> str | None:
        target = _next_in(self._content(call)) or _next_in_header(call)
        return None if target is None else joined(call.request.url, target)

    def _content(self, call: Call) -> Any:
        answer = call.response
        if answer is None or answer.status >= 300:
            return None
        if not is_json((answer.header("content-type") or "").split(";")[0].strip().lower()):
            return None
        try:
            return self._judge.json_of(answer)
        except (ValueError, RecursionError):
            return None


def _next_in(content: Any) -> str | None:
    if not isinstance(content, dict):
        return None
    for holder in (content, *(content.get(key) for key in ("links", "_links", "pagination", "paging", "meta"))):
        if isinstance(holder, dict) and holder.get("next"):
            return _address(holder["next"])
        if isinstance(holder, list):
            for link in holder:
                if isinstance(link, dict) and link.get("rel") == "next":
                    return _address(link)
    return None


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("href")
    return value if isinstance(value, str) and value.startswith(("http://", "https://", "/", "?")) else None


def _next_in_header(call: Call) -> str | None:
    for part in ((call.response.header("link") if call.response else None) or "").split(","):
        address, _, parameters = part.partition(";")
        if 'rel="next"' in parameters or "rel=next" in parameters:
            return address.strip().removeprefix("<").removesuffix(">")
    return None


def _keys(content: Any) -> list[str]:
    """What identifies the elements of a list: their whole content, since any name may be the key."""
    return [json.dumps(one, sort_keys=True) for one in lists_in(content)]
