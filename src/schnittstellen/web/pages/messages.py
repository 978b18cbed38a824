"""Messages by the titles that their standards give them, with their ids behind."""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from markupsafe import Markup, escape

from schnittstellen import bootstrap
from schnittstellen.catalogue.wording.exchanges import ABOUT_MESSAGES, ABOUT_ROLES, template, whom_and_when
from schnittstellen.domain.exchange import Reason
from schnittstellen.i18n import _, current
from schnittstellen.web.pages.tongues import german

Naming = Callable[[str], str]


def naming(standard: str, *versions: str) -> Naming:
    """What calls the messages of a standard, as Markup, where all that name one in these versions name it alike."""
    return lambda message: _called(standard, versions, message, current())


def reason(of: Reason, names: tuple[str, str], role: Naming = str, message: Naming = str, *, written: "Days") -> Markup:
    """One reason, as `wording.exchanges.reason` words it; `message` calls the messages that it is about."""
    call = message if of.why in ABOUT_MESSAGES else role if of.why in ABOUT_ROLES else str
    values = Markup(", ").join(call(one) for one in of.values)
    known = {name: escape(value) for name, value in whom_and_when(of, names, written).items()}
    return Markup(str(escape(_(template(of)))).format(values=values, **known))  # noqa: S704


Days = Callable[[date], str]


@lru_cache(maxsize=5_000)
def _called(standard: str, versions: tuple[str, ...], message: str, _lang: str) -> str:
    titles = {_titles()[standard, one, message] for one in versions if (standard, one, message) in _titles()}
    if len(titles) != 1:
        return message
    return Markup('{} <small class="quiet">{}</small>').format(german(titles.pop()), message)


@cache
def _titles() -> dict[tuple[str, str, str], str]:
    """Of the library, read once as for the page of a standard: what is added to it shows after the next start."""
    known = bootstrap.library().standards()
    return {(one.id, one.version, each.id): each.title for one in known for each in one.messages if each.title}
