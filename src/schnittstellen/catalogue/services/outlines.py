"""How all partners of a release stand, without reading their evidence: enough to count and to order them.

What the evidence of a declaration comes to changes on few days; `Standing` keeps it for each span of days. Declarations
that look alike are judged once, so that the work grows with the looks and hardly with the rows.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from django.db.models import FilteredRelation, Q, QuerySet, TextField
from django.db.models.functions import Cast

from schnittstellen.catalogue.models import Current, Declaration
from schnittstellen.catalogue.services.words import Said, parts, said
from schnittstellen.domain.exchange import Encounter, Part, Shown, Stand, Status, Word, encounter, stand
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict

_NOWHERE = Part("", "", "")
_REFUTED = Proof(Nachweisstufe.MESSAGES, Verdict.FAILED, date.min, Cause.PRODUCT)


@dataclass(frozen=True, slots=True)
class Seen:
    """A release (`id` is its primary key) as a partner: the status, and the levels of the greenest exchange."""

    id: int
    product: str
    version: str
    status: Status
    levels: tuple[int, int]


def spans(shown: Sequence[Shown]) -> Iterator[tuple[date, date | None, str]]:
    """What evidence comes to, from a day until before another, as `look`; before the first day there is none."""
    days = sorted({day for one in shown for day in (one.proof.on, one.proof.lapses_on) if day})
    looks = [(day, look(stand(Word("", _NOWHERE, shown=tuple(shown)), day))) for day in days]
    kept = [one for number, one in enumerate(looks) if number == 0 or one[1] != looks[number - 1][1]]
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


_Row = tuple[int, str, str, int, str, str, str | None]
_Look = tuple[tuple[int, str, str, str | None], ...]


def outlined(
    own: Sequence[Said], others: "QuerySet[Declaration]", meeting: frozenset[int], day: date, release: int
) -> list[Seen]:
    """All releases of `others` as partners of `own`, the declarations of `release` (primary key), on `day`.

    `meeting` are the roles that exchange messages with those of `own`. In a fixed number of queries.
    """
    if day < date.today():
        return _in_full(own, others, day)
    apart = _tested_together(own, release)
    rows = _rows(others.exclude(release_id__in=apart), day)
    judged = _judged(own, _looks(rows, meeting), day)
    return [*judged, *_in_full(own, others.filter(release_id__in=apart), day)] if apart else judged


def _tested_together(own: Sequence[Said], release: int) -> set[int]:
    """Releases with evidence of a pair with ours: a failure counts only between the two, which no look tells."""
    keys = [one.id for one in own]
    theirs = Current.objects.filter(evidence__counterpart_id=release)
    ours = Current.objects.filter(declaration_id__in=keys).exclude(evidence__counterpart_id=None)
    return {
        *theirs.values_list("declaration__release_id", flat=True),
        *ours.values_list("evidence__counterpart_id", flat=True),
    }


def _rows(others: "QuerySet[Declaration]", day: date) -> Iterable[_Row]:
    on_day = Q(standings__since__lte=day) & (Q(standings__until=None) | Q(standings__until__gt=day))
    return (
        others.annotate(now=FilteredRelation("standings", condition=on_day))
        .order_by()
        .values_list(
            "release_id",
            "release__product__key",
            "release__version",
            "role_id",
            Cast("messages", TextField()),
            Cast("options", TextField()),
            "now__look",
        )
    )


def _looks(rows: Iterable[_Row], meeting: frozenset[int]) -> dict[tuple[int, str, str], _Look]:
    found: dict[tuple[int, str, str], _Look] = {}
    for release, product, version, role, messages, options, seen in rows:
        key = release, product, version
        one = (role, messages, options, seen if role in meeting else None)
        found[key] = (*found[key], one) if key in found else (one,)
    return found


def _judged(own: Sequence[Said], looks: dict[tuple[int, str, str], _Look], day: date) -> list[Seen]:
    words = [one.word for one in own]
    known = parts({one[0] for each in set(looks.values()) for one in each})
    words = [replace(one, known=stand(one, day)) for one in words]
    met = {each: _outline(encounter(words, _words(each, known), day)) for each in set(looks.values())}
    return [Seen(*key, *met[each]) for key, each in looks.items()]


def _words(each: _Look, known: dict[int, Part]) -> list[Word]:
    return [
        Word("", known[role], frozenset(json.loads(messages)), frozenset(json.loads(options)), known=stand_of(seen))
        for role, messages, options, seen in each
    ]


def _outline(met: Encounter) -> tuple[Status, tuple[int, int]]:
    if not met.exchanges:
        return met.status, (0, 0)
    first, second = sorted(int(one) for one in met.exchanges[0].levels)
    return met.status, (first, second)


def _in_full(own: Sequence[Said], others: "QuerySet[Declaration]", day: date) -> list[Seen]:
    groups: dict[tuple[int, str, str], list[Word]] = defaultdict(list)
    releases = dict(others.values_list("pk", "release_id"))
    for one in said(others, day):
        groups[releases[one.id], one.product, one.release].append(one.word)
    words = [one.word for one in own]
    return [Seen(*key, *_outline(encounter(words, group, day))) for key, group in groups.items()]
