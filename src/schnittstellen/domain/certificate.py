"""Certificates: a decision of the board that anyone can verify, which never says more than was tested."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.naming import NotAName, ReleaseName, SuiteName, edition_of
from schnittstellen.domain.refusals import MORE_THAN_TESTED, Refusal
from schnittstellen.domain.texts import N_, Line
from schnittstellen.domain.verdict import Verdict, is_green

NO_EVIDENCE = N_("es nennt keinen Nachweis")
NOT_GREEN = N_("der Nachweis {report} ist nicht bestanden")
OTHER_SUITE = N_("der Nachweis {report} prüft {found}")
OTHER_EDITION = N_("der Nachweis {report} verwendet die Ausgabe {found}, das Zertifikat nennt {named}")
LATER = N_("der Nachweis {report} ist jünger als das Zertifikat")
LEVEL_TOO_HIGH = N_("Stufe {level} ist nicht belegt; belegt ist {proven}")
NOT_SEEN = N_("die Nachricht {message} kommt in keinem Nachweis vor")
NO_CONFIRMATION = N_("keine Kommune hat den Betrieb bestätigt")
ENDS_BEFORE = N_("es endet, bevor es beginnt")
MORE_TESTED = N_("von {total} Anforderungen können nicht {tested} geprüft sein")


@dataclass(frozen=True, slots=True)
class Support:
    """One piece of evidence that a certificate rests on: which report, by which suite, what it reached.

    `messages` are the ids of messages or operations that the run saw conform; none says that it did not tell.
    `failing` are the findings (`CODE` or `CODE rule`) that made it fail: the certificate must name each as accepted.
    `order` is the id of the test order by which the run was made, `against` the release (`product@version`) with which
    it was made together; empty where there was none.
    """

    report_sha256: str
    suite: str
    edition: str
    suite_sha256: str
    reach: Nachweisstufe
    verdict: Verdict
    run_on: date
    messages: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    order: str = ""
    against: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """An Auflage: what is to be done, and by when (the last day)."""

    text: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Requirements:
    """Of the `total` requirements that the standard addresses to the role, `tested` were tested by any of the runs."""

    tested: int
    total: int


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the board certifies.

    `lapses_on` is the first day on which it holds no longer. `messages` are those that were tested (empty: the
    evidence names none). `confirmations` are ids of confirmations of operation by municipalities. `deviations` are
    the findings that the board accepted. `requirements` is None where no report of the evidence tells.
    """

    serial: str
    issuer: str
    vendor: str
    release: ReleaseName
    product_name: str
    standard: str
    version: str
    role: str
    edition: str
    level: Nachweisstufe
    issued: date
    lapses_on: date
    evidence: tuple[Support, ...]
    messages: tuple[str, ...] = ()
    confirmations: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    deviations: tuple[str, ...] = ()
    url: str = ""
    requirements: Requirements | None = None

    @property
    def suite(self) -> str:
        """The full name of the suite: `standard@version/role`."""
        return str(SuiteName(self.standard, self.version, self.role))

    @property
    def last_day(self) -> date:
        """The last day on which it holds, as people say it."""
        return self.lapses_on - timedelta(days=1)

    @property
    def tested(self) -> Nachweisstufe:
        """The highest level that runs alone have proven."""
        green = [one.reach for one in self.evidence if is_green(one.verdict)]
        return max(green, default=Nachweisstufe.DECLARED)

    @property
    def carried(self) -> Nachweisstufe:
        """The highest level that runs have proven, were the accepted findings not there."""
        return max((one.reach for one in self.evidence if self.accepts(one)), default=Nachweisstufe.DECLARED)

    def accepts(self, one: Support) -> bool:
        """Whether a run has passed, or failed by nothing but findings that the certificate names as accepted."""
        return is_green(one.verdict) or (bool(one.failing) and set(one.failing) <= set(self.deviations))


def exceeds(certificate: Certificate) -> Iterator[Refusal]:
    """Every way in which `certificate` says more than the evidence that it names."""
    for reason in (*_evidence(certificate), *_level(certificate), *_messages(certificate), *_requirements(certificate)):
        yield Refusal(MORE_THAN_TESTED, {"reason": reason})
    if certificate.lapses_on <= certificate.issued:
        yield Refusal(MORE_THAN_TESTED, {"reason": Line(ENDS_BEFORE)})


def _evidence(certificate: Certificate) -> Iterator[Line]:
    if not certificate.evidence:
        yield Line(NO_EVIDENCE)
    for one in certificate.evidence:
        report = one.report_sha256[:16]
        if not certificate.accepts(one):
            yield Line(NOT_GREEN, report=report)
        if one.suite != certificate.suite:
            yield Line(OTHER_SUITE, report=report, found=one.suite)
        if _older(one.edition, certificate.edition):
            yield Line(OTHER_EDITION, report=report, found=one.edition, named=certificate.edition)
        if one.run_on > certificate.issued:
            yield Line(LATER, report=report)


def _older(edition: str, named: str) -> bool:
    try:
        return edition_of(edition) < edition_of(named)
    except NotAName:
        return edition != named


def _level(certificate: Certificate) -> Iterator[Line]:
    level = certificate.level
    proven = certificate.carried if level >= Nachweisstufe.BOARD else certificate.tested
    if proven is Nachweisstufe.DECLARED or (level < Nachweisstufe.BOARD and level > proven):
        yield Line(LEVEL_TOO_HIGH, level=str(int(level)), proven=str(int(proven)))
    if level is Nachweisstufe.OPERATION and not certificate.confirmations:
        yield Line(NO_CONFIRMATION)


def _requirements(certificate: Certificate) -> Iterator[Line]:
    said = certificate.requirements
    if said is not None and said.tested > said.total:
        yield Line(MORE_TESTED, total=str(said.total), tested=str(said.tested))


def _messages(certificate: Certificate) -> Iterator[Line]:
    seen = {message for one in certificate.evidence if certificate.accepts(one) for message in one.messages}
    for message in certificate.messages:
        if message not in seen:
            yield Line(NOT_SEEN, message=message)
