"""The rules of the board: what may be certified, and all reasons for a refusal at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from schnittstellen.domain import voting
from schnittstellen.domain.errors import Fault
from schnittstellen.domain.facts import Decision, Duty, Evidence, Facts, Objection
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.refusals import Refusal
from schnittstellen.domain.standing import Rulings, Terms, standing, taken_away
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.domain.voting import NO_QUORUM, OUTVOTED, PARTIAL, TOO_FEW, VOTED_TWICE, Vote, Voting

VALID_DAYS = 365
NOTICE_DAYS = (90, 30, 7)


@dataclass(frozen=True, slots=True)
class Waivable:
    """A finding that the board may accept; `suite` narrows it to a standard, a version, or one suite."""

    code: str
    suite: str = ""
    reason_needed: bool = True

    def covers(self, finding: str, suite: str) -> bool:
        """Whether `finding` (`CODE` or `CODE rule`) of `suite` may be accepted by this."""
        narrowed = not self.suite or suite == self.suite or suite.startswith((f"{self.suite}@", f"{self.suite}/"))
        return finding.partition(" ")[0] == self.code and narrowed


@dataclass(frozen=True, slots=True)
class Rules:
    """One edition of the rules, in force from a day on. Notice is given `notice_days` before an end.

    `ages` says how long evidence holds that was there before this edition; without it, as long as under this one.
    """

    edition: str
    in_force_from: date
    terms: Terms
    applicant_may_vote: bool = False
    valid_days: int = VALID_DAYS
    notice_days: tuple[int, ...] = NOTICE_DAYS
    waivable: tuple[Waivable, ...] = ()
    voting: Voting = field(default_factory=Voting)
    ages: Rulings | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the board is to decide on day `on`: to certify until `lapses_on`, resting on `evidence`.

    `waived` maps findings to the reason for which they are accepted. `open_questions` are those to the vendor that
    nobody has answered.
    """

    on: date
    applicant: str
    lapses_on: date
    evidence: frozenset[str]
    votes: tuple[Vote, ...] = ()
    waived: Mapping[str, str] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    open_questions: int = 0

    def decision(self, id: str) -> Decision:
        """The decision that follows where nothing speaks against it."""
        votes = len({one.member for one in self.votes if one.agrees})
        waived = frozenset(self.waived)
        return Decision(id, self.on, True, votes, self.evidence, self.lapses_on, waived, self.duties)


def _fault(code: str, title: str, hint: str) -> Fault:
    return Fault(code, title, hint, http=409)


_WAIT = N_("Entscheiden Sie, wenn alle Voraussetzungen erfüllt sind; die Regeln nennt der Katalog.")
NOT_IN_FORCE = _fault("B001", N_("Die Regeln in Ausgabe {edition} gelten erst ab {day}."), _WAIT)
TOO_LOW = _fault(
    "B005",
    N_("Durch Läufe belegt ist Stufe {level}, verlangt ist Stufe {needed}."),
    N_("Der Hersteller muss weitere Läufe einreichen."),
)
NO_EVIDENCE = _fault("B006", N_("Der Nachweis {evidence} liegt nicht vor."), _WAIT)
NOT_WAIVABLE = _fault(
    "B007",
    N_("Der Befund {finding} darf nach den Regeln nicht hingenommen werden."),
    N_("Der Hersteller muss ihn beheben, oder die Regeln müssen vorher geändert werden."),
)
NO_REASON = _fault(
    "B008",
    N_("Für die Hinnahme des Befundes {finding} fehlt eine Begründung."),
    N_("Begründen Sie, warum der Befund dem Zertifikat nicht entgegensteht."),
)
OPEN_OBJECTION = _fault(
    "B009",
    N_("Über den Widerspruch gegen den Befund {finding} ist nicht entschieden."),
    N_("Entscheiden Sie zuerst über den Widerspruch."),
)
OPEN_QUESTION = _fault(
    "B010",
    N_("Offene Rückfragen an den Hersteller: {count}."),
    N_("Warten Sie die Antworten ab oder ziehen Sie die Rückfragen zurück."),
)
TOO_LONG = _fault(
    "B011",
    N_("Das Zertifikat soll bis {day} gelten; erlaubt sind {days} Tage."),
    N_("Wählen Sie ein früheres Ende."),
)
DUTY_WITHOUT_END = _fault(
    "B012", N_("Die Auflage „{text}“ hat keine Frist."), N_("Nennen Sie den letzten Tag, an dem sie erfüllt sein muss.")
)
ENDS_BEFORE = _fault("B013", N_("Das Zertifikat soll enden, bevor es beginnt."), N_("Wählen Sie ein späteres Ende."))
FINDING_LEFT = _fault(
    "B014",
    N_("Der Befund {finding} ist weder behoben noch hingenommen."),
    N_("Nehmen Sie ihn mit Begründung hin, soweit die Regeln das erlauben, oder weisen Sie den Antrag zurück."),
)
UNEXPLAINED = _fault(
    "B015",
    N_("Für die Ablehnung fehlt eine Begründung."),
    N_("Schreiben Sie in wenigen Sätzen, was der Hersteller ändern muss."),
)
DUTY_PAST = _fault(
    "B016",
    N_("Die Frist der Auflage „{text}“ ist schon vorbei."),
    N_("Nennen Sie einen Tag, an dem der Hersteller sie noch erfüllen kann."),
)
OF_VOTING = (TOO_FEW, VOTED_TWICE, PARTIAL, NO_QUORUM, OUTVOTED)
FAULTS = tuple(one for one in tuple(globals().values()) if isinstance(one, Fault))


