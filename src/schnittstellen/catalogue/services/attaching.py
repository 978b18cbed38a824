"""Attaching a report to the declarations of a release: what a run showed becomes evidence, the level follows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice

from schnittstellen.artefacts.library import Library, NotKnown
from schnittstellen.catalogue.models import Declaration, Meeting, Release
from schnittstellen.catalogue.registry.evidence_rules import MOST_BYTES
from schnittstellen.catalogue.services import finding
from schnittstellen.catalogue.services.evidence import Attachment, append, evidence, outcome
from schnittstellen.catalogue.services.facts import retired_from
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.consistency import contradictions
from schnittstellen.domain.errors import Fault, SchnittstellenError
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.report import Report, SuiteUse
from schnittstellen.domain.texts import N_
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import read_report

TOO_LARGE = Fault(
    "F132",
    N_("Der Bericht {name} ist größer als {most} MB."),
    N_("Prüfen Sie weniger Nachrichten auf einmal."),
    http=413,
)
CONTRADICTORY = Fault(
    "F133",
    N_("Der Bericht {name} widerspricht sich selbst: {places}."),
    N_("Fügen Sie den Bericht unverändert an, wie `schnittstellen test --json` ihn geschrieben hat."),
    http=422,
)
FROM_THE_FUTURE = Fault(
    "F134",
    N_("Der Bericht {name} ist von {started}; das liegt in der Zukunft."),
    N_("Stellen Sie die Uhr des Rechners, auf dem geprüft wurde, und prüfen Sie noch einmal."),
    http=422,
)
OTHER_SUITE = Fault(
    "F135",
    N_("Der Bericht {name} nennt die Testsuite {suite} in einer Ausgabe, die hier nicht bekannt ist ({edition})."),
    N_("Hier bekannt: {known}. Prüfen Sie mit einer davon."),
    http=422,
)
NO_SUITE = Fault(
    "F479",
    N_("Der Bericht {name} nennt die Testsuite {suite}; die gibt es hier nicht."),
    N_("Welche es gibt, zeigt `schnittstellen suites list`."),
    http=422,
)
OTHER_CONTENT = Fault(
    "F480",
    N_("Der Bericht {name} nennt die Testsuite {suite} in der Ausgabe {edition}, aber mit anderem Inhalt als hier."),
    N_("Prüfsumme dort {found}, hier {expected}. Prüfen Sie mit der unveränderten Testsuite."),
    http=422,
)
NOTHING_DECLARED = Fault(
    "F136",
    N_("Der Bericht {name} sagt nichts zu einer Schnittstelle, die {release} erklärt."),
    N_("Im Bericht: {suites}. Erklärt: {declared}."),
    http=422,
)
NO_COUNTERPART = Fault(
    "F137",
    N_("{against} erklärt keine Rolle, die mit {role} Nachrichten austauscht."),
    N_("Nennen Sie die Version des Partners, mit der geprüft wurde, oder lassen Sie --against weg."),
    http=422,
)
RETIRED = Fault(
    "F450",
    N_("Der Bericht {name} nennt die Testsuite {suite} in der Ausgabe {edition}; sie gilt seit {day} nicht mehr."),
    N_("Prüfen Sie noch einmal mit einer neueren Ausgabe und fügen Sie jenen Bericht an."),
    http=422,
)
FAULTS = (
    TOO_LARGE,
    CONTRADICTORY,
    FROM_THE_FUTURE,
    OTHER_SUITE,
    NO_SUITE,
    OTHER_CONTENT,
    NOTHING_DECLARED,
    NO_COUNTERPART,
    RETIRED,
)
CLOCKS_DIFFER = timedelta(minutes=5)
PLACES = 3
SHOWN = 12
"""So many digits of a digest tell people which it is."""


@dataclass(frozen=True, slots=True)
class Handed:
    """The bytes of a report, and what they are called in messages."""

    name: str
    document: bytes


@dataclass(frozen=True, slots=True)
class Proven:
    """What the report says of one declaration, and its Nachweisstufe without and with it.

    `new`: it was not there. `lapses_on` is the first day on which the evidence holds no longer.
    """

    role: str
    edition: str
    verdict: Verdict
    before: Nachweisstufe
    after: Nachweisstufe
    new: bool
    lapses_on: date | None


@dataclass(frozen=True, slots=True)
class Attached:
    """Where a report was attached. `passed_over` are its suites that the release declares nothing about."""

    release: str
    against: str | None
    report_sha256: str
    declarations: tuple[Proven, ...]
    passed_over: tuple[str, ...]


def attach(handed: Handed, release: str, library: Library, now: datetime, against: str | None = None) -> Attached:
    """Append a report to what `release` (`product@version`) declares.

    `now` has a time zone. `against` is the release it was tested together with; then the evidence is of a pair.
    The same report attached again changes nothing. Raises `SchnittstellenError` (F120, F121, F132–F137, F450, F479,
    F480, and what reading a report raises); then nothing was attached.
    """
    report = _read(handed, now, library)
    of = finding.release(release)
    declared = _declared(of)
    matching = {use.name: use for use in report.suites if use.name in declared}
    if not matching:
        suites = ", ".join(use.name for use in report.suites) or "–"
        raise SchnittstellenError(
            NOTHING_DECLARED,
            name=handed.name,
            release=str(of),
            suites=suites,
            declared=", ".join(sorted(declared)) or "–",
        )
    partner = finding.release(against) if against else None
    chosen = [(declared[suite], use) for suite, use in sorted(matching.items())]
    if partner:
        _demand_meetings(partner, [one for one, _ in chosen])
    proven = _append(handed.document, report, chosen, now, partner)
    rest = tuple(sorted({use.name for use in report.suites} - set(matching)))
    return Attached(str(of), str(partner) if partner else None, sha256(handed.document).hexdigest(), proven, rest)


def _read(handed: Handed, now: datetime, library: Library) -> Report:
    name = handed.name
    if len(handed.document) > MOST_BYTES:
        raise SchnittstellenError(TOO_LARGE, name=name, most=str(MOST_BYTES // 1024**2))
    report = read_report(handed.document.decode("utf-8", errors="replace"), name)
    places = [one.place for one in islice(contradictions(report), PLACES)]
    if places:
        raise SchnittstellenError(CONTRADICTORY, name=name, places=", ".join(places))
    started = datetime.fromisoformat(report.started)
    if (started if started.tzinfo else started.replace(tzinfo=UTC)) > now + CLOCKS_DIFFER:
        raise SchnittstellenError(FROM_THE_FUTURE, name=name, started=report.started)
    for use in report.suites:
        _demand_known(use, name, library)
        _demand_counting(use, name, now.date())
    return report


def _demand_counting(use: SuiteUse, name: str, day: date) -> None:
    """What an edition shows that was retired counts for nothing, so nobody is left to believe that it does."""
    since = retired_from(use.name, use.edition)
    if since is not None and since <= day:
        raise SchnittstellenError(RETIRED, name=name, suite=use.name, edition=use.edition, day=since.isoformat())


def _demand_known(use: SuiteUse, name: str, library: Library) -> None:
    """A suite that differs here may have demanded less where the report was made."""
    try:
        known = library.suites_named(use.name)
    except NotKnown:
        known = ()
    if not known:
        raise SchnittstellenError(NO_SUITE, name=name, suite=use.name)
    same = {one.sha256 for one in known if one.edition == use.edition}
    if not same:
        editions = ", ".join(sorted({one.edition for one in known}, key=_numbers))
        raise SchnittstellenError(OTHER_SUITE, name=name, suite=use.name, edition=use.edition, known=editions)
    if use.sha256 not in same:
        told = {"edition": use.edition, "found": use.sha256[:SHOWN], "expected": ", ".join(one[:SHOWN] for one in same)}
        raise SchnittstellenError(OTHER_CONTENT, name=name, suite=use.name, **told)


def _numbers(edition: str) -> tuple[int, ...]:
    return tuple(int(one) if one.isdecimal() else 0 for one in edition.split("."))


def _declared(release: Release) -> dict[str, Declaration]:
    """The declarations by the name of the suite that judges them: `standard@version/role`."""
    rows = release.declarations.select_related("role__version__standard")
    return {str(one.role): one for one in rows}


def _demand_meetings(partner: Release, declarations: list[Declaration]) -> None:
    roles = set(partner.declarations.values_list("role_id", flat=True))
    mine = [one.role_id for one in declarations]
    pairs = {
        *Meeting.objects.filter(sender_id__in=mine).values_list("sender_id", "receiver_id"),
        *Meeting.objects.filter(receiver_id__in=mine).values_list("receiver_id", "sender_id"),
    }
    met = {own for own, other in pairs if other in roles}
    for one in declarations:
        if one.role_id not in met:
            raise SchnittstellenError(NO_COUNTERPART, against=str(partner), role=str(one.role))


def _append(
    document: bytes,
    report: Report,
    chosen: list[tuple[Declaration, SuiteUse]],
    now: datetime,
    partner: Release | None,
) -> tuple[Proven, ...]:
    today = now.date()
    keys = [one.pk for one, _ in chosen]
    before = levels(keys, today)
    attachments = [_attachment(document, report, one, use, now, partner) for one, use in chosen]
    made = {row.declaration_id for row in append(attachments)}
    after = levels(keys, today)
    return tuple(
        Proven(
            role=str(one.role),
            edition=use.edition,
            verdict=outcome(report, use)[0],
            before=before[one.pk],
            after=after[one.pk],
            new=one.pk in made,
            lapses_on=evidence(each).lapses_on,
        )
        for (one, use), each in zip(chosen, attachments, strict=True)
    )


def _attachment(  # noqa: PLR0913, PLR0917
    document: bytes,
    report: Report,
    declaration: Declaration,
    use: SuiteUse,
    now: datetime,
    partner: Release | None,
) -> Attachment:
    version = declaration.role.version
    counterpart = partner.pk if partner else None
    return Attachment(
        declaration.pk, document, report, use, now, version.standard.kind, version.in_force_until, counterpart
    )
