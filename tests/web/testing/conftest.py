"""A folder for temporary files that a test can look into, here and in the processes that are started."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schnittstellen import bootstrap

SUITE = "xhundesteuer@1.1/fachverfahren"


def message(name: str) -> bytes:
    """A message of the example world."""
    library = bootstrap.library()
    suite = library.suites_named(SUITE)[0]
    return (library.folder(suite) / "fixtures" / f"{name}.xml").read_bytes()


def sent(client: Client, data: Any) -> Any:
    """The answer to whoever hands over `data` and waits for what comes of it."""
    return client.post("/testen", data, follow=True)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer waits for the outcome, however loaded the machine is."""
    monkeypatch.setattr("schnittstellen.web.pages.views.testing.results.WAIT_SECONDS", 120.0)


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
