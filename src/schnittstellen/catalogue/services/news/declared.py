"""What a vendor changed of the declarations of a product, from the audit log: what is declared, never by whom."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Change, Product, Role
from schnittstellen.catalogue.services.news.items import About, Asked, Item, What
from schnittstellen.catalogue.services.prepared import PreparedModels

_ONE = r"(?P<standard>[^/:]+):(?P<role>[^/]+)(?P<more>/.*)?"
_PLACE = re.compile(rf"releases/(?P<release>[^/]+)(?:/declarations(?:/{_ONE})?)?")
"""A release, its declarations, one of them, or something in it; prices and anything else is not told."""
Declared = dict[str, Mapping[str, Any]]


def changes(asked: Asked) -> Iterator[Item]:
    """What changed of the product that is asked for, in three queries."""
    product = _PRODUCT.first(asked.wanted.product)
    if product is None:
        return
    found = [
        (row, what, release, name)
        for row in _changes(asked.most).found(product.key, asked.now)
        for what, release, name in _of(row.places)
    ]
    abouts = _abouts(product, {(release, name) for _, _, release, name in found})
    for row, what, release, name in found:
        yield Item(f"angabe-{row.pk}-{what}-{release}-{name}", row.at, what, abouts[release, name])


_PRODUCT = PreparedModels(lambda key: Product.objects.filter(key=key))


@cache
def _changes(most: int) -> "PreparedModels[Change]":
    def ask(key: str, now: datetime) -> "QuerySet[Change]":
        return Change.objects.filter(kind="products", key=key, at__lte=now).order_by("-at", "-pk")[:most]

    return PreparedModels(ask)


def _of(places: list[dict[str, Any]]) -> Iterator[tuple[What, str, str]]:
    """Each declaration that changed, once: how, its release, and `standard@version/role`."""
    told = [(release, name, what) for one in places for what, release, name in _in(one)]
    for release, name, what in dict.fromkeys(told):
        yield what, release, name


def _in(place: dict[str, Any]) -> Iterator[tuple[What, str, str]]:
    found = _PLACE.fullmatch(place["place"])
    if found is None:
        return
    if found["standard"] and found["more"]:
        yield What.REDECLARED, found["release"], f"{found['standard']}/{found['role']}"
        return
    before, after = (_declared(place[side]) for side in ("before", "after"))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield _what(name in before, name in after), found["release"], name


def _what(before: bool, after: bool) -> What:
    return What.REDECLARED if before and after else What.DECLARED if after else What.UNDECLARED


def _declared(value: Any) -> Declared:
    """The declarations in a release, in a list of them, or the one that it is, by their names."""
    if isinstance(value, dict) and "role" in value:
        return {f"{value['standard']}/{value['role']}": value}
    if isinstance(value, dict):
        return _declared(value.get("declarations"))
    return {name: one for each in value for name, one in _declared(each).items()} if isinstance(value, list) else {}


def _abouts(product: Product, names: set[tuple[str, str]]) -> dict[tuple[str, str], About]:
    """Titles of those that are still in the catalogue, keys of the others."""
    wanted = {name: name.partition("@")[0] for _, name in names}
    rows = Role.objects.filter(Q(version__standard__key__in=set(wanted.values()))).select_related("version__standard")
    roles = {str(one): one for one in rows}
    return {(release, name): _about(product, release, name, roles.get(name)) for release, name in names}


def _about(product: Product, release: str, name: str, role: Role | None) -> About:
    version, _, key = name.partition("/")
    standard, _, number = version.partition("@")
    title, called = (
        (role.version.title or role.version.standard.title, role.title or role.key) if role else (standard, key)
    )
    return About(product.key, product.name, release, standard, title, number, called, product.example)
