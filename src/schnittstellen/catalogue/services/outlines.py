"""How all partners of a release stand, without reading their evidence: enough to count and to order them.

What the evidence of a declaration comes to changes on few days; `Standing` keeps it for each span of days. Declarations
that look alike are judged once, so that the work grows with the looks and hardly with the rows.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from django.db.models import FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast

from schnittstellen.catalogue.models import Current, Declaration, Standing
from schnittstellen.catalogue.services.facts import Known
from schnittstellen.catalogue.services.words import Said, counting, levels, parts_of, said
from schnittstellen.domain.exchange import Encounter, Part, Shown, Stand, Word, encounter, greenness, stand
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict

_NOWHERE = Part("", "", "")
_REFUTED = Proof(Nachweisstufe.MESSAGES, Verdict.FAILED, date.min, Cause.PRODUCT)


Span = tuple[date, date | None, str]
"""From a day until before another (None: for good), and what evidence comes to then, as `look`."""


def spans(shown: Sequence[Shown]) -> Iterator[Span]:
    """What evidence comes to; before the first day there is none."""
    days = sorted({day for one in shown for day in (one.proof.on, one.proof.lapses_on) if day})
    word = Word("", _NOWHERE, shown=tuple(shown))
    return _joined([(day, look(stand(word, day))) for day in days])


def looks(known: Known) -> Iterator[Span]:
    """The same of a declaration of which more is known than evidence."""
    return _joined([(day, look(stand(counting(Word("", _NOWHERE), known.on(day)), day))) for day in known.days()])


def _joined(seen: Sequence[tuple[date, str]]) -> Iterator[Span]:
    kept = [one for number, one in enumerate(seen) if number == 0 or one[1] != seen[number - 1][1]]
    for number, (since, found) in enumerate(kept):
        yield since, kept[number + 1][0] if number + 1 < len(kept) else None, found


def look(of: Stand) -> str:
    """A stand without its days, as text."""
    return json.dumps([int(of.level), bool(of.refuted), sorted(of.covered)], separators=(",", ":"))


@lru_cache(maxsize=10_000)
def stand_of(look: str | None) -> Stand:
    """The stand that a look tells; its days are not known."""
    if look is None:
        return Stand()
    level, refuted, covered = json.loads(look)
    return Stand(Nachweisstufe(level), frozenset(covered), _REFUTED if refuted else None, any=True)


def levels_of(declarations: "QuerySet[Declaration]", day: date) -> dict[int, Nachweisstufe]:
    """The Nachweisstufe of those declarations on `day` of which there is evidence, by their primary keys."""
    if day < date.today():
        return levels(declarations.values_list("pk", flat=True), day)
    rows = Standing.objects.filter(declaration__in=declarations.order_by(), since__lte=day).exclude(until__lte=day)
    return {pk: stand_of(seen).level for pk, seen in rows.values_list("declaration_id", "look")}


_Look = tuple[int, str, str, str | None]
"""Of a declaration: its role, messages, options and how it stands."""
_Row = tuple[str, int, str, str, str | None]
"""The key of a product, and the look of a declaration of it."""
Outline = tuple[int, tuple[int, int]]
"""How green the best exchange is (`greenness`), and the levels of its two sides, the lesser first: orders partners."""


def outlined(
    own: Sequence[Said], others: "QuerySet[Declaration]", meeting: frozenset[int], day: date, release: int
) -> dict[str, Outline]:
    """The best that is known on `day` of `own`, the declarations of `release` (primary key), with each product.

    Of `others` only products are told that take one of the roles `meeting`, which exchange messages with those of
    `own`; with all the rest nothing is possible. In a fixed number of queries.
    """
    if day < date.today():
        return _in_full(own, others, day)
    apart = _tested_together(own, release)
    near = others.filter(role_id__in=meeting)
    best = _judged(own, near.exclude(release_id__in=apart) if apart else near, day)
    if apart:
        for product, found in _in_full(own, others.filter(release_id__in=apart), day).items():
            best[product] = max(found, best.get(product, found))
    return best


def _tested_together(own: Sequence[Said], release: int) -> set[int]:
    """Releases with evidence of a pair with ours: a failure counts only between the two, which no look tells."""
    keys = [one.id for one in own]
    theirs = Current.objects.filter(evidence__counterpart_id=release)
    ours = Current.objects.filter(declaration_id__in=keys).exclude(evidence__counterpart_id=None)
    return {
        *theirs.values_list("declaration__release_id", flat=True),
        *ours.values_list("evidence__counterpart_id", flat=True),
    }


def _judged(own: Sequence[Said], others: "QuerySet[Declaration]", day: date) -> dict[str, Outline]:
    """The best that is known of each product is the best that is known of any declaration of any release."""
    judge = _Judge(own, day)
    best: dict[str, Outline] = {}
    for product, role, messages, options, look in _rows(others, day):
        found = judge[role, messages, options, look]
        if product not in best or best[product] < found:
            best[product] = found
    return best


def _rows(others: "QuerySet[Declaration]", day: date) -> Iterable[_Row]:
    on_day = Q(standings__since__lte=day) & (Q(standings__until=None) | Q(standings__until__gt=day))
    return (
        others.annotate(now=FilteredRelation("standings", condition=on_day))
        .order_by()
        .values_list(
            "release__product__key",
            "role_id",
            Cast("messages", TextField()),
            Cast("options", TextField()),
            "now__look",
        )
    )


class _Judge(dict[_Look, Outline]):
    """What is known of a declaration that looks so, judged when it is met first."""

    def __init__(self, own: Sequence[Said], day: date) -> None:
        super().__init__()
        self._own = [replace(one.word, known=stand(one.word, day)) for one in own]
        self._parts = parts_of({one.word.part.standard for one in own})
        self._day = day

    def __missing__(self, key: _Look) -> Outline:
        role, messages, options, seen = key
        wanted, extra = frozenset(json.loads(messages)), frozenset(json.loads(options))
        word = Word("", self._parts[role], wanted, extra, known=stand_of(seen))
        found = self[key] = _outline(encounter(self._own, [word], self._day))
        return found


def _outline(met: Encounter) -> Outline:
    if not met.exchanges:
        return greenness(met.status), (0, 0)
    first, second = sorted(int(one) for one in met.exchanges[0].levels)
    return greenness(met.status), (first, second)


def _in_full(own: Sequence[Said], others: "QuerySet[Declaration]", day: date) -> dict[str, Outline]:
    groups: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for one in said(others, day):
        groups[one.product, one.release].append(one.word)
    words = [one.word for one in own]
    best: dict[str, Outline] = {}
    for (product, _), group in groups.items():
        found = _outline(encounter(words, group, day))
        best[product] = max(found, best.get(product, found))
    return best
