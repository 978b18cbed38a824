"""The environment of all templates of pages: German in the source, English from our catalogue, escaping always on."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, MutableMapping
from datetime import date, datetime, timedelta
from functools import lru_cache, partial
from types import CodeType
from typing import Any
from urllib.parse import urlencode

from django.templatetags.static import static
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.timezone import localtime
from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from schnittstellen import __version__
from schnittstellen.attest.words import LEVELS
from schnittstellen.catalogue.services.called import short
from schnittstellen.catalogue.wording.exchanges import STATUSES
from schnittstellen.catalogue.wording.glossary import TERMS
from schnittstellen.i18n import _, current, filled, grouped, translations
from schnittstellen.web.pages.messages import naming, reason
from schnittstellen.web.pages.navigation import LEGAL, MAIN
from schnittstellen.web.pages.told import meaning
from schnittstellen.web.pages.tongues import german, spoken

_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")
"""Keys that stand in an address as they are."""
_SIMPLE = frozenset({str, Markup})
_SPECIAL = re.compile("[&<>'\"]")
"""What stands in a page in another way."""


def escaped(value: object) -> str:
    """What `markupsafe.escape` gives; most texts of a page have nothing to escape, and need no mark that they are safe.

    Only for what is put into a page at once, as compiled templates do.
    """
    kind = type(value)
    if kind is Markup or (kind is str and not _SPECIAL.search(value)):  # type: ignore[call-overload]
        return value  # type: ignore[return-value]
    return escape(value)


class Sooner(Template):
    """A template that writes by `escaped`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """As Jinja asks for it."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = escaped
        return made


def environment(**options: Any) -> Environment:
    """As Django's Jinja2 backend asks for it."""
    made = Environment(  # noqa: S701
        **{**options, "undefined": StrictUndefined},
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.template_class = Sooner
    made.install_gettext_callables(_, _several, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(_=text, gettext=text, once=_once(made), links=links)
    made.globals.update(static=static_file, url=address, path=reverse, with_query=with_query, lang=current, say=say)
    made.globals.update(version=__version__, main=MAIN, legal=LEGAL, levels=LEVELS, statuses=STATUSES)
    made.globals.update(glossary=TERMS, meaning=meaning)
    made.globals.update(reason=partial(reason, written=day), messages_of=naming)
    made.filters.update(day=day, clock=clock, number=grouped, day_before=day_before, web=web, short=short)
    made.filters.update(local=localtime, spoken=spoken, german=german)
    return made


def static_file(path: str) -> str:
    """The address of a static file; browsers keep it until a new version of ours comes."""
    return f"{static(path)}?v={__version__}"


@pass_context
def address(context: Context, name: str, *parts: str, **asked: object) -> str:
    """The path of a named page with `asked` as its query; the day that the reader chose goes with it."""
    chosen = {"on": context.get("on"), **asked}
    path = _path(context.get("root") or get_script_prefix(), name, parts)
    query = _query({key: value for key, value in chosen.items() if value})
    return f"{path}?{query}" if query else path


def _query(asked: Mapping[str, object]) -> str:
    """What `urlencode` gives; most values stand there as they are."""
    if all(type(value) is str and _PLAIN.fullmatch(value) for value in asked.values()):
        return "&".join([f"{key}={value}" for key, value in asked.items()])
    return urlencode(asked, doseq=True)


@pass_context
def links(context: Context, name: str, called: Iterable[tuple[str, str]]) -> Markup:
    """Links to named pages (the one part of the address, and what stands there), with commas between them."""
    query = f"?{urlencode({'on': context['on']})}" if context.get("on") else ""
    root = context.get("root") or get_script_prefix()
    made = [
        f'<a class="kern-link" href="{escaped(_path(root, name, (key,)))}{query}">{escaped(text)}</a>'
        for key, text in called
    ]
    return Markup(", ".join(made))  # noqa: S704


def path_of(name: str, *parts: str) -> str:
    """What Django's `reverse` gives; a page names hundreds of others, which are all alike but for their keys."""
    return _path(get_script_prefix(), name, parts)


def _path(root: str, name: str, parts: tuple[str, ...]) -> str:
    for part in parts:
        if not _PLAIN.fullmatch(part):
            return reverse(name, args=parts)
    for_any = _with_blanks(root, name, len(parts))
    return reverse(name, args=parts) if for_any is None else for_any.format(*parts)


@lru_cache(maxsize=1_000)
def _with_blanks(_prefix: str, name: str, count: int) -> str | None:
    """The path with a blank for each part; None where it takes no words, so that Django has to say what it is."""
    words = [f"blank{number}blank" for number in range(count)]
    try:
        path = reverse(name, args=words).replace("{", "{{").replace("}", "}}")
    except NoReverseMatch:
        return None
    for number, word in enumerate(words):
        path = path.replace(word, f"{{{number}}}")
    return path


@pass_context
def with_query(context: Context, **asked: object) -> str:
    """The query of this page with some parameters set anew."""
    kept = [(name, value) for name, value in context["kept"] if name not in asked]
    chosen = [("on", context["on"])] if context["on"] else []
    return "?" + urlencode([*kept, *chosen, *asked.items()])


def say(template: str, parameters: Mapping[str, str] | None = None) -> str:
    """A text that came as data (an `N_` template and its parameters), in the language of the page."""
    if parameters or type(template) is not str:
        return filled(template, parameters or {}, current())
    return _said(template, current())


@lru_cache(maxsize=5_000)
def _said(template: str, lang: str) -> str:
    return filled(template, {}, lang)


def text(message: str, **values: object) -> Markup:
    """A text of a template in the language of the page, as Jinja's "newstyle" gettext gives it, in one step for all."""
    if not values and type(message) is str:
        return _text(message, current())
    if all(type(one) in _SIMPLE for one in values.values()):
        return Markup(_(message) % {name: escaped(one) for name, one in values.items()})  # noqa: S704
    return Markup(_(message)) % values  # noqa: S704


@lru_cache(maxsize=5_000)
def _text(message: str, lang: str) -> Markup:
    return Markup(translations(lang).gettext(message)) % {}  # noqa: S704


def _once(made: Environment) -> Callable[[str, Hashable], Markup]:
    """Calls a macro of `macros.html.j2` that depends on its argument and the language only, once for each of them."""

    @lru_cache(maxsize=1_000)
    def drawn(macro: str, of: Hashable, _lang: str) -> Markup:
        return Markup(getattr(made.get_template("macros.html.j2").module, macro)(of))  # noqa: S704

    return lambda macro, of: drawn(macro, of, current())


def day(value: date | datetime | None) -> str:
    """24.11.2026, or 24 Nov 2026 in English; nothing for None."""
    if value is None:
        return ""
    return value.strftime("%d.%m.%Y") if current() == "de" else f"{value.day} {value.strftime('%b %Y')}"


def clock(value: datetime) -> str:
    """The time of day here, to the second."""
    return localtime(value).strftime("%H:%M:%S")


def day_before(value: date) -> date:
    """The last day on which something holds that ends on `value`."""
    return value - timedelta(days=1)


def web(address: str | None) -> str:
    """An address on the web that a browser may follow; nothing for any other (`javascript:`, `data:`)."""
    return address if address and address.lower().startswith(("https://", "http://")) else ""


def _several(one: str, many: str, count: int) -> str:
    return translations(current()).ngettext(one, many, count)
