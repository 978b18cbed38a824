"""Objections (Widersprüche): one finding of one piece of evidence, contested by the vendor.

While it is open, evidence that depends on the finding does not count. Upheld, it becomes an erratum of the suite and
the finding counts for no product; rejected, it counts again.
"""

import json
from collections.abc import Iterable
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from schnittstellen.catalogue.models import Contest, Entry, Evidence
from schnittstellen.catalogue.services import audit, recording
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.facts import Objection
from schnittstellen.domain.texts import N_

MOST = 5_000
NOT_CONTESTABLE = Fault(
    "F397",
    N_("Gegen {finding} ist hier kein Widerspruch möglich."),
    N_("Möglich ist er einmal gegen jeden Befund, wegen dem ein Lauf nicht bestanden ist."),
    http=422,
)
NO_CONTEST = Fault(
    "F398",
    N_("Diesen Widerspruch gibt es nicht."),
    N_("Alle Widersprüche stehen auf der Seite „Widersprüche“."),
    http=404,
)
DECIDED = Fault(
    "F399",
    N_("Über diesen Widerspruch ist schon entschieden."),
    N_("Laden Sie die Seite neu; dort steht die Entscheidung."),
    http=409,
)
NO_REASON = Fault(
    "F401",
    N_("Es fehlt die Begründung, oder sie ist länger als {most} Zeichen."),
    N_("Schreiben Sie in wenigen Sätzen, warum."),
    http=422,
)
FAULTS = (NOT_CONTESTABLE, NO_CONTEST, DECIDED, NO_REASON)


def not_contestable(finding: str) -> SchnittstellenError:
    """F397, to be raised."""
    return SchnittstellenError(NOT_CONTESTABLE, finding=finding[:100] or "–")


def contestable(of: Evidence) -> list[str]:
    """The findings of a failed run that nobody contested yet, none of which an erratum has taken away."""
    gone = {one.finding for one in Contest.objects.filter(evidence=of)} | errata((of.suite,)).keys()
    return [one for one in of.failing if one not in gone] if of.verdict == "failed" else []


def contest(viewer: Viewer, of: Evidence, finding: str, reason: str, day: date) -> Contest:
    """The vendor contests a finding of own evidence. Raises `SchnittstellenError` (F144, F397, F401)."""
    own_vendor(viewer, of.declaration.release.product.vendor.key)
    demand_reason(reason)
    if finding not in contestable(of):
        raise not_contestable(finding)
    try:
        with transaction.atomic():
            made = Contest.objects.create(evidence=of, finding=finding, reason=reason.strip(), raised_on=day)
            recording.object_to(of.declaration, Objection(made.key, of.report_sha256, finding, day))
            note(made, None, {"finding": finding, "evidence": of.report_sha256})
    except IntegrityError:
        raise not_contestable(finding) from None
    return made


def one(key: str) -> Contest:
    """The objection of that key. Raises `SchnittstellenError` (F398)."""
    found = related().filter(key=key).first()
    if found is None:
        raise SchnittstellenError(NO_CONTEST)
    return found


def listed(day: date) -> "QuerySet[Contest]":
    """All objections that were there on `day`, the newest first; those not decided come before."""
    rows = related().filter(raised_on__lte=day)
    return rows.order_by(F("decided_on").desc(nulls_first=True), "-raised_on", "-pk")


def as_of(of: Contest, day: date) -> Contest:
    """As it stood on `day`: what was decided later is not told. Not to be saved."""
    if of.decided_on is not None and of.decided_on > day:
        of.decided_on, of.upheld, of.answer = None, None, ""
    return of


def of_evidence(rows: Iterable[Evidence], day: date) -> list[Contest]:
    """The objections against any of `rows` as they stood on `day`."""
    found = related().filter(evidence__in=[one.pk for one in rows], raised_on__lte=day)
    return [as_of(one, day) for one in found]


def may_read_reason(viewer: Viewer, of: Contest) -> bool:
    """The vendor's own words are for the vendor and those who decide."""
    return viewer.board or viewer.operator or viewer.vendor == of.evidence.declaration.release.product.vendor.key


def errata(suites: Iterable[str]) -> dict[str, date]:
    """The findings that suites should not make, and since when they count no longer."""
    rows = Entry.objects.filter(kind=Entry.Kind.ERRATUM, suite__in=list(suites)).order_by("number")
    return {json.loads(bytes(body))["finding"]: on for body, on in rows.values_list("body", "on")}


def related() -> "QuerySet[Contest]":
    """Objections with what pages say of them."""
    return Contest.objects.select_related(
        "evidence__declaration__release__product__vendor", "evidence__declaration__role__version__standard"
    )


def demand_reason(text: str) -> None:
    """Raises `SchnittstellenError` (F401)."""
    if not text.strip() or len(text) > MOST:
        raise SchnittstellenError(NO_REASON, most=str(MOST))


def note(of: Contest, before: object, after: object) -> None:
    """Into the log that the vendor and the board read."""
    audit.note(
        "products",
        of.evidence.declaration.release.product.key,
        {"contest": {of.key: before}},
        {"contest": {of.key: after}},
    )
