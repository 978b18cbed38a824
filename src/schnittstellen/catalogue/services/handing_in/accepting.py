"""Accepting a hand-in: nothing of it is believed. All reasons against it at once, or evidence and a receipt."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.attest.verifying import Claim, Demands, VerifiedReport, examined
from schnittstellen.catalogue.models import Declaration, Entry, Evidence, HandIn, IssuedOrder
from schnittstellen.catalogue.services import audit, finding, signing_keys
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.evidence import Attachment, append
from schnittstellen.catalogue.services.handing_in import covering, keeping, orders, pairing, times
from schnittstellen.catalogue.services.handing_in.rejudging import Judged, judged_again, other_artefacts
from schnittstellen.catalogue.services.handing_in.sent import Sent, demand_sizes
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import NOTE
from schnittstellen.domain.refusals import (
    NOT_DECLARED,
    ORDER_INCOMPLETE,
    ORDER_REPLAYED,
    ORDER_UNKNOWN,
    REPLAYED_REPORT,
    RETIRED_SUITE,
    Refusal,
    Refused,
    refuse,
)
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict

MOST_OF_A_KIND = 20
NO_HAND_IN = Fault(
    "F410",
    N_("Diese Einreichung gibt es nicht."),
    N_("Ihre Einreichungen stehen unter „Mein Bereich“ bei Ihrer Firma."),
    http=404,
)

Judge = Callable[[Sent, Report, Suite, Library], Judged]


def judged_here(sent: Sent, report: Report, suite: Suite, library: Library) -> Judged:
    """Our own run, in this process."""
    return judged_again(report, suite, sent.inputs, library)


@dataclass(frozen=True, slots=True)
class How:
    """How a hand-in is judged, the key of its receipt, and what is done in the transaction that accepts it."""

    judge: Judge = judged_here
    key: str = ""
    accepted: Callable[[HandIn], object] = lambda _made: None


HERE = How()


@dataclass(frozen=True, slots=True)
class Looked:
    """A hand-in that was looked at: what it is about, what it says, what we judged again, by which order."""

    declaration: Declaration
    verified: VerifiedReport
    judged: Judged
    order: IssuedOrder | None
    partner: "Looked | None" = None
    partner_sent: Sent | None = None

    @property
    def counting(self) -> tuple[int, ...]:
        """Of the results that may speak for the product: of a pair none, unless both sides agree."""
        if self.partner is None:
            return self.positions
        whole = all(len(one.positions) == one.total for one in (self, self.partner))
        agreed = whole and pairing.agreed(self.verified.report, self.partner.verified.report)
        return self.positions if agreed else ()

    @property
    def positions(self) -> tuple[int, ...]:
        """Of the results that we judged again."""
        return tuple(sorted(self.judged.same))

    @property
    def total(self) -> int:
        """How many results the suite gave."""
        suite = str(self.declaration.role)
        return sum(one.suite == suite for one in self.verified.report.results)


def hand_in(viewer: Viewer, sent: Sent, library: Library, now: datetime, how: How = HERE) -> tuple[HandIn, bool]:
    """The receipt, and whether it is a new one. What was handed in before is told again and changes nothing.

    Raises `SchnittstellenError` (F120, F121, F144, F411), and `Refused` with every reason.
    """
    looked = _looked(demanded(viewer, sent), library, now, how.judge)
    with transaction.atomic():
        earlier = _alone(looked, sent.sha256)
        made = earlier or _accepted(looked, sent, now, how.key)
        how.accepted(made)
    return made, earlier is None


def demanded(viewer: Viewer, sent: Sent) -> Sent:
    """The same by the name of the release today. Raises `SchnittstellenError` (F120, F121, F144, F411)."""
    release = finding.release(sent.release)
    own_vendor(viewer, release.product.vendor.key)
    demand_sizes(sent)
    partner = sent.partner
    if partner is not None:
        partner = replace(partner, release=str(finding.release(partner.release)))
    return replace(sent, release=str(release), partner=partner)


def first_look(viewer: Viewer, sent: Sent, library: Library, now: datetime) -> HandIn | None:
    """Whatever can be said without judging; the receipt where it was handed in before.

    Raises `SchnittstellenError` (F120, F121, F144, F411), and `Refused` with every reason found so far.
    """
    looked = _looked(demanded(viewer, sent), library, now, None)
    return _receipt(looked.declaration, sent.sha256)


def _looked(sent: Sent, library: Library, now: datetime, judge: Judge | None) -> Looked:
    """Look at everything; without `judge` at all but what our own run would say. Raises `Refused`."""
    looked, reasons = _side(sent, sent, library, now, judge)
    if sent.partner is None:
        reasons += pairing.alone(looked.verified.report)
    else:
        theirs = replace(sent.partner, order=looked.order.key if looked.order else "", inputs=sent.inputs)
        partner, more = _side(theirs, sent, library, now, judge)
        sides = (sent, looked.verified), (theirs, partner.verified)
        reasons += [*more, *pairing.disagreements(*sides), *pairing.unnamed(*sides)]
        looked = replace(looked, partner=partner, partner_sent=theirs)
    refuse(_some_of_each(reasons))
    return looked


def _side(
    sent: Sent, whole: Sent, library: Library, now: datetime, judge: Judge | None
) -> tuple[Looked, list[Refusal]]:
    """One report, and why it is refused; `whole` is all that was sent. Raises `Refused` where nothing can be said."""
    of, suite = orders.declared(sent.release, sent.suite), _suite(sent.suite, library)
    if of is None or suite is None:
        raise Refused([Refusal(NOT_DECLARED, {"release": sent.release, "suite": sent.suite})])
    earlier = _receipt(of, sent.sha256)
    order, reasons = (earlier.order if earlier else None), list[Refusal]()
    if earlier is None:
        order, reasons = _ordered(of, sent, whole)
    verified, found = _examined(of, sent, suite, now, None if earlier else order)
    reasons += [*times.out_of_time(sent, order, now), *times.too_early(verified, order, now)]
    usable = [use for use in verified.report.suites if (use.name, use.sha256) == (suite.name, suite.sha256)]
    reasons += [*found, *_retired(suite, now), *(keeping.personal(sent) if sent is whole else ())]
    judged = Judged()
    if usable and earlier is None:
        reasons += [*other_artefacts(usable[0], library), *covering.overclaimed(verified.report, usable[0], suite)]
        own = pairing.own_inputs(sent, verified.report) if whole.partner else sent
        judged = judge(own, verified.report, suite, library) if judge else judged
    looked = Looked(of, verified, judged, order)
    enough = judge is None or earlier is not None or bool(judged.refusals)
    return looked, [*reasons, *judged.refusals, *(() if enough else _incomplete(looked))]


def _some_of_each(reasons: list[Refusal]) -> list[Refusal]:
    """A report of thousands of results can be wrong in thousands of places; the first of each kind will do."""
    seen = Counter[str]()
    kept = []
    for one in reasons:
        seen[one.fault.code] += 1
        kept += [one] if seen[one.fault.code] <= MOST_OF_A_KIND else []
    return kept


def _suite(name: str, library: Library) -> Suite | None:
    try:
        return next((one for one in library.suites_named(name) if one.name == name), None)
    except NotKnown:
        return None


def _ordered(of: Declaration, sent: Sent, whole: Sent) -> tuple[IssuedOrder | None, list[Refusal]]:
    """The order that is to be fulfilled: the one that is named, else the one that the report names, if it is ours.

    Where two products were tested together, an order for either of them.
    """
    named = sent.order or _noted(sent.report)
    found = orders.of_release(of.release, named)
    other = whole.partner if sent is whole else whole
    if found is None and other is not None and (theirs := orders.declared(other.release, other.suite)):
        found = orders.of_release(theirs.release, named)
    if found is None and sent.order:
        return None, [Refusal(ORDER_UNKNOWN, {"order": sent.order[:100], "release": sent.release})]
    return found, []


def _noted(report: bytes) -> str:
    try:
        return str(json.loads(report)["notes"][NOTE])[:100].replace("\0", "")
    except (ValueError, LookupError, TypeError, RecursionError):
        return ""


def _examined(
    of: Declaration, sent: Sent, suite: Suite, now: datetime, order: IssuedOrder | None
) -> tuple[VerifiedReport, list[Refusal]]:
    used = [order.key] if order is not None and hasattr(order, "hand_in") else []
    claim = Claim(
        owner=of.release.product.vendor.key,
        release=ReleaseName.of(sent.release),
        suite=sent.suite,
        order=None if order is None else orders.order_of(order),
        payloads=sent.payloads,
    )
    demands = Demands(now.date(), {suite.name: {suite.edition: suite.sha256}}, orders=used)
    return examined(sent.envelope, sent.report, claim, demands, signing_keys.trust())


def _retired(suite: Suite, now: datetime) -> list[Refusal]:
    rows = Entry.objects.filter(kind=Entry.Kind.RETIRED, suite=suite.name, on__lte=now.date())
    return [
        Refusal(RETIRED_SUITE, {"suite": suite.name, "edition": suite.edition, "day": row.on.isoformat()})
        for row in rows
        if json.loads(bytes(row.body))["edition"] == suite.edition
    ][:1]


def _incomplete(looked: Looked) -> list[Refusal]:
    """A run by an order is believed only as a whole."""
    order, judged = looked.order, len(looked.judged.same)
    if order is None or judged == looked.total:
        return []
    return [Refusal(ORDER_INCOMPLETE, {"order": order.key, "judged": str(judged), "total": str(looked.total)})]


def _alone(looked: Looked, sha256: str) -> HandIn | None:
    """Waits for others who hand in for the same; the receipt of the same report where there is one by now.

    Raises `Refused` where the order was used up meanwhile, or the report is evidence by another way.
    """
    sides = [looked, *([looked.partner] if looked.partner else [])]
    for pk in sorted(one.declaration.pk for one in sides):
        Declaration.objects.select_for_update(no_key=True).get(pk=pk)
    found = _receipt(looked.declaration, sha256)
    if found is not None:
        return found
    reasons = []
    if looked.order is not None and HandIn.objects.filter(order=looked.order).exists():
        reasons.append(Refusal(ORDER_REPLAYED, {"order": looked.order.key}))
    if any(_is_evidence(one) for one in sides):
        reasons.append(Refusal(REPLAYED_REPORT))
    refuse(reasons)
    return None


def _is_evidence(one: Looked) -> bool:
    return Evidence.objects.filter(declaration=one.declaration, report_sha256=one.verified.sha256).exists()


def _accepted(looked: Looked, sent: Sent, now: datetime, key: str) -> HandIn:
    sides = [(looked, sent)]
    if looked.partner and looked.partner_sent:
        turned = replace(looked.partner, partner=looked)
        sides.append((turned, looked.partner_sent))
    rows = append([_attachment(*side, now) for side in sides])
    made = [
        _receipted(row, *side, now, key if not at else "")
        for at, (row, side) in enumerate(zip(rows, sides, strict=True))
    ]
    keeping.keep(made[0], sent, now.date())
    return made[0]


def _attachment(looked: Looked, sent: Sent, now: datetime) -> Attachment:
    report, version = looked.verified.report, looked.declaration.role.version
    return Attachment(
        looked.declaration.pk,
        sent.report,
        report,
        next(one for one in report.suites if one.name == sent.suite),
        now,
        version.standard.kind,
        version.in_force_until,
        counterpart=looked.partner.declaration.release_id if looked.partner else None,
        judged=looked.counting,
        order=looked.order.key if looked.order else "",
    )


def _receipted(row: Evidence, looked: Looked, sent: Sent, now: datetime, key: str) -> HandIn:
    """The receipt; an order is fulfilled by one, that of whoever handed in."""
    free = looked.order is not None and not HandIn.objects.filter(order=looked.order).exists()
    made = HandIn.objects.create(
        evidence=row,
        envelope=sent.envelope,
        key_id=looked.verified.key.id,
        by=audit.actor(),
        at=now,
        claimed=str(looked.verified.report.verdict),
        judged=len(looked.positions),
        total=looked.total,
        order=looked.order if free else None,
        **({"key": key} if key else {}),
    )
    product = looked.declaration.release.product.key
    audit.note("products", product, {"hand_in": {}}, {"hand_in": {made.key: sent.sha256}})
    return made


def without_order(one: HandIn) -> bool:
    """Whether nothing counts for the product because it was recorded without an order."""
    row = one.evidence
    return not row.order and bool(row.judged) and row.verdict == Verdict.NOT_TESTED


def receipt(viewer: Viewer, key: str) -> HandIn:
    """An own receipt; the board and the operator find all. Raises `SchnittstellenError` (F410)."""
    found = _related().filter(key=key).first()
    own = found is not None and found.evidence.declaration.release.product.vendor.key == viewer.vendor
    if found is None or not (own or viewer.board or viewer.operator):
        raise SchnittstellenError(NO_HAND_IN)
    return found


def listed(viewer: Viewer, vendor: str) -> "QuerySet[HandIn]":
    """The hand-ins of a vendor, the newest first. Raises `SchnittstellenError` (F144)."""
    return _related().filter(evidence__declaration__release__product__vendor__key=own_vendor(viewer, vendor))


def _receipt(of: Declaration, sha256: str) -> HandIn | None:
    return _related().filter(evidence__declaration=of, evidence__report_sha256=sha256).first()


def _related() -> "QuerySet[HandIn]":
    return HandIn.objects.select_related(
        "evidence__declaration__release__product__vendor",
        "evidence__declaration__role__version__standard",
        "evidence__counterpart__product",
        "order",
    ).defer("envelope")
