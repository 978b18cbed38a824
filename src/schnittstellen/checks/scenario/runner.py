"""Running the workflows of one document against an endpoint."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlunsplit

import jsonpath

from schnittstellen.checks.hypermedia.reach_codes import NO_ANSWER, NOT_FINISHED, NOTHING_SEEN
from schnittstellen.checks.scenario import codes
from schnittstellen.checks.scenario.document import SAFE, Criterion, Demand, ScenarioStep, Workflow
from schnittstellen.checks.scenario.expressions import ExpressionError, Scope
from schnittstellen.domain.finding import Code, Finding, Place
from schnittstellen.domain.verdict import Level
from schnittstellen.domain.web_address import joined, parts_of
from schnittstellen.engine.curl import curl_line
from schnittstellen.engine.endpoint import OURS, Call, Endpoint, Request


class _Ended(Exception):
    """The workflow cannot go on; why has been said."""


class Runner:
    """Runs workflows one after the other; outputs of earlier ones are known to later ones."""

    def __init__(self, seen: Endpoint, inputs: Mapping[str, Any]) -> None:
        self._seen = seen
        self._inputs = inputs
        self._done: dict[str, dict[str, Any]] = {}
        self.requests = 0

    def run(self, workflow: Workflow) -> Iterator[Finding]:
        """The findings of one workflow. Raises `ExpressionError` for an expression that is not supported."""
        scope = Scope({**workflow.inputs, **self._inputs}, workflows=self._done)
        try:
            for step in workflow.steps:
                yield from self._step(workflow, step, scope)
        except _Ended:
            return
        finally:
            self._done[workflow.id] = {name: scope.text(value) for name, value in workflow.outputs.items()}

    def _step(self, workflow: Workflow, step: ScenarioStep, scope: Scope) -> Iterator[Finding]:
        if step.when is not None and not scope.holds(step.when):
            yield _finding(NOTHING_SEEN, Place(), step.demand, what=f"{workflow.title}, {step.id}: {step.when}")
            raise _Ended
        if step.method not in SAFE and not self._seen.may_write:
            names = {"workflow": workflow.title, "step": step.id, "method": step.method}
            yield _finding(codes.WRITING, Place(url=self._seen.url), step.demand, **names)
            raise _Ended
        collected: dict[str, list[Any]] = {}
        for each in self._repeats(step, scope):
            scope.each = each
            yield from self._pages(workflow, step, scope, collected)
        self._keep(step, scope, collected)
        yield from self._checks(workflow, step, scope)

    def _repeats(self, step: ScenarioStep, scope: Scope) -> list[Any]:
        if step.each is None:
            return [None]
        found = scope.text(step.each)
        return found[: step.limit] if isinstance(found, list) else []

    def _pages(
        self, workflow: Workflow, step: ScenarioStep, scope: Scope, collected: dict[str, list[Any]]
    ) -> Iterator[Finding]:
        here: Any = scope.text(step.url)
        visited: set[str] = set()
        while isinstance(here, str) and len(visited) < step.limit:
            if here in visited:
                yield _finding(codes.LOOP, Place(url=here), step.demand, workflow=workflow.title, step=step.id)
                return
            visited.add(here)
            call = self._send(step, scope, here)
            yield from self._judged(workflow, step, scope, call)
            for name, expression in step.outputs.items():
                collected.setdefault(name, []).append(scope.text(expression))
            here = _following(here, scope.text(step.follow)) if step.follow else None
        if not visited:
            yield _finding(NOTHING_SEEN, Place(), step.demand, what=f"{workflow.title}, {step.id}")
            raise _Ended

    def _send(self, step: ScenarioStep, scope: Scope, url: str) -> Call:
        headers = {name: str(value) for name, one in step.headers.items() if (value := scope.text(one)) is not None}
        query = {name: str(value) for name, one in step.query.items() if (value := scope.text(one)) is not None}
        body = None if step.body is None else _payload(scope.text(step.body))
        if body is not None:
            headers.setdefault("Content-Type", step.media)
        request = Request(step.method, _with_query(url, query), headers, body, purpose=step.id)
        scope.request, scope.response = request, None
        self.requests += 1
        call = self._seen.sender.send(request)
        scope.response = call.response
        return call

    def _judged(self, workflow: Workflow, step: ScenarioStep, scope: Scope, call: Call) -> Iterator[Finding]:
        place, curl = Place(url=call.request.url), curl_line(call.request)
        if call.response is None:
            code = NOT_FINISHED if call.problem in OURS else NO_ANSWER
            yield _finding(code, place, step.demand, problem=call.problem or "?", curl=curl)
            raise _Ended
        failed = False
        for criterion in step.criteria:
            if not _met(criterion, scope):
                failed = True
                names = {"workflow": workflow.title, "step": step.id, "status": str(call.response.status), "curl": curl}
                told = {"expectation": criterion.demand.text or criterion.condition, "condition": criterion.condition}
                yield _finding(codes.UNMET, place, criterion.demand, **names, **told)
        if failed:
            raise _Ended

    def _keep(self, step: ScenarioStep, scope: Scope, collected: dict[str, list[Any]]) -> None:
        many = step.follow is not None or step.each is not None
        scope.steps[step.id] = {name: _flat(values) if many else values[0] for name, values in collected.items()}

    def _checks(self, workflow: Workflow, step: ScenarioStep, scope: Scope) -> Iterator[Finding]:
        for check in step.checks:
            kind, *names = check.split()
            values = [scope.steps[step.id].get(name) for name in names]
            if not _CHECKS[kind](*values):
                place = Place(url=None if scope.request is None else scope.request.url)
                told = {"expectation": step.demand.text or check, "condition": check}
                yield _finding(codes.COLLECTED, place, step.demand, workflow=workflow.title, step=step.id, **told)


def _met(criterion: Criterion, scope: Scope) -> bool:
    if criterion.kind == "simple":
        return scope.holds(criterion.condition)
    value = scope.value(criterion.context or "$response.body")
    try:
        if criterion.kind == "regex":
            return value is not None and re.search(criterion.condition, str(value)) is not None
        return bool(jsonpath.findall(criterion.condition, value)) if isinstance(value, dict | list) else False
    except (jsonpath.JSONPathError, re.error) as problem:
        raise ExpressionError(criterion.condition) from problem


def _unique(values: Any) -> bool:
    texts = [json.dumps(one, sort_keys=True) for one in values or ()]
    return len(texts) == len(set(texts))


_CHECKS: Mapping[str, Callable[..., bool]] = {
    "unique": _unique,
    "nonempty": bool,
    "equal": lambda one, other: one == other,
}


def _flat(values: list[Any]) -> list[Any]:
    return [inner for one in values for inner in (one if isinstance(one, list) else [one]) if inner is not None]


def _following(here: str, link: Any) -> Any:
    """The address that a link found at `here` leads to (RFC 3986, 5.2)."""
    return joined(here, link) if isinstance(link, str) else link


def _payload(content: Any) -> bytes:
    return content.encode() if isinstance(content, str) else json.dumps(content, ensure_ascii=False).encode()


def _with_query(url: str, query: Mapping[str, str]) -> str:
    if not query:
        return url
    parts = parts_of(url)
    return urlunsplit(parts._replace(query="&".join(filter(None, (parts.query, urlencode(query))))))


def _finding(code: Code, place: Place, demand: Demand, **parameters: str) -> Finding:
    level = None if demand.level is None else Level(demand.level)
    return Finding(code.id, place, parameters, rule=demand.id, level=level)
