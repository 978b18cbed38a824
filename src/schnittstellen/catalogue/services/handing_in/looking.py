"""Looking at a hand-in: nothing of it is believed; every reason against it is told at once."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.attest.verifying import Claim, Demands, VerifiedReport, examined
from schnittstellen.catalogue.models import Declaration, Entry, IssuedOrder
from schnittstellen.catalogue.services import signing_keys
from schnittstellen.catalogue.services.handing_in import covering, keeping, orders, pairing, times
from schnittstellen.catalogue.services.handing_in.receipts import receipt_of
from schnittstellen.catalogue.services.handing_in.rejudging import Judged, judged_again, other_artefacts
from schnittstellen.catalogue.services.handing_in.sent import Sent
from schnittstellen.domain.days import day_of
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.orders import NOTE
from schnittstellen.domain.refusals import (
    NOT_DECLARED,
    ORDER_INCOMPLETE,
    ORDER_UNKNOWN,
    RETIRED_SUITE,
    Refusal,
    Refused,
    refuse,
)
from schnittstellen.domain.report import Report
from schnittstellen.domain.suite import Suite

MOST_OF_A_KIND = 20
Judge = Callable[[Sent, Report, Suite, Library], Judged]


def judged_here(sent: Sent, report: Report, suite: Suite, library: Library) -> Judged:
    """Our own run, in this process."""
    return judged_again(report, suite, sent.inputs, library)


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


def look(sent: Sent, library: Library, now: datetime, judge: Judge | None) -> Looked:
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
    earlier = receipt_of(of, sent.sha256)
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
    demands = Demands(day_of(now), {suite.name: {suite.edition: suite.sha256}}, orders=used)
    return examined(sent.envelope, sent.report, claim, demands, signing_keys.trust())


def _retired(suite: Suite, now: datetime) -> list[Refusal]:
    rows = Entry.objects.filter(kind=Entry.Kind.RETIRED, suite=suite.name, on__lte=day_of(now))
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
