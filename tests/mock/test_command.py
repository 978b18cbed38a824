"""`schnittstellen mock` with a test order: recorded, signed, at addresses that only the order gives."""

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from schnittstellen.attest import documents, keys
from schnittstellen.domain.days import day_of
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import Order
from schnittstellen.domain.trust import Purpose
from schnittstellen.transports.mock.places import Places
from tests.catalogue.handing_in import sessions
from tests.cli.running import run

TODAY = day_of(datetime.now(UTC))
SEED = 4711


def order(folder: Path, suite: str = "oparl@1.1/client") -> Path:
    of = ReleaseName.of("muster-ratsapp@1.0")
    made = Order("PA-2026-1", "beirat", of, suite, SEED, TODAY, TODAY + timedelta(9))
    file = folder / "auftrag.json"
    file.write_bytes(documents.open_order(made))
    private, _ = keys.create("musterhaus", Purpose.ORGANISATION, TODAY)
    keys.write_private(folder / "firma.key", private)
    return file


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def visited(url: str) -> threading.Thread:
    """A client that comes as soon as the mock is there."""

    def come() -> None:
        while True:
            try:
                urlopen(url, timeout=5).close()
                return sessions.good(url)
            except URLError:
                continue

    thread = threading.Thread(target=come, daemon=True)
    thread.start()
    return thread


def asked() -> int:
    """How many requests the client sends."""
    return len(json.loads(sessions.session(SEED)[1].data)["log"]["entries"]) + 1


def test_a_session_by_order_is_recorded_and_signed(tmp_path: Path) -> None:
    port, number = free_port(), asked()
    thread = visited(f"http://127.0.0.1:{port}{Places(SEED).mount}/oparl/system")
    files = {name: tmp_path / name for name in ("bericht.json", "sitzung.har")}
    given: list[Any] = ["--port", port, "--requests", number, "--order", order(tmp_path), "--sign"]
    given += [tmp_path / "firma.key", "--report", f"json={files['bericht.json']}", "--record", files["sitzung.har"]]
    done = run("mock", "oparl@1.1", *given)
    thread.join(10)
    assert done.exit_code == 0, done.output
    report = json.loads(files["bericht.json"].read_text())
    assert report["notes"]["order"] == "PA-2026-1"
    assert report["notes"]["recording_sha256"] == sha256(files["sitzung.har"].read_bytes()).hexdigest()
    assert (tmp_path / "bericht.json.dsse").is_file()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--record", "sitzung.har", "--seed", "3"), "K016"),
        ((), "K020"),
        (("--record", "gibt/es/nicht.har"), "K013"),
    ],
)
def test_what_cannot_be_handed_in_is_said_before_anything_is_tested(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[str, ...], code: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("mock", "oparl@1.1", "--order", order(tmp_path), "--seconds", "1", *more)
    assert (done.exit_code, code in done.output) == (2, True)
    assert not [one.name for one in tmp_path.iterdir() if one.name.endswith(".har")]


def test_an_order_for_a_server_is_no_order_for_its_client(tmp_path: Path) -> None:
    given = order(tmp_path, "oparl@1.1/server")
    done = run("mock", "oparl@1.1", "--order", given, "--record", tmp_path / "a.har")
    assert (done.exit_code, "K017" in done.output) == (2, True)
