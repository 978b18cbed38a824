"""Facts beyond evidence go into the chain here and nowhere else, and the present follows at once.

Who may say what, and whether it may be said, is asked before: by `domain.board_rules` and by the service that calls.
Each takes effect in one transaction with its record. What is recorded is public (see `services.ledger.Draft`).
"""

import json
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.catalogue.models import Declaration, Entry, Evidence, Product
from schnittstellen.catalogue.services import ledger
from schnittstellen.catalogue.services.certifying.signing import sign_at_once
from schnittstellen.catalogue.services.evidence import recompute_current
from schnittstellen.catalogue.services.ledger import Draft, Kind
from schnittstellen.domain.facts import Confirmation, Decision, Deviation, Erratum, Objection, Revocation
from schnittstellen.formats.fact_records import Body, decision_written


def decide(about: Declaration, one: Decision) -> Entry:
    """The board decided; duties are recorded as not met. Where the server has the board's key, it signs at once."""
    with transaction.atomic():
        made = _record(about, Kind.DECISION, one.on, decision_written(one))
        sign_at_once(made, date.today())
    return made


def meet_duty(about: Declaration, decision: str, duty: int, on: date) -> Entry:
    """The duty number `duty` (from 0) of a decision is met since `on`; the server signs anew where it has the key."""
    with transaction.atomic():
        made = _record(about, Kind.DUTY_MET, on, {"decision": decision, "duty": duty})
        for row in Entry.objects.filter(kind=Kind.DECISION, declaration=about):
            if json.loads(bytes(row.body))["id"] == decision:
                sign_at_once(row, date.today(), again=True)
    return made


def revoke(about: Declaration, one: Revocation) -> Entry:
    """The board takes a decision back."""
    body = {"decision": one.decision, "reason": one.reason, "why": one.why}
    return _record(about, Kind.REVOCATION, one.on, body)


def object_to(about: Declaration, one: Objection) -> Entry:
    """A vendor contests a finding."""
    body = {"id": one.id, "evidence": one.evidence, "finding": one.finding}
    return _record(about, Kind.OBJECTION, one.raised_on, body)


def decide_objection(about: Declaration, objection: str, *, upheld: bool, on: date, reason: str) -> Entry:
    """The board decides on an objection."""
    return _record(about, Kind.OBJECTION_DECIDED, on, {"objection": objection, "upheld": upheld, "reason": reason})


def confirm(about: Declaration, one: Confirmation) -> Entry:
    """A municipality confirms that it works in operation; `municipality` is empty unless it is shown to all."""
    return _record(about, Kind.CONFIRMATION, one.on, {"id": one.id, "municipality": one.municipality})


def report_deviation(about: Declaration, one: Deviation) -> Entry:
    """A municipality reports a deviation in operation; `municipality` is empty unless it is shown to all."""
    return _record(about, Kind.DEVIATION, one.opened_on, {"id": one.id, "municipality": one.municipality})


def close_deviation(about: Declaration, deviation: str, on: date) -> Entry:
    """The deviation is no more."""
    return _record(about, Kind.DEVIATION_CLOSED, on, {"deviation": deviation})


def add_erratum(one: Erratum, reason: str) -> Entry:
    """A finding that a suite should not make counts for no product any more."""
    body = {"suite": one.suite, "finding": one.finding, "reason": reason}
    return _record_suite(Kind.ERRATUM, one.since, body)


def retire(suite: str, edition: str, on: date, reason: str) -> Entry:
    """An edition of a suite counts no longer from `on`; what it judged before is no evidence from then on."""
    return _record_suite(Kind.RETIRED, on, {"suite": suite, "edition": edition, "reason": reason})


def _record(about: Declaration, kind: Kind, on: date, body: Body) -> Entry:
    with transaction.atomic():
        made = ledger.append([Draft(kind, on, {**ledger.named(about), **body}, about.pk)])
        recompute_current([about.pk])
    return made[0]


def _record_suite(kind: Kind, on: date, body: Body) -> Entry:
    with transaction.atomic():
        made = ledger.append([Draft(kind, on, body, suite=body["suite"])])
        judged = Evidence.objects.filter(suite=body["suite"])
        recompute_current(judged.order_by().values_list("declaration_id", flat=True).distinct())
    return made[0]


def renew(products: "QuerySet[Product]") -> None:
    """A release or a standard changed: what was decided of its products may end on another day."""
    _renew(Entry.objects.filter(declaration__release__product__in=products))


def renew_all() -> None:
    """The same for all products, after an import."""
    _renew(Entry.objects.exclude(declaration=None))


def _renew(rows: "QuerySet[Entry]") -> None:
    keys = rows.exclude(kind=Kind.EVIDENCE).order_by().values_list("declaration_id", flat=True).distinct()
    recompute_current(key for key in keys if key is not None)
