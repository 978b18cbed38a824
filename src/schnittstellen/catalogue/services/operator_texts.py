"""Texts that only whoever runs the catalogue can write: imprint, data protection, accessibility.

They are Markdown files in one folder (`settings.TEXTS`): `impressum.md`, in English `impressum.en.md`, and so on.
"""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from schnittstellen.i18n import DEFAULT

NAMES = ("impressum", "datenschutz", "barrierefreiheit")
MOST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown, and the language that it is written in."""

    markdown: str
    lang: str


def text(name: str, lang: str) -> Text | None:
    """The text of that name in `lang`, else in German; None where there is none that can be read."""
    for wanted in dict.fromkeys((lang, DEFAULT)):
        found = _read(name if wanted == DEFAULT else f"{name}.{wanted}")
        if found:
            return Text(found, wanted)
    return None


def missing() -> list[str]:
    """The files that are not there, empty, too large or not UTF-8."""
    return [f"{name}.md" for name in NAMES if not _read(name)]


def _read(name: str) -> str:
    try:
        raw = (Path(settings.TEXTS) / f"{name}.md").read_bytes()
        return raw.decode("utf-8").strip() if len(raw) <= MOST_BYTES else ""
    except (OSError, UnicodeDecodeError):
        return ""
