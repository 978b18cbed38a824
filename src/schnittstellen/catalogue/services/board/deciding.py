"""The decision: once, by the votes and the rules of the day, as a fact of the chain; or every reason why not yet."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from django.db import transaction

from schnittstellen.catalogue.models import Application, ApplicationDuty, Entry
from schnittstellen.catalogue.services import board_terms, ledger, recording
from schnittstellen.catalogue.services.board.applying import digests
from schnittstellen.catalogue.services.board.common import State, held_by_board, note, vendor_of
from schnittstellen.catalogue.services.board.proposing import NO_PROPOSAL, OTHER_BASIS, counted, duties
from schnittstellen.catalogue.services.board.questions import findings, unanswered
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.facts import known_of
from schnittstellen.catalogue.services.notifying import letters
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.board_rules import (
    FAULTS as OF_RULES,
)
from schnittstellen.domain.board_rules import (
    FINDING_LEFT,
    NO_EVIDENCE,
    TOO_LOW,
    Proposal,
    Rules,
    against,
    against_refusing,
)
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Decision, Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.refusals import Refusal, refuse
from schnittstellen.domain.voting import WHY_REFUSED, told_with_refusal

OF_EVIDENCE = (TOO_LOW, NO_EVIDENCE, FINDING_LEFT)
_FAULTS = {one.code: one for one in (*OF_RULES, WHY_REFUSED)}


def rules(of: Application, day: date) -> Rules:
    """The rules of `day`, which demand at least what the vendor asks to rest on."""
    shipped = board_terms.rules(day)
    least = max(shipped.terms.least_level, Nachweisstufe(of.level))
    return replace(shipped, terms=replace(shipped.terms, least_level=least))


def needed(of: Application, rules: Rules) -> int:
    """How many members must agree to what is proposed."""
    return rules.terms.votes_with_waiver if of.waived else rules.terms.votes


def decide(viewer: Viewer, key: str, basis: int, day: date) -> Application:
    """What was proposed becomes a fact, and the application ends.

    Raises `SchnittstellenError` (F370, F371, F380, F381, F400), and `Refused` with every reason of the rules (B0xx).
    """
    with transaction.atomic():
        found = held_by_board(viewer, key)
        if found.proposed is None:
            raise SchnittstellenError(NO_PROPOSAL)
        if found.basis != basis:
            raise SchnittstellenError(OTHER_BASIS)
        ledger.alone()
        facts = known_of([found.declaration_id])[found.declaration_id].facts
        refuse(list(_reasons(found, facts, day)))
        _end(found, facts, day)
    return found


def reasons(of: Application, day: date) -> list[Refusal]:
    """Every reason for which what is proposed may not be decided on `day`, as far as it is known now."""
    facts = known_of([of.declaration_id])[of.declaration_id].facts
    return list(_reasons(of, facts, day))


def missing(of: Application, day: date) -> list[Refusal]:
    """What the evidence lacks for a certificate, whatever the board proposes."""
    facts = known_of([of.declaration_id])[of.declaration_id].facts
    return list(_lacking(of, facts, day))


def serial(of: Application) -> str:
    """The number of the certificate; nothing where none was granted."""
    if of.state != State.GRANTED:
        return ""
    rows = certificates.granted(Entry.objects.filter(declaration=of.declaration_id))
    return next(certificates.serial_of(one) for one in rows if json.loads(bytes(one.body))["id"] == of.decision)


def waivable(of: Application) -> list[str]:
    """The findings of the application that the rules let the board accept."""
    allowed = board_terms.rules().waivable
    runs = list(of.evidence.all())
    return [
        finding
        for finding in findings(of)
        if all(any(it.covers(finding, run.suite) for it in allowed) for run in runs if finding in run.failing)
    ]


def spoke_against(of: Application) -> list[Refusal]:
    """What spoke against certifying when it was refused."""
    return [Refusal(_FAULTS[one["code"]], one["parameters"]) for one in of.against if one["code"] in _FAULTS]


def _reasons(of: Application, facts: Facts, day: date) -> Iterator[Refusal]:
    made = _proposal(of, day)
    if of.proposed:
        return against(made, facts, rules(of, day))
    return against_refusing(made, of.reason, facts, rules(of, day))


def _proposal(of: Application, day: date) -> Proposal:
    return Proposal(
        on=day,
        applicant=vendor_of(of),
        lapses_on=of.lapses_on or day + timedelta(days=1),
        evidence=digests(of),
        votes=counted(of),
        waived=of.waived,
        duties=duties(of),
        open_questions=unanswered(of),
    )


def _lacking(of: Application, facts: Facts, day: date) -> Iterator[Refusal]:
    bare = replace(_proposal(of, day), waived={}, duties=(), votes=(), open_questions=0)
    return (one for one in against(bare, facts, rules(of, day)) if one.fault in OF_EVIDENCE)


def _against_it(of: Application, facts: Facts, day: date) -> Iterator[Refusal]:
    """What the vendor reads of a refusal, all at once: by the rules, and where they say so what members wrote."""
    yield from _lacking(of, facts, day)
    yield from told_with_refusal(counted(of), rules(of, day).voting)


def _end(of: Application, facts: Facts, day: date) -> None:
    """Record the decision; the newest of a declaration has the greatest id, which tells two of one day apart."""
    so_far = Entry.objects.filter(kind=Entry.Kind.DECISION, declaration=of.declaration_id).count()
    made = _decision(of, f"{so_far + 1:03d}-{of.key}", day)
    against = [] if of.proposed else [_written(one) for one in _against_it(of, facts, day)]
    recording.decide(of.declaration, made)
    of.state = State.GRANTED if of.proposed else State.REFUSED
    of.ended_on, of.decision, of.against = day, made.id, against
    of.save()
    ApplicationDuty.objects.bulk_create(
        ApplicationDuty(application=of, number=number, text=one["text"], due=date.fromisoformat(one["due"]))
        for number, one in enumerate(of.duties)
    )
    letters.write(of, letters.Kind.DECIDED, of.key)
    note(of, {"state": "open"}, {"state": str(of.state), "decision": made.id})


def _decision(of: Application, id: str, day: date) -> Decision:
    made = _proposal(of, day).decision(id)
    return made if of.proposed else replace(made, granted=False, lapses_on=None, waived=frozenset(), duties=())


def _written(one: Refusal) -> dict[str, object]:
    return {"code": one.fault.code, "parameters": dict(one.parameters)}
