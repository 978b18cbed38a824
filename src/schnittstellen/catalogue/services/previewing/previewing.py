"""The preview: every stored report of a suite against a draft of it, what would turn, and why. Nothing is changed."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.catalogue.models import Current, Evidence, StoredReport
from schnittstellen.catalogue.services.previewing.judging import Foreseen, Setting, Stored, files_by_digest
from schnittstellen.catalogue.services.previewing.kept import Kept, kept_inputs
from schnittstellen.catalogue.services.previewing.pool import ALONE, foreseen
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.suite import Suite
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict, is_green
from schnittstellen.engine.preview import Reason, Why

CHUNK = 100
MOST = 1_000
NO_EVIDENCE = Fault(
    "F390",
    N_("Zur Suite {suite} gibt es hier keinen Nachweis."),
    N_("Der Entwurf ändert an keinem Nachweis etwas. Prüfen Sie Standard, Version und Rolle im Namen des Ordners."),
    http=404,
)
NO_STANDARD_OF_DRAFT = Fault(
    "F391",
    N_("Zur Suite {suite} fehlt der Standard {standard}."),
    N_("Nennen Sie seinen Ordner mit --standard, oder fügen Sie ihn mit `schnittstellen standards add` hinzu."),
    http=422,
)
SEVERAL = Fault(
    "F392",
    N_("{name} meint mehrere Suiten."),
    N_("Nennen Sie eine davon: {candidates}."),
)
FAULTS = (NO_EVIDENCE, NO_STANDARD_OF_DRAFT, SEVERAL)


class Turn(StrEnum):
    """What becomes of a verdict: from passed to not passed, the other way, the same, or nobody knows."""

    FALLS = "falls"
    RISES = "rises"
    UNKNOWN = "unknown"
    SHIFTS = "shifts"
    KEEPS = "keeps"


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft: suite by name, the root that holds its folders, the roots of the installation, and `jobs` processes.

    `payloads` is a folder with payloads, found by their digests; a file called SHA256-OF-THE-REPORT.har is a recording.
    Inputs of hand-ins that are still kept are used as well.
    """

    suite: str
    draft: Path
    roots: tuple[Path, ...]
    payloads: Path | None = None
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of evidence and what becomes of it; `current`: the present follows from it.

    `now` is None where several verdicts are possible.
    """

    release: str
    on: date
    report_sha256: str
    edition: str
    current: bool
    before: Verdict
    now: Verdict | None
    turn: Turn
    judged: int
    total: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """How many pieces of evidence turn (or are not known) because of a step, and which findings decide."""

    turn: Turn
    step: str
    why: Why
    findings: str
    count: int


@dataclass(slots=True)
class Preview:
    """All of it. `counts` and `current` count evidence by what becomes of it; `rows` are the first `MOST` that turn.

    `editions` counts evidence by the edition that it was made with; `judged` of `total` observations were judged anew.
    """

    suite: str
    edition: str
    sha256: str
    editions: Counter[str] = field(default_factory=Counter)
    counts: Counter[Turn] = field(default_factory=Counter)
    current: Counter[Turn] = field(default_factory=Counter)
    tally: Counter[tuple[Turn, str, Why, str]] = field(default_factory=Counter)
    judged: int = 0
    total: int = 0
    rows: list[Row] = field(default_factory=list)

    @property
    def causes(self) -> list[Cause]:
        """Why verdicts turn, the gravest turn and the most frequent cause first."""
        order = list(Turn)
        found = [Cause(*key, count) for key, count in self.tally.items()]
        return sorted(found, key=lambda one: (order.index(one.turn), -one.count, one.step))

    def data(self) -> dict[str, Any]:
        """The same in terms of JSON and for pages."""
        return {
            "suite": self.suite,
            "edition": self.edition,
            "sha256": self.sha256,
            "editions": dict(self.editions),
            "counts": {str(turn): self.counts[turn] for turn in Turn},
            "current": {str(turn): self.current[turn] for turn in Turn},
            "judged": self.judged,
            "total": self.total,
            "causes": [asdict(one) for one in self.causes],
            "rows": [asdict(one) | {"on": one.on.isoformat()} for one in self.rows],
            "more": self.counts.total() - self.counts[Turn.KEEPS] - len(self.rows),
        }


def preview(asked: Asked, told: Callable[[int], object] = lambda _count: None) -> Preview:
    """Every stored report of the suite against the draft. `told` hears how many are done.

    Raises `SchnittstellenError` (F390, F391). Memory does not grow with the number of reports.
    """
    suite = _demand(asked)
    found = Preview(asked.suite, suite.edition, suite.sha256)
    rows: dict[int, Evidence] = {}
    count = Evidence.objects.filter(suite=asked.suite).count()
    jobs = 1 if count <= CHUNK * ALONE else asked.jobs
    with kept_inputs(asked.suite) as kept:
        for one in foreseen(_setting(asked, kept), _chunks(asked.suite, rows), jobs):
            _add(found, rows.pop(one.evidence), one)
            told(found.counts.total())
    if not found.counts:
        raise SchnittstellenError(NO_EVIDENCE, suite=asked.suite)
    return found


def _demand(asked: Asked) -> Suite:
    library = Library((asked.draft, *asked.roots))
    (suite,) = library.suites_named(asked.suite)
    standard = f"{suite.standard}@{suite.version}"
    try:
        library.standard(standard)
    except NotKnown:
        raise SchnittstellenError(NO_STANDARD_OF_DRAFT, suite=suite.name, standard=standard) from None
    return suite


def _setting(asked: Asked, kept: Kept) -> Setting:
    files = dict(files_by_digest(asked.payloads)) if asked.payloads else {}
    recordings = {one.stem: one for one in files.values() if one.suffix == ".har"}
    payloads, recorded = kept.payloads | files, kept.recordings | recordings
    return Setting(asked.suite, asked.draft, asked.roots, payloads, recorded)


def _chunks(suite: str, rows: dict[int, Evidence]) -> Iterator[list[Stored]]:
    """The reports in the order of their evidence; their rows are put into `rows` until they are told."""
    last = 0
    while True:
        chunk = list(_evidence(suite).filter(pk__gt=last)[:CHUNK])
        if not chunk:
            return
        last = chunk[-1].pk
        rows.update((one.pk, one) for one in chunk)
        documents = _documents([one.report_sha256 for one in chunk])
        yield [Stored(one.pk, one.report_sha256, documents[one.report_sha256]) for one in chunk]


def _evidence(suite: str) -> "QuerySet[Evidence]":
    counts = Exists(Current.objects.filter(evidence=OuterRef("pk")))
    believed = ~Q(verdict=Verdict.NOT_TESTED, judged__isnull=False)
    rows = Evidence.objects.filter(believed, suite=suite).select_related("declaration__release__product")
    return rows.annotate(is_current=counts).order_by("pk")


def _documents(digests: list[str]) -> Mapping[str, bytes]:
    rows = StoredReport.objects.filter(sha256__in=digests).values_list("sha256", "document")
    return {digest: bytes(document) for digest, document in rows}


def _add(found: Preview, row: Evidence, one: Foreseen) -> None:
    before = Verdict(row.verdict)
    turn = _turn(before, one)
    current: bool = getattr(row, "is_current", False)
    found.editions[row.edition] += 1
    found.counts[turn] += 1
    found.current[turn] += current
    found.judged += one.judged
    found.total += one.total
    if turn is Turn.KEEPS:
        return
    for cause in dict.fromkeys((turn, it.step, it.why, _first(it)) for it in one.span.reasons):
        found.tally[cause] += 1
    if len(found.rows) < MOST:
        name = str(row.declaration.release)
        at = (name, row.run_at.date(), row.report_sha256, row.edition, current, before)
        found.rows.append(Row(*at, one.span.verdict, turn, one.judged, one.total, one.span.reasons))


def _first(reason: Reason) -> str:
    return ", ".join(reason.findings[:3])


def _turn(before: Verdict, one: Foreseen) -> Turn:
    green = one.span.green
    if green is None:
        return Turn.UNKNOWN
    if green is not is_green(before):
        return Turn.RISES if green else Turn.FALLS
    return Turn.KEEPS if one.span.verdict in (before, None) else Turn.SHIFTS
