"""Evidence: appended here and nowhere else. Verdict, reach and messages follow from the report; nobody types them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from schnittstellen.catalogue.models import (
    Current,
    Declaration,
    Entry,
    Evidence,
    Release,
    Standing,
    StoredReport,
)
from schnittstellen.catalogue.services import facts, ledger, outlining
from schnittstellen.catalogue.services.board_terms import terms
from schnittstellen.catalogue.services.outlines import falls, looks, spans
from schnittstellen.catalogue.services.words import CHUNK
from schnittstellen.domain.exchange import Shown, telling
from schnittstellen.domain.judged_again import counted
from schnittstellen.domain.levels import Nachweisstufe, Proof
from schnittstellen.domain.report import Report, Result, SuiteUse
from schnittstellen.domain.verdict import Cause, Verdict, gravest, is_green
from schnittstellen.formats.fact_records import Body

ALL = "*"
Name = tuple[int, str, str]
"""A piece of evidence: primary key of its declaration, digest of the report, suite."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A report for one declaration: `document` is its bytes, `report` what they say, `suite` the one that counts here.

    `kind` and `ends` are of the version of the standard: "xml" or "openapi", and the last day of force. `judged` are
    the positions of the results that we judged again, where somebody else made the report; of those that passed, only
    these count. `order` is the id of the test order by which such a run was made.
    """

    declaration: int
    document: bytes
    report: Report
    suite: SuiteUse
    attached_at: datetime
    kind: str
    ends: date | None = None
    counterpart: int | None = None
    judged: tuple[int, ...] | None = None
    order: str = ""

    @property
    def counted(self) -> Report:
        """What of the report counts."""
        return self.report if self.judged is None else counted(self.report, self.judged, ordered=bool(self.order))


def append(attachments: Iterable[Attachment], recorded: Collection[Name] = frozenset()) -> list[Evidence]:
    """Append evidence and renew what the present follows from. What is there already is passed over.

    All of it or nothing; reports are kept byte for byte under their digest. What is in `recorded` is a record of the
    chain already, which came with a registry.
    """
    rows = [(one, evidence(one)) for one in attachments]
    with transaction.atomic():
        there = _there([row for _, row in rows])
        new = [(one, row) for one, row in rows if _name(row) not in there]
        _store({row.report_sha256: one.document for one, row in new})
        made = Evidence.objects.bulk_create([row for _, row in new], batch_size=CHUNK)
        ledger.append(drafts([row for row in made if _name(row) not in recorded]))
        recompute_current({row.declaration_id for row in made})
    return made


def drafts(made: Sequence[Evidence]) -> Iterator[ledger.Draft]:
    """Evidence as the chain keeps it, by the names that everybody knows."""
    keys = {row.declaration_id for row in made}
    rows = Declaration.objects.filter(pk__in=keys).select_related("release__product", "role__version__standard")
    names = {one.pk: ledger.named(one) for one in rows}
    releases = {one.pk: str(one) for one in _releases(made)}
    for row in made:
        body: Body = {
            **names[row.declaration_id],
            "report": row.report_sha256,
            "suite": row.suite,
            "edition": row.edition,
        }
        body |= {"suite_sha256": row.suite_sha256, "verdict": row.verdict, "reach": int(row.reach)}
        body |= {"cause": row.cause, "run_at": row.run_at.isoformat(), "failing": row.failing}
        if row.judged is not None:
            body["judged_again"] = len(row.judged)
        if row.order:
            body["order"] = row.order
        if row.counterpart_id:
            body["against"] = releases[row.counterpart_id]
        yield ledger.Draft(ledger.Kind.EVIDENCE, row.attached_at.date(), body, row.declaration_id, row.suite)


def chain_missing() -> int:
    """Append what is no record of the chain yet, because it is older than the chain; returns how many.

    Each record says so (`late`): until then the chain does not show whether the evidence was changed.
    """
    with transaction.atomic():
        ledger.alone()
        said = Entry.objects.filter(kind=ledger.Kind.EVIDENCE).values_list("declaration_id", "suite", "body")
        there = {(of, json.loads(bytes(body))["report"], suite) for of, suite, body in said.iterator(chunk_size=2000)}
        rows = [row for row in Evidence.objects.order_by("pk").iterator(chunk_size=2000) if _name(row) not in there]
        for start in range(0, len(rows), CHUNK):
            today, made = localdate(), drafts(rows[start : start + CHUNK])
            ledger.append(replace(one, on=today, body={**one.body, "late": True}) for one in made)
    return len(rows)


def _releases(made: Sequence[Evidence]) -> "QuerySet[Release]":
    keys = {row.counterpart_id for row in made if row.counterpart_id}
    return Release.with_withdrawn.filter(pk__in=keys).select_related("product")


def _name(row: Evidence) -> Name:
    return row.declaration_id, row.report_sha256, row.suite


def _there(rows: Sequence[Evidence]) -> set[Name]:
    found: set[Name] = set()
    digests = [row.report_sha256 for row in rows]
    for start in range(0, len(digests), CHUNK):
        known = Evidence.objects.filter(report_sha256__in=digests[start : start + CHUNK])
        found.update(known.values_list("declaration_id", "report_sha256", "suite"))
    return found


def _store(documents: dict[str, bytes]) -> None:
    rows = [StoredReport(sha256=digest, document=document) for digest, document in documents.items()]
    StoredReport.objects.bulk_create(rows, batch_size=CHUNK, ignore_conflicts=True)


def evidence(one: Attachment) -> Evidence:
    """What follows from an attachment, not stored yet."""
    report = one.counted
    verdict, cause = outcome(report, one.suite)
    reach = reach_of(one.kind, pair=one.counterpart is not None)
    started = datetime.fromisoformat(one.report.started)
    run_at = started if started.tzinfo else started.replace(tzinfo=UTC)
    return Evidence(
        declaration_id=one.declaration,
        reach=int(reach),
        counterpart_id=one.counterpart,
        verdict=str(verdict),
        cause=str(cause or ""),
        suite=one.suite.name,
        edition=one.suite.edition,
        suite_sha256=one.suite.sha256,
        report_sha256=sha256(one.document).hexdigest(),
        messages=sorted(shown(report, one.suite, one.kind)),
        failing=sorted(failing(report, one.suite)),
        judged=None if one.judged is None else list(one.judged),
        order=one.order,
        run_at=run_at,
        attached_at=one.attached_at,
        lapses_on=lapses_on(reach, run_at.date(), one.ends),
    )


def reach_of(kind: str, *, pair: bool) -> Nachweisstufe:
    """What a run against a standard of that kind can prove."""
    if pair:
        return Nachweisstufe.PAIR
    return Nachweisstufe.ENDPOINT if kind == "openapi" else Nachweisstufe.MESSAGES


def _of(report: Report, suite: SuiteUse) -> list[Result]:
    return [result for result in report.results if result.suite == suite.name]


def outcome(report: Report, suite: SuiteUse) -> tuple[Verdict, Cause | None]:
    """The gravest verdict of what the suite judged, with its cause; an interrupted run has tested nothing."""
    results = _of(report, suite)
    verdict = gravest(result.verdict for result in results)
    causes = [result.cause for result in results if result.verdict is verdict]
    if report.interrupted:
        return gravest((verdict, Verdict.NOT_TESTED)), causes[0] if causes else None
    return verdict, causes[0] if causes else None


def shown(report: Report, suite: SuiteUse, kind: str) -> frozenset[str]:
    """The messages that the run saw conform and none of which it saw depart; "*" for the operations of an endpoint."""
    results = _of(report, suite)
    if kind == "openapi":
        return frozenset({ALL}) if results and all(is_green(one.verdict) for one in results) else frozenset()
    green = {one.message for one in results if one.message and is_green(one.verdict)}
    return frozenset(green - {one.message for one in results if not is_green(one.verdict)})


def failing(report: Report, suite: SuiteUse) -> frozenset[str]:
    """The findings that make the run fail, as "CODE" or "CODE rule"."""
    return frozenset(
        f"{finding.code} {finding.rule}" if finding.rule else finding.code
        for result in _of(report, suite)
        for step in result.steps
        for finding, verdict in zip(step.findings, step.verdicts, strict=True)
        if verdict is Verdict.FAILED
    )


def lapses_on(reach: Nachweisstufe, on: date, ends: date | None) -> date | None:
    """The first day on which evidence holds no longer: too old by the rules of then, or the version has ended."""
    days = terms().of(on).most_days.get(reach)
    limits = [on + timedelta(days)] if days else []
    limits += [ends + timedelta(1)] if ends else []
    return min(limits, default=None)


def recompute_current(declarations: Iterable[int]) -> None:
    """Derive anew what the present of `declarations` (primary keys) follows from, and how they stand on which days."""
    wanted = sorted(declarations)
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        Current.objects.filter(declaration_id__in=chunk).delete()
        Standing.objects.filter(declaration_id__in=chunk).delete()
        found = _telling(chunk)
        Current.objects.bulk_create(_current(found), batch_size=CHUNK)
        spoken = facts.spoken_of(chunk)
        Standing.objects.bulk_create(_standings(found, spoken), batch_size=CHUNK)
        outlining.renew(chunk)


def recompute_all() -> None:
    """Derive the present of everything anew."""
    recompute_current(Declaration.objects.filter(evidence__isnull=False).distinct().values_list("pk", flat=True))


_Telling = dict[int, list[tuple[Shown, Evidence]]]


def _telling(declarations: Sequence[int]) -> _Telling:
    by_declaration: _Telling = {}
    for row in Evidence.objects.filter(declaration_id__in=declarations).defer("failing"):
        by_declaration.setdefault(row.declaration_id, []).append((_as_shown(row), row))
    return {declaration: _kept(pairs) for declaration, pairs in by_declaration.items()}


def _kept(pairs: list[tuple[Shown, Evidence]]) -> list[tuple[Shown, Evidence]]:
    rows = {id(one): row for one, row in pairs}
    return [(one, rows[id(one)]) for one in telling((one for one, _ in pairs), date.max)]


def _current(found: _Telling) -> Iterator[Current]:
    for declaration, pairs in found.items():
        for _, row in pairs:
            yield Current(declaration_id=declaration, reach=row.reach, evidence=row)


def _standings(found: _Telling, spoken: Mapping[int, facts.Known]) -> Iterator[Standing]:
    for declaration in sorted(found.keys() | spoken.keys()):
        known = spoken.get(declaration)
        spanned = list(looks(known) if known else spans([one for one, _ in found[declaration]]))
        for (since, until, look), left in zip(spanned, falls(spanned), strict=True):
            yield Standing(declaration_id=declaration, since=since, until=until, look=look, left=left)


def _as_shown(row: Evidence) -> Shown:
    cause = Cause(row.cause) if row.cause else None
    proof = Proof(Nachweisstufe(row.reach), Verdict(row.verdict), row.run_at.date(), cause, row.lapses_on, row.pk)
    return Shown(proof, frozenset(row.messages), str(row.counterpart_id) if row.counterpart_id else None)
