"""The generated reference is up to date and says what the command says."""

import importlib.util
from types import ModuleType

import pytest

from tests.cli.running import ROOT, run


def make_reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", ROOT / "tools" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = ROOT / "docs" / "reference"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    written: dict[str, str] = make_reference().pages()
    return written


def test_no_page_is_missing_or_left_over(pages: dict[str, str]) -> None:
    assert {page.name for page in REFERENCE.iterdir()} == set(pages)


@pytest.mark.parametrize("name", sorted(page.name for page in REFERENCE.iterdir()))
def test_page_is_up_to_date(pages: dict[str, str], name: str) -> None:
    """Mend with `python tools/make_reference.py`."""
    assert (REFERENCE / name).read_text(encoding="utf-8") == pages[name]


def test_every_code_has_its_heading(pages: dict[str, str]) -> None:
    for line in run("codes").stdout.splitlines():
        if line[:1].isalpha():
            assert f"\n### {line.split()[0]} " in pages["befunde.md"]


def test_every_command_has_its_help(pages: dict[str, str]) -> None:
    for name in ("test", "standards add", "suites prove", "explain", "reproduce"):
        assert f"\n## schnittstellen {name}\n" in pages["befehle.md"]
    assert "Zeigt diese Hilfe." in pages["befehle.md"]


def test_fields_of_a_report_are_explained(pages: dict[str, str]) -> None:
    assert "| `results[].steps[].findings[].rule` |" in pages["formate.md"]
