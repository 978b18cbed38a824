"""Reading TOML that people wrote: schema first, and every fault named with its file and place."""

import json
import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema_rs


class WrittenFormError(Exception):
    """A written form is not readable or not of its schema; `problems` are lines for people, each with its place."""

    def __init__(self, path: Path, problems: tuple[str, ...]) -> None:
        super().__init__(f"{path}: " + "; ".join(problems))
        self.path = path
        self.problems = problems


def read_toml(path: Path, schema: str) -> dict[str, Any]:
    """The content of `path`, checked against the JSON Schema of `schema`, such as "schnittstellen.suite/1".

    Raises `WrittenFormError` where it is unreadable, no TOML, or not of that schema.
    """
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise WrittenFormError(path, (str(error),)) from error
    problems = departures(written, schema)
    if problems:
        raise WrittenFormError(path, problems)
    return written


def departures(written: Any, schema: str) -> tuple[str, ...]:
    """Where `written` departs from the JSON Schema of `schema`, each with its place."""
    return tuple(
        f"{'/'.join(map(str, error.instance_path)) or '.'}: {error.message}"
        for error in validator(schema).iter_errors(_plain(written))
    )


def schema_of(name: str) -> dict[str, Any]:
    """The JSON Schema that ships for a written form, such as "schnittstellen.report/1"."""
    file = name.removeprefix("schnittstellen.").replace("/", "-") + ".json"
    text = resources.files("schnittstellen.formats").joinpath("schemas", file).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """What judges a written form by its JSON Schema, compiled once."""
    return jsonschema_rs.Draft202012Validator(schema_of(name))


def _plain(written: Any) -> Any:
    return json.loads(json.dumps(written, default=str))