def against(proposal: Proposal, facts: Facts, rules: Rules) -> Iterator[Refusal]:
    """Every reason for which `proposal` may not be decided, from the facts that are there on its day."""
    yield from _votes(proposal, rules)
    yield from _evidence(proposal, facts, rules)
    yield from _waivers(proposal, facts, rules)
    yield from _open(proposal, facts)
    yield from _times(proposal, rules)


def against_refusing(proposal: Proposal, reason: str, facts: Facts, rules: Rules) -> Iterator[Refusal]:
    """Every reason for which the application may not be refused yet.

    It takes as many votes as certifying does, and waits for objections; but not for a vendor who does not answer.
    """
    yield from _votes(replace(proposal, waived={}), rules)
    yield from _objections(proposal, facts)
    yield from _in_force(proposal, rules)
    if not reason.strip():
        yield Refusal(UNEXPLAINED)


def needed_votes(proposal: Proposal, rules: Rules) -> int:
    """How many members must agree."""
    return rules.terms.votes_with_waiver if proposal.waived else rules.terms.votes


def _votes(proposal: Proposal, rules: Rules) -> Iterator[Refusal]:
    excluded = "" if rules.applicant_may_vote else proposal.applicant
    return voting.against(proposal.votes, needed_votes(proposal, rules), rules.voting, excluded)


def _evidence(proposal: Proposal, facts: Facts, rules: Rules) -> Iterator[Refusal]:
    there = {one.id for one in facts.evidence if one.on <= proposal.on}
    for id in sorted(proposal.evidence - there):
        yield Refusal(NO_EVIDENCE, {"evidence": id[:16]})
    carried = _carried(proposal, facts, rules)
    if carried < rules.terms.least_level or not proposal.evidence:
        needed = str(int(rules.terms.least_level))
        yield Refusal(TOO_LOW, {"level": str(int(carried)), "needed": needed})


def _carried(proposal: Proposal, facts: Facts, rules: Rules) -> Nachweisstufe:
    """What runs prove on that day, were the waived findings not there: all of them, and those of the proposal alone.

    A run must be young enough for these rules and for those of its own day, or the certificate would rest at once.
    """
    forgiven = frozenset(proposal.waived)
    evidence = tuple(_forgiven(one, forgiven | taken_away(one, facts, proposal.on)) for one in facts.evidence)
    named = tuple(one for one in evidence if one.id in proposal.evidence)
    return min(
        standing(replace(facts, evidence=these, decisions=()), terms, proposal.on).tested
        for these in (evidence, named)
        for terms in (rules.terms, rules.ages or rules.terms)
    )


def _forgiven(one: Evidence, waived: frozenset[str]) -> Evidence:
    if one.verdict is not Verdict.FAILED or not one.failing or not one.failing <= waived:
        return one
    return Evidence(
        one.id, one.reach, Verdict.PASSED_WITH_WARNINGS, one.on, one.suite, one.edition, None, order=one.order
    )


def _waivers(proposal: Proposal, facts: Facts, rules: Rules) -> Iterator[Refusal]:
    used = [one for one in facts.evidence if one.id in proposal.evidence]
    for finding, reason in sorted(proposal.waived.items()):
        suites = {one.suite for one in used if finding in one.failing} or {one.suite for one in used}
        by = [_rule(finding, suite, rules) for suite in sorted(suites)]
        if not by or None in by:
            yield Refusal(NOT_WAIVABLE, {"finding": finding})
        elif any(one.reason_needed for one in by if one is not None) and not reason.strip():
            yield Refusal(NO_REASON, {"finding": finding})
    left = {finding for one in used for finding in one.failing - taken_away(one, facts, proposal.on)}
    for finding in sorted(left - set(proposal.waived)):
        yield Refusal(FINDING_LEFT, {"finding": finding})


def _rule(finding: str, suite: str, rules: Rules) -> Waivable | None:
    return next((one for one in rules.waivable if one.covers(finding, suite)), None)


def _open(proposal: Proposal, facts: Facts) -> Iterator[Refusal]:
    yield from _objections(proposal, facts)
    if proposal.open_questions:
        yield Refusal(OPEN_QUESTION, {"count": str(proposal.open_questions)})


def _objections(proposal: Proposal, facts: Facts) -> Iterator[Refusal]:
    for finding in sorted({one.finding for one in facts.objections if _is_open(one, proposal)}):
        yield Refusal(OPEN_OBJECTION, {"finding": finding})


def _is_open(one: Objection, proposal: Proposal) -> bool:
    decided = one.decided_on is not None and one.decided_on <= proposal.on
    return one.evidence in proposal.evidence and one.raised_on <= proposal.on and not decided


def _in_force(proposal: Proposal, rules: Rules) -> Iterator[Refusal]:
    if proposal.on < rules.in_force_from:
        yield Refusal(NOT_IN_FORCE, {"edition": rules.edition, "day": rules.in_force_from.isoformat()})


def _times(proposal: Proposal, rules: Rules) -> Iterator[Refusal]:
    yield from _in_force(proposal, rules)
    if proposal.lapses_on <= proposal.on:
        yield Refusal(ENDS_BEFORE)
    if proposal.lapses_on > proposal.on + timedelta(days=rules.valid_days):
        last = proposal.lapses_on - timedelta(days=1)
        yield Refusal(TOO_LONG, {"day": last.isoformat(), "days": str(rules.valid_days)})
    for duty in proposal.duties:
        if duty.due is None:
            yield Refusal(DUTY_WITHOUT_END, {"text": duty.text})
        elif duty.due < proposal.on:
            yield Refusal(DUTY_PAST, {"text": duty.text})
