"""Homes and databases of a catalogue in which nothing is yet, made once for all processes of a run, then copied."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "SCHNITTSTELLEN_HOMES_OF_TESTS"
"""Variable that tells every process of a run the folder that they share."""
_READY = "from schnittstellen.catalogue.start import ready, static_files; ready(); static_files()"


def empty_home(home: Path) -> Path:
    """`home`, with the tables of a catalogue in SQLite and its static files."""
    return _copied("empty", ["-c", _READY], home)


def home_with_world(home: Path) -> Path:
    """`home`, with the world that ships."""
    return _copied("world", ["-m", "schnittstellen", "registry", "import", str(ROOT / "registry")], home)


def empty_template() -> str:
    """The name of a database on PostgreSQL to copy, with the tables of a catalogue."""
    name = f"template_{_shared().name.replace('-', '_').lower()}"
    with _once("template") as made:
        if not made.exists():
            with psycopg.connect(dbname="postgres", autocommit=True) as server:
                server.execute(f'CREATE DATABASE "{name}"')
            _run(["-c", _READY], _shared() / "template", f"postgresql:///{name}")
            made.touch()
    return name


def _copied(kind: str, command: list[str], home: Path) -> Path:
    source = _shared() / kind
    with _once(kind) as made:
        if not made.exists():
            _run(command, source, "")
            made.touch()
    shutil.copytree(source, home, dirs_exist_ok=True)
    return home


def _run(command: list[str], home: Path, database: str) -> None:
    there = {**os.environ, "SCHNITTSTELLEN_HOME": str(home), "DATABASE_URL": database, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, *command], env=there, check=True, capture_output=True, timeout=400)


def _shared() -> Path:
    return Path(os.environ[FOLDER])


@contextmanager
def _once(name: str) -> Iterator[Path]:
    """What is there once it is made; nobody else makes it at the same time."""
    with (_shared() / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield _shared() / f"{name}.made"
