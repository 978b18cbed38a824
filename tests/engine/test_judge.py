"""The rules of truth: what gives which verdict, and that nothing untested passes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.verdict import (
    Cause,
    Kind,
    Level,
    Verdict,
    exit_status,
    gravest,
    gravity,
    is_green,
    lighter,
    outcome,
)
from schnittstellen.engine.ports import Observation
from schnittstellen.transports.files import Files
from tests.engine.minis import SUITE, add_standard, add_suite, codes_found, mini_library, report_of, run, verdicts

ORDER = ["not_applicable", "passed", "passed_with_warnings", "not_tested", "failed", "error"]


def test_gravity_is_the_published_order() -> None:
    assert [str(one) for one in sorted(Verdict, key=gravity)] == ORDER


def test_gravest_of_nothing_is_not_tested() -> None:
    assert gravest([]) is Verdict.NOT_TESTED


@pytest.mark.parametrize("lighter_one", Verdict)
@pytest.mark.parametrize("graver_one", Verdict)
def test_the_gravest_wins_in_any_order(lighter_one: Verdict, graver_one: Verdict) -> None:
    expected = max(lighter_one, graver_one, key=ORDER.index)
    assert gravest([lighter_one, graver_one]) is expected


@pytest.mark.parametrize(
    ("verdict", "status"),
    [
        (Verdict.NOT_APPLICABLE, 3),
        (Verdict.PASSED, 0),
        (Verdict.PASSED_WITH_WARNINGS, 0),
        (Verdict.NOT_TESTED, 3),
        (Verdict.FAILED, 1),
        (Verdict.ERROR, 3),
    ],
)
def test_exit_status(verdict: Verdict, status: int) -> None:
    assert exit_status(verdict) == status
    assert is_green(verdict) == (status == 0)


@pytest.mark.parametrize("step", Level)
@pytest.mark.parametrize("finding", [None, *Level])
def test_a_finding_softens_its_step_and_never_sharpens_it(step: Level, finding: Level | None) -> None:
    weights = [Level.MAY, Level.SHOULD, Level.MUST]
    assert weights.index(lighter(step, finding)) <= weights.index(step)


def test_what_was_not_tested_never_passes_where_it_must_hold() -> None:
    assert outcome(Kind.UNTESTED, Level.MUST) is Verdict.NOT_TESTED
    assert not any(is_green(outcome(Kind.BESIDE, level)) for level in Level)


CASES = [
    # what the payload makes the check do, level of the step, verdict, cause
    ("good", "must", "passed", None),
    ("bad", "must", "failed", Cause.PRODUCT),
    ("bad", "should", "passed_with_warnings", Cause.PRODUCT),
    ("bad", "may", "passed", None),
    ("soft", "must", "passed", None),
    ("unknown", "must", "not_tested", Cause.CONFIGURATION),
    ("cannot", "must", "not_tested", Cause.CONFIGURATION),
    ("cannot", "should", "not_tested", Cause.CONFIGURATION),
    ("cannot", "may", "not_tested", Cause.CONFIGURATION),
    ("crash", "must", "error", Cause.TOOL),
    ("crash", "should", "error", Cause.TOOL),
    ("crash", "may", "error", Cause.TOOL),
    ("lie", "must", "error", Cause.TOOL),
    ("nonsense", "must", "error", Cause.TOOL),
    ("memory", "must", "error", Cause.TOOL),
    ("bad crash", "must", "error", Cause.TOOL),
    ("bad cannot", "must", "failed", Cause.PRODUCT),
    ("unknown bad", "must", "failed", Cause.PRODUCT),
    ("cover cannot", "must", "not_tested", Cause.CONFIGURATION),
    ("beside", "must", "not_tested", Cause.CONFIGURATION),
]


@pytest.mark.parametrize(("words", "level", "verdict", "cause"), CASES)
def test_one_step(tmp_path: Path, words: str, level: str, verdict: str, cause: Cause | None) -> None:
    result = _judge(tmp_path, words, SUITE + f'level = "{level}"\n')
    assert (result.verdict, result.cause) == (verdict, cause)


def test_an_untested_finding_is_never_shown_as_passed(tmp_path: Path) -> None:
    result = _judge(tmp_path, "unknown", SUITE + 'level = "may"\n')
    assert result.steps[0].verdicts == (Verdict.NOT_TESTED,)


def test_a_light_step_that_cannot_judge_leaves_the_others_their_verdict(tmp_path: Path) -> None:
    suite = SUITE + '[[steps]]\nid = "zwei"\ncheck = "generous"\n'
    result = _judge(tmp_path, "cannot", suite.replace('check = "mini"', 'check = "mini"\nlevel = "should"'))
    assert result.verdict is Verdict.PASSED_WITH_WARNINGS


def test_a_crash_tells_no_content(tmp_path: Path) -> None:
    result = _judge(tmp_path, "crash", SUITE)
    assert "secret" not in repr(result)
    assert result.steps[0].findings[0].parameters["error"] == "ZeroDivisionError"


def test_a_check_that_is_not_installed_is_not_tested(tmp_path: Path) -> None:
    result = _judge(tmp_path, "good", SUITE.replace('"mini"', '"nowhere"'))
    assert (result.verdict, result.cause) == (Verdict.NOT_TESTED, Cause.CONFIGURATION)


@pytest.mark.parametrize("words", ["bad", "cannot", "crash"])
def test_a_step_that_needs_a_failed_one_is_not_tested(tmp_path: Path, words: str) -> None:
    suite = SUITE + '[[steps]]\nid = "zwei"\ncheck = "generous"\nneeds = ["eins"]\n'
    result = _judge(tmp_path, words, suite)
    assert result.steps[1].verdict is Verdict.NOT_TESTED


def test_a_step_that_needs_an_unknown_one_is_not_tested(tmp_path: Path) -> None:
    result = _judge(tmp_path, "good", SUITE + 'needs = ["spaeter"]\n')
    assert result.verdict is Verdict.NOT_TESTED


def test_steps_for_other_messages_only_are_nothing_to_pass(tmp_path: Path) -> None:
    result = _judge(tmp_path, "good", SUITE + 'messages = ["anderswo"]\n')
    assert result.verdict is Verdict.NOT_TESTED
    assert result.steps[-1].findings[0].code == "E004"


def test_a_generous_check_passes(tmp_path: Path) -> None:
    assert _judge(tmp_path, "bad", SUITE.replace('"mini"', '"generous"')).verdict is Verdict.PASSED


def test_the_report_takes_the_gravest_result_and_its_cause(tmp_path: Path) -> None:
    library = mini_library(tmp_path / "house")
    (tmp_path / "in").mkdir()
    for word in ("good", "unknown", "bad"):
        (tmp_path / "in" / f"{word}.xml").write_text(f"<m>{word}</m>")
    events = run(library, tmp_path / "in")
    assert verdicts(events) == {"bad.xml": "failed", "good.xml": "passed", "unknown.xml": "not_tested"}
    assert (report_of(events).verdict, report_of(events).cause) == (Verdict.FAILED, Cause.PRODUCT)


def test_an_empty_folder_is_not_tested(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    events = run(mini_library(tmp_path / "house"), tmp_path / "in", suite="mini")
    assert report_of(events).verdict is Verdict.NOT_TESTED
    assert [code for found in codes_found(events).values() for code in found] == ["M004"]


def test_only_companions_is_not_tested(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"%PDF-1.7")
    events = run(mini_library(tmp_path / "house"), tmp_path / "in", suite="mini")
    assert report_of(events).verdict is Verdict.NOT_TESTED
    assert verdicts(events)["a.pdf"] == "not_applicable"


def _judge(tmp_path: Path, words: str, suite: str):  # type: ignore[no-untyped-def]
    add_standard(tmp_path / "house")
    add_suite(tmp_path / "house", text=suite)
    (tmp_path / "m.xml").write_text(f"<m>{words}</m>")
    return report_of(run(Library((tmp_path / "house",)), tmp_path / "m.xml")).results[0]


def test_reports_do_not_tell_the_folders_above_what_was_tested(tmp_path: Path) -> None:
    library = mini_library(tmp_path / "house")
    (tmp_path / "eins").mkdir()
    for name in ("a.xml", "eins/b.xml"):
        (tmp_path / name).write_text("<m>good</m>")
    one, several = run(library, tmp_path / "eins"), run(library, tmp_path / "a.xml", f"{tmp_path}/eins/")
    assert (report_of(one).targets, list(verdicts(one))) == (("eins",), ["b.xml"])
    assert (report_of(several).targets, list(verdicts(several))) == (("a.xml", "eins"), ["a.xml", "eins/b.xml"])
    assert str(tmp_path) not in repr(report_of(several))


def test_a_transport_that_crashes_is_an_error_and_the_other_targets_are_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = mini_library(tmp_path / "house")
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text("<m>good</m>")
    observe = Files.observe

    def crashing(self: Files, target: str, options: Mapping[str, Any]) -> Iterator[Observation]:
        if target.endswith("a.xml"):
            raise RuntimeError("secret")
        return observe(self, target, options)

    monkeypatch.setattr(Files, "observe", crashing)
    events = run(library, tmp_path / "a.xml", tmp_path / "b.xml")
    assert list(verdicts(events).values()) == ["error", "passed"]
    assert "secret" not in repr(report_of(events))
