"""The rules of the gateway: what leaves the machine, how much, how fast, and where to."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schnittstellen.engine.endpoint import Request
from schnittstellen.transports.http.limits import Budget, Limits
from tests.evil_servers.raw import RawServer, Talk, raw_server
from tests.http.making import gateway

METHODS = ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "QUERY", "post", "Delete", "GET\r\nX: 1"]


def echo(talk: Talk) -> None:
    """Answer every request with 200."""
    while talk.request():
        talk.answer(b"{}", "Content-Type: application/json")


@pytest.mark.parametrize("method", METHODS)
def test_no_writing_method_leaves_the_machine_unless_allowed(method: str) -> None:
    with raw_server(echo) as server:
        call = gateway(server.base).send(Request(method, f"{server.base}/"))
        assert server.connections == 0
    assert call.problem == "method"


@pytest.fixture(scope="module")
def friendly() -> Iterator[RawServer]:
    with raw_server(echo) as server:
        yield server


@settings(max_examples=40, deadline=None)
@given(method=st.text(max_size=10) | st.sampled_from(METHODS))
def test_of_all_methods_only_three_leave(friendly: RawServer, method: str) -> None:
    gateway(friendly.base).send(Request(method, f"{friendly.base}/"))
    assert {request.split(b" ", 1)[0] for request in friendly.requests} <= {b"GET", b"HEAD", b"OPTIONS"}


def test_writing_where_the_user_allowed_it() -> None:
    with raw_server(echo) as server:
        sender = gateway(server.base, may_write=True)
        call = sender.send(Request("POST", f"{server.base}/", {"Content-Type": "application/json"}, b'{"a": 1}'))
        empty = sender.send(Request("DELETE", f"{server.base}/1"))
    assert (call.problem, empty.problem) == (None, None)
    assert server.requests[0].endswith(b'\r\n\r\n{"a": 1}')
    assert b"Content-Length: 8\r\n" in server.requests[0]


def test_the_budget_of_requests_is_a_cap_that_threads_cannot_pass() -> None:
    with raw_server(echo) as server:
        sender = gateway(server.base, max_requests=10)
        threads = [
            threading.Thread(target=lambda: [sender.send(Request("GET", f"{server.base}/")) for _ in range(5)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(server.requests) == 10
    assert [call.problem for call in sender.calls].count("budget") == 10
    assert sorted(call.number for call in sender.calls) == list(range(1, 21))
    assert sender.cut == {"budget"}


def test_the_deadline_ends_what_is_under_way_and_keeps_back_the_rest() -> None:
    now = [0.0]

    def script(talk: Talk) -> None:
        while talk.request():
            now[0] += 1
            talk.stopping.wait()

    with raw_server(script) as server:
        sender = gateway(server.base, max_seconds=0.3, total=5, read=5, clock=lambda: now[0])
        calls = [sender.send(Request("GET", f"{server.base}/")) for _ in range(3)]
    assert [call.problem for call in calls] == ["deadline"] * 3
    assert len(server.requests) == 1
    assert sender.cut == {"deadline"}


def test_redirects_within_the_origin_are_calls_of_their_own() -> None:
    def script(talk: Talk) -> None:
        while request := talk.request():
            if request.startswith(b"GET /a "):
                talk.answer(b"", "Location: ../b?x=1#part", status="301 Moved Permanently")
            else:
                talk.answer(b"{}")

    with raw_server(script) as server:
        sender = gateway(server.base)
        call = sender.send(Request("GET", f"{server.base}/a"))
        unfollowed = sender.send(Request("GET", f"{server.base}/a", follow=False))
    assert call.request.url == f"{server.base}/b?x=1#part"
    assert [one.response.status for one in sender.calls if one.response] == [301, 200, 301]
    assert unfollowed.response is not None
    assert (unfollowed.response.status, unfollowed.problem) == (301, None)


def test_redirects_are_capped() -> None:
    def script(talk: Talk) -> None:
        while request := talk.request():
            number = int(request.split(b" ")[1].strip(b"/") or b"0")
            talk.answer(b"", f"Location: /{number + 1}", status="302 Found")

    with raw_server(script) as server:
        call = gateway(server.base, max_redirects=3).send(Request("GET", f"{server.base}/0"))
    assert call.problem == "redirect_loop"
    assert len(server.requests) == 4


def test_a_redirect_to_a_named_origin_is_followed() -> None:
    with raw_server(echo) as other:

        def script(talk: Talk) -> None:
            while talk.request():
                talk.answer(b"", f"Location: {other.base}/x", status="302 Found")

        with raw_server(script) as server:
            allowed = gateway(server.base, origins=[other.base]).send(Request("GET", f"{server.base}/"))
            refused = gateway(server.base).send(Request("GET", f"{server.base}/"))
    assert allowed.response is not None
    assert (allowed.problem, allowed.response.status) == (None, 200)
    assert refused.problem == "address"
    assert len(other.requests) == 1


def test_a_post_that_is_redirected_is_not_sent_again() -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"", "Location: /other", status="307 Temporary Redirect")

    with raw_server(script) as server:
        call = gateway(server.base, may_write=True).send(Request("POST", f"{server.base}/", body=b"x"))
    assert call.response is not None
    assert (call.problem, call.response.status, len(server.requests)) == (None, 307, 1)


@pytest.mark.parametrize("header", ["Retry-After: 0", "Retry-After: {soon}", "X-Other: 1"])
def test_asked_to_come_back_it_comes_back(header: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schnittstellen.transports.http.retry._UNNAMED_PAUSE", 0.01)
    soon = format_datetime(datetime.now(UTC) - timedelta(seconds=1), usegmt=True)
    count = iter(range(100))

    def script(talk: Talk) -> None:
        while talk.request():
            if next(count) < 2:
                talk.answer(b"", header.format(soon=soon), status="429 Too Many Requests")
            else:
                talk.answer(b"{}")

    with raw_server(script) as server:
        sender = gateway(server.base)
        call = sender.send(Request("GET", f"{server.base}/"))
    assert call.response is not None
    assert (call.response.status, len(sender.calls), sender.cut) == (200, 3, set())


@pytest.mark.parametrize("asked", ["3600", "99999999999999999999", "Fri, 31 Dec 2199 23:59:59 GMT"])
def test_no_server_makes_a_run_wait_for_long(asked: str) -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"", f"Retry-After: {asked}", status="429 Too Many Requests")

    with raw_server(script) as server:
        slept: list[float] = []
        sender = gateway(server.base, sleep=slept.append)
        call = sender.send(Request("GET", f"{server.base}/"))
    assert (slept, len(server.requests)) == ([], 1)
    assert call.response is not None
    assert (call.response.status, sender.cut) == (429, {"rate"})


def test_the_rate_is_kept() -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    budget = Budget(Limits(rate=4), clock=lambda: now[0], sleep=sleep)
    for _ in range(5):
        budget.wait_turn()
    assert sum(slept) == pytest.approx(1.0)


def test_headers_of_the_run_are_added_and_a_request_can_go_without() -> None:
    with raw_server(echo) as server:
        sender = gateway(server.base, headers={"Authorization": "Bearer abcdefgh"})
        sender.send(Request("GET", f"{server.base}/"))
        sender.send(Request("GET", f"{server.base}/", {"authorization": ""}))
        sender.send(Request("GET", f"{server.base}/", {"Authorization": "Bearer wrong"}))
    first, second, third = (request.lower() for request in server.requests)
    assert b"authorization: bearer abcdefgh" in first
    assert b"authorization" not in second
    assert third.count(b"authorization") == 1
    assert b"bearer wrong" in third


def test_a_header_cannot_bring_a_second_request() -> None:
    with raw_server(echo) as server:
        call = gateway(server.base).send(Request("GET", f"{server.base}/", {"X-A": "1\r\nX-B: 2"}))
    assert call.problem == "request"
    assert server.requests == []


def test_cookies_are_not_kept() -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"{}", "Set-Cookie: session=1")

    with raw_server(script) as server:
        sender = gateway(server.base)
        for _ in range(2):
            sender.send(Request("GET", f"{server.base}/"))
    assert b"ookie" not in b"".join(server.requests)


@settings(deadline=None)
@given(path=st.text(max_size=30))
def test_whatever_a_link_holds_it_is_one_request_or_none(friendly: RawServer, path: str) -> None:
    before = len(friendly.requests)
    call = gateway(friendly.base).send(Request("GET", f"{friendly.base}/{path}"))
    requests = friendly.requests[before:]
    assert call.problem in (None, "request")
    assert len(requests) == (1 if call.problem is None else 0)
    assert all(request.startswith(b"GET /") and b" HTTP/1.1\r\nHost: 127.0.0.1" in request for request in requests)


def test_calls_keep_no_bodies() -> None:
    with raw_server(echo) as server:
        sender = gateway(server.base)
        call = sender.send(Request("GET", f"{server.base}/"))
    assert call.response is not None
    assert call.response.body == b"{}"
    assert [one.response.body for one in sender.calls if one.response] == [b""]
