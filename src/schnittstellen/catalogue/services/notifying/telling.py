"""A notice as data for programs, with an id that is the same whenever it is sent."""

from hashlib import sha256
from typing import Any

from schnittstellen.catalogue.models import Notice

TYPE = "declaration.ends"
TYPES = {
    "document_ended": "certificate.document_ends",
    "document_old": "certificate.renewable",
    "list_ended": "withdrawals.end",
}
"""Of notices whose first cause is that."""


def id_of(one: Notice) -> str:
    """The same for each attempt, another for each subscription."""
    return "ntc_" + sha256(f"{one.subscription.key}|{one.key}".encode()).hexdigest()[:32]


def data(one: Notice) -> dict[str, Any]:
    """What a webhook is told; `level` is what is left from `ends_on` on."""
    of = one.declaration
    named = {"release": str(of.release), "standard": str(of.role.version), "role": of.role.key} if of else {}
    return {
        "type": TYPES.get(_first(one), TYPE),
        "timestamp": one.made_at.isoformat(),
        "data": {
            **named,
            "ends_on": one.ends_on.isoformat(),
            "days_before": one.before,
            "level": one.level,
            "causes": one.causes,
        },
    }


def _first(one: Notice) -> str:
    return str(one.causes[0]["why"]) if one.causes else ""
