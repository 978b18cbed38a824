"""The environment of all templates of pages: German in the source, English from our catalogue, escaping always on."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from jinja2 import Environment, StrictUndefined

from schnittstellen import __version__
from schnittstellen.i18n import _, current, filled, translations
from schnittstellen.web.pages.navigation import LEGAL, MAIN


def environment(**options: Any) -> Environment:
    """As Django's Jinja2 backend asks for it."""
    made = Environment(  # noqa: S701
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_callables(_, _several, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(static=static, url=address, lang=current, version=__version__, say=say, main=MAIN, legal=LEGAL)
    made.filters.update(day=day, number=number)
    return made


def address(name: str, *parts: str, **named: str) -> str:
    """The path of a named page."""
    return reverse(name, args=parts, kwargs=named or None)


def say(template: str, parameters: Mapping[str, str] | None = None) -> str:
    """A text that came as data (an `N_` template and its parameters), in the language of the page."""
    return filled(template, parameters or {}, current())


def day(value: date | datetime | None) -> str:
    """24.11.2026, or 24 Nov 2026 in English; nothing for None."""
    if value is None:
        return ""
    return value.strftime("%d.%m.%Y") if current() == "de" else f"{value.day} {value.strftime('%b %Y')}"


def number(value: int) -> str:
    """12.345, or 12,345 in English."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if current() == "de" else grouped


def _several(one: str, many: str, count: int) -> str:
    return translations(current()).ngettext(one, many, count)
