"""Before anything is judged: what stands in the way has a cause that is never the product, and a remedy."""

import base64
import socket
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.domain.finding import Code, Finding
from schnittstellen.domain.verdict import Cause, Kind
from schnittstellen.engine.endpoint import Endpoint, Request
from schnittstellen.engine.ports import Observation, Unreadable
from schnittstellen.transports.http.transport import Http
from tests.evil_servers.raw import Talk, raw_server
from tests.evil_servers.scripts import EVIL

CODES: Mapping[str, Code] = {code.id: code for code in Http.codes}
QUICK = {"timeout": 1, "max_requests": 5, "entry": True}
Respond = Callable[[Talk, bytes], None]


def seen(target: str, **options: Any) -> list[Observation]:
    """All that the transport shows of `target`."""
    return list(Http().observe(target, {**QUICK, **options}))


def found(target: str, **options: Any) -> Finding:
    """The one finding that keeps `target` from being judged, with all its texts."""
    [one] = seen(target, **options)
    assert isinstance(one, Unreadable), one
    code = CODES[one.finding.code]
    assert code.kind is Kind.UNTESTED
    assert code.cause in (Cause.CONFIGURATION, Cause.UNREACHABLE)
    assert code.message.format(**one.finding.parameters)
    return one.finding


def answering(respond: Respond) -> Callable[[Talk], None]:
    """A script that answers each request with `respond`."""

    def script(talk: Talk) -> None:
        while request := talk.request():
            respond(talk, request)

    return script


def status(line: str, *headers: str, body: bytes = b"{}") -> Respond:
    """Always the same answer."""
    return lambda talk, _: talk.answer(body, *headers, status=line)


@pytest.mark.parametrize(
    ("respond", "code"),
    [
        (status("401 Unauthorized"), "A020"),
        (status("403 Forbidden"), "A020"),
        (status("404 Not Found"), "A023"),
        (status("410 Gone"), "A023"),
        (status("429 Too Many Requests", "Retry-After: 600"), "A030"),
        (status("503 Service Unavailable", "Retry-After: 600"), "A031"),
        (status("502 Bad Gateway"), "A031"),
        (status("200 OK", "Content-Type: text/html", body=b"<!DOCTYPE html><html><body>Login</body></html>"), "A024"),
        (status("200 OK", body=b"\n <!-- x -->\n<html lang=de>"), "A024"),
        (status("302 Found", "Location: https://anmeldung.muster.example/login"), "A025"),
        (status("302 Found", "Location: http://10.0.0.7/"), "A025"),
    ],
)
def test_an_answer_that_nothing_can_be_judged_by(respond: Respond, code: str) -> None:
    with raw_server(answering(respond)) as server:
        assert found(f"{server.base}/api").code == code


@pytest.mark.parametrize(
    ("trick", "code"),
    [
        ("hangs", "A005"),
        ("drips_body", "A005"),
        ("resets", "A006"),
        ("closes_without_an_answer", "A006"),
        ("http_0_9", "A007"),
        ("promises_more", "A007"),
        ("gzip_bomb", "A027"),
        ("huge_header", "A027"),
        ("gzip_breaks_off", "A028"),
        ("redirects_to_itself", "A026"),
        ("redirects_to_a_file", "A025"),
        ("redirects_elsewhere", "A025"),
    ],
)
def test_an_evil_server_is_told_by_its_trick(trick: str, code: str) -> None:
    with raw_server(EVIL[trick][0]) as server:
        assert found(f"{server.base}/").code == code


@pytest.mark.parametrize(
    "target",
    [
        "http://",
        "http:///pfad",
        "http://ris..example/",
        "http://127.0.0.1:99999/",
        "http://2130706433/",
        "http://[::1/",
        "http://anna:geheim1@ris.example/",
        "http://ris.example /",
    ],
)
def test_an_address_that_cannot_be_read_in_one_way(target: str) -> None:
    finding = found(target)
    assert finding.code == "A001"
    assert "geheim1" not in repr(finding)


def test_nobody_listens() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert found(f"http://127.0.0.1:{port}/").code == "A004"


def test_the_address_of_all_addresses_is_none() -> None:
    assert found("http://0.0.0.0:8080/").code == "A002"


def test_on_a_server_private_targets_are_refused() -> None:
    with raw_server(answering(status("200 OK"))) as server:
        assert found(f"{server.base}/", server=True).code == "A002"
        assert server.connections == 0


def test_an_unknown_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: Any, **__: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    finding = found("https://ris.muster.invalid/oparl")
    assert (finding.code, finding.parameters["host"]) == ("A003", "ris.muster.invalid")


def test_tls_is_told_by_its_cause() -> None:
    with raw_server(EVIL["hangs"][0]) as server:
        assert found(server.base.replace("http:", "https:") + "/").code == "A005"

    def plain(talk: Talk) -> None:
        talk.connection.recv(1000)
        talk.answer(b"", status="400 Bad Request")

    with raw_server(plain) as server:
        assert found(server.base.replace("http:", "https:") + "/").code == "A014"


