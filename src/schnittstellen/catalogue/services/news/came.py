"""News of products, releases and versions of standards that came into the catalogue, begin or end."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache

from django.db.models import F, Q, QuerySet

from schnittstellen.catalogue.models import Product, Release, StandardVersion
from schnittstellen.catalogue.services.news.items import About, Asked, Item, Wanted, What
from schnittstellen.catalogue.services.prepared import PreparedModels

AHEAD = timedelta(90)
"""So long before its day a beginning or an end of a version is told."""


def products(asked: Asked) -> Iterator[Item]:
    """Products that are new."""
    if not asked.wanted.asks(What.PRODUCT):
        return
    keys = asked.wanted.about
    for row in _new_products(tuple(keys), asked.most).found(asked.now, *keys.values()):
        if row.added is not None:
            about = About(row.key, row.name, example=row.example)
            yield Item(f"produkt-{row.key}", row.added, What.PRODUCT, about, {"vendor": row.vendor.name})


def releases(asked: Asked) -> Iterator[Item]:
    """Releases: when they came in; those that were there from the beginning on the day on which they were released."""
    if not asked.wanted.asks(What.RELEASE):
        return
    keys = asked.wanted.about
    known = _new_releases(tuple(keys), asked.most).found(asked.now, *keys.values())
    older = _older_releases(tuple(keys), asked.most).found(asked.today, *keys.values())
    for row in (*known, *older):
        at = row.added or (_midnight(row.released, asked) if row.released else None)
        if at:
            about = About(row.product.key, row.product.name, row.version, example=row.product.example)
            told = {"released": row.released.isoformat()} if row.released else {}
            yield Item(f"version-{row}", at, What.RELEASE, about, told)


@cache
def _new_products(names: tuple[str, ...], most: int) -> "PreparedModels[Product]":
    def ask(now: datetime, *keys: str) -> "QuerySet[Product]":
        rows = _about(names, keys).filter(added__lte=now, merged_into=None).select_related("vendor")
        return rows.order_by("-added", "-pk")[:most]

    return PreparedModels(ask)


@cache
def _new_releases(names: tuple[str, ...], most: int) -> "PreparedModels[Release]":
    def ask(now: datetime, *keys: str) -> "QuerySet[Release]":
        return _releases(names, keys).filter(added__lte=now).order_by("-added", "-pk")[:most]

    return PreparedModels(ask)


@cache
def _older_releases(names: tuple[str, ...], most: int) -> "PreparedModels[Release]":
    def ask(today: date, *keys: str) -> "QuerySet[Release]":
        rows = _releases(names, keys).filter(added=None, released__lte=today)
        return rows.order_by("-released", "-pk")[:most]

    return PreparedModels(ask)


def _releases(names: tuple[str, ...], keys: tuple[str, ...]) -> "QuerySet[Release]":
    rows = Release.objects.filter(product__in=_about(names, keys)) if names else Release.objects.all()
    return rows.filter(product__merged_into=None).select_related("product")


def _about(names: tuple[str, ...], keys: tuple[str, ...]) -> "QuerySet[Product]":
    return _products(Wanted(**dict(zip(names, keys, strict=True))))  # type: ignore[arg-type]


def _products(wanted: Wanted) -> "QuerySet[Product]":
    rows = Product.objects.all()
    if wanted.product:
        rows = rows.filter(key=wanted.product)
    if wanted.leistung:
        rows = rows.filter(leistungen__key=wanted.leistung)
    if wanted.standard:
        named = Release.objects.filter(declarations__role__version__standard__key=wanted.standard)
        rows = rows.filter(pk__in=named.values("product"))
    return rows


def standards(asked: Asked) -> Iterator[Item]:
    """Versions of standards that came in, and those that soon begin or end to be in force."""
    wanted = asked.wanted
    if wanted.product or wanted.leistung or not wanted.asks(What.STANDARD, What.BEGINS, What.ENDS):
        return
    rows = StandardVersion.objects.select_related("standard")
    if wanted.standard:
        rows = rows.filter(standard__key=wanted.standard)
    for row in rows.filter(added__lte=asked.now).order_by("-added", "-pk")[: asked.most]:
        if row.added is not None:
            yield Item(f"standard-{row}", row.added, What.STANDARD, _version(row))
    yield from _turns(rows, What.BEGINS, asked)
    yield from _turns(rows, What.ENDS, asked)


def _turns(rows: "QuerySet[StandardVersion]", what: What, asked: Asked) -> Iterator[Item]:
    """What was over when the version came in is no news."""
    field = "in_force_from" if what is What.BEGINS else "in_force_until"
    since = Q(added=None) | Q(**{f"{field}__gte": F("added__date")})
    near = rows.filter(since, **{f"{field}__lte": asked.today + AHEAD}).exclude(state="withdrawn")
    for row in near.order_by(f"-{field}", "-pk")[: asked.most]:
        day: date = getattr(row, field)
        at = max(one for one in (_midnight(day - AHEAD, asked), row.added) if one)
        yield Item(f"{what}-{row}-{day}", at, what, _version(row), {"on": day.isoformat()})


def _version(row: StandardVersion) -> About:
    return About(standard=row.standard.key, title=row.title or row.standard.title, version=row.version)


def _midnight(day: date, asked: Asked) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=asked.now.tzinfo)
