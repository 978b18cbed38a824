"""The catalogue as people start it: a process of its own, with the example world, on loopback."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.homes import ROOT, home_with_world

__all__ = ["ROOT", "answering", "command", "serving"]
PATIENT = ("--timeout", "60")
"""Our server shares its machine with other tests."""
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/")


def command(home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """`schnittstellen ...` with a home of its own."""
    run = [sys.executable, "-m", "schnittstellen", *arguments]
    return subprocess.run(run, env=_environment(home), capture_output=True, text=True, check=False, timeout=400)


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The address of a catalogue with the example world."""
    with answering(home_with_world(home)) as address:
        yield address


@contextmanager
def answering(home: Path) -> Iterator[str]:
    """The address of a catalogue with what is below `home`."""
    run = [sys.executable, "-m", "schnittstellen", "serve", "--port", "0", "--workers", "1", "--empty"]
    process = subprocess.Popen(run, env=_environment(home), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        found = ADDRESS.search(process.stdout.readline())
        assert found
        yield found[0]
    finally:
        process.terminate()
        process.wait(60)


def _environment(home: Path) -> dict[str, str]:
    ours = {"SCHNITTSTELLEN_HOME": str(home), "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **ours, "SCHNITTSTELLEN_RATE_ADDRESS": "0"}
