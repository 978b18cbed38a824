"""The root command: help, language, errors; and it starts without anything heavy."""

import re
import subprocess
import sys

import pytest

from schnittstellen import __version__, bootstrap
from schnittstellen.cli.base import Group
from schnittstellen.cli.main import COMMANDS, main
from tests.cli.running import GOOD, SUITE, environment, process, run
from tests.languages.test_catalogues import THERE

COMMAND_LINES = [[], *([name] for name in COMMANDS), ["standards", "list"], ["standards", "show"], ["standards", "add"]]
COMMAND_LINES += [["suites", name] for name in ("list", "show", "prove")]
CLICK_IN_ENGLISH = ("Usage:", "Options:", "Commands:", "Show this message", "Error:", "Missing", "No such", "Try '")
CLICK_IN_GERMAN = ("Aufruf:", "Optionen:", "Befehle:", "Zeigt diese Hilfe", "Fehler:", "Es fehlt", "gibt es nicht")


def longer(texts: object) -> list[str]:
    """First sentences long enough to tell the languages apart, in one line."""
    found = (re.split(r"[{\n\0`]", text)[0].strip() for text in texts)  # type: ignore[attr-defined]
    return [text for text in found if len(text) > 15]


ONLY_GERMAN = longer(THERE)
ONLY_ENGLISH = longer(THERE.values())


def mixed(text: str, foreign: list[str]) -> list[str]:
    """Texts of the other language that stand in `text`."""
    line = " ".join(text.split())
    return [one for one in foreign if one in line]


@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
def test_help_is_german_without_a_word_of_english(arguments: list[str]) -> None:
    text = run(*arguments, "--help").output
    assert text.startswith("Aufruf: schnittstellen")
    assert mixed(text, [*ONLY_ENGLISH, *CLICK_IN_ENGLISH]) == []


@pytest.mark.parametrize("arguments", COMMAND_LINES, ids=" ".join)
def test_help_is_english_without_a_word_of_german(arguments: list[str]) -> None:
    text = run(*arguments, "--help", "--lang", "en").output
    assert text.startswith("Usage: schnittstellen")
    assert mixed(text, [*ONLY_GERMAN, *CLICK_IN_GERMAN]) == []


WRONG = [
    (["nix"], "Den Befehl 'nix' gibt es nicht.", "No such command 'nix'."),
    (["test", "--nix", "x"], "Die Option '--nix' gibt es nicht.", "No such option '--nix'."),
    (["test", "--jobs", "viele", "x"], "viele ist keine ganze Zahl ab 1.", "viele is not a whole number from 1 up."),
    (["test", "--jobs", "0", "x"], "0 ist keine ganze Zahl ab 1.", "0 is not a whole number from 1 up."),
    (["serve", "--port", "65536"], "65536 ist zu groß: höchstens 65535.", "65536 is too large: at most 65535."),
    (["test", "--report"], "Die Option '--report' erwartet einen Wert.", "Option '--report' requires an argument."),
    (["explain"], "Es fehlt das Argument 'CODE'.", "Missing argument 'CODE'."),
    (["explain", "X102", "X103"], "Unerwartetes Argument (X103)", "Got unexpected extra argument (X103)"),
    (["test"], "Es fehlt, was geprüft werden soll.", "What is to be tested is missing."),
    (["standards", "show", "nix"], "Der Standard nix ist nicht bekannt.", "The standard nix is not known."),
    (["suites", "show", "nix"], "Die Suite nix ist nicht bekannt.", "The suite nix is not known."),
    (["explain", "nix"], "Zu nix gibt es keine Erklärung.", "There is no explanation of nix."),
]


@pytest.mark.parametrize(("arguments", "german", "english"), WRONG, ids=[" ".join(one[0]) for one in WRONG])
def test_wrong_usage_is_told_in_either_language(arguments: list[str], german: str, english: str) -> None:
    for lang, wanted, foreign in (
        ("de", german, [*ONLY_ENGLISH, *CLICK_IN_ENGLISH]),
        ("en", english, [*ONLY_GERMAN, *CLICK_IN_GERMAN]),
    ):
        result = run("--lang", lang, *arguments)
        assert result.exit_code == 2
        assert wanted in result.stderr
        assert result.stdout == ""
        assert mixed(result.stderr, foreign) == []


def test_language_comes_from_option_then_variable_then_is_german() -> None:
    assert run("--help", LC_ALL="en_US.UTF-8", LANG="en_US.UTF-8", LANGUAGE="en").output.startswith("Aufruf:")
    assert run("--help", SCHNITTSTELLEN_LANG="en").output.startswith("Usage:")
    assert run("--help", "--lang", "de", SCHNITTSTELLEN_LANG="en").output.startswith("Aufruf:")
    assert run("--lang=en", "test", "--help").output.startswith("Usage:")
    assert run("--help", SCHNITTSTELLEN_LANG="fr").output.startswith("Aufruf:")


def test_unknown_language_is_wrong_usage() -> None:
    result = run("--lang", "fr", "codes")
    assert result.exit_code == 2
    assert "'fr' ist keines von diesen: 'de', 'en'." in result.stderr


def test_version() -> None:
    assert run("--version").output == f"schnittstellen {__version__}\n"


def test_short_help_of_the_root_is_the_first_sentence_of_each_command() -> None:
    context = main.make_context("schnittstellen", [], resilient_parsing=True)
    for name, (_place, short) in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert (command.help or "").partition("\n")[0] == short
        for sub, (_place, sub_short) in command._at.items() if isinstance(command, Group) else ():
            found = command.get_command(context, sub)
            assert found is not None
            assert (found.help or "").partition("\n")[0] == sub_short


def test_help_imports_nothing_heavy() -> None:
    lines = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "schnittstellen", "--help"],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    ).stderr.splitlines()
    loaded = {line.rpartition("|")[2].strip() for line in lines}
    ours = {name for name in loaded if name.startswith("schnittstellen.")}
    assert "click" in loaded
    assert not {"lxml", "rich", "jsonschema_rs", "saxonche", "httpx2", "jinja2", "tomllib", "concurrent"} & loaded
    assert not {
        name for name in ours if name.split(".")[1] in ("engine", "artefacts", "checks", "reports", "bootstrap")
    }


def test_python_m_is_the_same_command() -> None:
    assert process("--version").stdout == f"schnittstellen {__version__}\n"


def test_unexpected_error_is_ours_not_the_products(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_arguments: object, **_settings: object) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr(bootstrap, "run_targets", crash)
    result = run("test", SUITE, GOOD)
    assert result.exit_code == 3
    assert "Fehler F099" in result.stderr
    assert "RuntimeError: kaputt" in result.stderr
    assert "Traceback" not in result.stderr
    debugged = run("test", SUITE, GOOD, "--debug")
    assert isinstance(debugged.exception, RuntimeError)


def test_interrupt_outside_a_run_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "library", interrupt)
    result = run("standards", "list")
    assert result.exit_code == 130
    assert result.stderr == "Abgebrochen.\n"
