"""A tool in a process of its own goes through the gateway: the same budget, methods and origins hold for it."""

import http.client
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest

from schnittstellen.engine.endpoint import Call
from schnittstellen.engine.proxy import BLOCKED, proxied
from schnittstellen.transports.http.redaction import Secret, mark_of
from tests.evil_servers.raw import RawServer, Talk, raw_server
from tests.http.making import gateway


def serve(talk: Talk) -> None:
    while request := talk.request():
        path = request.split(b" ")[1].decode()
        if path == "/api/inside":
            talk.answer(b"", "Location: http://10.0.0.1/", status="302 Found")
        elif path == "/api/moved":
            talk.answer(b"", f"Location: {talk.base}/api/here", status="302 Found")
        elif path == "/api/reset":
            talk.reset()
            return
        else:
            talk.answer(request.partition(b"\r\n\r\n")[2] or b"{}", "X-Own: 1")


@contextmanager
def between(**options: Any) -> Iterator[tuple[str, RawServer, list[Call]]]:
    told: list[Call] = []
    with raw_server(serve) as server:
        sender = gateway(server.base, **options)
        with proxied(sender, f"{server.base}/api", "tool", told.append) as address:
            yield address, server, told


def asked(
    address: str, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None, **more: Any
) -> tuple[int, Mapping[str, str], bytes]:
    parts = urlsplit(address)
    assert parts.hostname == "127.0.0.1"
    connection = http.client.HTTPConnection("127.0.0.1", parts.port or 0, timeout=5)
    try:
        connection.request(method, f"{parts.path}{path}", body, dict(headers or {}), **more)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def test_requests_go_on_and_answers_come_back() -> None:
    with between() as (address, server, told):
        status, headers, body = asked(address, "GET", "/x?q=%2e%2e&ä=1".replace("ä", "%C3%A4"), headers={"X-In": "2"})
    assert (status, headers["X-Own"], body) == (200, "1", b"{}")
    assert server.requests[0].startswith(b"GET /api/x?q=%2e%2e&%C3%A4=1 HTTP/1.1\r\n")
    assert b"X-In: 2\r\n" in server.requests[0]
    assert [call.request.purpose for call in told] == ["tool"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE"])
def test_no_tool_writes_unless_allowed(method: str) -> None:
    with between() as (address, server, _):
        status, headers, _ = asked(address, method, "/x")
    assert (status, headers["X-Schnittstellen-Problem"]) == (BLOCKED, "method")
    assert server.connections == 0


def test_bodies_with_a_length_and_in_chunks() -> None:
    with between(may_write=True) as (address, _, _):
        plain = asked(address, "POST", "/x", b"abc")
        chunked = asked(address, "POST", "/x", iter([b"abc", b"", b"def"]), encode_chunked=True)
    assert (plain[2], chunked[2]) == (b"abc", b"abcdef")


def test_the_budget_holds_for_tools() -> None:
    with between(max_requests=2) as (address, server, told):
        statuses = [asked(address, "GET", "/x")[0] for _ in range(4)]
    assert statuses == [200, 200, BLOCKED, BLOCKED]
    assert [call.problem for call in told] == [None, None, "budget", "budget"]
    assert len(server.requests) == 2


def test_a_redirect_does_not_lead_a_tool_past_the_gateway() -> None:
    with between() as (address, server, _):
        inside = asked(address, "GET", "/inside")
        moved = asked(address, "GET", "/moved")
    assert (inside[0], "Location" in inside[1]) == (302, False)
    assert moved[1]["Location"] == f"{address}/here"
    assert len(server.requests) == 2


def test_trouble_is_told_by_its_name() -> None:
    with between() as (address, _, _):
        status, headers, _ = asked(address, "GET", "/reset")
    assert (status, headers["X-Schnittstellen-Problem"]) == (BLOCKED, "reset")


def test_tools_never_see_a_secret() -> None:
    secret = Secret("ganz-geheim")
    headers = {"Authorization": f"Bearer {mark_of(1)}"}
    with between(may_write=True, secrets=[secret], headers=headers) as (address, server, _):
        _, _, body = asked(address, "POST", "/x", b"ganz-geheim")
    assert b"Bearer ganz-geheim" in server.requests[0]
    assert body == mark_of(1).encode()
