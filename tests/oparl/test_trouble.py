"""Endpoints that are not what the user says, budgets that end, servers that break off: nothing untested passes."""

import json
from collections.abc import Mapping

import pytest

from schnittstellen.domain.verdict import Cause, Verdict
from schnittstellen.engine.endpoint import Call, Request, Response
from tests.miniatures.oparl import App
from tests.miniatures.oparl_faults import Reply
from tests.oparl import running
from tests.oparl.running import app, findings, run, steps, told


def _codes(report: object) -> list[str]:
    return [one.code for one in findings(report) if one.code != "E002"]  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["nirgends", "bodies", "body/0", "access/file/0-0-main"])
def test_a_wrong_address_is_configuration(path: str) -> None:
    report = run(app("1.1"), path=path)
    assert _codes(report) == ["A311"], told(report)
    assert (report.verdict, report.cause) == (Verdict.NOT_TESTED, Cause.CONFIGURATION)


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"null", b'"text"', b"<html></html>", b'{"openapi": "3.1.0"}', b"[" * 100_000]
)
def test_an_address_with_anything_else_is_configuration(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(*_: object) -> Reply:
        return Reply(200, {"Content-Type": "application/json"}, content)

    monkeypatch.setattr(App, "respond", answer)
    report = run(app("1.1"))
    assert _codes(report) == ["A311"], told(report)
    assert (report.verdict, report.cause) == (Verdict.NOT_TESTED, Cause.CONFIGURATION)


@pytest.mark.parametrize("budget", [0, 1, 2, 5, 20, 60, 100, 200, 250])
def test_a_budget_that_ends_never_passes(budget: int) -> None:
    report = run(app("1.1"), budget=budget)
    assert report.verdict is Verdict.NOT_TESTED, told(report)
    assert {"A316", "A315"} & set(_codes(report)) or budget == 0


def test_defects_seen_before_the_budget_ended_count() -> None:
    report = run(app("1.1", "no-cors"), budget=100)
    assert report.verdict is Verdict.FAILED
    assert {"A316", "A325"} <= set(_codes(report))


@pytest.mark.parametrize("problem", ["timeout", "reset", "protocol", "too_large"])
def test_answers_that_break_off_are_not_tested(problem: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = running.InMemorySender.send

    def send(self: running.InMemorySender, request: Request) -> Call:
        call = original(self, request)
        if "paper/0-2" in request.url:
            return Call(call.number, request, None, problem)
        return call

    monkeypatch.setattr(running.InMemorySender, "send", send)
    report = run(app("1.1"))
    assert "A315" in _codes(report), told(report)
    assert (report.verdict, report.cause) == (Verdict.NOT_TESTED, Cause.UNREACHABLE)


def test_a_cut_answer_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    original = running.InMemorySender.send

    def send(self: running.InMemorySender, request: Request) -> Call:
        call = original(self, request)
        if request.url.endswith("/body/0/paper") and call.response is not None:
            cut = Response(200, call.response.headers, call.response.body[:200], 0.0, truncated=True)
            return Call(call.number, request, cut, "too_large")
        return call

    monkeypatch.setattr(running.InMemorySender, "send", send)
    report = run(app("1.1"))
    assert report.verdict is Verdict.NOT_TESTED, told(report)
    assert "A323" not in _codes(report)


def _odd(name: str) -> object:
    values: dict[str, object] = {
        "deep": json.loads("[" * 400 + "]" * 400),
        "number": 1e308,
        "object": {"a": {"b": 1}},
        "text": "x" * 100_000,
        "surrogate": "\ud800",
    }
    return values[name]


@pytest.mark.parametrize("odd", ["deep", "number", "object", "text", "surrogate"])
@pytest.mark.parametrize("place", ["id", "type", "name", "membership", "MusterHersteller:x", "body"])
def test_odd_values_never_crash(odd: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    original = App.respond

    def respond(self: App, method: str, target: str, headers: Mapping[str, str]) -> Reply:
        reply = original(self, method, target, headers)
        if reply.status == 200 and "/person" in target and reply.body:
            content = json.loads(reply.body)
            (content["data"][0] if content.get("data") else content)[place] = _odd(odd)
            reply.body = json.dumps(content).encode()
        return reply

    monkeypatch.setattr(App, "respond", respond)
    report = run(app("1.1"))
    assert all(step.verdict is not Verdict.ERROR for step in steps(report)), told(report)
    assert findings(report) or place == "MusterHersteller:x" or (place, odd) == ("name", "text"), told(report)
