"""`schnittstellen serve` as people start it: address on standard output, health, clean end."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.homes import empty_home

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(empty_home(tmp_path)), "DATABASE_URL": ""}
    there["PYTHONUNBUFFERED"] = "1"
    command = [sys.executable, "-m", "schnittstellen", "serve", "--port", "0", "--workers", "2", "--empty"]
    process = subprocess.Popen(
        command, env=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    found = ADDRESS.search(process.stdout.readline())
    assert found
    yield process, found[0]
    process.kill()
    process.wait(30)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serves_and_ends_cleanly(served: tuple[subprocess.Popen[str], str], number: signal.Signals) -> None:
    process, address = served
    with urllib.request.urlopen(f"{address}health", timeout=60) as answer:
        assert b'"status": "ok"' in answer.read()
    process.send_signal(number)
    said, error = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Der Katalog ist beendet." in said
    assert "Traceback" not in error
    assert "refused" not in said + error, "a worker that still loads ends at once, and is not killed"
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert "steht nicht in SCHNITTSTELLEN_ADDRESS" in " ".join(error.split())
    assert address.rstrip("/") in error


def test_ends_with_its_terminal(tmp_path: Path) -> None:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "schnittstellen", "serve", "--port", "0", "--workers", "1", "--empty", "--no-work"]
    ours, its = os.openpty()
    process = subprocess.Popen(command, env=there, stdin=its, stdout=subprocess.PIPE, start_new_session=True, text=True)
    assert process.stdout is not None
    assert ADDRESS.search(process.stdout.readline())
    process.send_signal(signal.SIGHUP)
    assert "Der Katalog ist beendet." in process.communicate(timeout=60)[0]
    os.close(ours)
    os.close(its)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "schnittstellen", "serve", "--port", port],
            env={**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 3
    assert "F140" in done.stderr
    assert port in done.stderr


def test_the_first_start_fills_it_once_also_when_two_start(tmp_path: Path) -> None:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "schnittstellen", "serve", "--port", "0", "--workers", "1", "--no-work"]
    both = [subprocess.Popen(command, env=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    found = [ADDRESS.search(one.stdout.readline().decode()) for one in both if one.stdout]
    for address in found:
        assert address
        with urllib.request.urlopen(f"{address[0]}programme/muster-hund-online", timeout=60) as answer:
            assert answer.status == 200
    for one in both:
        one.terminate()
    said = [one.communicate(timeout=60)[1].decode() for one in both]
    assert sum("Der Katalog war leer" in one for one in said) == 1
    assert not any("Traceback" in one for one in said)
