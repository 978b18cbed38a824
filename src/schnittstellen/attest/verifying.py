"""Verifying a signed report before anything of it is believed; that its run is judged again happens elsewhere."""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from schnittstellen.attest.envelope import STATEMENT, opened
from schnittstellen.attest.signing import PREDICATE, TYPE, statement
from schnittstellen.domain.consistency import contradictions
from schnittstellen.domain.days import day_of
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.naming import NotAName, ReleaseName, edition_of
from schnittstellen.domain.orders import Order, redeemed
from schnittstellen.domain.refusals import (
    FROM_THE_FUTURE,
    NOT_OF_SCHEMA,
    OLDER_SUITE,
    OTHER_PAYLOAD,
    OTHER_PRODUCT,
    OTHER_REPORT,
    OTHER_ROLE,
    OTHER_SUITE,
    OTHER_TYPE,
    OTHER_VERDICT,
    REPLAYED_REPORT,
    TOO_OLD,
    Refusal,
    Refused,
    refuse,
)
from schnittstellen.domain.report import Report, SuiteUse
from schnittstellen.domain.trust import PublicKey, Purpose, Trust, objections, short
from schnittstellen.formats.attested import NotAttested, unambiguous
from schnittstellen.formats.report_json import read_report

_TOLD = ("result", "configuration", "passedTests", "warnedTests", "failedTests")
"""What a statement tells of its report, the most telling first: what else differs follows from it."""
_MOST_NAMES, _MOST_SIGNS = 5, 120


@dataclass(frozen=True, slots=True)
class Claim:
    """What a hand-in says it is about: whose release, in which role (`suite`: `standard@version/role`), by which order.

    `payloads` are the digests of files handed in with it, by their names.
    """

    owner: str
    release: ReleaseName
    suite: str
    order: Order | None = None
    payloads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Demands:
    """What is accepted on day `today`.

    `editions` maps a suite to its accepted editions and their digests. `seen` are digests of reports handed in before,
    `orders` the ids of orders that were fulfilled. A run may be `most_days` old (None: any).
    """

    today: date
    editions: Mapping[str, Mapping[str, str]]
    seen: Collection[str] = ()
    orders: Collection[str] = ()
    most_days: int | None = None


@dataclass(frozen=True, slots=True)
class VerifiedReport:
    """A report whose signature, owner, subject and suite are what they claim to be."""

    report: Report
    sha256: str
    key: PublicKey
    run_on: date


def verify_report(envelope: bytes, data: bytes, claim: Claim, demands: Demands, trust: Trust) -> VerifiedReport:
    """Verify that `envelope` vouches for the report `data` and that it is what `claim` says.

    Raises `Refused` with every reason that can be found; what is not signed by a known key is not looked at further.
    """
    found, reasons = examined(envelope, data, claim, demands, trust)
    refuse(reasons)
    return found


def examined(
    envelope: bytes, data: bytes, claim: Claim, demands: Demands, trust: Trust
) -> tuple[VerifiedReport, list[Refusal]]:
    """The report and every reason to refuse it, for who wants to find further ones.

    Raises `Refused` where it cannot be looked at further.
    """
    found = opened(envelope, STATEMENT, trust)
    said = _statement(found.value())
    sha256 = hashlib.sha256(data).hexdigest()
    purpose, today = Purpose.ORGANISATION, demands.today
    reasons = [*objections(found.key, trust, signed=today, today=today, purpose=purpose, owner=claim.owner)]
    reasons += _subject(said, claim, sha256)
    if sha256 in demands.seen:
        reasons.append(Refusal(REPLAYED_REPORT))
    report = _report(data, reasons)
    reasons += _verdicts(report, said, statement(report, data, claim.release))
    reasons += _suite(report, claim, demands)
    reasons += _payloads(report, claim)
    run_on = _day(report)
    reasons += _time(run_on, demands)
    if claim.order is not None:
        reasons += redeemed(claim.order, report.notes, seeds(report), received=today, used=demands.orders)
    return VerifiedReport(report, sha256, found.key, run_on), reasons


def seeds(report: Report) -> frozenset[str]:
    """The start values that steps of the run recorded."""
    return frozenset(step.notes["seed"] for one in report.results for step in one.steps if "seed" in step.notes)


def _statement(value: Any) -> Mapping[str, Any]:
    """The statement, as far as it is one of ours. Raises `Refused`."""
    kind = (value.get("_type"), value.get("predicateType")) if isinstance(value, Mapping) else (None, None)
    if kind != (TYPE, PREDICATE):
        raise Refused([Refusal(OTHER_TYPE, {"expected": PREDICATE, "found": str(kind[1])[:100]})])
    try:
        _shape(value)
    except (KeyError, TypeError, ValueError):
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": "in-toto Statement v1"})]) from None
    checked: Mapping[str, Any] = value
    return checked


