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


PAGES: dict[str, str] = make_reference().pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_up_to_date(name: str) -> None:
    """Mend with `python tools/make_reference.py`."""
    assert (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8") == PAGES[name]


def test_every_code_has_its_heading() -> None:
    for line in run("codes").stdout.splitlines():
        if line[:1].isalpha():
            assert f"\n### {line.split()[0]} " in PAGES["befunde.md"]


def test_every_command_has_its_help() -> None:
    for name in ("test", "standards add", "suites prove", "explain", "reproduce"):
        assert f"\n## schnittstellen {name}\n" in PAGES["befehle.md"]
    assert "Zeigt diese Hilfe." in PAGES["befehle.md"]


def test_fields_of_a_report_are_explained() -> None:
    assert "| `results[].steps[].findings[].rule` |" in PAGES["formate.md"]
