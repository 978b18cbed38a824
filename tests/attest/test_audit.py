"""`schnittstellen audit verify`: an export is whole, or it is said what was done to it."""

import json
from pathlib import Path

from tests.cli.running import run
from tests.domain.test_ledger import exported


def written(folder: Path, lines: list[bytes]) -> Path:
    file = folder / "export.jsonl"
    file.write_bytes(b"".join(lines))
    return file


def test_a_whole_export_names_its_head(tmp_path: Path) -> None:
    file = written(tmp_path, exported(5))
    told = run("audit", "verify", file)
    assert told.exit_code == 0
    assert "Einträge: 5." in told.stdout
    head = json.loads(run("audit", "verify", file, "--json").stdout)["head"]
    assert head in told.stdout
    again = run("audit", "verify", file, "--head", head)
    assert again.exit_code == 0
    assert "nur ein früher hinterlegter Stand" in " ".join(told.stdout.split())
    assert "nur ein früher hinterlegter Stand" not in " ".join(again.stdout.split())


def test_what_was_done_is_named(tmp_path: Path) -> None:
    lines = exported(9)
    lines[1] = lines[1].replace(b'"nr":1', b'"nr":7')
    told = run("audit", "verify", written(tmp_path, lines[:5] + lines[6:]))
    assert told.exit_code == 1
    assert "Einträge 2 bis 2: nachträglich geändert." in told.stdout
    assert "Einträge 6 bis 6: entfernt." in told.stdout
    found = json.loads(run("audit", "verify", written(tmp_path, lines[:5] + lines[6:]), "--json").stdout)
    assert [one["kind"] for one in found["breaks"]] == ["changed", "removed"]


def test_a_missing_end_shows_against_a_head(tmp_path: Path) -> None:
    head = json.loads(run("audit", "verify", written(tmp_path, exported(5)), "--json").stdout)["head"]
    file = written(tmp_path, exported(3))
    assert run("audit", "verify", file).exit_code == 0
    told = run("audit", "verify", file, "--head", head)
    assert (told.exit_code, "Einträge 4 bis 5: entfernt." in told.stdout) == (1, True)


def test_wrong_usage_ends_with_2(tmp_path: Path) -> None:
    assert run("audit", "verify", tmp_path / "fehlt").exit_code == 2
    assert run("audit", "verify", written(tmp_path, exported(1)), "--head", "1:x").exit_code == 2
    told = run("audit", "verify", written(tmp_path, [*exported(1), b"{}\n"]))
    assert (told.exit_code, "Zeile 2" in told.output) == (2, True)
