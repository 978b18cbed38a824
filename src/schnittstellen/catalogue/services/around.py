"""What is asked again for the partners of nearly every product: kept for one day while nothing is written.

Everything is read when it is asked for first; what was read once is not asked for again, as far as there is room.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from schnittstellen.catalogue.models import Look, Meeting, Outline, Product
from schnittstellen.catalogue.services import joining
from schnittstellen.catalogue.services.narrow import text
from schnittstellen.catalogue.services.outlining import read
from schnittstellen.catalogue.services.prepared import Prepared
from schnittstellen.catalogue.services.unchanged import at_most
from schnittstellen.catalogue.services.words import Declared, Said, parts_around, worded
from schnittstellen.domain.exchange import Exchange, Part, Stand, Word, greenness, meet, settled

Rank = tuple[int, tuple[int, int]]
"""How green the best exchange is (`greenness`), and the levels of its two sides, the lesser first: orders partners."""
Keys = frozenset[str]
Group = tuple[int, int, Keys]
"""A role and a look (primary keys), and the keys of the products that look so in that role."""
MOST = 4_000
"""So many products, and so many declarations with what their evidence comes to, are kept by each thread."""
UNSEEN: tuple[Keys, Stand] = frozenset(), Stand()
"""A look of which nobody asks what it proves."""


@dataclass(frozen=True, slots=True)
class Card:
    """A product as lists show it, and what is declared of each of its releases (primary keys)."""

    name: str
    vendor: str
    kind: str
    merged: bool
    declared: tuple[tuple[int, Declared], ...]


class Around:
    """What is known of standards, roles and products on a day, as far as anybody asked since something was written."""

    def __init__(self, day: date) -> None:
        self.day = day
        self._parts: dict[int, dict[int, Part]] = {}
        self._meeting: dict[int, frozenset[int]] = {}
        self._groups: dict[int, list[Group]] = {}
        self._looks: dict[int, tuple[Keys, Stand]] = {}
        self._merged: Keys | None = None
        self._cards: dict[str, Card] = {}
        self._said: dict[int, Said] = {}
        self._ranks: dict[object, Ranks] = {}

    def parts(self, roles: Collection[int]) -> dict[int, Part]:
        """The parts that all roles of the standards are that `roles` are of, by the primary keys of the roles."""
        if missing := roles - self._parts.keys():
            self._know(parts_around(missing))
        found: dict[int, Part] = {}
        for role in roles:
            found |= self._parts[role]
        return found

    def _know(self, parts: dict[int, Part]) -> None:
        of: dict[str, dict[int, Part]] = defaultdict(dict)
        for role, part in parts.items():
            of[part.standard][role] = part
        self._parts.update((role, of[part.standard]) for role, part in parts.items())

    def meeting(self, roles: Collection[int]) -> frozenset[int]:
        """The roles that exchange messages with those, and those of `roles` that anybody exchanges messages with."""
        if missing := roles - self._meeting.keys():
            found: dict[int, set[int]] = {role: set() for role in missing}
            for pair in _MEETING.rows(missing):
                for role in missing.intersection(pair):
                    found[role].update(pair)
            self._meeting.update((role, frozenset(met)) for role, met in found.items())
        return frozenset[int]().union(*(self._meeting[role] for role in roles))

    def groups(self, roles: Collection[int]) -> Iterable[Group]:
        """Who takes those roles on the day, by how they look."""
        if missing := roles - self._groups.keys():
            found: dict[int, list[Group]] = {role: [] for role in missing}
            for role, look, keys in _GROUPS.rows(missing, self.day):
                found[role].append((role, look, taken_apart(keys)))
            self._groups.update(found)
        return (group for role in roles for group in self._groups[role])

    def looks(self, looks: Collection[int]) -> dict[int, tuple[Keys, Stand]]:
        """The messages that are declared and the stand, by the primary keys of looks."""
        if missing := looks - self._looks.keys():
            self._looks.update((pk, read(written)) for pk, written in _LOOKS.rows(missing))
        return self._looks

    def merged(self) -> Keys:
        """The keys of all duplicates."""
        if self._merged is None:
            self._merged = frozenset(key for (key,) in _MERGED.rows())
        return self._merged

    def cards(self, keys: Sequence[str]) -> dict[str, Card]:
        """Products by their keys."""
        if missing := [key for key in keys if key not in self._cards]:
            if len(self._cards) > MOST:
                self._cards = {}
                missing = list(keys)
            self._cards.update(_cards(missing))
        return self._cards

    def said(self, rows: Iterable[Declared], parts: dict[int, Part], proven_by: frozenset[int]) -> list[Said]:
        """What was declared, with what the evidence comes to; that of other roles than `proven_by` is left out."""
        rows = list(rows)
        if len(self._said) > MOST:
            self._said = {}
        missing = [row for row in rows if row.role in proven_by and row.id not in self._said]
        for row, one in zip(missing, worded(missing, self.day, parts=parts), strict=True):
            self._said[row.id] = row.said(settled(one.word, self.day))
        return [self._said[row.id] if row.role in proven_by else row.said(row.word(parts[row.role])) for row in rows]

    def ranks(self, word: Word) -> "Ranks":
        """How what is declared meets others; the same for all that say and prove the same."""
        known = word.known or Stand()
        face = (word.saying, known.level, known.covered, known.refuted is None)
        if face not in self._ranks:
            if len(self._ranks) > MOST:
                self._ranks = {}
            self._ranks[face] = Ranks(word, self.day)
        return self._ranks[face]


class Ranks(dict[tuple[int, int | None], Rank]):
    """By role and look (primary keys; no look where evidence does not matter) how well a declaration meets it.

    Only of roles of its own standard.
    """

    def __init__(self, word: Word, day: date) -> None:
        super().__init__()
        self._word = word
        self._day = day

    def of(self, role: int, part: Part, look: int | None, seen: tuple[Keys, Stand]) -> Rank:
        """How well it meets a role and a look."""
        if (role, look) not in self:
            self[role, look] = rank_of(meet(self._word, Word("", part, seen[0], known=seen[1]), self._day))
        return self[role, look]


def rank_of(met: Exchange) -> Rank:
    """How well two meet."""
    first, second = sorted(int(one) for one in met.levels)
    return greenness(met.status), (first, second)


def around(day: date) -> Around:
    """What is kept of `day`; of days other than today only of two."""
    today = date.today()
    return _today(day) if day == today else _another(day, today)


@at_most(1)
def _today(today: date) -> Around:
    return Around(today)


@at_most(2)
def _another(day: date, _today: date) -> Around:
    return Around(day)


def taken_apart(joined: str) -> Keys:
    """Keys that were joined."""
    return frozenset(joining.parts(joined))


def outlined(roles: Iterable[int], day: date) -> "QuerySet[Outline]":
    """How those look that take the roles on `day`."""
    return Outline.objects.filter(role_id__in=list(roles), since__lte=day, until__gt=day)


def grouped(rows: "QuerySet[Outline]") -> "QuerySet[Outline, tuple[int, int, str]]":
    """Roles, looks and the keys of those that look so, joined."""
    groups = rows.order_by().values("role_id", "look_id").annotate(keys=joining.Joined("key"))
    return groups.values_list("role_id", "look_id", "keys")


_MEETING = Prepared(
    lambda roles: Meeting.objects.filter(Q(sender_id__in=roles) | Q(receiver_id__in=roles)).values_list(
        "sender_id", "receiver_id"
    )
)
_GROUPS = Prepared(lambda roles, day: grouped(outlined(roles, day)))
_LOOKS = Prepared(lambda keys: Look.objects.filter(pk__in=keys).values_list("pk", "text"))
_MERGED = Prepared(lambda: Product.objects.filter(merged_into__isnull=False).order_by().values_list("key"))
_CARDS = Prepared(
    lambda keys: (
        Product.objects.filter(key__in=keys)
        .order_by("releases__pk", "releases__declarations__role_id")
        .values_list(
            "key",
            "name",
            "vendor__name",
            "kind",
            "merged_into_id",
            "releases__pk",
            "releases__declarations__pk",
            "releases__version",
            text("releases__declarations__messages"),
            text("releases__declarations__options"),
            "releases__declarations__role_id",
        )
    )
)


def _cards(keys: Collection[str]) -> dict[str, Card]:
    shown: dict[str, tuple[str, str, str, bool]] = {}
    declared: dict[str, list[tuple[int, Declared]]] = defaultdict(list)
    for key, name, vendor, kind, merged, release, pk, *said in _CARDS.rows(keys):
        shown[key] = name, vendor, kind, merged is not None
        if pk is not None:
            declared[key].append((release, Declared(pk, key, *said)))
    return {key: Card(*of, tuple(declared[key])) for key, of in shown.items()}
