"""A folder for temporary files that a test can look into, here and in the processes that are started."""

from pathlib import Path

import pytest

from schnittstellen import bootstrap

SUITE = "xhundesteuer@1.1/fachverfahren"


def message(name: str) -> bytes:
    """A message of the example world."""
    library = bootstrap.library()
    suite = library.suites_named(SUITE)[0]
    return (library.folder(suite) / "fixtures" / f"{name}.xml").read_bytes()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where everything that is written for a while would be found."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def slots(tmp_path: Path, settings: object) -> Path:
    """Tests of several processes do not take each other's slots."""
    settings.TESTS_FOLDER = tmp_path / "slots"  # type: ignore[attr-defined]
    return tmp_path / "slots"
