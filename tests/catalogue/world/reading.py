"""The registry that ships, read from its files alone."""

import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

REGISTRY = Path(__file__).resolve().parents[3] / "registry"


@cache
def files(kind: str) -> dict[str, dict[str, Any]]:
    """All files of a kind, by the name of the file without its ending."""
    return {path.stem: tomllib.loads(path.read_text()) for path in sorted((REGISTRY / kind).glob("*.toml"))}


@cache
def report(digest: str) -> dict[str, Any]:
    """A report of the registry."""
    found: dict[str, Any] = json.loads((REGISTRY / "evidence" / "reports" / f"{digest}.json").read_text())
    return found
