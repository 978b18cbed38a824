"""What there is of each kind, in the order that people look for it; slices of it are pages."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from schnittstellen.catalogue.models import Leistung, Municipality, Product, Standard


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which products; empty is all."""

    kind: str = ""
    leistung: str = ""
    vendor: str = ""


def products(wanted: Wanted) -> "QuerySet[Product]":
    """Products by name, with their vendors; duplicates are left out."""
    rows = Product.objects.filter(merged_into=None).select_related("vendor").order_by("name", "key")
    asked = {"kind": wanted.kind, "leistungen__key": wanted.leistung, "vendor__key": wanted.vendor}
    return rows.filter(**{name: value for name, value in asked.items() if value})


def standards() -> "QuerySet[Standard]":
    """Standards by title, with their versions."""
    return Standard.objects.prefetch_related("versions").order_by("title", "key")


def leistungen() -> "QuerySet[Leistung]":
    """Leistungen by the number of their products (`offers`), then by title."""
    return Leistung.objects.annotate(offers=Count("products")).order_by("-offers", "title", "key")


def municipalities(kreis: str = "") -> "QuerySet[Municipality]":
    """Municipalities by name."""
    rows = Municipality.objects.order_by("name", "key")
    return rows.filter(kreis=kreis) if kreis else rows
