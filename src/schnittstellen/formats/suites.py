"""suite.toml -> domain.suite. The folder says what is tested: <standard>/<version>/<role>/suite.toml."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from schnittstellen.domain.suite import Fixture, Step, Suite
from schnittstellen.domain.verdict import Level
from schnittstellen.formats.written import read_toml

FILE = "suite.toml"


def read_suite(path: Path) -> Suite:
    """Read one suite.toml; its digest covers the bytes of that file. Raises `WrittenFormError`."""
    written = read_toml(path, "schnittstellen.suite/1")
    standard, version, role = path.parent.parts[-3:]
    return Suite(
        standard=standard,
        version=version,
        role=role,
        edition=written["edition"],
        title=written.get("title", ""),
        steps=tuple(_step(step) for step in written["steps"]),
        fixtures=tuple(Fixture(one["file"], tuple(one.get("expect", ()))) for one in written.get("fixtures", ())),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _step(written: Mapping[str, Any]) -> Step:
    return Step(
        id=written["id"],
        check=written["check"],
        level=Level(written.get("level", "must")),
        requirements=tuple(written.get("requirements", ())),
        messages=tuple(written.get("messages", ())),
        options=written.get("with", {}),
        needs=tuple(written.get("needs", ())),
    )
