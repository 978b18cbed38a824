"""A certificate as data for programs: the same through REST and on the command line. What is not known is left out."""

from dataclasses import asdict
from datetime import date
from typing import Any

from schnittstellen.catalogue.services.certifying.certificates import PATH, Found
from schnittstellen.catalogue.services.records.shown import known

Told = dict[str, Any]


def told(of: Found, day: date) -> Told:
    """What the certificate says, and how it stands on `day`; `lapses_on` is the first day on which it does not hold."""
    said, release, role = of.certificate, of.declaration.release, of.declaration.role
    document: Told = (
        {}
        if said is None
        else {
            "edition": said.edition,
            "level": int(said.level),
            "tested": int(said.tested),
            "messages": list(said.messages),
            "evidence": [one.report_sha256 for one in said.evidence],
            "confirmations": list(said.confirmations),
            "requirements": None if said.requirements is None else asdict(said.requirements),
        }
    )
    return known(
        {
            "id": of.serial,
            "release": str(release),
            "product_name": release.product.name,
            "vendor": release.product.vendor.key,
            "standard": str(role.version),
            "role": role.key,
            **document,
            "decided_on": of.decision.on,
            "deviations": sorted(of.decision.waived),
            "conditions": [
                known({"text": one.text, "due": one.due, "met_on": one.met_on}) for one in of.decision.duties
            ],
            "on": day,
            "state": str(of.stand.state),
            "holds": of.holds,
            "current_level": int(of.stand.level),
            "lapses_on": of.stand.ends_on,
            "reasons": [{"why": str(one.why), "day": one.day} for one in of.stand.reasons],
            "contested": sorted(of.stand.contested),
            **_signed(of),
            **_revoked(of),
        }
    )


def _signed(of: Found) -> Told:
    if of.signed is None:
        return {"signed": False}
    return {"signed": True, "issued": of.signed.issued, "document": f"/{PATH}/{of.serial}/zertifikat.json"}


def _revoked(of: Found) -> Told:
    return {"revoked": {"since": of.revocation.on, "reason": of.revocation.reason}} if of.revocation else {}
