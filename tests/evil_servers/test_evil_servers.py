"""Whatever a server does, a call comes to an end in bounded memory, before the server does, and says what happened."""

import tracemalloc

import pytest

from schnittstellen.engine.endpoint import Request
from tests.evil_servers.raw import Talk, raw_server
from tests.evil_servers.scripts import EVIL
from tests.http.making import SHORT, gateway


@pytest.mark.parametrize("name", EVIL)
def test_every_trick_has_its_problem_and_an_end(name: str) -> None:
    script, problem = EVIL[name]
    patience = {} if problem == "timeout" else {"total": 60, "read": 30}
    with raw_server(script) as server:
        sender = gateway(server.base, **patience)
        call = sender.send(Request("GET", f"{server.base}/"))
        sender.stop()
    assert call.problem == problem, call.detail
    assert server.connections <= 1 + SHORT.max_redirects
    assert call.response is None or len(call.response.body) <= SHORT.max_bytes


@pytest.mark.parametrize("name", ["gzip_bomb", "deflate_bomb", "raw_deflate_bomb", "gzip_in_gzip_bomb"])
def test_a_bomb_takes_no_more_memory_than_the_limit_allows(name: str) -> None:
    script, _ = EVIL[name]
    with raw_server(script) as server:
        sender = gateway(server.base, total=10, read=5)
        sender.send(Request("HEAD", f"{server.base}/"))
        tracemalloc.start()
        try:
            call = sender.send(Request("GET", f"{server.base}/"))
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert call.problem == "too_large"
    assert call.response is not None
    assert call.response.truncated
    assert peak < 6 * SHORT.max_bytes


def test_what_came_before_the_end_is_kept() -> None:
    with raw_server(EVIL["promises_more"][0]) as server:
        call = gateway(server.base).send(Request("GET", f"{server.base}/"))
    assert call.response is not None
    assert (call.response.status, call.response.body, call.response.truncated) == (200, b"{}", True)


def test_a_smuggled_answer_is_not_taken_for_the_next_one() -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            first = b'{"a": 1}'
            smuggled = b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nsmuggled!"
            talk.answer(first + smuggled, length=len(first))

    with raw_server(script) as server:
        sender = gateway(server.base)
        calls = [sender.send(Request("GET", f"{server.base}/{number}")) for number in range(3)]
    bodies = [call.response.body for call in calls if call.response is not None]
    assert bodies == [b'{"a": 1}'] * 3
    assert {call.problem for call in calls} == {"protocol"}
    assert server.connections == 3


def test_a_connection_closed_while_idle_is_replaced_quietly() -> None:
    def script(talk: Talk) -> None:
        talk.request()
        talk.answer(b"{}")

    with raw_server(script) as server:
        sender = gateway(server.base)
        calls = [sender.send(Request("GET", f"{server.base}/{number}")) for number in range(4)]
    assert [call.problem for call in calls] == [None] * 4


def test_connections_are_kept_alive() -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"{}")

    with raw_server(script) as server:
        sender = gateway(server.base)
        for number in range(5):
            sender.send(Request("GET", f"{server.base}/{number}"))
    assert server.connections == 1
