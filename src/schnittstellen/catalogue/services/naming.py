"""What people type into a field, as the record that they mean."""

from dataclasses import dataclass

from schnittstellen.catalogue.models import Leistung, Municipality
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.search import Hit, search
from schnittstellen.domain.errors import SchnittstellenError

MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Meant:
    """`key` is what is meant where that is clear; else `offered` are those to choose from."""

    text: str
    key: str | None = None
    offered: tuple[Hit, ...] = ()

    @property
    def known(self) -> bool:
        """Whether something of that name is there, and not only of a similar one."""
        return any(one.match == "all" for one in self.offered)


def product_meant(text: str) -> Meant:
    """A product by its key (also an old one), `product@version`, or its name."""
    try:
        finding.product(text.partition("@")[0])
    except SchnittstellenError:
        return _searched(text, "product")
    return Meant(text, text)


def municipality_meant(text: str) -> Meant:
    """A municipality by its AGS or its name."""
    if Municipality.objects.filter(key=text).exists():
        return Meant(text, text)
    return _searched(text, "municipality")


def leistung_meant(text: str) -> Meant:
    """A Leistung by its LeiKa key or its title."""
    if Leistung.objects.filter(key=text).exists():
        return Meant(text, text)
    return _searched(text, "leistung")


def _searched(text: str, kind: str) -> Meant:
    """Clear where one thing alone bears the name (`Musterstadt` is `Musterstadt, Stadt`), or is found as typed."""
    hits = search(text, (kind,), MOST_OFFERED)
    wanted = text.casefold()
    named = [one for one in hits if one.title.casefold() == wanted]
    shortly = [one for one in hits if one.title.partition(",")[0].casefold() == wanted]
    sure = hits if all(one.match == "all" for one in hits) else []
    clear = next((found for found in (named, shortly, sure) if len(found) == 1), [])
    return Meant(text, clear[0].key if clear else None, tuple(hits))
