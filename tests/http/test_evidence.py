"""Evidence: HAR 1.2, the same for the same exchanges, enough to judge again without a network."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.engine.endpoint import Call, Request
from schnittstellen.transports.http.address import read
from schnittstellen.transports.http.gateway import Gateway, Rules
from schnittstellen.transports.http.har import BadHar, HarWriter
from schnittstellen.transports.http.limits import Budget
from schnittstellen.transports.http.recorded import RecordedWire
from tests.evil_servers.raw import Talk, raw_server
from tests.evil_servers.scripts import EVIL, pack_bombs
from tests.http.making import SHORT, gateway

BODIES = {b"/json": b'{"stra\xc3\x9fe": 1}', b"/binary": b"\xff\x00\xfe", b"/empty": b""}


def serve(talk: Talk) -> None:
    while request := talk.request():
        path = request.split(b" ")[1]
        if path == b"/moved":
            talk.answer(b"", "Location: /json", status="301 Moved Permanently")
        elif path == b"/inside":
            talk.answer(b"", "Location: http://10.0.0.1/", status="301 Moved Permanently")
        elif path == b"/reset":
            talk.reset()
            return
        else:
            talk.answer(BODIES.get(path, b"{}"), "Content-Type: application/json")


def requests(base: str) -> list[Request]:
    return [
        *(Request("GET", f"{base}{path.decode()}", purpose="step") for path in BODIES),
        Request("HEAD", f"{base}/json"),
        Request("GET", f"{base}/moved"),
        Request("GET", f"{base}/inside"),
        Request("GET", f"{base}/reset"),
        Request("GET", f"{base}/straße?q=ä b"),
        Request("POST", f"{base}/json", body=b'{"a": "\xc3\xa4"}'),
        Request("POST", f"{base}/json", body=b"\xff\xfe"),
        Request("GET", "http://10.0.0.1/"),
    ]


def recorded(path: Path, *, with_content: bool) -> tuple[list[Call], str]:
    with raw_server(serve) as server, HarWriter(path, with_content=with_content) as writer:
        sender = gateway(server.base, listeners=[writer], may_write=True)
        return [sender.send(request) for request in requests(server.base)], server.base


def offline(path: Path, base: str) -> Gateway:
    rules = Rules(origins=frozenset({read(base).origin}), may_write=True)
    return Gateway(RecordedWire(path), rules, Budget(SHORT, sleep=lambda _: None))


def told(call: Call) -> tuple[Any, ...]:
    answer = call.response
    return (
        call.problem,
        call.request.url,
        None if answer is None else (answer.status, answer.headers, answer.body, answer.truncated),
    )


def test_what_was_recorded_is_judged_the_same_without_a_network(tmp_path: Path) -> None:
    path = tmp_path / "run.har"
    live, base = recorded(path, with_content=True)
    sender = offline(path, base)
    assert [told(sender.send(request)) for request in requests(base)] == [told(call) for call in live]
    assert sender.send(Request("GET", f"{base}/unknown")).problem == "unrecorded"
    assert sender.cut == {"unrecorded"}


@pytest.mark.parametrize("trick", ["promises_more", "hangs_in_body", "gzip_breaks_off", "gzip_bomb", "invalid_utf8"])
def test_trouble_is_replayed_too(trick: str, tmp_path: Path) -> None:
    pack_bombs()
    path = tmp_path / "run.har"
    with raw_server(EVIL[trick][0]) as server, HarWriter(path, with_content=True) as writer:
        request = Request("GET", f"{server.base}/")
        live = gateway(server.base, listeners=[writer]).send(request)
    again = offline(path, server.base).send(request)
    assert again.problem == live.problem
    assert live.response is not None
    assert again.response is not None
    assert again.response.body == live.response.body


def test_without_content_there_are_digests_only(tmp_path: Path) -> None:
    path = tmp_path / "run.har"
    _, base = recorded(path, with_content=False)
    entries = json.loads(path.read_text())["log"]["entries"]
    contents = [entry["response"]["content"] for entry in entries]
    assert contents[0]["_sha256"] == hashlib.sha256(BODIES[b"/json"]).hexdigest()
    assert not any(content.get("text") for content in contents)
    with pytest.raises(BadHar):
        offline(path, base)


def test_the_same_exchanges_give_the_same_evidence(tmp_path: Path) -> None:
    def written(name: str) -> Any:
        path = tmp_path / name
        _, base = recorded(path, with_content=True)
        text = path.read_text().replace(base, "http://x").replace(base.partition("//")[2], "x")
        log = json.loads(text)["log"]
        for entry in log["entries"]:
            for varying in ("startedDateTime", "time", "timings"):
                del entry[varying]
        return log

    assert written("a.har") == written("b.har")


def test_har_has_what_the_format_demands(tmp_path: Path) -> None:
    path = tmp_path / "run.har"
    recorded(path, with_content=True)
    log = json.loads(path.read_text())["log"]
    assert (log["version"], set(log["creator"])) == ("1.2", {"name", "version"})
    for entry in log["entries"]:
        assert {"startedDateTime", "time", "request", "response", "cache", "timings"} <= entry.keys()
        assert {
            "method",
            "url",
            "httpVersion",
            "cookies",
            "headers",
            "queryString",
            "headersSize",
            "bodySize",
        } <= entry["request"].keys()
        assert {"status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL"} <= entry[
            "response"
        ].keys()
    assert log["entries"][0]["_purpose"] == "step"


def test_an_interrupt_leaves_complete_evidence(tmp_path: Path) -> None:
    path = tmp_path / "run.har"

    def interrupted() -> None:
        with raw_server(serve) as server, HarWriter(path) as writer:
            gateway(server.base, listeners=[writer]).send(Request("GET", f"{server.base}/json"))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(json.loads(path.read_text())["log"]["entries"]) == 1
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"log": {"entries": 1}}', '{"log": {"entries": [{}]}}', '{"log": {"entries": [1]}}']
)
def test_what_is_no_har_is_told(text: str, tmp_path: Path) -> None:
    path = tmp_path / "run.har"
    path.write_text(text)
    with pytest.raises(BadHar):
        RecordedWire(path)