def _shape(value: Mapping[str, Any]) -> None:
    if len(value["subject"]) != 2 or value["predicate"]["result"] not in ("PASSED", "WARNED", "FAILED"):
        raise ValueError
    for one in (*value["subject"], *value["predicate"]["configuration"]):
        if not isinstance(one["name"], str) or not isinstance(one["digest"]["sha256"], str):
            raise TypeError


def _subject(said: Mapping[str, Any], claim: Claim, sha256: str) -> Iterator[Refusal]:
    release, report = said["subject"]
    if (release["name"], release["digest"]["sha256"]) != (str(claim.release), claim.release.sha256):
        yield Refusal(OTHER_PRODUCT, {"found": release["name"][:200], "expected": str(claim.release)})
    if report["digest"]["sha256"] != sha256:
        yield Refusal(OTHER_REPORT, {"expected": short(report["digest"]["sha256"]), "found": short(sha256)})


def _report(data: bytes, reasons: list[Refusal]) -> Report:
    """The report; one with a name twice is none, because other readers would read another verdict in it."""
    try:
        unambiguous(data)
        return read_report(data.decode("utf-8"), "report.json")
    except (SchnittstellenError, NotAttested):
        raise Refused([*reasons, Refusal(NOT_OF_SCHEMA, {"reason": "schnittstellen.report/1"})]) from None


def _verdicts(report: Report, said: Mapping[str, Any], true: Mapping[str, Any]) -> Iterator[Refusal]:
    claimed, found = said["predicate"], true["predicate"]
    apart = [name for name in _TOLD if claimed.get(name) != found[name]]
    if apart:
        names = [f"predicate/{name}" for name in apart]
        yield _verdict(*_difference(claimed.get(apart[0]), found[apart[0]]), ", ".join(names))
    for one in contradictions(report):
        yield _verdict(one.claimed, one.found, one.place)


def _difference(claimed: Any, found: Any) -> tuple[str, str]:
    """Two values in words; of lists what only one of them has."""
    one, other = _entries(claimed), _entries(found)
    only = [name for name in one if name not in other], [name for name in other if name not in one]
    return _listed(only[0]), _listed(only[1])


def _entries(value: Any) -> list[str]:
    if not isinstance(value, list):
        return [str(value)[:_MOST_SIGNS]]
    named = (f"{one['name']} {short(one['digest']['sha256'])}" if isinstance(one, Mapping) else one for one in value)
    return [str(one)[:_MOST_SIGNS] for one in named]


def _listed(names: list[str]) -> str:
    told = ", ".join(names[:_MOST_NAMES]) or "–"
    return f"{told}, …" if len(names) > _MOST_NAMES else told


def _verdict(claimed: str, found: str, place: str) -> Refusal:
    return Refusal(OTHER_VERDICT, {"claimed": claimed, "found": found, "place": place})


def _suite(report: Report, claim: Claim, demands: Demands) -> Iterator[Refusal]:
    names = {one.name for one in report.suites} | {one.suite for one in report.results if one.suite is not None}
    if names != {claim.suite}:
        yield Refusal(OTHER_ROLE, {"found": ", ".join(sorted(names)) or "–", "expected": claim.suite})
    for one in report.suites:
        if one.name == claim.suite:
            yield from _edition(one, demands.editions.get(one.name, {}))


def _edition(used: SuiteUse, accepted: Mapping[str, str]) -> Iterator[Refusal]:
    if accepted.get(used.edition) == used.sha256:
        return
    newest = max(accepted, key=_numbers, default="–")
    if used.edition not in accepted and _numbers(used.edition) < _numbers(newest):
        yield Refusal(OLDER_SUITE, {"suite": used.name, "found": used.edition, "expected": newest})
    else:
        yield Refusal(OTHER_SUITE, {"suite": used.name, "edition": used.edition, "found": short(used.sha256)})


def _numbers(edition: str) -> tuple[int, ...]:
    try:
        return edition_of(edition)
    except NotAName:
        return ()


def _payloads(report: Report, claim: Claim) -> Iterator[Refusal]:
    tested = {one.sha256 for one in report.results}
    for name, sha256 in sorted(claim.payloads.items()):
        if sha256 not in tested:
            yield Refusal(OTHER_PAYLOAD, {"name": name, "found": short(sha256)})


def _day(report: Report) -> date:
    try:
        return day_of(datetime.fromisoformat(report.started))
    except (ValueError, OverflowError):
        raise Refused([Refusal(NOT_OF_SCHEMA, {"reason": "timing/started"})]) from None


def _time(run_on: date, demands: Demands) -> Iterator[Refusal]:
    if run_on > demands.today:
        yield Refusal(FROM_THE_FUTURE, {"found": run_on.isoformat(), "day": demands.today.isoformat()})
    if demands.most_days is not None and run_on < demands.today - timedelta(days=demands.most_days):
        oldest = demands.today - timedelta(days=demands.most_days)
        yield Refusal(TOO_OLD, {"found": run_on.isoformat(), "day": oldest.isoformat()})
