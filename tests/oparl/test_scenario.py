"""Arazzo documents with the extension fields: expressions, loops, following, writing, and what is refused."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.api_scenario import Scenario
from schnittstellen.checks.scenario.expressions import ExpressionError, Scope, at, compare
from schnittstellen.domain.finding import CannotJudge, Finding
from schnittstellen.domain.standard import Standard, StandardKind
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.endpoint import Call, Endpoint, Request, Response
from schnittstellen.engine.ports import Context
from tests.oparl.running import library

ROOT = "http://api.musterstadt.example"
STANDARD = Standard("muster", "1", "Muster", StandardKind.OPENAPI)
Answer = Callable[[Request], tuple[int, dict[str, str], Any]]


@dataclass
class Answering:
    """A sender that answers by a function."""

    answer: Answer
    sent: list[Request] = field(default_factory=list)
    problem: str | None = None

    def send(self, request: Request) -> Call:
        """One answer."""
        self.sent.append(request)
        if self.problem:
            return Call(len(self.sent), request, None, self.problem)
        status, headers, content = self.answer(request)
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return Call(len(self.sent), request, Response(status, tuple(headers.items()), body, 0.0))

    @property
    def calls(self) -> Sequence[Call]:
        """Not used here."""
        return ()


def pages(request: Request) -> tuple[int, dict[str, str], Any]:
    """Three pages of two elements."""
    number = int(request.url.rpartition("=")[2]) if "page=" in request.url else 1
    links = {"next": f"{ROOT}/list?page={number + 1}"} if number < 3 else {}
    return 200, {"ETag": '"1"'}, {"data": [{"id": number * 2}, {"id": number * 2 + 1}], "links": links}


def run(folder: Path, steps: str, answer: Answer = pages, **more: Any) -> tuple[list[Finding], Answering]:
    """Run one workflow with these steps (YAML, indented by six)."""
    sender = Answering(answer, problem=more.pop("problem", None))
    head = "arazzo: 1.0.1\ninfo: {title: t, version: '1'}\nsourceDescriptions: []\nworkflows:\n"
    text = (
        f"{head}  - workflowId: w\n    summary: Probe\n    x-requirement: {{id: R-1, level: MUST}}\n    steps:\n{steps}"
    )
    (folder / "a.yaml").write_text(text, encoding="utf-8")
    seen = Endpoint(name="e", url=f"{ROOT}/list", sender=sender, **more)
    context = Context(STANDARD, Bundle(STANDARD, folder), suite_folder=folder)
    items = list(Scenario().run(seen, {"arazzo": "a.yaml"}, context))
    return [one for one in items if isinstance(one, Finding)], sender


FOLLOW = """
      - stepId: pages
        x-operation: {url: $inputs.url}
        x-follow: $response.body#/links/next
        outputs: {id: '$response.body#/data/*/id'}
        x-check: [unique id, nonempty id]
