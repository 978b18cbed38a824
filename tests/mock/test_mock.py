"""The mock plays the server of a standard, remembers what a client asks, and the client check judges it."""

import http.client
import json
from collections.abc import Mapping
from urllib.parse import urlsplit

import pytest

from schnittstellen.checks.openapi.answers import AnswerJudge
from schnittstellen.checks.openapi_client import RequestJudge
from schnittstellen.engine.endpoint import Call, Request, Response
from schnittstellen.engine.recording import Heard
from schnittstellen.formats.openapi import Document, bundled
from schnittstellen.transports.mock.playing import Manners, Play
from schnittstellen.transports.mock.samples import answer_of
from schnittstellen.transports.mock.server import mocking
from tests.corpus import corpus
from tests.openapi.miniature import IDS, document


def contract() -> Document:
    return bundled(json.dumps(document()).encode(), "openapi.json", lambda _location, _base: None)


def ask(base: str, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> Response:
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=5)
    connection.request(method, path, body, dict(headers))
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return Response(answer.status, tuple(answer.getheaders()), content, 0)


def codes(method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> list[str]:
    heard = Heard(1, Request(method, path, headers, body), 200)
    return [finding.code for finding in RequestJudge(contract()).judge(heard)]


def test_what_the_mock_answers_keeps_to_the_document() -> None:
    judge = AnswerJudge(contract())
    with mocking(Play(contract())) as recording:
        for operation in contract().operations():
            if operation.method == "get":
                path = operation.path.replace("{permitId}", IDS[0])
                answer = ask(recording.name, "GET", path)
                findings = list(judge.judge(operation, Call(1, Request("GET", path), answer)))
                assert [one.code for one in findings if one.code != "A106"] == []
    assert [one.status for one in recording.heard] == [200, 200]


def test_unknown_paths_and_methods_are_told() -> None:
    with mocking(Play(contract())) as recording:
        assert ask(recording.name, "GET", "/nowhere").status == 404
        assert ask(recording.name, "DELETE", "/permits").status == 405


def test_secrets_of_the_client_are_not_kept() -> None:
    with mocking(Play(contract())) as recording:
        ask(recording.name, "GET", "/permits", headers={"Authorization": "Bearer geheim", "X-Api-Key": "geheim"})
    assert "geheim" not in str(recording)


def test_the_mock_misbehaves_on_purpose() -> None:
    with mocking(Play(contract(), Manners(fail_every=2))) as recording:
        statuses = [ask(recording.name, "GET", "/permits").status for _ in range(4)]
    assert statuses == [200, 503, 200, 503]


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (("GET", "/permits"), []),
        (("GET", "/permits?page=2&state=open"), []),
        (("HEAD", "/permits"), []),
        (("GET", f"/permits/{IDS[0]}"), []),
        (("GET", "/nowhere"), ["A501"]),
        (("DELETE", "/permits"), ["A502"]),
        (("GET", "/permits?page=0"), ["A504"]),
        (("GET", "/permits?state=lost"), ["A504"]),
        (("GET", "/permits/7"), ["A504"]),
        (("GET", "/permits?seite=2"), ["A507"]),
        (("POST", "/permits"), ["A505"]),
        (("POST", "/permits", b'{"id": 1}', {"Content-Type": "application/json"}), ["A505"]),
        (("POST", "/permits", b"{", {"Content-Type": "application/json"}), ["A505"]),
    ],
)
def test_requests_are_judged(request_: tuple[str, ...], expected: list[str]) -> None:
    assert codes(*request_) == expected


@pytest.mark.parametrize("name", ["objects", "objecttypes"])
def test_samples_of_real_documents_keep_to_their_schemas(name: str) -> None:
    data = (corpus("openapi") / name / "openapi.yaml").read_bytes()
    real = bundled(data, name, lambda _location, _base: None)
    judge = AnswerJudge(real)
    for operation in real.operations():
        if operation.method == "get":
            status, media_type, content = answer_of(real, operation, "https://muster.example")
            answer = Response(status, (("Content-Type", media_type or ""),), content, 0)
            findings = judge.judge(operation, Call(1, Request("GET", operation.path), answer))
            assert [one for one in findings if one.code == "A105"] == []
