"""Declarations with their evidence, as the rules of `domain.exchange` want them, in three queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Current, Declaration, Evidence, Role
from schnittstellen.catalogue.services.facts import spoken_of
from schnittstellen.domain.counted import Counted
from schnittstellen.domain.exchange import Part, Shown, Word
from schnittstellen.domain.levels import Nachweisstufe, Proof, level
from schnittstellen.domain.verdict import Cause, Verdict

CHUNK = 500
_EVIDENCE = (
    "declaration_id",
    "evidence__reach",
    "evidence__verdict",
    "evidence__cause",
    "evidence__run_at",
    "evidence__lapses_on",
    "evidence_id",
    "evidence__messages",
    "evidence__counterpart__product__key",
    "evidence__counterpart__version",
)


@dataclass(frozen=True, slots=True)
class Said:
    """A declaration of a release: `id` and `role` are primary keys, `word` is what the rules need."""

    id: int
    product: str
    release: str
    role: int
    word: Word

    @property
    def name(self) -> str:
        """`product@release`."""
        return f"{self.product}@{self.release}"


def said(
    declarations: "QuerySet[Declaration]",
    day: date,
    proven_by: frozenset[int] | None = None,
    parts: Mapping[int, Part] | None = None,
) -> list[Said]:
    """What `declarations` say, with the evidence that there is of them on `day`.

    Where `proven_by` names roles (primary keys), evidence of others is left out, because nobody will ask for it.
    `parts` are those of the roles, for those who know them.
    """
    rows = list(
        declarations.values_list("pk", "release__product__key", "release__version", "messages", "options", "role_id")
    )
    asked = [row[0] for row in rows if proven_by is None or row[5] in proven_by]
    spoken = spoken_of(asked)
    shown = evidence_of([pk for pk in asked if pk not in spoken], day)
    of_roles = _parts({row[5] for row in rows}) if parts is None else parts

    def word(pk: int, bare: Word) -> Word:
        return counting(bare, spoken[pk].on(day)) if pk in spoken else replace(bare, shown=tuple(shown.get(pk, ())))

    return [
        Said(pk, product, release, role, word(pk, _word(f"{product}@{release}", of_roles[role], messages, options)))
        for pk, product, release, messages, options, role in rows
    ]


def counting(word: Word, counted: Counted) -> Word:
    """The word with what counts of its evidence."""
    return replace(word, shown=counted.shown, confirmed=counted.confirmed)


def _word(release: str, part: Part, messages: list[str], options: list[str]) -> Word:
    return Word(release, part, frozenset(messages), frozenset(options))


def parts_around(declarations: "QuerySet[Declaration]") -> dict[int, Part]:
    """The parts that all roles of the standards are that `declarations` are of, by the primary keys of the roles."""
    standards = declarations.order_by().values("role__version__standard")
    return _read(Role.objects.filter(version__standard__in=standards))


def _parts(roles: Iterable[int]) -> dict[int, Part]:
    return _read(Role.objects.filter(pk__in=list(roles)))


_PART = (
    "version__standard__key",
    "version__version",
    "key",
    "sends",
    "receives",
    "version__state",
    "version__in_force_until",
)


def _read(roles: "QuerySet[Role]") -> dict[int, Part]:
    rows = roles.order_by().values_list("pk", *_PART)
    return {
        pk: Part(standard, version, key, frozenset(sends), frozenset(receives), state == "withdrawn", until)
        for pk, standard, version, key, sends, receives, state, until in rows
    }


def evidence_of(declarations: list[int], day: date) -> dict[int, list[Shown]]:
    """The evidence of declarations, by their primary keys: what the present follows from; for a past day, all of it."""
    found: dict[int, list[Shown]] = defaultdict(list)
    for row in _rows(declarations, day):
        found[row[0]].append(_shown(row))
    return found


def _rows(declarations: list[int], day: date) -> Iterator[tuple[Any, ...]]:
    past = day < date.today()
    for start in range(0, len(declarations), CHUNK * 20):
        chunk = declarations[start : start + CHUNK * 20]
        if past:
            names = [name.removeprefix("evidence__").replace("evidence_id", "pk") for name in _EVIDENCE]
            yield from Evidence.objects.filter(declaration_id__in=chunk).values_list(*names)
        else:
            yield from Current.objects.filter(declaration_id__in=chunk).values_list(*_EVIDENCE)


def _shown(row: tuple[Any, ...]) -> Shown:
    _, reach, verdict, cause, run_at, lapses_on, order, messages, product, version = row
    on = run_at.date()
    proof = Proof(_reach(reach), _verdict(verdict), on, _cause(cause), lapses_on, order)
    counterpart = f"{product}@{version}" if product else None
    return Shown(proof, frozenset(messages), counterpart)


@cache
def _reach(value: int) -> Nachweisstufe:
    return Nachweisstufe(value)


@cache
def _verdict(value: str) -> Verdict:
    return Verdict(value)


@cache
def _cause(value: str) -> Cause | None:
    return Cause(value) if value else None


def levels(declarations: Iterable[int], day: date) -> dict[int, Nachweisstufe]:
    """The Nachweisstufe of each declaration on `day`, by their primary keys."""
    wanted = list(declarations)
    spoken = spoken_of(wanted)
    shown = evidence_of([pk for pk in wanted if pk not in spoken], day)
    proven = {one: level((each.proof for each in shown.get(one, ())), day) for one in wanted}
    return proven | {one: known.on(day).level for one, known in spoken.items()}
