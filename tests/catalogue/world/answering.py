"""Releases of the shipped registry as what `domain.exchange` judges."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from schnittstellen.artefacts.library import Library, built_in
from schnittstellen.domain.exchange import Part, Shown, Word
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.verdict import Cause, Verdict
from tests.catalogue.world.reading import files, report

DAY = date(2026, 11, 24)
YEARS = 2
"""How long a proof holds in these tests; older runs of the world are much older."""


def words(release: str) -> list[Word]:
    """What is declared of `product@version`, with what its evidence shows."""
    product, _, version = release.partition("@")
    told = next(one for one in files("products")[product]["releases"] if one["version"] == version)
    return [
        Word(
            release, _part(one["standard"], one["role"]), frozenset(one.get("messages", ())), shown=_shown(release, one)
        )
        for one in told.get("declarations", ())
    ]


@cache
def _part(name: str, role: str) -> Part:
    standard = Library((built_in(),)).standard(name)
    played = next(one for one in standard.roles if one.id == role)
    key, _, version = name.partition("@")
    sends, receives = frozenset(played.sends), frozenset(played.receives)
    return Part(key, version, role, sends, receives, ends=standard.in_force_until)


def _shown(release: str, declared: dict[str, Any]) -> tuple[Shown, ...]:
    rows = files("evidence").get(release, {}).get("evidence", ())
    return tuple(
        found
        for order, one in enumerate(rows)
        if (one["standard"], one["role"]) == (declared["standard"], declared["role"])
        for found in _of_report(order, one)
    )


def _of_report(order: int, one: dict[str, Any]) -> Iterator[Shown]:
    document = report(one["report"])
    on = one["attached"].date()
    endpoint = one["standard"].startswith("oparl")
    pair = "against" in one
    reach = Nachweisstufe.PAIR if pair else Nachweisstufe.ENDPOINT if endpoint else Nachweisstufe.MESSAGES
    cause = Cause(document["cause"]) if document.get("cause") else None
    seen = {result.get("message") for result in document["results"] if result["verdict"] == "passed"} - {None}
    proof = Proof(reach, Verdict(document["verdict"]), on, cause, on.replace(year=on.year + YEARS), order)
    yield Shown(proof, frozenset({"*"} if endpoint else seen), one.get("against"))
