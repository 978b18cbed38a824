"""All that is known of declarations, as `domain.facts` wants it: read from evidence and from the chain of records.

Few declarations have more than evidence; those are told apart in one query, so that the others cost nothing.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Declaration, Entry, Evidence, Release
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.narrow import day_of, ids, text
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.domain import facts
from schnittstellen.domain.counted import Counted, Seen, counted
from schnittstellen.domain.facts import Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.standing import Standing, Turn, events, standing, turns
from schnittstellen.domain.verdict import Cause, Verdict
from schnittstellen.formats.fact_records import Body, told_from

Kind = Entry.Kind
OF_SUITES = (Kind.ERRATUM, Kind.RETIRED)
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of one declaration, and what its evidence showed."""

    facts: Facts
    seen: Seen

    def on(self, day: date) -> Counted:
        """What counts on `day`."""
        return counted(self.facts, terms(), day, self.seen)

    def standing(self, day: date) -> Standing:
        """What holds on `day`, with every reason."""
        return standing(self.facts, terms(), day)

    def turns(self, day: date) -> list[Turn]:
        """When the level changes after `day` if nothing is renewed."""
        return list(turns(self.facts, terms(), day))

    def days(self) -> list[date]:
        """Every day on which something begins or ends to count, in order."""
        return sorted({one.day for one in events(self.facts, terms())})


def beyond_evidence(declarations: Iterable[int]) -> set[int]:
    """Those of `declarations` (primary keys) of which the chain knows more than evidence, in two queries at most."""
    wanted = set(declarations)
    if not wanted:
        return set()
    few = len(wanted) <= CHUNK
    said = _SPOKEN.rows(wanted) if few else _spoken().distinct()
    told = {(pk, suite) for pk, suite in said}
    found, suites = {pk for pk, _ in told if pk is not None} & wanted, {suite for _, suite in told if suite}
    if suites:
        judged = Evidence.objects.filter(suite__in=suites)
        judged = judged.filter(declaration_id__in=wanted) if few else judged
        found |= set(judged.values_list("declaration_id", flat=True).distinct()) & wanted
    return found


def _spoken() -> "QuerySet[Entry, tuple[int | None, str]]":
    return Entry.objects.exclude(kind=Kind.EVIDENCE).order_by().values_list("declaration_id", "suite")


_SPOKEN = Prepared(
    lambda wanted: _spoken().filter(declaration_id__in=wanted).union(_spoken().filter(declaration__isnull=True))
)


def known_of(declarations: Iterable[int]) -> dict[int, Known]:
    """All that is known of each of `declarations` (primary keys), in a fixed number of queries for each 500."""
    wanted = sorted(set(declarations))
    found: dict[int, Known] = {}
    for start in range(0, len(wanted), CHUNK):
        found.update(_known(wanted[start : start + CHUNK]))
    return found


def spoken_of(declarations: Iterable[int]) -> dict[int, Known]:
    """Like `known_of`, of those only of which more than evidence is known."""
    return known_of(beyond_evidence(declarations))


class _Row(NamedTuple):
    """A row of evidence; `order` is its primary key, `product` and `release` what it was tested with."""

    declaration: int
    id: str
    reach: int
    verdict: str
    run_at: str
    suite: str
    edition: str
    cause: str
    failing: str
    order: int
    messages: str
    product: str | None
    release: str | None


_ROW = (
    "declaration_id",
    "report_sha256",
    "reach",
    "verdict",
    text("run_at"),
    "suite",
    "edition",
    "cause",
    text("failing"),
    "pk",
    text("messages"),
    "counterpart__product__key",
    "counterpart__version",
)


class _Frame(NamedTuple):
    """What of a declaration its facts depend on: `product` is a primary key, `ends` the last day of its version."""

    declaration: int
    product: int
    released: date | None
    ends: date | None


_FRAME = ("pk", "release__product_id", "release__released", "role__version__in_force_until")


_EVIDENCE = Prepared(
    lambda wanted: Evidence.objects.filter(declaration_id__in=wanted).order_by("pk").values_list(*_ROW)
)
_FRAMES = Prepared(lambda wanted: Declaration.objects.filter(pk__in=wanted).values_list(*_FRAME))
_RELEASED = Prepared(
    lambda products: (
        Release.objects.filter(product_id__in=products)
        .exclude(released=None)
        .order_by("released")
        .values_list("product_id", "released")
    )
)


def _known(wanted: list[int]) -> dict[int, Known]:
    evidence: dict[int, list[_Row]] = defaultdict(list)
    for row in _EVIDENCE.rows(wanted):
        evidence[row[0]].append(_Row(*row))
    said = _said(wanted, {one.suite for each in evidence.values() for one in each})
    frames = [_Frame(*row) for row in _FRAMES.rows(wanted)]
    later = _later({one.product for one in frames})
    return {
        pk: Known(_facts(evidence[pk], [*said[pk], *said[None]], frame, later), _seen(evidence[pk]))
        for frame in frames
        for pk in (frame.declaration,)
    }


def retired_from(suite: str, edition: str) -> date | None:
    """The first day on which an edition of a suite counts no longer; None where nobody retired it."""
    rows = Entry.objects.filter(kind=Kind.RETIRED, suite=suite).order_by("number").values_list("body", flat=True)
    return told_from(json.loads(bytes(body)) for body in rows).retired.get((suite, edition))


def _told(about: Q) -> "QuerySet[Entry, Any]":
    rows = Entry.objects.filter(about).exclude(kind=Kind.EVIDENCE).order_by("number")
    return rows.values_list("declaration_id", "body")


_SAID = Prepared(lambda wanted, suites: _told(Q(declaration_id__in=wanted) | Q(kind__in=OF_SUITES, suite__in=suites)))


def _said(wanted: list[int], suites: set[str]) -> dict[int | None, list[Body]]:
    """What the chain says of each declaration, and (None) of suites."""
    found: dict[int | None, list[Body]] = defaultdict(list)
    for declaration, body in _SAID.rows(wanted, suites) if suites else _told(Q(declaration_id__in=wanted)):
        found[declaration].append(json.loads(bytes(body)))
    return found


def _later(products: set[int]) -> dict[int, list[date]]:
    """The days of all releases of products (primary keys)."""
    found: dict[int, list[date]] = defaultdict(list)
    for product, day in _RELEASED.rows(products):
        found[product].append(day)
    return found


def _seen(rows: list[_Row]) -> dict[str, tuple[frozenset[str], str | None]]:
    return {one.id: (ids(one.messages), f"{one.product}@{one.release}" if one.product else None) for one in rows}


def _facts(rows: list[_Row], said: list[Body], of: _Frame, later: Mapping[int, list[date]]) -> Facts:
    told = told_from(said)
    ends, released = of.ends, of.released
    return Facts(
        evidence=tuple(_evidence(one) for one in rows),
        decisions=told.decisions,
        revocations=told.revocations,
        objections=told.objections,
        errata=told.errata,
        confirmations=told.confirmations,
        deviations=told.deviations,
        retired=told.retired,
        version_ends_on=ends + timedelta(1) if ends else None,
        next_release_on=next((day for day in later[of.product] if released and day > released), None),
    )


def _evidence(row: _Row) -> facts.Evidence:
    return facts.Evidence(
        row.id,
        Nachweisstufe(row.reach),
        Verdict(row.verdict),
        day_of(row.run_at),
        row.suite,
        row.edition,
        Cause(row.cause) if row.cause else None,
        ids(row.failing),
        row.order,
    )
