"""Declarations with their evidence, as the rules of `domain.exchange` want them, in three queries."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from schnittstellen.catalogue.models import Current, Declaration, Evidence, Role
from schnittstellen.catalogue.services.facts import spoken_of
from schnittstellen.catalogue.services.narrow import day_of, ids, text
from schnittstellen.catalogue.services.prepared import Prepared
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
    text("evidence__run_at"),
    text("evidence__lapses_on"),
    "evidence_id",
    text("evidence__messages"),
    "evidence__counterpart__product__key",
    "evidence__counterpart__version",
)
_PAST = (
    "declaration_id",
    "reach",
    "verdict",
    "cause",
    text("run_at"),
    text("lapses_on"),
    "pk",
    text("messages"),
    "counterpart__product__key",
    "counterpart__version",
)
DECLARED = ("pk", "release__product__key", "release__version", text("messages"), text("options"), "role_id")


class Declared(NamedTuple):
    """A declaration as the database gives it: `id` and `role` are primary keys, lists are JSON."""

    id: int
    product: str
    release: str
    messages: str
    options: str
    role: int

    def word(self, part: Part, shown: Sequence[Shown] = ()) -> Word:
        """What is said of a part, with the evidence that was shown."""
        name = f"{self.product}@{self.release}"
        return Word(name, part, ids(self.messages), ids(self.options), tuple(shown))

    def said(self, word: Word) -> "Said":
        """What is said, as a word."""
        return Said(self.id, self.product, self.release, self.role, word)


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
    return worded(declared(declarations), day, proven_by, parts)


def declared(declarations: "QuerySet[Declaration]") -> list[Declared]:
    """What `declarations` say, without evidence."""
    return [Declared(*row) for row in declarations.values_list(*DECLARED)]


def worded(
    rows: Iterable[Declared],
    day: date,
    proven_by: frozenset[int] | None = None,
    parts: Mapping[int, Part] | None = None,
) -> list[Said]:
    """What was `declared`, with the evidence, as of `said`."""
    rows = list(rows)
    asked = [row.id for row in rows if proven_by is None or row.role in proven_by]
    spoken = spoken_of(asked)
    shown = evidence_of([pk for pk in asked if pk not in spoken], day)
    of_roles = _parts({row.role for row in rows}) if parts is None else parts
    return [
        row.said(counting(row.word(of_roles[row.role]), spoken[row.id].on(day)))
        if row.id in spoken
        else row.said(row.word(of_roles[row.role], shown.get(row.id, ())))
        for row in rows
    ]


def counting(word: Word, counted: Counted) -> Word:
    """The word with what counts of its evidence."""
    return replace(word, shown=counted.shown, confirmed=counted.confirmed)


def parts_around(roles: Iterable[int]) -> dict[int, Part]:
    """The parts that all roles of the standards are that `roles` are of, by the primary keys of the roles."""
    return _read(_AROUND.rows(set(roles)))


def _parts(roles: Iterable[int]) -> dict[int, Part]:
    return _read(_ROLES.rows(set(roles)))


_PART = (
    "version__standard__key",
    "version__version",
    "key",
    text("sends"),
    text("receives"),
    "version__state",
    "version__in_force_until",
)


def _of_roles(roles: "QuerySet[Role]") -> "QuerySet[Role, Any]":
    return roles.order_by().values_list("pk", *_PART)


_ROLES = Prepared(lambda roles: _of_roles(Role.objects.filter(pk__in=roles)))
_AROUND = Prepared(
    lambda roles: _of_roles(
        Role.objects.filter(
            version__standard__in=Role.objects.filter(pk__in=roles).order_by().values("version__standard")
        )
    )
)


def _read(rows: Iterable[tuple[Any, ...]]) -> dict[int, Part]:
    return {
        pk: Part(standard, version, key, ids(sends), ids(receives), state == "withdrawn", until)
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
        yield from _THEN.rows(chunk, datetime.combine(day, time.max, UTC)) if past else _PRESENT.rows(chunk)


_PRESENT = Prepared(lambda chunk: Current.objects.filter(declaration_id__in=chunk).values_list(*_EVIDENCE))
_THEN = Prepared(
    lambda chunk, end: Evidence.objects.filter(declaration_id__in=chunk, run_at__lte=end).order_by().values_list(*_PAST)
)


def _shown(row: tuple[Any, ...]) -> Shown:
    _, reach, verdict, cause, run_at, lapses_on, order, messages, product, version = row
    proof = Proof(
        _reach(reach), _verdict(verdict), day_of(run_at), _cause(cause), day_of(lapses_on) if lapses_on else None, order
    )
    counterpart = f"{product}@{version}" if product else None
    return Shown(proof, ids(messages), counterpart)


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
