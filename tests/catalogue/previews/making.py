"""Asking for previews of drafts made from a suite that ships."""

import json
import shutil
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from schnittstellen.artefacts.library import built_in
from schnittstellen.cli.main import main

ROLE = "xhundesteuer/1.1/onlinedienst"
SUITE = "xhundesteuer@1.1/onlinedienst"


def preview(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["preview", *arguments])


def asked(*arguments: str) -> dict[str, Any]:
    result = preview(*arguments, "--json")
    assert result.exit_code in (0, 1, 3), result.output + result.stderr
    found: dict[str, Any] = json.loads(result.output)
    return found


def draft(at: Path, *changes: tuple[str, str]) -> str:
    folder = at / ROLE
    shutil.copytree(built_in() / "conformance_suites" / ROLE, folder)
    text = (folder / "suite.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "suite.toml").write_text(text, "utf-8")
    return str(folder)
