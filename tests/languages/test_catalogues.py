"""Catalogues: every text has its English, with the same parameters; our compiler agrees with Babel."""

import gettext
import importlib.util
import re
from io import BytesIO
from pathlib import Path
from types import ModuleType

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from schnittstellen import catalogues

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "schnittstellen" / "locale"
PARAMETER = re.compile(r"\{([^{}]*)\}")
SAME_IN_BOTH = re.compile(
    r"([A-Z0-9@/\[\]=.,:() -]|\{\w+\}|in )+\Z|(Standards?|Suite|Code|Name|Version|a-z, 0-9, -)(:? %\(\w+\)s)*\Z"
)
NAMES = re.compile("XÖV|such as ä")


def messages() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MISUSE = ("Name '", "Boolean option", "Could not determine name", "No options defined", "Arguments take")
"""What Click says to programmers only begins so."""

THERE: dict[str, str] = messages().translated()
SOURCES = [po for _, sources in catalogues.catalogues(LOCALE) for po in sources]


@pytest.fixture(scope="module")
def wanted() -> dict[str, str]:
    """Every text in code and templates, with a place where it stands."""
    texts: dict[str, str] = messages().extracted()
    return texts


def test_extraction_finds_texts_of_code_templates_and_plurals(wanted: dict[str, str]) -> None:
    assert "Prüfung abgestürzt" in wanted
    assert "Zum Inhalt springen" in wanted
    assert "{count} Schritt\0{count} Schritte" in wanted


def test_every_text_has_its_english(wanted: dict[str, str]) -> None:
    assert {text: place for text, place in wanted.items() if text not in THERE} == {}


def test_no_translation_is_obsolete(wanted: dict[str, str]) -> None:
    assert [text for text in THERE if text not in wanted] == []


def test_what_vendors_make_is_called_one_thing(wanted: dict[str, str]) -> None:
    """GLOSSAR.md: product is Programm."""
    assert {text: place for text, place in wanted.items() if re.search("Produkt|PRODUKT", text)} == {}


@pytest.mark.parametrize(
    ("german", "english", "another"),
    [
        ("Programm(?!ier)", "product|program|test suite|testing software", "programme(?<!funding programme)"),
        ("\\bVersion", "version", "release(?!d)"),
        ("Kommune", "municipal", "commune"),
        ("Hersteller(?!:)", "vendor", "manufacturer|producer"),
    ],
)
def test_one_thing_has_one_name_in_english(german: str, english: str, another: str) -> None:
    """What REST calls products; a program only where it is software that asks, and a programme one that funds."""
    said = {text: PARAMETER.sub("", words) for text, words in THERE.items()}
    wanting = [text for text in said if re.search(german, text) and not re.search(english, said[text], re.IGNORECASE)]
    mixed = [text for text, words in said.items() if re.search(rf"\b({another})", words, re.IGNORECASE)]
    assert (wanting, mixed) == ([], [])


def test_parameters_are_the_same_in_both_languages() -> None:
    differing = {
        german: english
        for german, english in THERE.items()
        if set(PARAMETER.findall(german)) != set(PARAMETER.findall(english))
    }
    assert differing == {}


def test_no_translation_repeats_the_german() -> None:
    assert [german for german, english in THERE.items() if german == english and not SAME_IN_BOTH.match(german)] == []


def test_no_umlaut_is_left_in_english() -> None:
    assert [english for english in THERE.values() if re.search("[äöüÄÖÜß]", NAMES.sub("", english))] == []


@pytest.mark.parametrize("po", SOURCES, ids=lambda po: po.name)
def test_nothing_is_fuzzy_or_left_over(po: Path) -> None:
    text = po.read_text(encoding="utf-8")
    assert "fuzzy" not in text
    assert "#~" not in text


@pytest.mark.parametrize("po", SOURCES, ids=lambda po: po.name)
def test_babel_reads_the_same_texts(po: Path) -> None:
    with po.open("rb") as stream:
        known = {
            "\0".join(entry.id) if isinstance(entry.id, tuple) else entry.id: "\0".join(entry.string)
            if isinstance(entry.string, tuple)
            else entry.string
            for entry in read_po(stream)
            if entry.id
        }
    assert catalogues.read_po(po.read_text(encoding="utf-8")) == known


def test_babel_and_gettext_read_what_we_compile() -> None:
    data = catalogues.compiled(SOURCES)
    assert len([entry for entry in read_mo(BytesIO(data)) if entry.id]) > 100
    english = gettext.GNUTranslations(BytesIO(data))
    assert english.gettext("Prüfung abgestürzt") == "Check crashed"
    assert english.ngettext("{count} Schritt", "{count} Schritte", 1) == "{count} step"
    assert english.ngettext("{count} Schritt", "{count} Schritte", 2) == "{count} steps"


def test_our_parser_leaves_out_what_is_not_translated() -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Language: en\\n"\nmsgid "a"\nmsgstr "b"\n#, fuzzy\nmsgid "c"\nmsgstr "d"\n'
        'msgid "e"\nmsgstr ""\n\n#~ msgid "f"\n#~ msgstr "g"\nmsgid ""\n"h\\n"\n"i"\nmsgstr "j"\n'
    )
    assert catalogues.read_po(text) == {"a": "b", "h\ni": "j"}


def test_catalogues_are_compiled_when_texts_are_newer(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    (folder / "parts").mkdir(parents=True)
    (folder / "schnittstellen.po").write_text('msgid "a"\nmsgstr "b"\n')
    (folder / "parts" / "x.po").write_text('msgid "c"\nmsgstr "d"\n')
    mo = folder / "schnittstellen.mo"
    assert catalogues.compile_all(tmp_path) == [mo]
    assert catalogues.compile_all(tmp_path) == []
    assert gettext.GNUTranslations(BytesIO(mo.read_bytes())).gettext("c") == "d"
    mo.unlink()
    assert catalogues.compile_all(tmp_path) == [mo]
    assert [one.name for one in folder.iterdir() if one.suffix == ".tmp"] == []


def test_every_text_of_click_that_users_see_is_german() -> None:
    known = catalogues.read_po((LOCALE / "de" / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8"))
    folder = Path(click.__file__).parent
    unseen = ("_winconsole.py", "_termui_impl.py", "utils.py", "termui.py", "shell_completion.py")
    missing = []
    for file, _, message, _, _ in extract_from_dir(folder, method_map=[("**.py", "python")]):
        text = "\0".join(message) if isinstance(message, tuple) else message
        programming = text.startswith(MISUSE)
        if file not in unseen and not programming and text not in known:
            missing.append(text)
    assert missing == []
