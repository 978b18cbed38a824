"""Outlines are derived here and nowhere else, whenever a declaration, its product or how it stands has changed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from hashlib import sha256

from django.db import connection, transaction

from schnittstellen.catalogue.models import Declaration, Look, Outline, Product, Standing
from schnittstellen.catalogue.services.outlines import stand_from
from schnittstellen.domain.exchange import Stand

CHUNK = 500
UNKNOWN = "[0,false,[]]"
"""How a declaration stands of which there is no evidence (see `outlines.look`)."""
_FIELDS = ("declaration_id", "since", "until", "role_id", "product_id", "key", "look_id")
_Row = tuple[int, date, date, int, int, str, int]


def renew(declarations: Iterable[int]) -> None:
    """The outlines of `declarations` (primary keys) are those that follow now; rows that stay the same are left alone.

    To be called after the change, within its transaction. Changes of one product follow each other.
    """
    wanted = sorted(declarations)
    for start in range(0, len(wanted), CHUNK):
        with transaction.atomic():
            _renew(wanted[start : start + CHUNK])


def renew_all() -> None:
    """Derive all outlines anew."""
    renew(Declaration.objects.order_by("pk").values_list("pk", flat=True))


def written(messages: Sequence[str], stands: str) -> str:
    """The text of a look: the messages that are declared, and how the declaration stands."""
    return f"[{json.dumps(sorted(messages), separators=(',', ':'))},{stands}]"


@lru_cache(maxsize=10_000)
def read(look: str) -> tuple[frozenset[str], Stand]:
    """The messages that are declared, and the stand without its days; what `written` wrote."""
    messages, stands = json.loads(look)
    return frozenset(messages), stand_from(*stands)


def _renew(declarations: list[int]) -> None:
    _one_at_a_time(declarations)
    rows = Outline.objects.filter(declaration_id__in=declarations)
    there = {row[:-1]: row[-1] for row in rows.values_list(*_FIELDS, "pk")}
    wanted = set(_derived(declarations))
    Outline.objects.filter(pk__in=[pk for row, pk in there.items() if row not in wanted]).delete()
    new = sorted(wanted.difference(there))
    Outline.objects.bulk_create((Outline(**dict(zip(_FIELDS, row, strict=True))) for row in new), batch_size=CHUNK)


def _one_at_a_time(declarations: list[int]) -> None:
    """Holds the products, so that of two changes the later one sees both. SQLite has one writer as it is."""
    if connection.features.has_select_for_update:
        of = Product.objects.filter(pk__in=Product.objects.filter(releases__declarations__in=declarations).values("pk"))
        list(of.select_for_update(no_key=True).order_by("pk").values_list("pk"))


def _derived(declarations: list[int]) -> Iterator[_Row]:
    stands = _stands(declarations)
    rows = Declaration.objects.filter(pk__in=declarations).order_by()
    of = list(rows.values_list("pk", "role_id", "messages", "release__product_id", "release__product__key"))
    said = [
        ((pk, since, until, role, product, key), written(messages, stand))
        for pk, role, messages, product, key in of
        for since, until, stand in _without_gaps(stands[pk])
    ]
    looks = _looks({text for _, text in said})
    for row, text in said:
        yield (*row, looks[text])


_Span = tuple[date, date, str]


def _stands(declarations: list[int]) -> dict[int, list[_Span]]:
    found: dict[int, list[_Span]] = defaultdict(list)
    rows = Standing.objects.filter(declaration_id__in=declarations).order_by("since")
    for pk, since, until, look in rows.values_list("declaration_id", "since", "until", "look"):
        found[pk].append((since, until or date.max, look))
    return found


def _without_gaps(spans: Sequence[_Span]) -> Iterator[_Span]:
    """Before the first day nothing is known."""
    yield date.min, spans[0][0] if spans else date.max, UNKNOWN
    yield from spans


def _looks(texts: set[str]) -> dict[str, int]:
    """The primary keys of looks, made where they are missing."""
    digests = {sha256(text.encode()).hexdigest(): text for text in texts}
    known = _known(digests)
    if missing := sorted(digests.keys() - known):
        rows = [Look(sha256=one, text=digests[one]) for one in missing]
        Look.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)
        known = _known(digests)
    return {text: known[digest] for digest, text in digests.items()}


def _known(digests: Iterable[str]) -> dict[str, int]:
    wanted = sorted(digests)
    found: dict[str, int] = {}
    for start in range(0, len(wanted), CHUNK):
        found.update(Look.objects.filter(sha256__in=wanted[start : start + CHUNK]).values_list("sha256", "pk"))
    return found
