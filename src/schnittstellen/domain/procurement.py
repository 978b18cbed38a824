"""Can I buy it? A candidate against what is installed. Pure; unknown is never green."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.domain.exchange import ANYTHING, Encounter, Need, Status, Word, encounter


class Fit(StrEnum):
    """What is known of a coupling, the worst last."""

    VERIFIED = "verified"
    DECLARED = "declared"
    UNKNOWN = "unknown"
    INCOMPATIBLE = "incompatible"


_RANK = {fit: rank for rank, fit in enumerate(Fit)}
_FITS = {
    Status.PROVEN: Fit.VERIFIED,
    Status.PARTLY_PROVEN: Fit.DECLARED,
    Status.DECLARED: Fit.DECLARED,
    Status.UNKNOWN: Fit.UNKNOWN,
    Status.REFUTED: Fit.INCOMPATIBLE,
    Status.NOT_POSSIBLE: Fit.INCOMPATIBLE,
}


class Answer(StrEnum):
    """Whether it can be bought."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Installed:
    """A release (`product@version`) that the candidate must exchange data with.

    `needs` are what must pass, empty is anything. Without `confirmed` nobody but the vendor says that it is there.
    """

    release: str
    words: tuple[Word, ...]
    needs: tuple[Need, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of the candidate and one installed release; an encounter for each need."""

    release: str
    fit: Fit
    confirmed: bool
    encounters: tuple[Encounter, ...]


@dataclass(frozen=True, slots=True)
class Coupling:
    """A partner with all its installed releases. `split`: some of them are verified and others are not."""

    partner: str
    fit: Fit
    split: bool
    installed: tuple[Checked, ...]


def couplings(candidate: Sequence[Word], landscape: Iterable[Installed], day: date) -> tuple[Coupling, ...]:
    """Each partner in `landscape`, the worst first."""
    by_partner: dict[str, list[Checked]] = defaultdict(list)
    for one in landscape:
        by_partner[one.release.partition("@")[0]].append(_checked(candidate, one, day))
    found = (_coupling(partner, checked) for partner, checked in by_partner.items())
    return tuple(sorted(found, key=lambda one: (-_RANK[one.fit], one.partner)))


def _checked(candidate: Sequence[Word], one: Installed, day: date) -> Checked:
    met = tuple(encounter(candidate, one.words, day, need) for need in one.needs or (ANYTHING,))
    fit = _worst(_FITS[each.status] for each in met) if one.confirmed else Fit.UNKNOWN
    return Checked(one.release, fit, one.confirmed, met)


def _coupling(partner: str, checked: list[Checked]) -> Coupling:
    fits = {one.fit for one in checked if one.confirmed}
    installed = tuple(sorted(checked, key=lambda one: one.release))
    return Coupling(partner, _worst(one.fit for one in checked), len(fits) > 1 and Fit.VERIFIED in fits, installed)


def _worst(fits: Iterable[Fit]) -> Fit:
    return max(fits, key=lambda fit: _RANK[fit])


def answer(needed: Sequence[Coupling]) -> Answer:
    """Yes where all is verified; no where something cannot work, or works with one of two installed versions only.

    Where no coupling is known, nobody can say that the candidate fits.
    """
    if any(one.fit is Fit.INCOMPATIBLE or one.split for one in needed):
        return Answer.NO
    verified = bool(needed) and all(one.fit is Fit.VERIFIED for one in needed)
    return Answer.YES if verified else Answer.UNKNOWN