def guarded(talk: Talk, request: bytes) -> None:
    """Lets in one token and one user only."""
    basic = base64.b64encode(b"anna:passwort1").decode()
    known = (b"Authorization: Bearer richtig1", f"Authorization: Basic {basic}".encode(), b"X-Api-Key: richtig1")
    talk.answer(b"{}", status="200 OK" if any(one in request for one in known) else "401 Unauthorized")


@pytest.mark.parametrize(
    ("options", "value", "code"),
    [
        ({}, "", "A020"),
        ({"token_env": "KEY"}, "richtig1", None),
        ({"token_env": "KEY"}, "falsch12", "A021"),
        ({"basic_env": "KEY"}, "anna:passwort1", None),
        ({"basic_env": "KEY"}, "anna:passwort2", "A021"),
        ({"basic_env": "KEY"}, "ohne Doppelpunkt", "A022"),
        ({"header_env": ["X-Api-Key=KEY"]}, "richtig1", None),
        ({"header_env": ["X-Api-Key=KEY"]}, "falsch12", "A021"),
        ({"token_env": "KEY"}, "", "A022"),
        ({"token_env": "KEY"}, "abc", "A022"),
        ({"token_env": "MISSING"}, "richtig1", "A022"),
        ({"token_file": "/nicht/da"}, "", "A022"),
        ({"ca_file": "/nicht/da"}, "", "A022"),
    ],
)
def test_credentials(options: Mapping[str, Any], value: str, code: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEY", value)
    monkeypatch.delenv("MISSING", raising=False)
    with raw_server(answering(guarded)) as server:
        [one] = seen(f"{server.base}/", **options)
    if code is None:
        assert isinstance(one, Endpoint)
    else:
        assert isinstance(one, Unreadable)
        assert one.finding.code == code
        assert not value or value not in repr(one)


def test_a_token_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("richtig1\n", encoding="utf-8")
    with raw_server(answering(guarded)) as server:
        [one] = seen(f"{server.base}/", token_file=str(file))
    assert isinstance(one, Endpoint)


def test_a_file_that_holds_no_certificate(tmp_path: Path) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("kein Zertifikat", encoding="utf-8")
    assert found("https://127.0.0.1:1/", ca_file=str(file)).code == "A022"
    assert found("https://127.0.0.1:1/", client_cert=str(file)).code == "A022"


@pytest.mark.parametrize("line", ["404 Not Found", "500 Internal Server Error", "400 Bad Request"])
def test_a_base_below_which_operations_lie_may_be_unknown(line: str) -> None:
    with raw_server(answering(status(line))) as server:
        [one] = seen(f"{server.base}/", entry=False)
    assert isinstance(one, Endpoint)


def test_an_endpoint_that_fails_is_judged() -> None:
    with raw_server(answering(status("500 Internal Server Error"))) as server:
        [one] = seen(f"{server.base}/")
    assert isinstance(one, Endpoint)


def test_what_the_user_wanted_reaches_the_endpoint() -> None:
    with raw_server(answering(status("200 OK", body=b'{"a": 1}'))) as server:
        target = f"{server.base}/oparl/system?x=1"
        [one] = seen(target, seed=7, allow_write=True, allow_fuzz=False)
        assert isinstance(one, Endpoint)
        assert (one.url, one.seed, one.may_write, one.may_fuzz, one.max_requests) == (target, 7, True, False, 5)
        assert one.memo["preflight"].response.body == b'{"a": 1}'


def test_limits_that_cut_a_run_are_told_after_it() -> None:
    codes = []
    with raw_server(answering(status("200 OK"))) as server:
        for one in Http().observe(f"{server.base}/", {**QUICK, "max_requests": 3}):
            if isinstance(one, Endpoint):
                calls = [one.sender.send(Request("GET", one.url)) for _ in range(4)]
            elif isinstance(one, Unreadable):
                codes.append(one.finding.code)
    assert [call.problem for call in calls] == [None, None, "budget", "budget"]
    assert codes == ["A040"]


def test_an_endpoint_that_goes_away_is_told_after_the_run() -> None:
    codes = []
    observed = None
    with raw_server(answering(status("200 OK", "Connection: close"))) as server:
        observed = Http().observe(f"{server.base}/", {**QUICK, "max_requests": 30})
        endpoint = next(observed)
    assert isinstance(endpoint, Endpoint)
    calls = [endpoint.sender.send(Request("GET", endpoint.url)) for _ in range(3)]
    codes = [one.finding.code for one in observed if isinstance(one, Unreadable)]
    assert [call.problem for call in calls] == ["refused"] * 3
    assert codes == ["A043"]


def test_every_code_has_all_its_texts() -> None:
    assert len(CODES) == len(Http.codes)
    for code in Http.codes:
        assert all((code.title, code.message, code.meaning, code.why, code.remedy)), code.id
        assert code.id.startswith("A0")
