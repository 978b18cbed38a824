"""Accepting a hand-in: evidence and a receipt, or all reasons against it at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from schnittstellen.artefacts.library import Library
from schnittstellen.catalogue.models import Declaration, Evidence, HandIn
from schnittstellen.catalogue.services import audit, finding
from schnittstellen.catalogue.services.changes import own_vendor
from schnittstellen.catalogue.services.evidence import Attachment, append
from schnittstellen.catalogue.services.handing_in import keeping
from schnittstellen.catalogue.services.handing_in.looking import Judge, Looked, judged_here, look
from schnittstellen.catalogue.services.handing_in.receipts import receipt_of
from schnittstellen.catalogue.services.handing_in.sent import Sent, demand_sizes
from schnittstellen.catalogue.services.viewer import Viewer
from schnittstellen.domain.days import day_of
from schnittstellen.domain.refusals import (
    ORDER_REPLAYED,
    REPLAYED_REPORT,
    Refusal,
    refuse,
)


@dataclass(frozen=True, slots=True)
class How:
    """How a hand-in is judged, the key of its receipt, and what is done in the transaction that accepts it."""

    judge: Judge = judged_here
    key: str = ""
    accepted: Callable[[HandIn], object] = lambda _made: None


HERE = How()


def hand_in(viewer: Viewer, sent: Sent, library: Library, now: datetime, how: How = HERE) -> tuple[HandIn, bool]:
    """The receipt, and whether it is a new one. What was handed in before is told again and changes nothing.

    Raises `SchnittstellenError` (F120, F121, F144, F411), and `Refused` with every reason.
    """
    looked = look(demanded(viewer, sent), library, now, how.judge)
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
    looked = look(demanded(viewer, sent), library, now, None)
    return receipt_of(looked.declaration, sent.sha256)


def _alone(looked: Looked, sha256: str) -> HandIn | None:
    """Waits for others who hand in for the same; the receipt of the same report where there is one by now.

    Raises `Refused` where the order was used up meanwhile, or the report is evidence by another way.
    """
    sides = [looked, *([looked.partner] if looked.partner else [])]
    for pk in sorted(one.declaration.pk for one in sides):
        Declaration.objects.select_for_update(no_key=True).get(pk=pk)
    found = receipt_of(looked.declaration, sha256)
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
    keeping.keep(made[0], sent, day_of(now))
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
