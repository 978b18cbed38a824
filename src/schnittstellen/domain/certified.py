"""How a certificate stands on a day: a function of facts, terms, the day, and of what its signed document says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schnittstellen.domain.certificate import Certificate
from schnittstellen.domain.facts import Decision, Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.reasons import Reason, Why
from schnittstellen.domain.standing import Rulings, against, events, governing, standing


class State(StrEnum):
    """How a certificate stands. Resting: an Auflage is overdue; it comes back when that is met."""

    NOT_YET = "not_yet"
    VALID = "valid"
    RESTING = "resting"
    ENDED = "ended"
    REPLACED = "replaced"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Stand:
    """`level` is that of the declaration on `day`, `reasons` why the certificate does not hold.

    `ends_on` is the first day on which it does not, if nothing is renewed; None where it does not hold as it is, or no
    end is known. `contested` are findings under objection, which count neither way.
    """

    day: date
    state: State
    level: Nachweisstufe
    reasons: tuple[Reason, ...] = ()
    ends_on: date | None = None
    contested: frozenset[str] = frozenset()


def stand(of: Decision, facts: Facts, terms: Rulings, day: date, signed: Certificate | None = None) -> Stand:
    """How the certificate of the decision `of` stands on `day`; `signed` is its document, where there is one."""
    now = standing(facts, terms, day)
    state, reasons = _state(of, facts, terms, day, signed)
    end = _end(of, facts, terms, day, signed) if state is State.VALID else None
    return Stand(day, state, now.level, reasons, end, now.contested)


def _state(
    of: Decision, facts: Facts, terms: Rulings, day: date, signed: Certificate | None
) -> tuple[State, tuple[Reason, ...]]:
    if day < of.on:
        return State.NOT_YET, (Reason(Why.GRANTED, of.on, of.id),)
    reasons = tuple(against(of, facts, terms, day))
    why = {one.why for one in reasons}
    newer = governing(facts, day)
    if Why.REVOKED in why:
        return State.REVOKED, reasons
    if newer is not None and newer.id != of.id:
        return State.REPLACED, (Reason(Why.GRANTED if newer.granted else Why.NOT_GRANTED, newer.on, newer.id),)
    if why:
        return State.RESTING if why == {Why.DUTY_MISSED} else State.ENDED, reasons
    return _by_document(of, day, signed)


def _by_document(of: Decision, day: date, signed: Certificate | None) -> tuple[State, tuple[Reason, ...]]:
    """The decision holds; a document that was signed later, or ends earlier, does not say so on every day."""
    if signed is not None and day < signed.issued:
        return State.NOT_YET, (Reason(Why.GRANTED, of.on, of.id),)
    if signed is not None and day >= signed.lapses_on:
        return State.ENDED, (Reason(_why(of, signed), signed.lapses_on, of.id),)
    return State.VALID, ()


def _why(of: Decision, signed: Certificate) -> Why:
    """Whether it ends with the decision, or the document alone does."""
    with_decision = of.lapses_on is not None and of.lapses_on <= signed.lapses_on
    return Why.DECISION_ENDED if with_decision else Why.DOCUMENT_ENDED


def _end(of: Decision, facts: Facts, terms: Rulings, day: date, signed: Certificate | None) -> date | None:
    coming = {one for one in _days(of, facts, terms, signed) if one > day}
    return next((one for one in sorted(coming) if _state(of, facts, terms, one, signed)[0] is not State.VALID), None)


def _days(of: Decision, facts: Facts, terms: Rulings, signed: Certificate | None) -> Iterator[date]:
    yield from (one.day for one in events(facts, terms))
    yield from (one.on for one in facts.revocations if one.decision == of.id)
    if signed is not None:
        yield signed.lapses_on
