"""Written forms of facts in the chain of records <-> `domain.facts`; each has a `kind` and the day `on` it counts from.

Reading takes what was written: the chain is appended to by us alone, and each body is covered by its digest.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from schnittstellen.domain.facts import (
    Confirmation,
    Decision,
    Deviation,
    Duty,
    Edition,
    Erratum,
    Objection,
    Revocation,
)

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """What the chain tells beyond evidence."""

    decisions: tuple[Decision, ...] = ()
    revocations: tuple[Revocation, ...] = ()
    objections: tuple[Objection, ...] = ()
    errata: tuple[Erratum, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    retired: Mapping[Edition, date] = field(default_factory=dict)


def told_from(bodies: Iterable[Body]) -> Told:
    """The facts that bodies of one declaration and its suites tell."""
    of: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        of[body["kind"]].append(body)
    return Told(
        decisions=tuple(_decision(one, of["duty_met"]) for one in of["decision"]),
        revocations=tuple(
            Revocation(one["decision"], _on(one), one["reason"], one.get("why", "ceased")) for one in of["revocation"]
        ),
        objections=tuple(_objection(one, of["objection_decided"]) for one in of["objection"]),
        errata=tuple(Erratum(one["suite"], one["finding"], _on(one)) for one in of["erratum"]),
        confirmations=tuple(Confirmation(one["id"], one["municipality"], _on(one)) for one in of["confirmation"]),
        deviations=tuple(_deviation(one, of["deviation_closed"]) for one in of["deviation"]),
        retired={(one["suite"], one["edition"]): _on(one) for one in of["retired"]},
    )


def _decision(body: Body, met: list[Body]) -> Decision:
    days = {one["duty"]: _on(one) for one in met if one["decision"] == body["id"]}
    duties = (Duty(one["text"], _day(one["due"]), days.get(number)) for number, one in enumerate(body["duties"]))
    return Decision(
        body["id"],
        _on(body),
        body["granted"],
        body["votes"],
        frozenset(body["evidence"]),
        _day(body["lapses_on"]),
        frozenset(body["waived"]),
        tuple(duties),
    )


def _objection(body: Body, decided: list[Body]) -> Objection:
    end = next((one for one in decided if one["objection"] == body["id"]), None)
    day, upheld = (_on(end), end["upheld"]) if end else (None, False)
    return Objection(body["id"], body["evidence"], body["finding"], _on(body), day, upheld)


def _deviation(body: Body, closed: list[Body]) -> Deviation:
    end = next((_on(one) for one in closed if one["deviation"] == body["id"]), None)
    return Deviation(body["id"], body["municipality"], _on(body), end)


def _on(body: Body) -> date:
    return date.fromisoformat(body["on"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def decision_written(one: Decision) -> Body:
    """A decision, without the day it counts from and without what was met of its duties since."""
    return {
        "id": one.id,
        "granted": one.granted,
        "votes": one.votes,
        "evidence": sorted(one.evidence),
        "lapses_on": one.lapses_on.isoformat() if one.lapses_on else None,
        "waived": sorted(one.waived),
        "duties": [{"text": it.text, "due": it.due.isoformat() if it.due else None} for it in one.duties],
    }
