"""The built-in OParl suites on miniatures: the good one passes without a word, every fault of the other is found."""

from collections.abc import Callable
from typing import Any

import pytest

from schnittstellen.checks.hypermedia import list_codes, object_codes, reach_codes
from schnittstellen.domain.verdict import Cause, Verdict
from tests.miniatures.council import Size
from tests.miniatures.oparl import App
from tests.miniatures.oparl_faults import FAULTS, PAGE_FAULTS
from tests.oparl.known import KNOWN, NEW_IN_1_1, WARNED
from tests.oparl.running import app, findings, run, steps, told

VERSIONS = ("1.1", "1.0")


@pytest.mark.parametrize("version", VERSIONS)
def test_the_good_one_passes_without_a_word(version: str) -> None:
    good = app(version)
    report = run(good)
    assert report.verdict is Verdict.PASSED, told(report)
    assert findings(report) == [], told(report)
    assert {step.verdict for step in steps(report)} == {Verdict.PASSED}, told(report)
    assert len(good.requests) < 350


@pytest.mark.parametrize("version", VERSIONS)
def test_only_reads_are_sent(version: str) -> None:
    good = app(version)
    run(good)
    assert {line.split()[0] for line in good.requests} == {"GET", "HEAD"}


@pytest.mark.parametrize("version", VERSIONS)
def test_a_run_repeats(version: str) -> None:
    first, second = app(version, "dead-link", "null-optional"), app(version, "dead-link", "null-optional")
    assert told(run(first)) == told(run(second))
    assert first.requests == second.requests


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(version: str, fault: str) -> None:
    report = run(app(version, fault))
    if version == "1.0" and fault in NEW_IN_1_1:
        assert KNOWN[fault] not in {(one.code, one.rule) for one in findings(report)}, told(report)
        return
    assert KNOWN[fault] in {(one.code, one.rule) for one in findings(report)}, told(report)
    if fault != "other-version":
        assert report.verdict is _verdict(version, fault), told(report)
        assert report.cause is Cause.PRODUCT


def _verdict(version: str, fault: str) -> Verdict:
    softer = version == "1.0" and fault == "errors-are-200"
    return Verdict.PASSED_WITH_WARNINGS if fault in WARNED or softer else Verdict.FAILED


def test_every_switch_is_known() -> None:
    assert set(KNOWN) == set(FAULTS)
    assert len(FAULTS) >= 25


def test_every_code_is_shown_by_a_switch() -> None:
    """Codes that no server in memory can cause are tested elsewhere in this folder."""
    elsewhere = {"A300", "A311", "A315", "A316", "A318", "A345", "A365"}
    codes = {code.id for module in (reach_codes, object_codes, list_codes) for code in module.CODES}
    assert codes - {code for code, _ in KNOWN.values()} == elsewhere


@pytest.mark.parametrize("version", VERSIONS)
def test_every_requirement_is_broken_by_a_switch(version: str) -> None:
    """All that the suite says it can see, but what has no code of its own (reaching everything without a session, an
    entry at all) and the figures on use and long lists, which other tests of this file break."""
    seen = {one.id for one in run(app(version)).suites[0].requirements if one.tested}
    elsewhere = {"OPARL-URL-01", "OPARL-END-01", "OPARL-OBJ-07", "OPARL-LIST-05", "OPARL-ERR-03"}
    assert seen - {rule for _, rule in KNOWN.values()} <= elsewhere


@pytest.mark.parametrize("version", VERSIONS)
def test_another_version_is_told_once(version: str) -> None:
    other = {"1.1": "1.0", "1.0": "1.1"}[version]
    served = app(version)
    report = run(served, other)
    assert (report.verdict, report.cause) == (Verdict.NOT_TESTED, Cause.CONFIGURATION)
    told_ones = [one for one in findings(report) if one.code != "E002"]
    assert [one.code for one in told_ones] == ["A310"]
    assert told_ones[0].parameters["suite"] == f"oparl@{version}/server"
    assert len(served.requests) == 1


def test_equal_findings_are_one_with_three_examples() -> None:
    report = run(app("1.1", "no-cors", size=Size(papers=60)))
    (cors,) = [one for one in findings(report) if one.code == "A325"]
    assert cors.count > 100
    assert len(set(cors.examples)) == 3


