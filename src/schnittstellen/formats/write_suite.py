"""domain.suite -> suite.toml: deterministic, readable, and read back as the same suite."""

from collections.abc import Mapping
from typing import Any

from schnittstellen.domain.suite import Fixture, Step, Suite
from schnittstellen.domain.verdict import Level
from schnittstellen.formats.toml_text import toml_text

SCHEMA = "schnittstellen.suite/1"


def suite_text(suite: Suite) -> str:
    """The written form of a suite; standard, version and role are told by the folder that it lies in."""
    written: dict[str, Any] = {"schema": SCHEMA, "edition": suite.edition}
    if suite.title:
        written["title"] = suite.title
    written["steps"] = [_step(step) for step in suite.steps]
    if suite.fixtures:
        written["fixtures"] = [_fixture(one) for one in suite.fixtures]
    return toml_text(written)


def _step(step: Step) -> dict[str, Any]:
    found: dict[str, Any] = {"id": step.id, "check": step.check}
    if step.level is not Level.MUST:
        found["level"] = step.level.value
    for name, values in (("needs", step.needs), ("messages", step.messages), ("requirements", step.requirements)):
        if values:
            found[name] = list(values)
    if step.options:
        found["with"] = _plain(step.options)
    return found


def _fixture(one: Fixture) -> dict[str, Any]:
    return {"file": one.file, **({"expect": list(one.expect)} if one.expect else {})}


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
