"""Where `mock` and `pair` listen, what their answers then name, and that SIGTERM ends them as Ctrl-C does."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from schnittstellen import bootstrap
from schnittstellen.transports.mock.server import Listening
from schnittstellen.transports.mock.session import Wanted
from tests.cli.running import run
from tests.miniatures.council_client import CouncilClient
from tests.mock.test_command import free_port


def _told(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "schnittstellen", *arguments]
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ)


def test_sigterm_ends_the_mock_with_its_report_and_recording(tmp_path: Path) -> None:
    report, recording = tmp_path / "bericht.json", tmp_path / "sitzung.har"
    running = _told("mock", "oparl@1.1", "--report", f"json={report}", "--record", str(recording))
    assert running.stderr is not None
    url = next(word for word in running.stderr.readline().split() if word.startswith("http")).rstrip(".")
    CouncilClient().run(url)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=60)
    assert running.returncode == 0
    assert json.loads(report.read_text())["verdict"] == "passed"
    assert len(json.loads(recording.read_text())["log"]["entries"]) > 10


def test_links_begin_with_the_address_by_which_clients_come() -> None:
    port = free_port()
    where = Listening("0.0.0.0", port, "http://pruefrechner.example:81")
    with bootstrap.mock("oparl@1.1", Wanted(where=where)) as session:
        assert session.url == "http://pruefrechner.example:81/oparl/system"
        with urlopen(f"http://127.0.0.1:{port}/oparl/system", timeout=5) as answer:
            assert json.loads(answer.read())["body"].startswith("http://pruefrechner.example:81/oparl/")
    assert session.recording.heard[0].kind == "entry"


def test_another_address_of_this_machine_and_ipv6() -> None:
    for host, shown in (("127.0.0.2", "127.0.0.2"), ("::1", "[::1]")):
        if host == "::1" and not _has_ipv6():
            continue
        with bootstrap.mock("oparl@1.1", Wanted(where=Listening(host))) as session:
            assert session.url.startswith(f"http://{shown}:")
            CouncilClient().run(session.url)
            assert session.report().verdict == "passed"


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


OPEN = ("--host", "0.0.0.0", "--public-address", "http://Pruefrechner.example:80/")


def test_who_lets_others_in_is_warned_and_who_does_not_is_not() -> None:
    done = run("mock", "oparl@1.1", "--seconds", "1", *OPEN)
    assert "für andere Rechner, ohne Anmeldung und unverschlüsselt" in done.output
    assert "http://pruefrechner.example/oparl/system" in done.output
    assert "Achtung" not in run("mock", "oparl@1.1", "--seconds", "1").output


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--host", "0.0.0.0"), "K023"),
        (("--host", "::"), "K023"),
        (("--public-address", "pruefrechner"), "K024"),
        (("--public-address", "http://pruefrechner.example/pfad"), "K024"),
        (("--public-address", "http://pruefrechner.example:99999"), "K024"),
        (("--host", "192.0.2.1"), "K022"),
        (("--host", "gibt-es-nicht.invalid"), "K022"),
        (("--port", "99999"), "99999 ist zu groß: höchstens 65535."),
    ],
)
def test_where_nobody_can_listen_is_said(more: tuple[str, ...], code: str) -> None:
    done = run("mock", "oparl@1.1", "--seconds", "1", *more)
    assert (done.exit_code, code in done.output) == (2, True), done.output


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run("mock", "oparl@1.1", "--port", taken.getsockname()[1], "--seconds", "1")
    assert (done.exit_code, "K022" in done.output) == (2, True)


PAIR = ("pair", "oparl@1.1", "http://192.0.2.1/oparl/system", "--client", "muster-a@1", "--server", "muster-b@1")


def test_a_pair_is_not_begun_where_its_gateway_could_not_listen(tmp_path: Path) -> None:
    """The server's whole suite would run before, in vain."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = run(*PAIR, "--to", tmp_path / "paar", "--port", taken.getsockname()[1])
    assert (done.exit_code, "K022" in done.output) == (2, True), done.output
    assert not (tmp_path / "paar").exists()


def test_an_open_gateway_tells_what_it_opens(tmp_path: Path) -> None:
    done = run(*PAIR, "--to", tmp_path / "paar", "--host", "0.0.0.0", "--public-address", "kein-ursprung")
    assert (done.exit_code, "K024" in done.output) == (2, True)
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        more = ("--host", "0.0.0.0", "--port", port, "--public-address", "http://a.example")
        done = run(*PAIR, "--to", tmp_path / "paar", *more)
    assert "mit den Zugangsdaten dieses Laufs" in done.output
