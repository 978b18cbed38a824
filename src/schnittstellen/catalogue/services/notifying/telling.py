"""A notice as data for programs, with an id that is the same whenever it is sent."""

from hashlib import sha256
from typing import Any

from schnittstellen.catalogue.models import Notice

TYPE = "declaration.ends"


def id_of(one: Notice) -> str:
    """The same for each attempt, another for each subscription."""
    return "ntc_" + sha256(f"{one.subscription.key}|{one.key}".encode()).hexdigest()[:32]


def data(one: Notice) -> dict[str, Any]:
    """What a webhook is told; `level` is what is left from `ends_on` on."""
    of = one.declaration
    return {
        "type": TYPE,
        "timestamp": one.made_at.isoformat(),
        "data": {
            "release": str(of.release),
            "standard": str(of.role.version),
            "role": of.role.key,
            "ends_on": one.ends_on.isoformat(),
            "days_before": one.before,
            "level": one.level,
            "causes": one.causes,
        },
    }
