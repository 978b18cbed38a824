"""What evidence says follows from the report, the rules and the day, and from nothing that anybody types."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from schnittstellen.catalogue.models import Current, Declaration, Evidence, StoredReport
from schnittstellen.catalogue.services.evidence import Attachment, append, lapses_on, outcome, recompute_all, shown
from schnittstellen.catalogue.services.words import levels
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.report import Report, Result, SuiteUse
from schnittstellen.domain.verdict import Cause, Verdict
from tests.catalogue import making
from tests.worlds import load_world

SUITE = SuiteUse("xmuster@1.0/sender", "1.0.0", "0" * 64)
TODAY = date.today()


def result(verdict: Verdict, message: str = "a", suite: str = SUITE.name) -> Result:
    cause = None if verdict in (Verdict.PASSED, Verdict.PASSED_WITH_WARNINGS) else Cause.PRODUCT
    return Result("datei.xml", suite, verdict, cause, message=message)


def report(*results: Result, days_ago: int = 1, interrupted: bool = False) -> Report:
    started = datetime.combine(TODAY - timedelta(days_ago), datetime.min.time(), UTC).isoformat()
    return Report(("datei.xml",), Verdict.PASSED, None, (SUITE,), results, {}, started, 1.0, interrupted)


def attachment(declaration: Declaration, of: Report, document: bytes = b"{}", **more: object) -> Attachment:
    made = Attachment(declaration.pk, document, of, SUITE, datetime.now(UTC), "xml")
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def declaration(db: None) -> Declaration:
    making.standard("xmuster@1.0", {"sender": (["a", "b"], []), "empfaenger": ([], ["a", "b"])})
    return making.declare("muster@1.0", "xmuster@1.0", "sender")


def test_only_what_the_suite_judged_counts() -> None:
    other = result(Verdict.FAILED, suite="anderes@1.0/rolle")
    assert outcome(report(result(Verdict.PASSED), other), SUITE) == (Verdict.PASSED, None)
    assert outcome(report(other), SUITE) == (Verdict.NOT_TESTED, None)
    assert outcome(report(), SUITE)[0] is Verdict.NOT_TESTED
    assert outcome(report(result(Verdict.PASSED), interrupted=True), SUITE)[0] is Verdict.NOT_TESTED


def test_a_message_seen_to_depart_is_not_shown() -> None:
    mixed = report(result(Verdict.PASSED, "a"), result(Verdict.PASSED, "b"), result(Verdict.FAILED, "b"))
    assert shown(mixed, SUITE, "xml") == {"a"}
    assert shown(report(result(Verdict.NOT_TESTED, "a")), SUITE, "xml") == frozenset()
    assert shown(report(result(Verdict.PASSED)), SUITE, "openapi") == {"*"}
    assert shown(report(result(Verdict.NOT_TESTED)), SUITE, "openapi") == frozenset()


def test_evidence_lapses_with_age_or_with_the_version() -> None:
    on = date(2026, 1, 1)
    assert lapses_on(Nachweisstufe.MESSAGES, on, None) == on + timedelta(730)
    assert lapses_on(Nachweisstufe.ENDPOINT, on, None) == on + timedelta(365)
    assert lapses_on(Nachweisstufe.ENDPOINT, on, date(2026, 3, 31)) == date(2026, 4, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("verdict", "more", "level"),
    [
        (Verdict.PASSED, {}, 1),
        (Verdict.PASSED_WITH_WARNINGS, {}, 1),
        (Verdict.PASSED, {"kind": "openapi"}, 2),
        (Verdict.FAILED, {}, 0),
        (Verdict.NOT_TESTED, {}, 0),
        (Verdict.ERROR, {}, 0),
        (Verdict.PASSED, {"ends": TODAY - timedelta(1)}, 0),
    ],
)
def test_the_level_follows(declaration: Declaration, verdict: Verdict, more: dict[str, object], level: int) -> None:
    append([attachment(declaration, report(result(verdict)), **more)])
    assert levels([declaration.pk], TODAY) == {declaration.pk: level}


@pytest.mark.django_db
def test_the_same_report_counts_once_and_is_kept(declaration: Declaration) -> None:
    one = attachment(declaration, report(result(Verdict.PASSED)), b'{"a": 1}')
    assert len(append([one])) == 1
    assert append([one]) == []
    assert bytes(StoredReport.objects.get().document) == b'{"a": 1}'


@pytest.mark.django_db
def test_a_newer_failure_lowers_and_yesterday_stays_as_it_was(declaration: Declaration) -> None:
    append([attachment(declaration, report(result(Verdict.PASSED), days_ago=10), b"1")])
    append([attachment(declaration, report(result(Verdict.FAILED), days_ago=2), b"2")])
    assert levels([declaration.pk], TODAY)[declaration.pk] == 0
    assert levels([declaration.pk], TODAY - timedelta(5))[declaration.pk] == 1
    assert levels([declaration.pk], TODAY - timedelta(20))[declaration.pk] == 0


@pytest.mark.django_db
def test_the_present_can_be_derived_anew(declaration: Declaration) -> None:
    append(
        [attachment(declaration, report(result(Verdict.PASSED), days_ago=day), str(day).encode()) for day in (9, 5, 2)]
    )
    before = set(Current.objects.values_list("declaration", "reach", "evidence"))
    Current.objects.all().delete()
    recompute_all()
    assert set(Current.objects.values_list("declaration", "reach", "evidence")) == before
    assert Evidence.objects.count() == 3


@pytest.mark.django_db
def test_the_shipped_world_is_proven_by_its_reports() -> None:
    load_world()
    assert Evidence.objects.count() == StoredReport.objects.count() >= 25
    reached = set(levels(Declaration.objects.values_list("pk", flat=True), date(2026, 11, 24)).values())
    assert {0, 1, 2, 3} <= reached
