"""Hostile addresses: all are stopped before anything connects, whether a link, a redirect or the target names them."""

import socket
import threading
from collections.abc import Sequence
from typing import Any

import pytest

from schnittstellen.engine.endpoint import Request
from schnittstellen.transports.http.address import Reach, literal, reach
from schnittstellen.transports.http.pins import Pins, Refused
from tests.evil_servers.raw import Talk, raw_server
from tests.http.making import gateway

HOSTILE = [
    "http://127.0.0.1/",
    "http://127.0.0.1:22/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://127.1/",
    "http://127.0.1/",
    "http://2130706433/",
    "http://0x7f000001/",
    "http://0x7f.0x0.0x0.0x1/",
    "http://017700000001/",
    "http://0177.0.0.1/",
    "http://0/",
    "http://0.0.0.0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[64:ff9b:1::a00:1]/",
    "http://[2002:7f00:1::]/",
    "http://[fe80::1]/",
    "http://[fe80::1%25eth0]/",
    "http://[fc00::1]/",
    "http://[fd00:ec2::254]/",
    "http://10.0.0.1/",
    "http://172.16.0.1/",
    "http://192.168.0.1/",
    "http://100.64.0.1/",
    "http://169.254.169.254/latest/meta-data/",
    "http://169.254.169.254./",
    "http://metadata.google.internal/",
    "http://255.255.255.255/",
    "http://224.0.0.1/",
    "http://ziel.example@127.0.0.1/",
    "http://ziel.example:80@127.0.0.1/",
    "http://127.0.0.1\\@ziel.example/",
    "http://127.0.0.1#@ziel.example/",
    "http://127.0.0.1?@ziel.example/",
    "http://ziel.example\t@127.0.0.1/",
    "http://127.0.0.1%2eziel.example/",
    "http://127。0。0。1/",
    "http://①②⑦.⓪.⓪.①/",
    "http://ⓛocalhost/",
    "http://ziel.example.127.0.0.1.nip.example/",
    "http:///127.0.0.1/",
    "http:127.0.0.1/",
    "//127.0.0.1/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:6379/_INFO",
    "ftp://127.0.0.1/",
    "http://ziel.example:0/",
    "http://ziel.example:99999/",
    "http://ziel.example:443/",
    "https://ziel.example/",
    "http://ziel.example./",
    "http://[v1.fe80::a+en1]/",
]


@pytest.fixture
def nobody_connects(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    tried: list[Any] = []

    def connect(address: Any, *_: Any, **__: Any) -> socket.socket:
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    return tried


@pytest.mark.parametrize("url", HOSTILE)
def test_a_link_to_a_hostile_address_is_not_followed(url: str, nobody_connects: list[Any]) -> None:
    sender = gateway("http://ziel.example/", resolver=lambda _: ["93.184.215.14"])
    call = sender.send(Request("GET", url))
    assert call.problem in ("origin", "address", "request")
    assert nobody_connects == []


@pytest.mark.parametrize("url", [url for url in HOSTILE if url.isascii() and "\t" not in url])
def test_a_redirect_to_a_hostile_address_is_not_followed(url: str) -> None:
    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"", f"Location: {url}", status="302 Found")

    with raw_server(script) as server:
        sender = gateway(server.base)
        call = sender.send(Request("GET", f"{server.base}/start"))
        count = len(server.requests)
    assert call.problem in ("origin", "address", "request")
    assert count == 1


@pytest.mark.parametrize(
    "addresses",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["169.254.169.254"],
        ["::1"],
        ["::ffff:10.0.0.1"],
        ["64:ff9b::a00:1"],
        ["2002:a00:1::1"],
        ["93.184.215.14", "10.0.0.1"],
        ["fe80::1%eth0"],
        ["0.0.0.0"],
        ["100.64.1.1"],
        ["fd12:3456::1"],
    ],
)
def test_on_a_server_no_name_leads_into_a_private_network(addresses: Sequence[str], nobody_connects: list[Any]) -> None:
    sender = gateway("http://ziel.example/", resolver=lambda _: addresses, server=True)
    call = sender.send(Request("GET", "http://ziel.example/"))
    assert call.problem == "address"
    assert nobody_connects == []


def test_on_a_laptop_the_named_target_may_be_private_but_a_mixed_answer_is_not_followed_inside() -> None:
    pins = Pins(private=True, resolver=lambda host: {"innen": ["10.0.0.1"], "beides": ["10.0.0.1", "8.8.8.8"]}[host])
    assert [str(one) for one in pins.addresses("innen")] == ["10.0.0.1"]
    assert [str(one) for one in pins.addresses("beides")] == ["8.8.8.8"]


def test_a_second_answer_cannot_move_the_target() -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1"]])
    asked: list[str] = []

    def resolver(host: str) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    def script(talk: Talk) -> None:
        talk.request()
        talk.answer(b"{}", "Connection: close")

    with raw_server(script) as server:
        port = server.base.rpartition(":")[2]
        sender = gateway(f"http://ziel.example:{port}", resolver=resolver)
        calls = [sender.send(Request("GET", f"http://ziel.example:{port}/{number}")) for number in range(3)]
    assert [call.problem for call in calls] == [None] * 3
    assert asked == ["ziel.example"]
    assert server.connections == 3


def test_a_resolver_that_does_not_answer_does_not_hold_up_the_run() -> None:
    never = threading.Event()

    def resolver(_: str) -> Sequence[str]:
        never.wait(3)
        return ["127.0.0.1"]

    pins = Pins(private=True, resolver=resolver, timeout=0.1)
    with pytest.raises(Refused) as caught:
        pins.addresses("ziel.example")
    never.set()
    assert caught.value.problem == "dns"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", Reach.PUBLIC),
        ("2a00:1450:4001::1", Reach.PUBLIC),
        ("::ffff:8.8.8.8", Reach.PUBLIC),
        ("64:ff9b::808:808", Reach.PUBLIC),
        ("127.0.0.1", Reach.PRIVATE),
        ("::1", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("::ffff:192.168.1.1", Reach.PRIVATE),
        ("0.0.0.0", Reach.NEVER),
        ("::", Reach.NEVER),
        ("240.0.0.1", Reach.NEVER),
        ("ff02::1", Reach.NEVER),
        ("::ffff:0.0.0.0", Reach.NEVER),
    ],
)
def test_where_addresses_lead(address: str, expected: Reach) -> None:
    found = literal(address)
    assert found is not None
    assert reach(found) is expected
