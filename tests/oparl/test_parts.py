"""Forms, fingerprints and folding: the small parts that the crawl stands on."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schnittstellen.artefacts.bundle import Bundle
from schnittstellen.checks.hypermedia import forms
from schnittstellen.checks.hypermedia.filtering import with_parameter
from schnittstellen.checks.hypermedia.model import read_model
from schnittstellen.checks.hypermedia.records import differences, fingerprint
from schnittstellen.domain.finding import CannotJudge, Finding, Place
from schnittstellen.domain.standard import Artefact, Standard, StandardKind
from schnittstellen.engine.folding import Folder, fold
from schnittstellen.engine.ports import Context
from tests.oparl.running import library


@given(st.datetimes(timezones=st.timezones()))
def test_points_in_time_with_zone_are_known(moment: object) -> None:
    text = moment.replace(microsecond=0).isoformat()  # type: ignore[attr-defined]
    exact = forms.is_exact(text)
    assert exact == forms.is_date_time(text) or text.count(":") > 3


@pytest.mark.parametrize(
    ("value", "known", "exact"),
    [
        ("2024-02-01T17:00:00+01:00", True, True),
        ("2024-02-01T17:00:00Z", True, False),
        ("2024-02-01T17:00:00.5+01:00", True, False),
        ("2024-02-01T17:00:00", False, False),
        ("2024-02-30T17:00:00+01:00", False, True),
        ("2024-02-01 17:00:00+01:00", False, False),
        ("2024-02-01", False, False),
        ("", False, False),
    ],
)
def test_forms_of_time(value: str, known: bool, exact: bool) -> None:
    assert (forms.is_date_time(value), forms.is_exact(value)) == (known, exact)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https://ris.musterstadt.example/a?b=c", True),
        ("/a", False),
        ("ris.musterstadt.example", False),
        ("ftp://ris.musterstadt.example/", False),
        ("https://", False),
        ("https://[::1", False),
        ("https://ris.musterstadt.example/a b", False),
    ],
)
def test_addresses_are_complete(value: str, expected: bool) -> None:
    assert forms.is_address(value) is expected


@given(st.text())
def test_no_text_breaks_a_form(value: str) -> None:
    for form in (*forms.FORMS.values(), forms.is_exact, forms.is_masked):
        assert form(value) in (True, False)
    forms.moment(value)


def _model() -> object:
    standard = library().standard("oparl@1.1")
    return read_model(Context(standard, library().bundle(standard)), "openapi.yaml")


@given(st.text(), st.text())
def test_fingerprints_name_what_differs(first: str, second: str) -> None:
    known = _MODEL.types["Paper"]  # type: ignore[attr-defined]
    one, other = {"name": first, "reference": "1"}, {"name": second, "date": "2024-02-01"}
    found = list(differences(fingerprint(one, known), fingerprint(other, known), known))
    assert found == ([] if first == second else ["name"])


_MODEL = _model()


def test_a_description_that_is_not_there_cannot_be_judged_by(tmp_path: object) -> None:
    standard = Standard("muster", "1", "Muster", StandardKind.OPENAPI, artefacts=(Artefact("a.yaml", "0" * 64),))
    with pytest.raises(CannotJudge) as raised:
        read_model(Context(standard, Bundle(standard, tmp_path)), "a.yaml")  # type: ignore[arg-type]
    assert raised.value.finding.code == "A300"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://a/l", "http://a/l?limit=1"),
        ("http://a/l?x=1&limit=9", "http://a/l?x=1&limit=1"),
        ("http://a/l?x=", "http://a/l?x=&limit=1"),
    ],
)
def test_parameters_are_added(url: str, expected: str) -> None:
    assert with_parameter(url, "limit", "1") == expected


def _finding(number: int, name: str = "x", count: int = 1) -> Finding:
    return Finding("A330", Place(url=f"http://a/{number}"), {"property": name, "curl": str(number)}, count=count)


def test_equal_findings_are_folded() -> None:
    (one,) = fold(_finding(number) for number in range(17_000))
    assert one.count == 17_000
    assert [place.url for place in one.examples] == ["http://a/0", "http://a/1", "http://a/2"]
    assert one.parameters["curl"] == "0"


def test_single_findings_stay_as_they_are() -> None:
    findings = [_finding(1), _finding(2, "y"), replace(_finding(3), rule="R")]
    assert list(fold(findings)) == findings


def test_folded_findings_fold_again() -> None:
    (once,) = fold(_finding(number) for number in range(5))
    (again,) = fold([once, _finding(9)])
    assert (again.count, len(again.examples)) == (6, 3)


def test_too_many_kinds_become_one() -> None:
    folder = Folder(kinds=3)
    for number in range(10):
        folder.add(_finding(number, f"p{number}"))
    found = list(folder.findings())
    assert [one.count for one in found] == [1, 1, 1, 7]
    assert found[-1].parameters["property"] == "…"