def test_findings_say_where_and_how_to_repeat() -> None:
    report = run(app("1.1", "naive-date-time"))
    (finding,) = [one for one in findings(report) if one.code == "A334"]
    assert finding.place.pointer == "/data/0/start"
    assert finding.place.url == "http://ris.musterstadt.example/oparl/body/0/meeting"
    assert finding.parameters["object"] == "http://ris.musterstadt.example/oparl/meeting/0-0"
    assert finding.parameters["curl"] == "curl --globoff http://ris.musterstadt.example/oparl/body/0/meeting"


def test_the_report_holds_no_content() -> None:
    report = run(app("1.1", "html-escaped", "naive-date-time", "null-optional"))
    shown = told(report)
    assert "Grün" not in shown
    assert "Gr&uuml;n" not in shown
    assert "Kim Muster" not in shown


def test_a_list_over_the_threshold_should_have_pages() -> None:
    served = app("1.1", size=Size(papers=101, meetings=1, people=1, organizations=1, bodies=1))
    served.page = 1000
    report = run(served)
    assert ("A365", "OPARL-LIST-05") in {(one.code, one.rule) for one in findings(report)}, told(report)
    assert report.verdict is Verdict.PASSED_WITH_WARNINGS


def test_unused_properties_weigh_nothing() -> None:
    served = app("1.1")
    for path, one in served.council.objects.items():
        if path.startswith("paper/"):
            one.pop("reference", None)
    report = run(served)
    (finding,) = findings(report)
    assert (finding.code, finding.parameters["property"]) == ("A345", "reference")
    assert report.verdict is Verdict.PASSED


def test_vendor_properties_are_welcome() -> None:
    served = app("1.1")
    served.council.objects["person/0-0"]["MusterHersteller:faxNumber"] = "0"
    assert findings(run(served)) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_without_deleted_objects_their_rules_are_not_tested(version: str) -> None:
    served = app(version)
    for path in [path for path in served.council.objects if path.endswith("-deleted")]:
        del served.council.objects[path]
        for members in served.council.members.values():
            if path in members:
                members.remove(path)
    report = run(served)
    assert report.verdict is Verdict.PASSED, told(report)
    results = {one.id: one for one in report.suites[0].requirements}
    assert results["OPARL-DEL-01"].verdict is Verdict.NOT_TESTED
    assert results["OPARL-DEL-01"].reason


def _quiet(version: str, change: Callable[[App], None]) -> None:
    served = app(version)
    change(served)
    report = run(served)
    assert report.verdict is Verdict.PASSED, told(report)
    assert findings(report) == [], told(report)


@pytest.mark.parametrize("version", VERSIONS)
def test_what_the_standard_leaves_open_is_not_blamed(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def pages_from_zero(content: dict[str, Any], *_: object) -> dict[str, Any]:
        figures = content["pagination"]
        return {**content, "pagination": {**figures, "currentPage": figures["currentPage"] - 1}}

    def other_system(served: App) -> None:
        served.council.objects["system"]["otherOparlVersions"] = [f"{served.base}/v2/system"]

    def no_figures(content: dict[str, Any], *_: object) -> dict[str, Any]:
        return {**content, "pagination": {}, "links": {k: v for k, v in content["links"].items() if k == "next"}}

    _quiet(version, other_system)
    for name, fault in (("pages-from-zero", pages_from_zero), ("no-figures", no_figures)):
        monkeypatch.setitem(PAGE_FAULTS, name, fault)
        report = run(app(version, name))
        assert findings(report) == [], told(report)


@pytest.mark.parametrize("version", VERSIONS)
def test_an_empty_council_is_no_failure(version: str) -> None:
    served = app(version, size=Size(papers=1, meetings=1, people=1, organizations=1, bodies=1))
    for path, members in served.council.members.items():
        if path != "bodies":
            members.clear()
    report = run(served)
    assert report.verdict is Verdict.PASSED, told(report)
    seen = {one.id: one.verdict for one in report.suites[0].requirements}
    assert seen["OPARL-PAPER-01"] is Verdict.NOT_TESTED
