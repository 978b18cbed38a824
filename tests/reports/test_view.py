"""Arranging a report for reading."""

from schnittstellen.domain.finding import Finding, Place
from schnittstellen.domain.verdict import Verdict
from schnittstellen.reports import view
from schnittstellen.reports.telling import clean
from tests.reports.making import everything, finding, report, result, step, told


def test_folded_findings_keep_their_count_and_examples() -> None:
    folded = finding(count=500, examples=(Place(1), Place(2), Place(3)))
    (group,) = view.groups(result("a.xml", step(Verdict.FAILED, folded, finding(9))))
    assert group.count == 501
    assert [place.line for place in group.places] == [1, 2, 3]


def test_findings_that_differ_stay_apart_and_the_gravest_comes_first() -> None:
    other = finding(parameters={"element": "b"})
    steps = (step(Verdict.NOT_TESTED, Finding("E002"), name="regeln"), step(Verdict.FAILED, finding(), other))
    assert [group.verdict for group in view.groups(result("a.xml", *steps))] == [
        Verdict.FAILED,
        Verdict.FAILED,
        Verdict.NOT_TESTED,
    ]


def test_steps_left_out_for_want_of_an_earlier_one_are_told_once() -> None:
    left_out = tuple(Finding("E002", parameters={"step": name}) for name in ("wohlgeformt", "schema"))
    (group,) = view.groups(result("a.xml", step(Verdict.NOT_TESTED, *left_out)))
    assert (group.count, group.finding.parameters) == (2, {"step": "wohlgeformt"})


def test_tallies_count_findings_and_results() -> None:
    shown = report(result("a.xml", step(Verdict.FAILED, finding(1), finding(2))), result("b.xml"))
    (tally,) = view.tallies(shown)
    assert (tally.findings, tally.results) == (3, 2)


def test_what_did_not_apply_is_not_noteworthy() -> None:
    shown = report(result("a.xml", step(Verdict.NOT_APPLICABLE, Finding("E004"))), result("b.xml"))
    assert [one.name for one in view.noteworthy(shown)] == ["b.xml"]


def test_verdicts_are_counted_gravest_first() -> None:
    assert list(view.by_verdict(everything())) == [
        Verdict.ERROR,
        Verdict.FAILED,
        Verdict.NOT_TESTED,
        Verdict.PASSED_WITH_WARNINGS,
        Verdict.PASSED,
    ]


def test_numbers_read_as_in_the_language() -> None:
    assert told(lang="de").number(1234567) == "1.234.567"
    assert told(lang="en").number(1234567) == "1,234,567"
    assert told(lang="de").decimal(1.25) == "1,2"


def test_clean_keeps_text_and_lines() -> None:
    assert clean("Grüße\n\t– ✓ 中") == "Grüße\n\t– ✓ 中"
    assert clean("a\x1b[0mb\udc80") == "a\ufffd[0mb\ufffd"
