"""How often programmes may ask: told in headers, refused beyond it, counted together by all processes of a machine."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schnittstellen.catalogue.services import access
from schnittstellen.web.api import limits
from tests.catalogue import making

pytestmark = pytest.mark.django_db
AT = 1_000_000 * limits.WINDOW_SECONDS


@pytest.fixture(autouse=True)
def few(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.RATE_LIMITS = {"token": 3, "address": 2}
    settings.RATE_LIMIT_FOLDER = tmp_path
    monkeypatch.setattr(limits, "clock", lambda: AT + 20.0)


@pytest.fixture
def secret() -> str:
    making.vendor()
    return access.create("v", "vendor:musterhaus", ("read",))


def _ask(client: Client, secret: str = "", address: str = "192.0.2.1") -> Any:
    sent = {"Authorization": f"Bearer {secret}"} if secret else {}
    return client.get("/api/v1/products", headers=sent, REMOTE_ADDR=address)


def test_what_is_left_is_told_and_the_next_window_begins_anew(client: Client, monkeypatch: Any, tmp_path: Path) -> None:
    first, second, third = (_ask(client) for _number in range(3))
    assert (first["RateLimit-Policy"], first["RateLimit"]) == ('"address";q=2;w=60', '"address";r=1;t=41')
    assert second["RateLimit"] == '"address";r=0;t=41'
    assert "Retry-After" not in second
    assert (third.status_code, third["Retry-After"], third["Content-Type"]) == (429, "41", "application/problem+json")
    assert third.json()["code"] == "F335"
    monkeypatch.setattr(limits, "clock", lambda: AT + 3 * limits.WINDOW_SECONDS)
    assert _ask(client).status_code == 200
    assert len(list(tmp_path.iterdir())) == 1, "old windows are removed"


def test_each_address_and_each_token_has_its_own(client: Client, secret: str) -> None:
    assert [_ask(client).status_code for _number in range(3)] == [200, 200, 429]
    assert _ask(client, address="192.0.2.2").status_code == 200
    assert [_ask(client, secret).status_code for _number in range(4)] == [200, 200, 200, 429]


def test_made_up_tokens_count_for_the_address(client: Client) -> None:
    assert [_ask(client, f"sst_{number}").status_code for number in range(3)] == [401, 401, 429]


def test_one_network_is_one_reader(client: Client) -> None:
    asked = [_ask(client, address=f"2001:db8::{number}").status_code for number in range(1, 4)]
    assert asked == [200, 200, 429]


def test_behind_a_proxy_the_readers_are_told_apart(client: Client, settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for number in range(3):
        forged = f"203.0.113.{number}, 198.51.100.1"
        answer = client.get("/api/v1/products", headers={"X-Forwarded-For": forged}, REMOTE_ADDR="127.0.0.1")
    assert answer.status_code == 429, "what the reader wrote himself does not count"
    other = client.get("/api/v1/products", headers={"X-Forwarded-For": "198.51.100.2"}, REMOTE_ADDR="127.0.0.1")
    assert other.status_code == 200


def test_no_limit_and_no_disk_keep_nobody_out(client: Client, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("")
    settings.RATE_LIMIT_FOLDER = tmp_path / "datei" / "darunter"
    assert [_ask(client).status_code for _number in range(3)] == [200] * 3
    settings.RATE_LIMITS = {"token": 0, "address": 0}
    assert "RateLimit" not in _ask(client)


def test_the_document_names_it(client: Client) -> None:
    operations = [one for path in client.get("/api/v1/openapi.json").json()["paths"].values() for one in path.values()]
    assert all("Retry-After" in one["responses"]["429"]["headers"] for one in operations)
