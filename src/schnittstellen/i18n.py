"""Languages: German is written in the source, English is in the gettext catalogue; the user chooses, not the machine.

The language follows from `--lang`, else from $SCHNITTSTELLEN_LANG, else it is German whatever the system's locale.
"""

import gettext as gnu
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from schnittstellen.catalogues import compile_all
from schnittstellen.domain.texts import Line

if TYPE_CHECKING:  # the command line must start without the domain
    from schnittstellen.domain.finding import Code, Finding

LANGUAGES = ("de", "en")
DEFAULT = "de"
VARIABLE = "SCHNITTSTELLEN_LANG"
_LOCALE = Path(__file__).parent / "locale"
_AS_WRITTEN = gnu.NullTranslations()
_CURRENT: ContextVar[str] = ContextVar("language", default=DEFAULT)


class Words(NamedTuple):
    """A finding in words: what its code is called, what happened here, and the explanation that goes with the code."""

    title: str
    message: str
    meaning: str
    why: str
    remedy: str


class _Blanks(dict[str, str]):
    """Parameters of a template; what is missing shows as an ellipsis, because a report must never fail over words."""

    def __missing__(self, name: str) -> str:
        return "…"


def translations(lang: str) -> gnu.NullTranslations:
    """The catalogue of a language: `gettext` and `ngettext` take German and give `lang`."""
    return _catalogue(lang) if lang != DEFAULT else _AS_WRITTEN


def words(finding: "Finding", code: "Code", lang: str, *, with_content: bool = False) -> Words:
    """What `finding` says in `lang`; message content takes the place of parameters of the same name on request only."""
    say = translations(lang).gettext
    shown = {**finding.parameters, **finding.content} if with_content else finding.parameters
    return Words(
        say(code.title),
        filled(code.message, shown, lang),
        filled(code.meaning, finding.parameters, lang),
        filled(code.why, finding.parameters, lang),
        filled(code.remedy, finding.parameters, lang),
    )


def filled(template: str, parameters: Mapping[str, str], lang: str) -> str:
    """A translated template with its parameters.

    Parameters that are phrases of the catalogue are translated too; single words are not, because they may be names.
    """
    say = translations(lang).gettext
    known = _Blanks({name: _value(value, lang) for name, value in parameters.items()})
    try:
        return say(template).format_map(known).strip()
    except (ValueError, IndexError, AttributeError, KeyError):
        return say(template)


def _value(value: str, lang: str) -> str:
    if isinstance(value, Line):
        return _line(value, lang)
    return translations(lang).gettext(value) if " " in value else value


def grouped(value: int) -> str:
    """12.345, or 12,345 in English."""
    number = f"{value:,}"
    return number.replace(",", ".") if current() == "de" else number


def chosen(arguments: Sequence[str], environ: Mapping[str, str]) -> str:
    """The language that a command line asks for, before anything else of it is understood."""
    for position, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            wanted = value if equals else next(iter(arguments[position + 1 :]), "")
            return wanted if wanted in LANGUAGES else DEFAULT
    wanted = environ.get(VARIABLE, DEFAULT)
    return wanted if wanted in LANGUAGES else DEFAULT


def current() -> str:
    """The language of the command that runs."""
    return _CURRENT.get()


def _(text: str) -> str:
    """`text` in the language of the command that runs."""
    return _line(text, current()) if isinstance(text, Line) else translations(current()).gettext(text)


def _line(line: Line, lang: str) -> str:
    return filled(line.template, line.parameters, lang)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Use `lang` for our texts and for Click's, which asks the standard library's gettext for the domain `messages`."""
    before = os.environ.get("LANGUAGE")
    gnu.bindtextdomain("messages", str(_folder()))
    os.environ["LANGUAGE"] = lang
    token = _CURRENT.set(lang)
    try:
        yield
    finally:
        _CURRENT.reset(token)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


@contextmanager
def using(lang: str) -> Iterator[None]:
    """Use `lang` for our texts in this thread or task only, as a server with many readers needs it."""
    token = _CURRENT.set(lang if lang in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _CURRENT.reset(token)


@cache
def _catalogue(lang: str) -> gnu.NullTranslations:
    return gnu.translation("schnittstellen", str(_folder()), [lang], fallback=True)


@cache
def _folder() -> Path:
    """Where the compiled catalogues lie: beside their texts, or in a temporary folder if that cannot be written."""
    try:
        compile_all(_LOCALE)
    except OSError:
        return _compiled_elsewhere()
    return _LOCALE


def _compiled_elsewhere() -> Path:
    import atexit
    import tempfile
    from shutil import copytree, rmtree

    folder = Path(tempfile.mkdtemp(prefix="schnittstellen-")) / "locale"
    atexit.register(rmtree, folder.parent, ignore_errors=True)
    copytree(_LOCALE, folder)
    compile_all(folder)
    return folder
