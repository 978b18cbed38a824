"""What a catalogue on the web needs is checked before: Django's checks and ours, on settings as operators make them."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

OPERATED = {
    "SCHNITTSTELLEN_HTTPS": "1",
    "SCHNITTSTELLEN_HOSTS": "katalog.muster.example",
    "SCHNITTSTELLEN_ADDRESS": "https://katalog.muster.example",
    "SCHNITTSTELLEN_MAIL": "smtp://katalog:geheim@mail.muster.example:587",
    "SCHNITTSTELLEN_FROM": "katalog@muster.example",
    "SCHNITTSTELLEN_RATE_ADDRESS": "600",
}


def _check(home: Path, **environment: str) -> tuple[int, list[str]]:
    there = {name: value for name, value in os.environ.items() if not name.startswith("SCHNITTSTELLEN")}
    run = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(
        [*run, "--settings", "schnittstellen.catalogue.settings"],
        env={**there, "SCHNITTSTELLEN_HOME": str(home), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, re.findall(r"\(((?:security|schnittstellen)\.W\d+)\)", done.stderr)


def test_a_catalogue_as_we_describe_it_passes(tmp_path: Path) -> None:
    texts = tmp_path / "texte"
    texts.mkdir()
    for name in ("impressum", "datenschutz", "barrierefreiheit"):
        (texts / f"{name}.md").write_text("Muster")
    assert _check(tmp_path, **OPERATED) == (0, [])


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    status, found = _check(tmp_path, SCHNITTSTELLEN_RATE_ADDRESS="0", SCHNITTSTELLEN_RATE_TOKEN="0")
    assert status == 1
    assert {f"schnittstellen.W00{number}" for number in range(1, 7)} <= set(found)
    assert {"security.W008", "security.W012", "security.W016"} <= set(found), "https is missing"


@pytest.mark.django_db
def test_behind_a_proxy_https_is_demanded_and_believed(settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_REDIRECT_EXEMPT = [r"^health$"]
    client = Client()
    assert client.get("/")["Location"] == "https://testserver/"
    assert client.get("/", headers={"X-Forwarded-Proto": "https"}).status_code == 200
    assert client.get("/health").status_code == 200
