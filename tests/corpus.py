"""Real standards and messages outside the repository: present for developers and CI, absent elsewhere."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"
REQUIRED = os.environ.get("SCHNITTSTELLEN_REQUIRE_CORPUS") == "1"


def corpus(folder: str) -> Path:
    """The folder of shared/corpus; skips the test where it is missing, or fails it where the corpus is required."""
    path = ROOT / folder
    if path.is_dir():
        return path
    reason = f"needs ../shared/corpus/{folder}, which is not part of the repository"
    if REQUIRED:
        pytest.fail(reason)
    pytest.skip(reason)
