"""The standing (Stand): what holds on a given day, why, and what ends next. A function of facts, terms and the day.

Nothing here can be set. Taking away evidence that speaks for the product, or letting it lapse, never raises the level.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from schnittstellen.domain.facts import Decision, Evidence, Facts
from schnittstellen.domain.levels import Nachweisstufe, Proof, level, newest
from schnittstellen.domain.reasons import Reason, Why
from schnittstellen.domain.verdict import Verdict, is_green


@dataclass(frozen=True, slots=True)
class Terms:
    """What the rules demand. `most_days` is how many days evidence of each level holds (none: without end)."""

    most_days: Mapping[Nachweisstufe, int] = field(default_factory=dict)
    votes: int = 2
    votes_with_waiver: int = 2
    least_level: Nachweisstufe = Nachweisstufe.MESSAGES
    after_next_release_days: int | None = None

    def of(self, day: date) -> "Terms":  # noqa: ARG002
        """These, whatever the day."""
        return self


@dataclass(frozen=True, slots=True)
class Eras:
    """The terms of several editions of the rules, each from its day on, the first also before; never empty.

    Each fact keeps the terms of its own day: the run's, the decision's, the confirmation's. So a new edition changes
    nothing of what is there already, neither its past nor the end that was told (decision 52).
    """

    editions: tuple[tuple[date, Terms], ...]

    def of(self, day: date) -> Terms:
        """The terms for a fact of `day`."""
        begun = [terms for since, terms in self.editions if since <= day]
        return begun[-1] if begun else self.editions[0][1]


Rulings = Terms | Eras


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds on `day`.

    `tested` is what runs alone prove; `evidence` the ids of what carries it; `contested` findings under objection.
    """

    day: date
    level: Nachweisstufe
    tested: Nachweisstufe
    reasons: tuple[Reason, ...] = ()
    evidence: frozenset[str] = frozenset()
    contested: frozenset[str] = frozenset()
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the level changes if nothing is renewed, and everything that falls on that day."""

    day: date
    level: Nachweisstufe
    reasons: tuple[Reason, ...]


def standing(facts: Facts, terms: Rulings, day: date) -> Standing:
    """What holds on `day`, from the facts that were there on that day."""
    counting = [*proofs(facts, terms, day)]
    tested = level((one for _, one in counting), day)
    reasons = [*_of_evidence(facts, counting, terms, day)]
    reached, decision = tested, governing(facts, day)
    if decision is not None:
        refused = [*against(decision, facts, terms, day)]
        granted = [] if refused else [Reason(Why.GRANTED, decision.on, decision.id)]
        reasons += refused or granted
        if granted:
            more, reached = _operation(facts, terms, day)
            reasons += more
    carried = frozenset(
        one.id for one, proof in counting if proof.decides and is_green(proof.verdict) and proof.holds(day)
    )
    contested = frozenset(one.finding for one in facts.objections if _pending(one.raised_on, one.decided_on, day))
    standing_decision = decision.id if decision is not None and reached >= Nachweisstufe.BOARD else None
    return Standing(day, reached, tested, tuple(reasons), carried, contested, standing_decision)


@dataclass(frozen=True, slots=True)
class Held:
    """What counts of the evidence on a day with the decision in force (None: there is none), and the level."""

    proofs: tuple[tuple[Evidence, Proof], ...]
    level: Nachweisstufe
    decision: Decision | None


def held(facts: Facts, terms: Rulings, day: date) -> Held:
    """The level of `standing`, and what it rests on, without its reasons."""
    counting = tuple(proofs(facts, terms, day))
    decision = governing(facts, day)
    if decision is not None:
        waived = tuple(proofs(facts, terms, day, decision.waived)) if decision.waived else counting
        if not any(_against(decision, facts, terms, day, waived)):
            return Held(waived, _operation(facts, terms, day)[1], decision)
    return Held(counting, level((proof for _, proof in counting), day), None)


def turns(facts: Facts, terms: Rulings, day: date) -> Iterator[Turn]:
    """When the level changes after `day` if nothing new happens, in order, each with what ends then."""
    coming: dict[date, list[Reason]] = {}
    for one in events(facts, terms):
        if one.day > day:
            coming.setdefault(one.day, []).append(one)
    before = standing(facts, terms, day).level
    for on, reasons in sorted(coming.items()):
        now = standing(facts, terms, on).level
        if now is not before:
            yield Turn(on, now, tuple(reasons))
        before = now


def ends_next(facts: Facts, terms: Rulings, day: date) -> Turn | None:
    """The first turn to a lower level after `day`, if nothing is renewed."""
    before = standing(facts, terms, day).level
    for turn in turns(facts, terms, day):
        if turn.level < before:
            return turn
        before = turn.level
    return None


# --- evidence


def proofs(
    facts: Facts, terms: Rulings, day: date, waived: frozenset[str] = frozenset()
) -> Iterator[tuple[Evidence, Proof]]:
    """Evidence as it counts on `day`: without findings that errata, objections and waivers take away."""
    for one in facts.evidence:
        verdict = _verdict(one, facts, day, waived)
        if verdict is not None:
            ends = min((day for _, day in _lapses(one, facts, terms)), default=None)
            yield one, Proof(one.reach, verdict, one.on, one.cause, ends, one.order)


def _verdict(one: Evidence, facts: Facts, day: date, waived: frozenset[str]) -> Verdict | None:
    """The verdict that counts on `day`; None where it depends on an objection that is not decided."""
    if one.verdict is not Verdict.FAILED or not one.failing:
        return one.verdict
    left = one.failing - waived - taken_away(one, facts, day)
    if not left:
        return Verdict.PASSED_WITH_WARNINGS
    return None if left <= _contested(one, facts, day) else one.verdict


def taken_away(one: Evidence, facts: Facts, day: date) -> set[str]:
    """The findings of `one` that do not count on `day`: by errata of its suite, and by objections that were upheld."""
    errata = {it.finding for it in facts.errata if it.suite == one.suite and it.since <= day}
    upheld = {
        it.finding
        for it in facts.objections
        if it.evidence == one.id and it.upheld and it.decided_on is not None and it.decided_on <= day
    }
    return errata | upheld


def _contested(one: Evidence, facts: Facts, day: date) -> set[str]:
    mine = (it for it in facts.objections if it.evidence == one.id)
    return {it.finding for it in mine if _pending(it.raised_on, it.decided_on, day)}


def _pending(raised: date, decided: date | None, day: date) -> bool:
    return raised <= day and (decided is None or day < decided)


def lapses(one: Evidence, facts: Facts, terms: Rulings) -> Reason | None:
    """When and why `one` counts no longer; None where no end is known."""
    ends = min(_lapses(one, facts, terms), key=lambda end: end[1], default=None)
    return None if ends is None else Reason(*ends, one.id)


def _lapses(one: Evidence, facts: Facts, terms: Rulings) -> Iterator[tuple[Why, date]]:
    days = terms.of(one.on).most_days.get(one.reach)
    if days is not None:
        yield Why.AGE, one.on + timedelta(days=days)
    retired = facts.retired.get((one.suite, one.edition))
    if retired is not None:
        yield Why.SUITE_RETIRED, retired
    if facts.version_ends_on is not None:
        yield Why.VERSION_ENDED, facts.version_ends_on


def _of_evidence(
    facts: Facts, counting: Iterable[tuple[Evidence, Proof]], terms: Rulings, day: date
) -> Iterator[Reason]:
    """What the newest evidence of each reach says, and what is contested."""
    pairs = [*counting]
    chosen = newest((proof for _, proof in pairs), day)
    for one, proof in sorted(pairs, key=lambda pair: pair[1].reach):
        if chosen.get(proof.reach) is not proof:
            continue
        lapse = lapses(one, facts, terms)
        if not is_green(proof.verdict):
            yield Reason(Why.FAILED, one.on, one.id)
        elif lapse is not None and not proof.holds(day):
            yield lapse
        else:
            yield Reason(Why.PROVEN, one.on, one.id)
    for one in facts.evidence:
        if one.on <= day and _verdict(one, facts, day, frozenset()) is None:
            yield Reason(Why.CONTESTED, one.on, one.id)


# --- the board


def governing(facts: Facts, day: date) -> Decision | None:
    """The newest decision, of one day that which was recorded last: no older one comes back when it falls."""
    known = [(one.on, place) for place, one in enumerate(facts.decisions) if one.on <= day]
    return facts.decisions[max(known)[1]] if known else None


def against(one: Decision, facts: Facts, terms: Rulings, day: date) -> Iterator[Reason]:
    """Every reason for which a decision does not count on `day`."""
    return _against(one, facts, terms, day, proofs(facts, terms, day, one.waived))


def _against(
    one: Decision, facts: Facts, terms: Rulings, day: date, counting: Iterable[tuple[Evidence, Proof]]
) -> Iterator[Reason]:
    """The same, with the evidence as it counts with what the decision waives."""
    if not one.granted:
        yield Reason(Why.NOT_GRANTED, one.on, one.id)
        return
    own = terms.of(one.on)
    if one.votes < (own.votes_with_waiver if one.waived else own.votes):
        yield Reason(Why.TOO_FEW_VOTES, one.on, one.id)
    if not one.evidence or not one.evidence <= {it.id for it in facts.evidence if it.on <= day}:
        yield Reason(Why.EVIDENCE_GONE, one.on, one.id)
    carried = level((proof for _, proof in counting), day)
    if carried < own.least_level:
        yield Reason(Why.NOT_PROVEN, one.on, one.id)
    yield from (end for end in _ends(one, facts, terms) if end.day <= day)
    yield from (Reason(Why.DUTY_MISSED, missed, one.id) for missed in _missed(one, day))


def _missed(one: Decision, day: date) -> Iterator[date]:
    """Since when duties rest that are not met on `day`; what is met late counts from then on."""
    for duty in one.duties:
        if duty.due is not None and duty.due < day and (duty.met_on is None or duty.met_on > day):
            yield duty.due + timedelta(days=1)


def _ends(one: Decision, facts: Facts, terms: Rulings) -> Iterator[Reason]:
    if one.lapses_on is not None:
        yield Reason(Why.DECISION_ENDED, one.lapses_on, one.id)
    after = terms.of(one.on).after_next_release_days
    if facts.next_release_on is not None and after is not None:
        yield Reason(Why.NEW_RELEASE, facts.next_release_on + timedelta(days=after), one.id)
    if facts.version_ends_on is not None:
        yield Reason(Why.VERSION_ENDED, facts.version_ends_on, one.id)
    for revocation in facts.revocations:
        if revocation.decision == one.id:
            yield Reason(Why.REVOKED, revocation.on, one.id)


# --- operation


def _operation(facts: Facts, terms: Rulings, day: date) -> tuple[list[Reason], Nachweisstufe]:
    """What municipalities say, and whether level 5 follows for a release that the board has confirmed."""
    reasons, confirmed = [], False
    for one in facts.confirmations:
        if one.on <= day:
            end = confirmation_ends(one.on, terms)
            old = end is not None and end <= day
            confirmed |= not old
            reasons.append(
                Reason(Why.CONFIRMATION_OLD, end, one.id) if end and old else Reason(Why.CONFIRMED, one.on, one.id)
            )
    opened = [one for one in facts.deviations if _pending(one.opened_on, one.closed_on, day)]
    reasons += [Reason(Why.DEVIATION_OPEN, one.opened_on, one.id) for one in opened]
    return reasons, Nachweisstufe.OPERATION if confirmed and not opened else Nachweisstufe.BOARD


def confirmation_ends(on: date, terms: Rulings) -> date | None:
    """The first day on which a confirmation of operation of day `on` is too old; None where no end is known."""
    days = terms.of(on).most_days.get(Nachweisstufe.OPERATION)
    return None if days is None else on + timedelta(days=days)


# --- what is coming


def events(facts: Facts, terms: Rulings) -> Iterator[Reason]:
    """Every day on which something begins or ends to count."""
    for one in facts.evidence:
        end = lapses(one, facts, terms)
        yield Reason(Why.PROVEN if is_green(one.verdict) else Why.FAILED, one.on, one.id)
        yield from [] if end is None else [end]
    for decision in facts.decisions:
        yield Reason(Why.GRANTED if decision.granted else Why.NOT_GRANTED, decision.on, decision.id)
        yield from _ends(decision, facts, terms)
        for duty in decision.duties:
            if duty.due is not None:
                yield Reason(Why.DUTY_MISSED, duty.due + timedelta(days=1), decision.id)
            if duty.met_on is not None:
                yield Reason(Why.GRANTED, duty.met_on, decision.id)
    for objection in facts.objections:
        yield Reason(Why.CONTESTED, objection.raised_on, objection.evidence)
        if objection.decided_on is not None:
            yield Reason(Why.PROVEN if objection.upheld else Why.FAILED, objection.decided_on, objection.evidence)
    yield from (Reason(Why.PROVEN, one.since, one.suite) for one in facts.errata)
    yield from _events_of_operation(facts, terms)


def _events_of_operation(facts: Facts, terms: Rulings) -> Iterator[Reason]:
    for one in facts.confirmations:
        end = confirmation_ends(one.on, terms)
        yield Reason(Why.CONFIRMED, one.on, one.id)
        yield from [] if end is None else [Reason(Why.CONFIRMATION_OLD, end, one.id)]
    for case in facts.deviations:
        yield Reason(Why.DEVIATION_OPEN, case.opened_on, case.id)
        yield from [] if case.closed_on is None else [Reason(Why.CONFIRMED, case.closed_on, case.id)]
