"""From a decision to a certificate: everything in it follows from the standing, and nothing else can get into it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from schnittstellen.domain.certificate import Certificate, Condition, Support
from schnittstellen.domain.facts import Decision, Facts
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import NotAName, ReleaseName, SuiteName, edition_of
from schnittstellen.domain.standing import Rulings, Standing, confirmation_ends, standing, taken_away, turns
from schnittstellen.domain.verdict import Verdict, is_green


@dataclass(frozen=True, slots=True)
class Identity:
    """What a certificate is about, and who issues it; nothing of it says how well anything is proven."""

    serial: str
    issuer: str
    vendor: str
    release: ReleaseName
    product_name: str
    suite: SuiteName
    url: str = ""


def issued(about: Identity, facts: Facts, terms: Rulings, day: date, supports: Iterable[Support]) -> Certificate | None:
    """The certificate that follows from the decision that stands on `day`; None where none does.

    `supports` describe the evidence; only those count on which the decision rests and that carry it. The certificate
    ends on the first day on which the board's confirmation falls, if nothing is renewed.
    """
    now = standing(facts, terms, day)
    decision = next((one for one in facts.decisions if one.id == now.decision), None)
    if decision is None:
        return None
    evidence = tuple(_carrying(about, facts, decision, day, supports))
    return Certificate(
        serial=about.serial,
        issuer=about.issuer,
        vendor=about.vendor,
        release=about.release,
        product_name=about.product_name,
        standard=about.suite.standard,
        version=about.suite.version,
        role=about.suite.role,
        edition=min((one.edition for one in evidence), key=_numbers, default=""),
        level=now.level,
        issued=day,
        lapses_on=_end(facts, terms, now, decision),
        evidence=evidence,
        messages=tuple(sorted({message for one in evidence for message in one.messages})),
        confirmations=_confirmations(facts, terms, now),
        conditions=tuple(Condition(one.text, one.due) for one in decision.duties if not _met(one.met_on, day)),
        deviations=tuple(sorted(decision.waived)),
        url=about.url,
    )


def _carrying(
    about: Identity, facts: Facts, decision: Decision, day: date, supports: Iterable[Support]
) -> Iterator[Support]:
    """Runs that have passed, or that failed by nothing but what errata, objections or the board have taken away."""
    known = {one.id: one for one in facts.evidence if one.id in decision.evidence and one.on <= day}
    for one in supports:
        if one.report_sha256 not in known or one.suite != str(about.suite):
            continue
        left = set(one.failing) - taken_away(known[one.report_sha256], facts, day)
        if is_green(one.verdict) or (one.failing and not left):
            verdict = one.verdict if is_green(one.verdict) else Verdict.PASSED_WITH_WARNINGS
            yield replace(one, verdict=verdict, failing=())
        elif one.verdict is Verdict.FAILED and left and left <= decision.waived:
            yield replace(one, failing=tuple(sorted(left)))


def _end(facts: Facts, terms: Rulings, now: Standing, decision: Decision) -> date:
    """The first day on which the level falls below what is certified, or the decision's own end."""
    falls = (turn.day for turn in turns(facts, terms, now.day) if turn.level < now.level)
    return min((next(falls, date.max), decision.lapses_on or date.max))


def _confirmations(facts: Facts, terms: Rulings, now: Standing) -> tuple[str, ...]:
    """Those that hold, each once: confirmed again, a confirmation keeps its id."""
    if now.level is not Nachweisstufe.OPERATION:
        return ()
    there = (one for one in facts.confirmations if one.on <= now.day)
    ends = ((one.id, confirmation_ends(one.on, terms)) for one in there)
    return tuple(dict.fromkeys(id for id, end in ends if end is None or now.day < end))


def _met(met_on: date | None, day: date) -> bool:
    return met_on is not None and met_on <= day


def _numbers(edition: str) -> tuple[int, ...]:
    try:
        return edition_of(edition)
    except NotAName:
        return ()
