"""`reproduce`: the same findings, other findings, or the reason why it cannot be told."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import BAD, GOOD, SUITE, run


@pytest.fixture
def written(tmp_path: Path) -> Path:
    for file in (GOOD, BAD):
        shutil.copy(file, tmp_path / file.name)
    run("test", SUITE, tmp_path, "--report", f"json={tmp_path / 'r.json'}")
    return tmp_path


def test_same_input_has_the_same_findings(written: Path) -> None:
    told = run("reproduce", written / "r.json", GOOD, BAD)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("Alle Befunde sind dieselben.")
    assert "2 von 2" in told.stdout


def test_report_that_lies_is_found_out(written: Path) -> None:
    report = written / "r.json"
    report.write_text(report.read_text(encoding="utf-8").replace('"X102"', '"X103"'), encoding="utf-8")
    told = run("reproduce", report, GOOD, BAD)
    assert told.exit_code == 1
    assert BAD.name in told.stdout


def test_changed_input_cannot_be_compared(written: Path) -> None:
    (written / BAD.name).write_text("<a/>", encoding="utf-8")
    told = run("reproduce", written / "r.json", written / GOOD.name, written / BAD.name, "--lang", "en")
    assert told.exit_code == 3
    assert "The run cannot" in told.stdout


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"<a/>"])
def test_what_is_no_report_is_wrong_usage(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "r.json").write_bytes(content)
    told = run("reproduce", tmp_path / "r.json", GOOD)
    assert told.exit_code == 2
    assert "Fehler F011" in told.stderr


def test_report_that_is_not_there(tmp_path: Path) -> None:
    told = run("reproduce", tmp_path / "r.json", GOOD)
    assert told.exit_code == 2
    assert "Datei oder Ordner gibt es nicht" in told.stderr
