"""Proof of control: only what the owner can put there counts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Endpoint
from schnittstellen.catalogue.services import endpoints
from schnittstellen.catalogue.services.viewer import PUBLIC, Viewer
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.transports.http.once import fetch
from tests.catalogue.runs.making import NOW, VIEWER, declaration, endpoint

pytestmark = pytest.mark.django_db
Reply = tuple[int, dict[str, str], bytes]


@contextmanager
def answering(reply: Reply) -> Iterator[tuple[str, list[str]]]:
    """A server that always answers `reply`: its address, and the paths that were asked."""
    seen: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            status, headers, body = reply
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def of(settings: Any) -> Endpoint:
    settings.PRIVATE_ENDPOINTS = True
    return endpoint(proven=False)


def _proven(of: Endpoint, reply: Reply) -> list[str]:
    with answering(reply) as (address, seen):
        of.url = f"{address}/oparl"
        endpoints.prove_by_file(of, NOW)
    return seen


def _refused(of: Endpoint, reply: Reply) -> str:
    with pytest.raises(SchnittstellenError) as error:
        _proven(of, reply)
    assert error.value.fault.code == "F212"
    of.refresh_from_db()
    assert not endpoints.is_proven(of, NOW.date())
    return error.value.parameters["reason"]


def test_the_file_with_the_token_proves_control_for_ninety_days(of: Endpoint) -> None:
    seen = _proven(of, (200, {}, of.token.encode() + b"\r\n"))
    assert seen == [f"/.well-known/schnittstellen-{of.key}.txt"]
    of.refresh_from_db()
    assert endpoints.is_proven(of, NOW.date() + timedelta(89))
    assert not endpoints.is_proven(of, NOW.date() + timedelta(90))


def test_another_token_is_refused(of: Endpoint) -> None:
    assert _refused(of, (200, {}, b"etwas anderes")) == endpoints.OTHER
    assert _refused(of, (200, {}, b"")) == endpoints.OTHER
    assert _refused(of, (200, {}, of.token.encode()[:-1])) == endpoints.OTHER
    assert _refused(of, (200, {}, b"<p>" + of.token.encode())) == endpoints.OTHER


def test_the_token_on_an_error_page_is_refused(of: Endpoint) -> None:
    assert _refused(of, (404, {}, of.token.encode())) == endpoints.ELSEWHERE


def test_a_redirect_is_not_followed(of: Endpoint) -> None:
    with answering((200, {}, of.token.encode())) as (other, asked):
        assert _refused(of, (302, {"Location": f"{other}/"}, of.token.encode())) == endpoints.ELSEWHERE
    assert asked == []


def test_a_redirect_within_the_server_is_not_followed(of: Endpoint) -> None:
    assert _refused(of, (301, {"Location": "/anderswo"}, b"")) == endpoints.ELSEWHERE


def test_a_large_answer_is_refused(of: Endpoint) -> None:
    assert _refused(of, (200, {}, of.token.encode() + b"\n" * 5_000)) == endpoints.REASONS["too_large"]


def test_an_address_inside_is_refused_unless_allowed(of: Endpoint, settings: Any) -> None:
    settings.PRIVATE_ENDPOINTS = False
    assert _refused(of, (200, {}, of.token.encode())) == endpoints.REASONS["address"]


@pytest.mark.parametrize("inside", ["10.0.0.7", "169.254.169.254", "::1", "::ffff:127.0.0.1"])
def test_a_name_that_leads_inside_is_refused(of: Endpoint, settings: Any, inside: str) -> None:
    settings.PRIVATE_ENDPOINTS = False

    def ask(url: str, **limits: Any) -> Any:
        return fetch(url, resolver=lambda _host: [inside], **limits)

    with pytest.raises(SchnittstellenError) as error:
        endpoints.prove_by_file(of, NOW, ask)
    assert error.value.parameters["reason"] == endpoints.REASONS["address"]


def test_a_failed_attempt_leaves_an_earlier_proof(of: Endpoint) -> None:
    _proven(of, (200, {}, of.token.encode()))
    with pytest.raises(SchnittstellenError):
        _proven(of, (200, {}, b"weg"))
    of.refresh_from_db()
    assert endpoints.is_proven(of, NOW.date())


def test_a_txt_record_proves_control(of: Endpoint) -> None:
    asked: list[str] = []

    def ask(name: str) -> list[str]:
        asked.append(name)
        return ["v=spf1 -all", of.token]

    endpoints.prove_by_dns(of, NOW, ask)
    assert asked == ["_schnittstellen.ris.muster.example"]
    assert of.proven_by == "dns"


@pytest.mark.parametrize(("found", "reason"), [([], endpoints.NO_TXT), (["anderes"], endpoints.OTHER)])
def test_another_txt_record_is_refused(of: Endpoint, found: list[str], reason: str) -> None:
    with pytest.raises(SchnittstellenError) as error:
        endpoints.prove_by_dns(of, NOW, lambda _name: found)
    assert (error.value.fault.code, error.value.parameters["reason"]) == ("F212", reason)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ftp://ris.muster.example/", "F210"),
        ("https://name:wort@ris.muster.example/", "F210"),
        ("https://ris.muster.example/#teil", "F210"),
        ("https://ris.muster.example/" + "a" * 300, "F210"),
        ("http://127.0.0.1/", "F216"),
        ("http://[::1]:8000/", "F216"),
        ("https://10.1.2.3/oparl", "F216"),
        ("http://2130706433/", "F210"),
    ],
)
def test_addresses_that_cannot_be_tested_are_refused(url: str, code: str) -> None:
    with pytest.raises(SchnittstellenError) as error:
        endpoints.register(VIEWER, declaration().pk, url, bootstrap.library())
    assert error.value.fault.code == code


def test_only_the_vendor_registers_and_only_what_can_be_tested() -> None:
    of, library, url = declaration(), bootstrap.library(), "https://ris.muster.example/system"
    assert endpoints.testable("musterhaus", library) == [of]
    made = endpoints.register(VIEWER, of.pk, url, library)
    assert endpoints.register(VIEWER, of.pk, url, library).pk == made.pk
    for other in (PUBLIC, Viewer(vendor="fremd")):
        with pytest.raises(SchnittstellenError):
            endpoints.register(other, of.pk, url, library)
        with pytest.raises(SchnittstellenError) as error:
            endpoints.endpoint(other, made.key)
        assert error.value.fault.code == "F219"


def test_a_client_has_no_endpoint() -> None:
    from tests.catalogue import making

    declaration()
    made = making.declare("muster-app@1", "oparl@1.1", "client")
    with pytest.raises(SchnittstellenError) as error:
        endpoints.register(VIEWER, made.pk, "https://app.muster.example/", bootstrap.library())
    assert error.value.fault.code == "F211"


def test_no_more_endpoints_than_needed() -> None:
    of, library = declaration(), bootstrap.library()
    for number in range(endpoints.MOST):
        endpoints.register(VIEWER, of.pk, f"https://ris.muster.example/{number}", library)
    with pytest.raises(SchnittstellenError) as error:
        endpoints.register(VIEWER, of.pk, "https://ris.muster.example/noch-einer", library)
    assert error.value.fault.code == "F218"
