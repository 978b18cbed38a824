"""The JSON report: exact both ways, of its schema, the same bytes but for the timing, no content unasked."""

import json
from dataclasses import replace
from io import StringIO

import jsonschema_rs
import pytest
from hypothesis import given, settings

from schnittstellen.domain.errors import NO_REPORT, SchnittstellenError
from schnittstellen.domain.report import Report
from schnittstellen.domain.verdict import Verdict
from schnittstellen.formats.report_json import read_report, write_report
from schnittstellen.formats.written import schema_of
from schnittstellen.reports.json_report import write
from tests.reports.making import HOSTILE, REPORTS, as_bytes, everything, report, result, step, told


def written(shown: Report, *, with_content: bool = True) -> str:
    stream = StringIO()
    write_report(shown, stream, with_content=with_content)
    return stream.getvalue()


@given(shown=REPORTS)
@settings(max_examples=150, deadline=None)
def test_what_is_written_is_read_back_exactly(shown: Report) -> None:
    assert read_report(written(shown)) == shown


def test_report_with_everything_is_of_its_schema() -> None:
    validator = jsonschema_rs.Draft202012Validator(schema_of("schnittstellen.report/1"))
    assert list(validator.iter_errors(json.loads(written(everything())))) == []


def test_only_timing_differs_between_two_runs_of_the_same_input() -> None:
    first = everything()
    later = replace(
        first,
        started="2027-01-01T00:00:00+00:00",
        seconds=99.0,
        results=tuple(replace(one, seconds=one.seconds + 1) for one in first.results),
    )
    one, other = json.loads(written(first)), json.loads(written(later))
    assert one.pop("timing") != other.pop("timing")
    assert one == other
    assert list(one) == list(other)


def test_content_is_written_only_on_request() -> None:
    assert "geheim" not in written(report(), with_content=False)
    assert "geheimer Inhalt" in written(report(), with_content=True)


def test_file_names_that_are_no_unicode_survive() -> None:
    shown = report(result("br\udce4f.xml"))
    data = as_bytes(write, shown, told(with_content=True))
    assert read_report(data.decode()) == shown


def test_equal_covered_sets_are_written_once() -> None:
    covered = replace(step(Verdict.PASSED), covered=frozenset({"BR-1", "BR-2"}))
    shown = report(*(result(f"{number}.xml", covered) for number in range(50)))
    assert written(shown).count("BR-2") == 1
    assert read_report(written(shown)) == shown


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: "[]",
        lambda text: text[:-30],
        lambda text: text.replace('"verdict": "failed"', '"verdict": "green"', 1),
        lambda text: text.replace('"interrupted": false', '"interrupted": false, "extra": 1'),
        lambda text: text.replace('"covered": [', '"covered": [1,'),
        lambda text: text.replace("schnittstellen.report/1", "schnittstellen.report/2"),
        lambda text: text.replace('"results": [0.25, 0.25]', '"results": [0.25]'),
    ],
    ids=["empty", "other", "cut", "verdict", "extra", "covered", "version", "timing"],
)
def test_what_is_no_report_is_refused(spoil: object) -> None:
    text = written(report())
    spoiled = spoil(text)  # type: ignore[operator]
    assert spoiled != text
    with pytest.raises(SchnittstellenError) as caught:
        read_report(spoiled)
    assert caught.value.fault is NO_REPORT


def test_step_that_points_beyond_the_covered_sets_is_refused() -> None:
    covered = replace(step(Verdict.PASSED), covered=frozenset({"BR-1"}))
    text = written(report(result("a.xml", covered))).replace('"covered": 0', '"covered": 7')
    with pytest.raises(SchnittstellenError):
        read_report(text)


def test_hostile_names_stay_data() -> None:
    assert HOSTILE in [one["name"] for one in json.loads(written(everything()))["results"]]
