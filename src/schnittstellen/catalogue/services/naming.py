"""What people type into a field, as the record that they mean."""

from dataclasses import dataclass

from schnittstellen.catalogue.models import Leistung, Municipality, Product
from schnittstellen.catalogue.services.search import Hit, search

MOST_OFFERED = 8


@dataclass(frozen=True, slots=True)
class Meant:
    """`key` is what is meant where that is clear; else `offered` are those to choose from."""

    text: str
    key: str | None = None
    offered: tuple[Hit, ...] = ()


def product_meant(text: str) -> Meant:
    """A product by its key, `product@version`, or its name."""
    key = text.partition("@")[0]
    if Product.objects.filter(key=key).exists():
        return Meant(text, text)
    return _searched(text, "product")


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
    """Clear where one thing alone is found or bears the name."""
    hits = search(text, (kind,), MOST_OFFERED)
    named = [one for one in hits if one.title.casefold() == text.casefold()]
    clear = named if len(named) == 1 else hits if len(hits) == 1 else []
    return Meant(text, clear[0].key if clear else None, tuple(hits))
