"""Evidence of one declaration as it counts on a day, with what was said of it since it was there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schnittstellen.domain.exchange import Ids, Shown
from schnittstellen.domain.facts import Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.standing import Rulings, held

Seen = Mapping[str, tuple[Ids, str | None]]
"""By the id of evidence: the messages that it showed, and the release it was tested with."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What an exchange needs of a declaration on a day. `level` is all that holds, from runs and from decisions."""

    shown: tuple[Shown, ...]
    confirmed: Nachweisstufe
    level: Nachweisstufe


def counted(facts: Facts, terms: Rulings, day: date, seen: Seen) -> Counted:
    """What counts on `day`.

    A run that depends on an objection that is not decided is left out; findings that errata, objections or a
    certificate in force take away do not count against the product. None of that shows messages that no run showed.
    """
    now = held(facts, terms, day)
    shown = tuple(Shown(proof, *seen[one.id]) for one, proof in now.proofs)
    return Counted(shown, now.level if now.decision else Nachweisstufe.DECLARED, now.level)
