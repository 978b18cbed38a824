"""What evidence comes to on which days, without its reasons: enough to count and to order, never enough to explain.

It changes on few days; `Standing` keeps it for each span of days.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Declaration, Standing
from schnittstellen.catalogue.services.facts import Known
from schnittstellen.catalogue.services.words import counting, levels
from schnittstellen.domain.exchange import Part, Shown, Stand, Word, stand
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


def falls(spanned: Sequence[Span]) -> Iterator[Nachweisstufe | None]:
    """For each of the spans of a declaration the level that is left after it, where that is less."""
    levels = [stand_of(found).level for _, _, found in spanned]
    for level, after in pairwise(levels):
        yield after if after < level else None
    yield from [None] * len(levels[-1:])


def look(of: Stand) -> str:
    """A stand without its days, as text."""
    return json.dumps([int(of.level), bool(of.refuted), sorted(of.covered)], separators=(",", ":"))


@lru_cache(maxsize=10_000)
def stand_of(look: str | None) -> Stand:
    """The stand that a look tells; its days are not known."""
    return Stand() if look is None else stand_from(*json.loads(look))


def stand_from(level: int, refuted: bool, covered: Iterable[str]) -> Stand:
    """The stand of the three things that a look keeps."""
    return Stand(Nachweisstufe(level), frozenset(covered), _REFUTED if refuted else None, any=True)


def levels_of(declarations: "QuerySet[Declaration]", day: date) -> dict[int, Nachweisstufe]:
    """The Nachweisstufe of those declarations on `day` of which there is evidence, by their primary keys."""
    if day < date.today():
        return levels(declarations.values_list("pk", flat=True), day)
    rows = Standing.objects.filter(declaration__in=declarations.order_by(), since__lte=day).exclude(until__lte=day)
    return {pk: stand_of(seen).level for pk, seen in rows.values_list("declaration_id", "look")}
