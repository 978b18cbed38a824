"""The catalogue starts from nothing, also where several start at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

START = """
from schnittstellen.catalogue.start import ready
ready()
from schnittstellen.catalogue.models import Vendor
print(Vendor.objects.count())
"""


def test_several_processes_start_at_once(tmp_path: Path) -> None:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(tmp_path), "DATABASE_URL": ""}
    there.pop("DJANGO_SETTINGS_MODULE", None)
    started = [
        subprocess.Popen([sys.executable, "-c", START], env=there, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [one.communicate(timeout=120) for one in started]
    assert [(out.strip(), error) for out, error in said] == [(b"0", b"")] * 3
    assert (tmp_path / "katalog.sqlite3").is_file()
    assert (tmp_path / "geheimnis").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", "catalogue", check=True, dry_run=True, verbosity=0)
