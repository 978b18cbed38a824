"""The commands, over the world that ships: what a person reads, and what a machine gets."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from schnittstellen.cli.main import main
from tests.worlds import load_world

pytestmark = pytest.mark.django_db
DAY = ("--on", "2026-11-24")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def world() -> None:
    load_world()


@pytest.mark.usefixtures("world")
def test_partners_for_people_in_two_languages() -> None:
    german = run("partners", "muster-antrag", *DAY)
    assert german.exit_code == 0
    assert "geprüft: Muster-Bote" in german.output
    assert "Nachweisstufen 1 / 1" in german.output
    assert "muster-bote@1.6 hat Version 1.0." in german.output
    english = run("--lang", "en", "partners", "muster-antrag", *DAY).output
    assert "has version 1.0." in english
    assert "geprüft" not in english


@pytest.mark.usefixtures("world")
def test_partners_for_machines() -> None:
    found = json.loads(run("partners", "muster-antrag", "--status", "proven", "--json", *DAY).output)
    assert found["release"].startswith("muster-antrag@")
    assert {one["status"] for one in found["partners"]} == {"proven"}
    assert found["counts"]["not_possible"] > 0


@pytest.mark.usefixtures("world")
def test_matrix() -> None:
    output = run("matrix", "99107023000000", *DAY).output
    assert "Wohngeld" in output.splitlines()[0]
    assert "widerlegt" in output
    assert run("matrix", "00000000000000").exit_code == 2


@pytest.mark.parametrize("command", [("partners", "x"), ("matrix", "99107023000000"), ("search", "x")])
def test_an_empty_catalogue_says_how_to_fill_it(command: tuple[str, ...], tmp_path: Path) -> None:
    result = run(*command)
    assert result.exit_code == 2
    assert "registry import" in result.stderr


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("partners", "nix"), "F120"),
        (("partners", "muster-antrag@0"), "F121"),
        (("partners", "x", "--on", "31.2."), "Tag"),
    ],
)
def test_what_cannot_be_answered_is_said(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
