"""A preview over real evidence: with the payloads judged anew, without them derived or not known."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from schnittstellen import bootstrap
from schnittstellen.artefacts.library import built_in
from schnittstellen.catalogue.services.attaching import Handed, attach
from schnittstellen.cli.main import main
from schnittstellen.engine.run import utc_now
from tests.catalogue.making import declare, standard
from tests.catalogue.previews.making import ROLE, SUITE, asked, draft


@pytest.fixture
def failing(db: None, tmp_path: Path) -> tuple[Path, str]:
    """Evidence of a real run over fixtures with faults, and the folder with the payloads."""
    fixtures = built_in() / "conformance_suites" / ROLE / "fixtures"
    payloads = tmp_path / "payloads"
    payloads.mkdir()
    chosen = [one for one in sorted(fixtures.glob("*.xml")) if "XHS-K-03" in one.name][:1]
    assert chosen
    for one in chosen:
        shutil.copy(one, payloads)
    CliRunner().invoke(main, ["test", SUITE, str(payloads), "--report", f"json={tmp_path / 'report.json'}"])
    standard("xhundesteuer@1.1", {"onlinedienst": (["*"], [])}, in_force_from=None)
    declare("musterneu@1.0", "xhundesteuer@1.1", "onlinedienst")
    handed = Handed("report.json", (tmp_path / "report.json").read_bytes())
    attach(handed, "musterneu@1.0", bootstrap.library(), utc_now())
    return payloads, draft(tmp_path, ('level = "should"', 'level = "must"'))


def test_payloads_are_judged_anew(failing: tuple[Path, str]) -> None:
    payloads, folder = failing
    unseen, seen = asked("--suite", folder), asked("--suite", folder, "--payloads", str(payloads))
    assert (unseen["counts"]["unknown"], unseen["judged"]) == (1, 0)
    assert (seen["counts"]["falls"], seen["judged"], seen["total"]) == (1, 1, 1)
    (row,) = seen["rows"]
    assert (row["before"], row["now"], row["current"]) == ("passed_with_warnings", "failed", True)
    assert any("XHS-K-03" in finding for reason in row["reasons"] for finding in reason["findings"])


def test_another_standard_is_told_too(failing: tuple[Path, str], tmp_path: Path) -> None:
    payloads, _ = failing
    folder = tmp_path / "standard"
    shutil.copytree(built_in() / "standards" / "xhundesteuer" / "1.1", folder)
    assert asked("--suite", SUITE, "--standard", str(folder))["counts"]["keeps"] == 1
    text = (folder / "standard.toml").read_text("utf-8")
    (folder / "standard.toml").write_text(text.replace("'1.1'", "'9'"), "utf-8")
    assert asked("--suite", SUITE, "--standard", str(folder))["counts"]["unknown"] == 1
    anew = asked("--suite", SUITE, "--standard", str(folder), "--payloads", str(payloads))
    assert (anew["counts"]["falls"], anew["rows"][0]["now"]) == (1, "failed")


@pytest.mark.usefixtures("failing")
def test_several_processes_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from schnittstellen.catalogue.services.previewing import previewing

    alone = asked("--suite", SUITE)
    monkeypatch.setattr(previewing, "ALONE", 0)
    assert asked("--suite", SUITE, "--jobs", "2") == alone
