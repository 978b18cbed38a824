"""Running commands in this process and as processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from schnittstellen.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SUITE = "xhundesteuer@2.0/onlinedienst"
FIXTURES = ROOT / "conformance_suites" / "xhundesteuer" / "2.0" / "onlinedienst" / "fixtures"
GOOD = FIXTURES / "gueltig--anmeldung.xml"
BAD = FIXTURES / "XHS-N-02--transpondernummer-fehlt.xml"


def run(*arguments: object, stdin: bytes | None = None, **environ: str) -> Result:
    """One command in this process, with a home of its own that is empty."""
    settings = {"SCHNITTSTELLEN_HOME": "/nonexistent", "SCHNITTSTELLEN_LANG": "", **environ}
    return CliRunner().invoke(main, [str(one) for one in arguments], input=stdin, env=settings)  # type: ignore[arg-type]


def environment(**environ: str) -> dict[str, str]:
    """What a process needs to find the package."""
    settings = {"PYTHONPATH": str(ROOT / "src"), "SCHNITTSTELLEN_HOME": "/nonexistent", "PATH": os.environ["PATH"]}
    return {**settings, **environ}


def process(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    """One command as a process."""
    command = [sys.executable, "-m", "schnittstellen", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, env=environment(**environ), check=False, timeout=120)
