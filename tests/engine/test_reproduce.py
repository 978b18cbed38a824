"""A report is run again: the same findings, or what differs."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from schnittstellen.artefacts.library import Library
from schnittstellen.domain.report import Report, Result
from schnittstellen.engine.ports import Payload
from schnittstellen.engine.reproduce import Outcome, Reproduced, reproduce
from schnittstellen.engine.session import Session, Wishes
from schnittstellen.transports.files import Files
from tests.engine.minis import SUITE, add_standard, add_suite, make_desk, report_of, run

TOOL = {"schnittstellen": "1", "lxml": "2"}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    add_standard(tmp_path / "house")
    add_suite(tmp_path / "house")
    (tmp_path / "in").mkdir()
    for word in ("good", "bad", "unknown", "crash"):
        (tmp_path / "in" / f"{word}.xml").write_text(f"<m>{word}</m>")
    (tmp_path / "in" / "kein.xml").write_text("kein XML")
    (tmp_path / "in" / "fremd.xml").write_text("<fremd/>")
    return tmp_path


@pytest.mark.parametrize("suite", [None, "mini", "mini@1.0/alle"])
def test_the_same(house: Path, suite: str | None) -> None:
    again = _again(house, _report(house, suite))
    assert (again.outcome, again.same, again.total, again.remarks) == (Outcome.SAME, 6, 6, ())


def test_files_are_known_by_content_not_by_name(house: Path) -> None:
    report = _report(house)
    for number, file in enumerate(sorted((house / "in").iterdir())):
        file.rename(house / "in" / f"anders-{9 - number}.xml")
    assert _again(house, report).outcome is Outcome.SAME


def test_companions_do_not_matter(house: Path) -> None:
    (house / "in" / "a.pdf").write_bytes(b"%PDF")
    again = _again(house, _report(house))
    assert (again.outcome, again.same, again.total, again.remarks) == (Outcome.SAME, 6, 6, ())


def test_a_missing_file(house: Path) -> None:
    report = _report(house)
    (house / "in" / "bad.xml").unlink()
    again = _again(house, report)
    assert (again.outcome, again.same) == (Outcome.NOT_REPEATABLE, 5)
    assert _told(again) == [("bad.xml", report.results[0].sha256)]


def test_a_changed_file_is_a_missing_one(house: Path) -> None:
    report = _report(house)
    (house / "in" / "bad.xml").write_text("<m>good</m> ")
    assert _again(house, report).outcome is Outcome.NOT_REPEATABLE


def test_other_findings(house: Path) -> None:
    report = _report(house)
    suite = house / "house" / "conformance_suites" / "mini" / "1.0" / "alle" / "suite.toml"
    suite.write_text(SUITE.replace('"mini"', '"generous"'))
    again = _again(house, report)
    assert again.outcome is Outcome.DIFFERENT
    names = [remark.parameters["name"] for remark in again.remarks]
    assert names == ["mini@1.0/alle", "bad.xml", "crash.xml", "good.xml", "unknown.xml"]


def test_another_edition_is_no_repetition_though_the_findings_are_equal(house: Path) -> None:
    report = _report(house)
    suite = house / "house" / "conformance_suites" / "mini" / "1.0" / "alle" / "suite.toml"
    suite.write_text(SUITE.replace("1.0.0", "1.0.1"))
    again = _again(house, report)
    assert (again.outcome, again.same) == (Outcome.NOT_REPEATABLE, 6)
    assert "1.0.1" in again.remarks[0].parameters["now"]


def test_a_suite_that_is_gone(house: Path) -> None:
    report = _report(house)
    shutil.rmtree(house / "house" / "conformance_suites")
    add_suite(house / "house", role="andere")
    again = _again(house, report)
    assert again.outcome is Outcome.NOT_REPEATABLE
    told = [(remark.text, dict(remark.parameters)) for remark in again.remarks]
    assert all(told.count(one) == 1 for one in told)


def test_another_edition_of_the_suite_is_another_suite(house: Path) -> None:
    report = _report(house)
    used = tuple(replace(one, edition="0.0.9") for one in report.suites)
    assert _again(house, replace(report, suites=used)).outcome is Outcome.NOT_REPEATABLE


def test_artefacts_that_changed_or_went(house: Path) -> None:
    folder = house / "house" / "standards" / "mini" / "1.0"
    pins = "".join(f'[[artefacts]]\npath = "{name}"\nsha256 = "{"0" * 64}"\n' for name in ("a.xsd", "b.xsd"))
    (folder / "standard.toml").write_text((folder / "standard.toml").read_text() + pins)
    (folder / "a.xsd").write_text("changed")
    again = _again(house, _report(house, "mini"))
    assert again.outcome is Outcome.NOT_REPEATABLE
    assert [remark.parameters["name"] for remark in again.remarks] == ["a.xsd", "b.xsd"]


def test_another_validator_is_noted(house: Path) -> None:
    again = _again(house, _report(house), {**TOOL, "lxml": "3"})
    assert again.outcome is Outcome.SAME
    assert _told(again) == [("lxml", "2")]


def test_another_installation_knows_other_standards(house: Path) -> None:
    report = _report(house)
    add_standard(house / "house", "andere", element="{urn:a}fremd")
    add_suite(house / "house", "andere")
    assert _again(house, report).outcome is Outcome.SAME


def _report(house: Path, suite: str | None = None) -> Report:
    from dataclasses import replace

    report: Report = report_of(run(Library((house / "house",)), house / "in", suite=suite))
    return replace(report, tool=TOOL)


def _again(house: Path, report: Report, tool: dict[str, str] = TOOL) -> Reproduced:
    library = Library((house / "house",))

    def judge(suite: str | None, files: list[Payload]) -> Iterator[Result]:
        make = partial(make_desk, library, suite or report.notes.get("suite"))
        return Session(make(), make, {"files": Files()}, Wishes(1)).judged(files)

    return reproduce(report, Files().observe(str(house / "in"), {}), library, tool, judge)


def _told(again: Reproduced) -> list[tuple[Any, Any]]:
    return [(remark.parameters["name"], remark.parameters["was"]) for remark in again.remarks]