"""


def test_pages_are_followed_to_the_end(tmp_path: Path) -> None:
    found, sender = run(tmp_path, FOLLOW)
    assert found == []
    assert [one.url for one in sender.sent] == [f"{ROOT}/list", f"{ROOT}/list?page=2", f"{ROOT}/list?page=3"]


def test_a_duplicate_over_pages_is_found(tmp_path: Path) -> None:
    def twice(request: Request) -> tuple[int, dict[str, str], Any]:
        status, headers, content = pages(request)
        return status, headers, {**content, "data": [{"id": 1}]}

    (found,), _ = run(tmp_path, FOLLOW, twice)
    assert (found.code, found.rule, found.level) == ("A303", "R-1", Level.MUST)


def test_a_loop_of_pages_ends(tmp_path: Path) -> None:
    def loop(request: Request) -> tuple[int, dict[str, str], Any]:
        return 200, {}, {"data": [{"id": request.url}], "links": {"next": f"{ROOT}/list?page=2"}}

    (found,), sender = run(tmp_path, FOLLOW, loop)
    assert (found.code, found.place.url) == ("A302", f"{ROOT}/list?page=2")
    assert len(sender.sent) == 2


def test_each_repeats_a_step_and_equal_findings_are_one(tmp_path: Path) -> None:
    steps = f"""
      - stepId: list
        x-operation: {{url: $inputs.url}}
        outputs: {{id: '$response.body#/data/*/id'}}
      - stepId: one
        x-each: $steps.list.outputs.id
        x-operation: {{url: '{ROOT}/one/{{$each}}'}}
        successCriteria:
          - {{condition: $response.body#/links/next == null}}
"""
    (found,), sender = run(tmp_path, steps)
    assert sender.sent[1].url == f"{ROOT}/one/2"
    assert found.code == "A301"
    assert found.parameters["curl"] == f"curl --globoff {ROOT}/one/2"


def test_every_criterion_has_its_own_requirement(tmp_path: Path) -> None:
    steps = """
      - stepId: one
        x-operation: {url: $inputs.url}
        successCriteria:
          - {condition: $statusCode == 404, x-requirement: {id: R-2, level: should, text: nicht da}}
          - {condition: '^"2"$', type: regex, context: $response.header.etag}
          - {condition: '$.data[?@.id > 2]', type: jsonpath, context: $response.body}
          - {condition: '$.data[?@.id > 20]', type: jsonpath, context: $response.body, x-requirement: {id: R-3}}
"""
    found, _ = run(tmp_path, steps)
    assert [(one.rule, one.level) for one in found] == [("R-2", Level.SHOULD), ("R-1", Level.MUST), ("R-3", None)]
    assert found[0].parameters["expectation"] == "nicht da"


def test_a_conditional_request_carries_what_was_answered(tmp_path: Path) -> None:
    steps = """
      - stepId: first
        x-operation: {url: $inputs.url}
        outputs: {etag: $response.header.ETAG}
      - stepId: second
        x-operation: {url: $inputs.url}
        parameters:
          - {name: If-None-Match, in: header, value: $steps.first.outputs.etag}
          - {name: q, in: query, value: a b}
        successCriteria: [{condition: $statusCode == 304}]
"""
    found, sender = run(tmp_path, steps)
    assert sender.sent[1].headers == {"If-None-Match": '"1"'}
    assert sender.sent[1].url == f"{ROOT}/list?q=a+b"
    assert [one.code for one in found] == ["A301"]


def test_what_does_not_apply_is_beside_the_rule(tmp_path: Path) -> None:
    steps = """
      - {stepId: one, x-when: $inputs.nothing != null, x-operation: {url: $inputs.url}}
"""
    (found,), sender = run(tmp_path, steps)
    assert (found.code, found.rule) == ("A318", "R-1")
    assert sender.sent == []


WRITING = """
      - stepId: create
        x-unsafe: true
        x-operation: {method: POST, url: $inputs.url}
        requestBody: {contentType: application/json, payload: {name: '{$inputs.url}'}}
        successCriteria: [{condition: $statusCode == 200}]
        outputs: {id: $response.body#/data/0/id}
      - stepId: delete
        x-unsafe: true
        x-operation: {method: DELETE, url: '{$inputs.base}/{$steps.create.outputs.id}'}
"""


def test_nothing_is_written_without_permission(tmp_path: Path) -> None:
    (found,), sender = run(tmp_path, WRITING)
    assert (found.code, found.parameters["method"]) == ("A307", "POST")
    assert sender.sent == []


def test_created_objects_are_deleted_with_permission(tmp_path: Path) -> None:
    found, sender = run(tmp_path, WRITING, may_write=True)
    assert found == []
    assert [(one.method, one.url) for one in sender.sent] == [("POST", f"{ROOT}/list"), ("DELETE", f"{ROOT}/list/2")]
    assert json.loads(sender.sent[0].body or b"") == {"name": f"{ROOT}/list"}
    assert sender.sent[0].headers == {"Content-Type": "application/json"}


@pytest.mark.parametrize(("problem", "code"), [("timeout", "A315"), ("origin", "A315"), ("budget", "A316")])
def test_no_answer_is_not_tested(tmp_path: Path, problem: str, code: str) -> None:
    (found,), _ = run(tmp_path, FOLLOW, problem=problem)
    assert (found.code, found.rule) == (code, "R-1")


@pytest.mark.parametrize(
    "step",
    [
        "{stepId: a, x-operation: {method: POST, url: $inputs.url}}",
        "{stepId: a, operationId: unknown}",
        "{stepId: a}",
        "{stepId: a, x-operation: {url: $nothing}}",
        "{stepId: a, x-operation: {url: $inputs.url}, onFailure: []}",
        "{stepId: a, x-operation: {url: $inputs.url}, successCriteria: [{condition: '$statusCode = 2'}]}",
        "{stepId: a, x-operation: {url: $inputs.url}, successCriteria: [{condition: x, type: xpath}]}",
        "{stepId: a, x-operation: {url: $inputs.url}, successCriteria: [{condition: '$[', type: jsonpath}]}",
        "{stepId: a, x-operation: {url: $inputs.url}, successCriteria: [{condition: (, type: regex, context: $url}]}",
        "{stepId: a, x-operation: {url: $inputs.url}, x-check: [nonsense id]}",
        "[",
    ],
)
def test_what_cannot_be_run_is_not_tested(tmp_path: Path, step: str) -> None:
    with pytest.raises(CannotJudge) as raised:
        run(tmp_path, f"\n      - {step}\n")
    assert raised.value.finding.code == "A305"


def test_a_missing_document_is_not_tested(tmp_path: Path) -> None:
    context = Context(STANDARD, Bundle(STANDARD, tmp_path), suite_folder=tmp_path)
    seen = Endpoint(name="e", url=ROOT, sender=Answering(pages))
    with pytest.raises(CannotJudge) as raised:
        list(Scenario().run(seen, {"arazzo": "none.yaml"}, context))
    assert raised.value.finding.code == "A305"


def test_operations_of_the_standard_can_be_named(tmp_path: Path) -> None:
    standard = library().standard("oparl@1.1")
    (tmp_path / "a.yaml").write_text(
        "arazzo: 1.0.1\nworkflows:\n  - workflowId: w\n    steps:\n      - stepId: s\n        operationId: getObject\n"
        "        parameters: [{name: object, in: path, value: $inputs.which}]\n"
        "    inputs: {properties: {which: {default: x}}}\n",
        encoding="utf-8",
    )
    sender = Answering(pages)
    context = Context(standard, library().bundle(standard), suite_folder=tmp_path)
    list(Scenario().run(Endpoint(name="e", url=f"{ROOT}/v1/", sender=sender), {"arazzo": "a.yaml"}, context))
    assert sender.sent[0].url == f"{ROOT}/v1/x"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("$inputs.n == 3", True),
        ("$inputs.n != 3 || $inputs.t == 'ABC'", True),
        ("!($inputs.n > 2 && $inputs.n <= 3)", False),
        ("$inputs.list[1].x == 'y'", True),
        ("$inputs.missing == null", True),
        ("$inputs.yes", True),
        ("$inputs.yes == true && $inputs.n >= 2.5", True),
        ("$inputs.t == 'it\\'s'", False),
        ("$inputs.t < 3", False),
    ],
)
def test_conditions(condition: str, expected: bool) -> None:
    scope = Scope({"n": 3, "t": "abc", "yes": True, "list": [{}, {"x": "y"}]})
    assert scope.holds(condition) is expected


@given(st.text(max_size=30))
def test_any_text_is_a_condition_or_refused(text: str) -> None:
    with suppress(ExpressionError):
        assert Scope({}).holds(text) in (True, False)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner),
    ),
    st.text(max_size=20),
)
def test_any_pointer_has_a_value_or_none(value: Any, pointer: str) -> None:
    at(value, pointer)


@given(st.integers() | st.text() | st.none() | st.booleans(), st.integers() | st.text() | st.none() | st.booleans())
def test_comparisons_are_consistent(left: Any, right: Any) -> None:
    assert compare(left, "==", right) is not compare(left, "!=", right)
    assert not (compare(left, "<", right) and compare(left, ">", right))
