"""TLS that is wrong in one way each: nothing is sent, and the report says what to mend."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from schnittstellen.engine.endpoint import Request
from schnittstellen.transports.http.tls import TlsFiles
from tests.evil_servers.raw import RawServer, Talk, raw_server
from tests.http.making import gateway


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> TlsFiles:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return TlsFiles(ca=file)


@contextmanager
def served(
    authority: trustme.CA, *names: str, context: ssl.SSLContext | None = None, **dates: datetime
) -> Iterator[RawServer]:
    chosen = context or ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **dates).configure_cert(chosen)

    def script(talk: Talk) -> None:
        while talk.request():
            talk.answer(b"{}")

    with raw_server(script, chosen) as server:
        yield server


def detail(server: RawServer, files: TlsFiles) -> tuple[str | None, str]:
    call = gateway(server.base, files=files, connect=5, total=10).send(Request("GET", f"{server.base}/"))
    return call.problem, call.detail


def test_a_good_certificate_is_accepted(authority: trustme.CA, trusted: TlsFiles) -> None:
    with served(authority, "127.0.0.1") as server:
        assert detail(server, trusted) == (None, "")


def test_expired(authority: trustme.CA, trusted: TlsFiles) -> None:
    past = datetime.now(UTC) - timedelta(days=2)
    with served(authority, "127.0.0.1", not_before=past - timedelta(days=9), not_after=past) as server:
        assert detail(server, trusted) == ("tls", "expired")
        assert server.requests == []


def test_not_yet_valid(authority: trustme.CA, trusted: TlsFiles) -> None:
    future = datetime.now(UTC) + timedelta(days=2)
    with served(authority, "127.0.0.1", not_before=future, not_after=future + timedelta(days=9)) as server:
        assert detail(server, trusted) == ("tls", "not_yet_valid")


def test_wrong_host(authority: trustme.CA, trusted: TlsFiles) -> None:
    with served(authority, "ris.musterstadt.example") as server:
        assert detail(server, trusted) == ("tls", "wrong_host")
        assert server.requests == []


def test_unknown_authority(trusted: TlsFiles) -> None:
    with served(trustme.CA(), "127.0.0.1") as server:
        assert detail(server, trusted) == ("tls", "unknown_ca")


def test_the_systems_authorities_are_asked_where_none_is_named(authority: trustme.CA) -> None:
    with served(authority, "127.0.0.1") as server:
        assert detail(server, TlsFiles()) == ("tls", "unknown_ca")
        assert server.requests == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_too_old(authority: trustme.CA, trusted: TlsFiles) -> None:
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with served(authority, "127.0.0.1", context=old) as server:
        assert detail(server, trusted) == ("tls", "too_old")


def test_no_tls_at_this_port(trusted: TlsFiles) -> None:
    def script(talk: Talk) -> None:
        talk.connection.recv(1)
        talk.answer(b"", status="400 Bad Request")

    with raw_server(script) as server:
        secure = RawServer(server.base.replace("http:", "https:"))
        assert detail(secure, trusted) == ("tls", "no_tls")


def test_a_client_certificate_is_asked_for(authority: trustme.CA, trusted: TlsFiles) -> None:
    strict = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    strict.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(strict)
    with served(authority, "127.0.0.1", context=strict) as server:
        problem, said = detail(server, trusted)
    assert (problem, said) == ("tls", "client_certificate")


def test_a_client_certificate_is_shown(authority: trustme.CA, trusted: TlsFiles, tmp_path: Path) -> None:
    strict = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    strict.verify_mode = ssl.CERT_REQUIRED
    authority.configure_trust(strict)
    own = authority.issue_cert("pruefstelle@muster.example")
    file = tmp_path / "own.pem"
    own.private_key_and_cert_chain_pem.write_to_path(str(file))
    with served(authority, "127.0.0.1", context=strict) as server:
        assert detail(server, TlsFiles(ca=trusted.ca, certificate=file)) == (None, "")
