"""Calls every safe operation with values that the document or the endpoint itself names, and judges each answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from schnittstellen.checks.openapi import codes
from schnittstellen.checks.openapi.answers import AnswerJudge, found
from schnittstellen.checks.openapi.harvest import Binding, Harvest, filled, path_parameters, same_value
from schnittstellen.checks.openapi.media_types import is_json
from schnittstellen.checks.openapi.paging import Paging
from schnittstellen.checks.openapi.requests import (
    exemplary_path,
    optional_queries,
    required_headers,
    required_query,
    with_query,
)
from schnittstellen.domain.finding import Covered, Finding, Item, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Call, Endpoint, Request
from schnittstellen.formats.openapi import Document, Operation

LIMITS = ("budget", "deadline")
_BROKEN = ("protocol", "reset", "too_large", "redirect_loop")
_UNKNOWN = {"uuid": "00000000-0000-4000-8000-00000000dead"}


class LimitReached(Exception):
    """The sender's budget or time is used up; nothing more can be asked."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.code)
        self.finding = finding


class Survey:
    """One pass over the safe operations of a document. `details` is how many objects of each list are fetched."""

    def __init__(self, document: Document, endpoint: Endpoint, options: Mapping[str, Any]) -> None:
        self._document = document
        self._endpoint = endpoint
        self._judge = AnswerJudge(document)
        self._base = endpoint.url.rstrip("/")
        self._harvest = Harvest(self._base)
        self._details = int(options.get("details", 3))
        self._skip = frozenset(options.get("skip", ()))
        self._paging = Paging(self.ask, self._judge, int(options.get("pages", 20)))
        self._answered: set[str] = set()
        self._succeeded = False

    def run(self) -> Iterator[Item]:
        """Yield findings and, per operation that was answered, what is covered."""
        operations = [one for one in self._document.operations() if one.method == "get" and one.name not in self._skip]
        try:
            for operation in sorted(operations, key=lambda one: len(path_parameters(one.path))):
                yield from self._operation(operation)
        except LimitReached as limit:
            yield limit.finding
        if not self._succeeded:
            yield Finding(codes.NOTHING_ANSWERED.id, Place(url=self._base))
        yield Covered(frozenset(self._answered))

    def ask(self, operation: Operation, url: str, headers: Mapping[str, str] | None = None) -> Call:
        """Send a GET. Raises `LimitReached`."""
        accept = {"Accept": "application/json, application/*+json, */*;q=0.5", **(headers or {})}
        request = Request("GET", url, accept, purpose=operation.name, follow=not _redirects(operation))
        call = self._endpoint.sender.send(request)
        if call.problem in LIMITS:
            raise LimitReached(found(codes.LIMIT.id, operation, None, problem=call.problem))
        return call

    def _operation(self, operation: Operation) -> Iterator[Item]:
        query = required_query(self._document, operation)
        headers = required_headers(self._document, operation)
        if query is None or headers is None:
            yield found(codes.NOT_REACHED.id, operation, None, level=Level.SHOULD)
            return
        if path_parameters(operation.path):
            yield from self._details_of(operation, query, headers)
        else:
            yield from self._collection(operation, self._url(operation, {}), query, headers, {})

    def _url(self, operation: Operation, values: Mapping[str, str]) -> str:
        return self._base + filled(operation.path, values)

    def _collection(
        self,
        operation: Operation,
        url: str,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        bound: Mapping[str, str],
    ) -> Iterator[Finding]:
        call = self.ask(operation, with_query(url, query), headers)
        yield from self._valid(operation, call, bound)
        if _succeeded(call):
            yield from self._paging.follow(operation, call)
            yield from self._paging.sizes(operation, url, query)
            yield from self._again(operation, call, headers)
            for one in optional_queries(self._document, operation):
                yield from self._valid(operation, self.ask(operation, with_query(url, {**query, **one}), headers), None)

    def _details_of(
        self, operation: Operation, query: Mapping[str, str], headers: Mapping[str, str]
    ) -> Iterator[Finding]:
        bindings = [one for _, one in zip(range(self._details), self._harvest.bindings(operation), strict=False)]
        bindings = bindings or self._exemplary(operation, query, headers)
        for number, binding in enumerate(bindings):
            url = self._url(operation, binding.values)
            if number == 0:
                yield from self._collection(operation, url, query, headers, binding.values)
            call = self.ask(operation, with_query(url, query), headers)
            if number > 0:
                yield from self._valid(operation, call, binding.values)
            yield from self._same_object(operation, call, binding.values, binding.field)
        if not bindings:
            yield found(codes.NO_OBJECT.id, operation, None, level=Level.SHOULD)
        yield from self._unknown(operation, query, headers, bindings[0].values if bindings else {})

    def _valid(self, operation: Operation, call: Call, bound: Mapping[str, str] | None) -> Iterator[Finding]:
        """Judge the answer to a request that the document allows."""
        answer = call.response
        if answer is None:
            yield _unanswered(operation, call)
            return
        status = str(answer.status)
        if answer.status in (401, 403):
            yield found(codes.NO_CREDENTIALS.id, operation, call, status=status)
            return
        self._answered.add(operation.name)
        self._succeeded = self._succeeded or answer.status < 400
        if answer.status in (404, 410) and bound:
            yield found(codes.NOT_FOUND.id, operation, call, status=status)
        elif answer.status >= 500:
            yield found(codes.SERVER_ERROR.id, operation, call, status=status)
        elif answer.status >= 400 and answer.status != 429 and not operation.incomplete:
            yield found(codes.REFUSED_VALID.id, operation, call, level=Level.SHOULD, status=status)
        yield from self._contract(operation, call)
        self._remember(operation, call, bound)

    def _contract(self, operation: Operation, call: Call) -> Iterator[Finding]:
        if call.response is not None and call.response.status < 500:
            yield from self._judge.judge(operation, call)

    def _remember(self, operation: Operation, call: Call, bound: Mapping[str, str] | None) -> None:
        content = self._content(call)
        if content is not None and bound is not None:
            self._harvest.take(operation, bound, content)

    def _content(self, call: Call) -> Any:
        answer = call.response
        if answer is None or answer.status >= 300 or not is_json(_media_type(call)):
            return None
        try:
            return self._judge.json_of(answer)
        except (ValueError, RecursionError):
            return None

    def _same_object(
        self, operation: Operation, call: Call, values: Mapping[str, str], key: str | None
    ) -> Iterator[Finding]:
        last = path_parameters(operation.path)[-1]
        told = same_value(self._content(call), key)
        if told is not None and told != values[last] and values[last] not in told:
            yield found(codes.OTHER_OBJECT.id, operation, call, pointer=f"/{key}")

    def _exemplary(self, operation: Operation, query: Mapping[str, str], headers: Mapping[str, str]) -> list[Binding]:
        """The object that the document itself names as an example, if the endpoint has it."""
        values = exemplary_path(self._document, operation)
        if values is None:
            return []
        call = self.ask(operation, with_query(self._url(operation, values), query), headers)
        gone = call.response is not None and call.response.status in (404, 410)
        return [] if gone else [Binding(values)]

    def _unknown(
        self,
        operation: Operation,
        query: Mapping[str, str],
        headers: Mapping[str, str],
        values: Mapping[str, str],
    ) -> Iterator[Finding]:
        made_up = self._made_up(operation, values)
        if made_up is None:
            return
        call = self.ask(operation, with_query(self._url(operation, made_up), query), headers)
        answer = call.response
        if answer is None:
            yield _unanswered(operation, call)
        elif answer.status < 300:
            level = None if operation.path.endswith("}") else Level.SHOULD
            yield found(codes.UNKNOWN_FOUND.id, operation, call, level=level, status=str(answer.status))
        elif answer.status >= 500:
            yield found(codes.SERVER_ERROR.id, operation, call, status=str(answer.status))
        elif answer.status not in (401, 403):
            self._answered.add(operation.name)
            yield from self._judge.judge(operation, call)

    def _made_up(self, operation: Operation, values: Mapping[str, str]) -> dict[str, str] | None:
        names = path_parameters(operation.path)
        known = {one["name"]: one for one in operation.parameters if one["in"] == "path"}
        parameter = known.get(names[-1]) or {}
        schema = self._document.known(parameter.get("schema") or parameter) or {}
        if "enum" in schema or "pattern" in schema or any(name not in values for name in names[:-1]):
            return None
        if schema.get("type") == "string":
            unknown = _UNKNOWN.get(str(schema.get("format")), "gibt-es-nicht-7f3a")
        elif schema.get("type") == "integer":
            unknown = str(schema.get("maximum", 2_000_000_011))
        else:
            return None
        return {**values, names[-1]: unknown}

    def _again(self, operation: Operation, call: Call, headers: Mapping[str, str]) -> Iterator[Finding]:
        """Ask again with the validator that the endpoint gave (RFC 9110, 13.1.2)."""
        tag = call.response.header("etag") if call.response else None
        if tag is None:
            return
        second = self.ask(operation, call.request.url, {**headers, "If-None-Match": tag})
        if second.response is not None and second.response.status == 200 and second.response.header("etag") == tag:
            yield found(codes.NO_304.id, operation, second, level=Level.SHOULD)


def _redirects(operation: Operation) -> bool:
    """Whether the document names a redirect as an answer: then it is the answer to judge."""
    return any(str(status).startswith("3") and str(status) != "304" for status in operation.spec.get("responses") or {})


def _succeeded(call: Call) -> bool:
    return call.response is not None and call.response.status < 300


def _media_type(call: Call) -> str:
    declared = call.response.header("content-type") if call.response else None
    return (declared or "").split(";")[0].strip().lower()


def _unanswered(operation: Operation, call: Call) -> Finding:
    problem = call.problem or "timeout"
    if problem in _BROKEN:
        return found(codes.PROTOCOL.id, operation, call, problem=problem)
    return found(codes.NO_ANSWER.id, operation, call, problem=problem)
