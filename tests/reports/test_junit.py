"""JUnit XML: of the structure that CI systems read, and nothing untested looks passed or merely skipped."""

from dataclasses import replace

import pytest
from lxml import etree

from schnittstellen.domain.verdict import Verdict
from schnittstellen.reports.junit import write
from tests.reports.making import as_bytes, everything, report, result, step, told

STRUCTURE = etree.RelaxNG(
    etree.fromstring(
        """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <start>
    <element name="testsuites"><attribute name="name"/><ref name="counts"/><ref name="time"/>
      <zeroOrMore><ref name="suite"/></zeroOrMore></element>
  </start>
  <define name="counts">
    <attribute name="tests"><data type="nonNegativeInteger"/></attribute>
    <attribute name="failures"><data type="nonNegativeInteger"/></attribute>
    <attribute name="errors"><data type="nonNegativeInteger"/></attribute>
    <attribute name="skipped"><data type="nonNegativeInteger"/></attribute>
  </define>
  <define name="time"><attribute name="time"><data type="decimal"/></attribute></define>
  <define name="suite">
    <element name="testsuite"><attribute name="name"/><attribute name="id"><data type="nonNegativeInteger"/></attribute>
      <ref name="counts"/><ref name="time"/>
      <attribute name="timestamp">
        <data type="dateTime"><param name="pattern">\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d</param></data>
      </attribute>
      <element name="properties">
        <zeroOrMore><element name="property"><attribute name="name"/><attribute name="value"/></element></zeroOrMore>
      </element>
      <zeroOrMore><ref name="case"/></zeroOrMore>
    </element>
  </define>
  <define name="case">
    <element name="testcase"><attribute name="name"/><attribute name="classname"/><ref name="time"/>
      <optional><choice>
        <element name="skipped"><attribute name="message"/></element>
        <element name="error"><ref name="reason"/></element>
        <element name="failure"><ref name="reason"/></element>
        <element name="system-out"><text/></element>
      </choice></optional>
    </element>
  </define>
  <define name="reason"><attribute name="type"/><attribute name="message"/><text/></define>
</grammar>
"""
    )
)


def written(*args: object, **changes: object) -> etree._Element:
    return etree.fromstring(as_bytes(write, *args or (everything(),), told(**changes)))  # type: ignore[arg-type]


def test_structure_is_what_ci_systems_read() -> None:
    STRUCTURE.assertValid(written())


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [
        (Verdict.PASSED, None),
        (Verdict.PASSED_WITH_WARNINGS, "system-out"),
        (Verdict.FAILED, "failure"),
        (Verdict.NOT_TESTED, "error"),
        (Verdict.ERROR, "error"),
        (Verdict.NOT_APPLICABLE, "skipped"),
    ],
)
def test_each_verdict_has_its_outcome(verdict: Verdict, outcome: str | None) -> None:
    (case,) = written(report(result("a.xml", step(verdict)))).iter("testcase")
    assert [child.tag for child in case] == ([outcome] if outcome else [])


def test_counts_agree_with_the_cases() -> None:
    tree = written()
    for name, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", "testcase")):
        assert int(tree.get(name, "")) == len(list(tree.iter(tag)))
        assert sum(int(suite.get(name, "")) for suite in tree) == int(tree.get(name, ""))


def test_failure_tells_code_message_place_and_remedy() -> None:
    (failure,) = written(report(result())).iter("failure")
    assert failure.get("type") == "X999"
    assert failure.get("message") == "In a:wert fehlt ein Wert."
    for part in ("X999 · R-1", "Zeile 7, Spalte 3", "Abhilfe:"):
        assert part in (failure.text or "")


def test_content_only_on_request() -> None:
    assert b"geheim" not in as_bytes(write, report(), told())
    assert b"geheimer Inhalt" in as_bytes(write, report(), told(with_content=True))


def test_timing_stands_in_attributes_of_its_own() -> None:
    first = everything()
    later = replace(
        first,
        started="2027-01-01T00:00:00+00:00",
        seconds=9.0,
        results=tuple(replace(r, seconds=8) for r in first.results),
    )
    trees = [written(first), written(later)]
    for tree in trees:
        for element in tree.iter():
            for name in ("time", "timestamp"):
                element.attrib.pop(name, None)
    assert etree.tostring(trees[0]) == etree.tostring(trees[1])
