"""What only a process of its own can show: pipes, terminals, Ctrl-C."""

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import read_report
from tests.cli.running import BAD, FIXTURES, GOOD, SUITE, environment, process

COMMAND = [sys.executable, "-m", "schnittstellen"]


def on_terminal(*arguments: object, **environ: str) -> str:
    """What a command writes to a terminal, standard output and error together."""
    parent, child = pty.openpty()
    command = [*COMMAND, *map(str, arguments)]
    with subprocess.Popen(command, stdout=child, stderr=child, env=environment(TERM="xterm", **environ)) as running:
        os.close(child)
        data = b""
        while True:
            try:
                part = os.read(parent, 65536)
            except OSError:
                break
            if not part:
                break
            data += part
        running.wait(60)
    os.close(parent)
    return data.decode()


def test_colours_on_a_terminal_only_and_never_against_the_users_wish() -> None:
    assert "\x1b[" in on_terminal("test", SUITE, BAD)
    assert "\x1b[" not in on_terminal("test", SUITE, BAD, NO_COLOR="1")
    assert "\x1b[" not in on_terminal("test", SUITE, BAD, "--no-color")
    assert "\x1b[" not in process("test", SUITE, BAD).stdout


def test_reader_that_goes_away_is_no_fault() -> None:
    with subprocess.Popen(
        [*COMMAND, "test", SUITE, str(FIXTURES), "--verbose"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(1)
        running.stdout.close()
        errors = running.stderr.read()
        assert running.wait(60) == 1
    assert errors == b""


@pytest.mark.parametrize("arguments", [["codes"], ["explain", "X102"], ["--help"]], ids=" ".join)
def test_lists_into_a_closed_pipe(arguments: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*COMMAND, *arguments], stdout=write, stderr=subprocess.PIPE, env=environment(), check=False)
    os.close(write)
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr


def test_report_on_standard_output_messages_on_standard_error() -> None:
    done = process("test", SUITE, GOOD, "--report", "json")
    assert read_report(done.stdout).verdict is Verdict.PASSED
    assert done.stderr == ""
    wrong = process("test", "nix")
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Fehler F007")


def test_german_in_a_terminal_that_knows_no_umlauts() -> None:
    done = process("test", SUITE, BAD, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert process("explain", "X102", PYTHONIOENCODING="ascii").returncode == 0


def test_ctrl_c_ends_with_a_report_of_what_was_done(tmp_path: Path) -> None:
    folder = tmp_path / "viele"
    folder.mkdir()
    data = GOOD.read_bytes()
    for number in range(4000):
        (folder / f"{number:04}.xml").write_bytes(data)
    report = tmp_path / "r.json"
    command = [*COMMAND, "test", SUITE, str(folder), "--jobs", "1", f"--report=json={report}"]
    parent, child = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=child, env=environment(TERM="xterm")) as running:
        os.close(child)
        errors = b""
        while not re.search(rb"[1-9]\d*/4000", errors):  # the bar tells that messages have been judged
            errors += os.read(parent, 65536)
        running.send_signal(signal.SIGINT)
        output, _ = running.communicate(timeout=60)
    errors += os.read(parent, 65536)
    os.close(parent)
    shown = read_report(report.read_text(encoding="utf-8"))
    assert shown.interrupted
    assert running.returncode == 3
    assert b"Der Lauf wurde abgebrochen." in output
    assert b"Traceback" not in errors
    assert len(shown.results) < 4000


@pytest.mark.parametrize(("message", "status"), [(GOOD, 0), (BAD, 1)])
def test_a_reader_who_leaves_changes_no_verdict(message: Path, status: int) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [*COMMAND, "test", str(message)], stdout=write, stderr=subprocess.PIPE, env=environment(), check=False
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (status, b"")
