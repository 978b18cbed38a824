"""Notices before an end: for each end, the next one that is due, each once, however far the clock moves at a time."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schnittstellen.domain.facts import Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.reasons import Reason
from schnittstellen.domain.standing import Rulings, standing, turns


@dataclass(frozen=True, slots=True)
class Notice:
    """An end on day `ends_on`, told `before` days ahead (0: on that day or after it). `level` is what is left then.

    `key` is the same whenever this notice is computed: who has sent it keeps the key and never sends it again.
    """

    ends_on: date
    before: int
    level: Nachweisstufe
    reasons: tuple[Reason, ...]

    @property
    def key(self) -> str:
        """Day, causes and days ahead of the end."""
        causes = ",".join(sorted(f"{one.why}:{one.about}" for one in self.reasons))
        return f"{self.ends_on.isoformat()}|{causes}|{self.before}"


def due(  # noqa: PLR0913
    facts: Facts, terms: Rulings, ahead: Collection[int], *, since: date, today: date, sent: Collection[str]
) -> Iterator[Notice]:
    """What is to be told on `today`, having last been asked on `since`: of each end, the one notice that is nearest.

    `ahead` are days before an end (an end itself is always told); `sent` the keys of notices that were sent.
    """
    level = standing(facts, terms, since).level
    for turn in turns(facts, terms, since):
        lower, level = turn.level < level, turn.level
        if lower:
            before = nearest(ahead, turn.day, today)
            if before is not None:
                notice = Notice(turn.day, before, turn.level, _causes(turn.reasons))
                if notice.key not in sent:
                    yield notice


def nearest(ahead: Collection[int], end: date, today: date) -> int | None:
    """The fewest days ahead whose day has come, 0 on that day and after; None where it is too early for any."""
    return min((one for one in (*ahead, 0) if end - timedelta(days=one) <= today), default=None)


def _causes(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(dict.fromkeys(reasons))
