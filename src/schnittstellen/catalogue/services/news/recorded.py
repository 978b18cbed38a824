"""News from the chain of records."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from schnittstellen.catalogue.models import Declaration, Entry, Product, Standing
from schnittstellen.catalogue.services.news.items import About, Asked, Item, Wanted, What
from schnittstellen.catalogue.services.outlines import stand_of
from schnittstellen.catalogue.services.prepared import Prepared, PreparedModels

_RELATED = ("declaration__release__product", "declaration__role__version__standard")
_ALL = Wanted()
TOLD = (
    "verdict",
    "edition",
    "suite",
    "report",
    "run_at",
    "against",
    "granted",
    "upheld",
    "finding",
    "reason",
    "deviation",
    "id",
    "objection",
)
"""What of a body its words may name; bodies are public."""


def records(asked: Asked) -> list[Item]:
    """The newest records of the kinds that are wanted, in two queries."""
    kinds = [kind for kind in Entry.Kind if asked.wanted.asks(What(kind))]
    found = _newest(asked, tuple(kinds))
    bodies = [json.loads(bytes(one.body)) for one in found]
    days = [_day(one, body) for one, body in zip(found, bodies, strict=True)]
    known = _standings(one.declaration_id for one in found if one.declaration_id)
    _name_counterparts(bodies)
    return [
        _item(one, body, _changed(known.get(one.declaration_id or 0, ()), day))
        for one, body, day in zip(found, bodies, days, strict=True)
    ]


def _newest(asked: Asked, kinds: tuple[str, ...]) -> list[Entry]:
    wanted = asked.wanted
    if not kinds:
        return []
    if wanted.standard:
        return list(_told_until(kinds, asked.now, wanted)[: asked.most])
    if not wanted.about:
        return _of_all(kinds, asked.most).found(asked.now)
    return _of_declarations(kinds, asked.most).found(asked.now, _those(wanted))


def _those(wanted: Wanted) -> list[int]:
    """Read first, so that databases do not look through the whole chain for the few records about them."""
    of_product = {pk for (pk,) in _DECLARED_BY.rows(wanted.product)} if wanted.product else None
    if not wanted.leistung:
        return sorted(of_product or ())
    of_leistung = {pk for (pk,) in _DECLARED_FOR.rows(wanted.leistung)}
    return sorted(of_leistung if of_product is None else of_leistung & of_product)


def _told_until(kinds: tuple[str, ...], now: datetime, wanted: Wanted = _ALL) -> "QuerySet[Entry]":
    rows = _of(_of_kinds(kinds).filter(told_at__lte=now), wanted)
    return rows.select_related(*_RELATED).order_by("-told_at", "-number")


def _of_kinds(kinds: tuple[str, ...]) -> "QuerySet[Entry]":
    """Nearly all records are evidence: of those the newest are found by their time, and of the others by their kind.

    What is joined to the kind keeps databases from looking for it first, and putting the whole chain in order.
    """
    if len(kinds) == len(Entry.Kind):
        return Entry.objects.all()
    if Entry.Kind.EVIDENCE in kinds:
        return Entry.objects.annotate(sort=Concat("kind", Value(""))).filter(sort__in=kinds)
    return Entry.objects.filter(kind__in=kinds)


@cache
def _of_all(kinds: tuple[str, ...], most: int) -> "PreparedModels[Entry]":
    return PreparedModels(lambda now: _told_until(kinds, now)[:most])


@cache
def _of_declarations(kinds: tuple[str, ...], most: int) -> "PreparedModels[Entry]":
    return PreparedModels(lambda now, those: _told_until(kinds, now).filter(declaration_id__in=those)[:most])


_DECLARED_BY = Prepared(
    lambda product: Declaration.objects.filter(release__product__key=product).order_by().values_list("pk")
)
_DECLARED_FOR = Prepared(
    lambda leistung: Declaration.objects.filter(release__product__leistungen__key=leistung).order_by().values_list("pk")
)


def _name_counterparts(bodies: Sequence[dict[str, Any]]) -> None:
    """Records keep keys, `product@version`; people read the names of products."""
    those = [body for body in bodies if body.get("against")]
    keys = {body["against"].partition("@")[0] for body in those}
    names = dict(_NAMES.rows(keys))
    for body in those:
        key, _, version = body["against"].partition("@")
        body["against"] = f"{names.get(key, key)} {version}"


_NAMES = Prepared(lambda keys: Product.objects.filter(key__in=keys).order_by().values_list("key", "name"))


def _of(rows: "QuerySet[Entry]", wanted: Wanted) -> "QuerySet[Entry]":
    if wanted.product or wanted.leistung:
        rows = rows.filter(declaration_id__in=_those(wanted))
    if wanted.standard:
        of_suite = Q(declaration=None, suite__startswith=f"{wanted.standard}@")
        rows = rows.filter(Q(declaration__role__version__standard__key=wanted.standard) | of_suite)
    return rows


def _day(one: Entry, body: dict[str, Any]) -> date:
    """The day from which it counts: that of the run for evidence."""
    return datetime.fromisoformat(body["run_at"]).date() if one.kind == Entry.Kind.EVIDENCE else one.on


Span = tuple[date, date | None, int]


def _standings(declarations: Iterable[int]) -> dict[int, list[Span]]:
    """The levels of declarations with the days from which and until which they hold."""
    found: dict[int, list[Span]] = {}
    for declaration, since, until, look in _LEVELS.rows(set(declarations)):
        found.setdefault(declaration, []).append((since, until, int(stand_of(look).level)))
    return found


_LEVELS = Prepared(
    lambda declarations: (
        Standing.objects.filter(declaration_id__in=declarations)
        .order_by("declaration_id", "since")
        .values_list("declaration_id", "since", "until", "look")
    )
)


def _changed(spans: Sequence[Span], day: date) -> tuple[int, int] | None:
    """The levels on the day before and on `day`, where they differ."""
    before, after = _level(spans, day - timedelta(1)), _level(spans, day)
    return (before, after) if before != after else None


def _level(spans: Sequence[Span], day: date) -> int:
    return next((level for since, until, level in spans if since <= day and (until is None or day < until)), 0)


def _item(one: Entry, body: dict[str, Any], levels: tuple[int, int] | None) -> Item:
    told = {name: _plain(body[name]) for name in TOLD if body.get(name) is not None}
    about = about_of(one.declaration) if one.declaration else _suite(one.suite)
    name = f"{one.number}-{one.digest[:16]}"
    return Item(name, one.told_at, What(one.kind), about, {**told, "on": body["on"]}, levels)


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _suite(name: str) -> About:
    version, _, role = name.partition("/")
    standard, _, number = version.partition("@")
    return About(standard=standard, title=standard, version=number, role=role)


def about_of(one: Declaration) -> About:
    """The names of a declaration."""
    product, version = one.release.product, one.role.version
    return About(
        product.key,
        product.name,
        one.release.version,
        version.standard.key,
        version.title or version.standard.title,
        version.version,
        one.role.title or one.role.key,
        product.example,
    )


def falls(asked: Asked) -> Iterator[Item]:
    """Levels that fell because time went by: evidence became too old, a standard ended.

    Of the newest ends only as many are looked at as four times what is asked for. What a record says is told by it.
    """
    if not asked.wanted.asks(What.LEVEL):
        return
    about = asked.wanted.about
    rows = _fallen(tuple(about), asked.most * 4).found(asked.today, *about.values())
    told = _told({one.declaration_id for one in rows})
    for row in rows:
        day = row.until
        if day is None or row.left is None or (row.declaration_id, day) in told:
            continue
        levels = int(stand_of(row.look).level), row.left
        name = f"stufe-{row.declaration.release}-{row.declaration.role}-{day}"
        yield Item(name, _midnight(day, asked), What.LEVEL, about_of(row.declaration), {"on": day.isoformat()}, levels)


@cache
def _fallen(names: tuple[str, ...], most: int) -> "PreparedModels[Standing]":
    def ask(today: date, *keys: str) -> "QuerySet[Standing]":
        fallen = Standing.objects.filter(until__lte=today, left__isnull=False)
        of = _standing_of(fallen, Wanted(**dict(zip(names, keys, strict=True))))  # type: ignore[arg-type]
        return of.order_by("-until", "-pk").select_related(*_RELATED)[:most]

    return PreparedModels(ask)


def _midnight(day: date, asked: Asked) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=asked.now.tzinfo)


def _standing_of(rows: "QuerySet[Standing]", wanted: Wanted) -> "QuerySet[Standing]":
    if wanted.product:
        rows = rows.filter(declaration__release__product__key=wanted.product)
    if wanted.leistung:
        rows = rows.filter(declaration__release__product__leistungen__key=wanted.leistung)
    if wanted.standard:
        rows = rows.filter(declaration__role__version__standard__key=wanted.standard)
    return rows


def _told(declarations: set[int]) -> set[tuple[int, date]]:
    """The days on which records of declarations began to count."""
    return {
        (declaration, datetime.fromisoformat(json.loads(bytes(body))["run_at"]).date() if kind == "evidence" else on)
        for declaration, kind, on, body in _RECORDED.rows(declarations)
        if declaration is not None
    }


_RECORDED = Prepared(
    lambda declarations: (
        Entry.objects.filter(declaration_id__in=declarations)
        .order_by()
        .values_list("declaration_id", "kind", "on", "body")
    )
)
