"""KoSIT validator configurations."""

import re
from pathlib import Path

import pytest

from schnittstellen.artefacts.add import add
from schnittstellen.artefacts.scan.scenarios import Scenario, matched_roots
from schnittstellen.domain.errors import SchnittstellenError
from tests.artefacts.releases import schema, write
from tests.artefacts.running import added, report

NS = {"a": "urn:muster:a", "b": "urn:muster:b"}
RULES = """<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="2.0" xmlns:a="urn:muster:a"
 xmlns:svrl="http://purl.oclc.org/dsdl/svrl"><xsl:template match="/"><svrl:schematron-output>
<svrl:active-pattern/><xsl:apply-templates/></svrl:schematron-output></xsl:template>
<xsl:template match="a:rechnung"><svrl:fired-rule context="a:rechnung"/><xsl:if test="not(@summe)">
<svrl:failed-assert id="R1" test="@summe" location="/*"><svrl:text>Summe fehlt</svrl:text></svrl:failed-assert>
</xsl:if></xsl:template></xsl:stylesheet>"""
REPORT = """<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="2.0"><xsl:template match="/">
<bericht><xsl:copy-of select="."/></bericht></xsl:template></xsl:stylesheet>"""
SCHEMA = schema(
    '<xs:element name="rechnung"><xs:complexType><xs:attribute name="art"/><xs:attribute name="summe"/>'
    "</xs:complexType></xs:element>",
    "urn:muster:a",
)


def scenario(name: str, match: str, more: str = "", rules: str = "regeln.xsl", xsd: str = "xsd/a.xsd") -> str:
    return f"""<scenario><name>{name}</name><namespace prefix="a">urn:muster:a</namespace><match>{match}</match>
<validateWithXmlSchema><resource><name>x</name><location>{xsd}</location></resource></validateWithXmlSchema>
<validateWithSchematron><resource><name>r</name><location>{rules}</location></resource></validateWithSchematron>
<createReport><resource><name>b</name><location>bericht.xsl</location></resource></createReport>{more}</scenario>"""


def configuration(folder: Path, *scenarios: str) -> Path:
    text = (
        '<scenarios xmlns="http://www.xoev.de/de/validator/framework/1/scenarios" frameworkVersion="1.0.0">'
        f"<name>Musterprüfung</name><date>2026-01-31</date>{''.join(scenarios)}</scenarios>"
    )
    return write(folder, {"scenarios.xml": text, "xsd/a.xsd": SCHEMA, "regeln.xsl": RULES, "bericht.xsl": REPORT})


def invoice(folder: Path, attributes: str) -> Path:
    path = folder / f"r{abs(hash(attributes))}.xml"
    path.write_text(f'<rechnung xmlns="urn:muster:a" {attributes}/>', encoding="utf-8")
    return path


def test_each_scenario_is_a_message_and_all_its_files_are_pinned(tmp_path: Path) -> None:
    source = configuration(tmp_path / "q", scenario("Gut & schön".replace("&", "&amp;"), "/a:rechnung[@art='1']"))
    one = added(source, tmp_path / "lib")
    assert one.standard.name == "musterpruefung@2026-01-31"
    (message,) = one.standard.messages
    assert (message.id, message.root) == ("gut-schoen", "{urn:muster:a}rechnung")
    assert (message.match, message.schemas, message.schematron) == (
        ("/a:rechnung[@art='1']",),
        ("xsd/a.xsd",),
        ("regeln.xsl",),
    )
    assert {each.path for each in one.standard.artefacts} == {"scenarios.xml", "xsd/a.xsd", "regeln.xsl", "bericht.xsl"}


def test_scenarios_that_share_a_root_are_told_apart_by_their_match(tmp_path: Path) -> None:
    source = configuration(
        tmp_path / "q", scenario("eins", "/a:rechnung[@art='1']"), scenario("zwei", "/a:rechnung[@art='2']")
    )
    added(source, tmp_path / "lib")
    paths = [invoice(tmp_path, f'art="{art}" summe="1"') for art in "123"]
    found = report(tmp_path / "lib", *paths).results
    assert sorted((each.message or "-", str(each.verdict)) for each in found) == [
        ("-", "not_tested"),
        ("eins", "passed"),
        ("zwei", "passed"),
    ]


def test_a_broken_rule_rejects_and_a_missing_resource_is_not_tested(tmp_path: Path) -> None:
    source = configuration(
        tmp_path / "q",
        scenario("eins", "/a:rechnung[@art='1']"),
        scenario("zwei", "/a:rechnung[@art='2']", rules="fehlt.xsl"),
        scenario("drei", "/a:rechnung[@art='3']", xsd="fehlt.xsd"),
    )
    one = added(source, tmp_path / "lib")
    assert {(gap.location, gap.needed_by) for gap in one.unresolved} == {
        ("fehlt.xsl", ("zwei",)),
        ("fehlt.xsd", ("drei",)),
    }
    verdicts = {
        each.message: str(each.verdict)
        for each in report(tmp_path / "lib", *(invoice(tmp_path, f'art="{art}"') for art in "123")).results
    }
    assert verdicts["eins"] == "failed"
    assert verdicts["zwei"] == "not_tested"
    assert verdicts["drei"] in ("not_tested", "failed")


def test_where_accept_match_decides_broken_rules_only_warn(tmp_path: Path) -> None:
    accept = "<acceptMatch>true()</acceptMatch>"
    source = configuration(
        tmp_path / "q", scenario("streng", "/a:rechnung[@art='1']"), scenario("mild", "/a:rechnung[@art='2']", accept)
    )
    steps = {step.id: step for step in added(source, tmp_path / "lib").suite.steps}  # type: ignore[union-attr]
    assert (steps["regeln"].messages, steps["hinweise"].messages) == (("streng",), ("mild",))
    assert (steps["regeln"].level, steps["hinweise"].level) == ("must", "should")
    verdicts = {
        each.message: str(each.verdict)
        for each in report(tmp_path / "lib", *(invoice(tmp_path, f'art="{art}"') for art in "12")).results
    }
    assert verdicts == {"streng": "failed", "mild": "passed_with_warnings"}


def test_resources_may_lie_in_a_repository_folder_beside(tmp_path: Path) -> None:
    source = configuration(tmp_path / "q", scenario("eins", "/a:rechnung"))
    (source / "repository").mkdir()
    for name in ("xsd", "regeln.xsl", "bericht.xsl"):
        (source / name).rename(source / "repository" / name)
    added(source, tmp_path / "lib")
    assert report(tmp_path / "lib", invoice(tmp_path, 'summe="1"')).verdict == "passed"


def test_a_scenario_without_a_root_is_known_by_its_condition_alone(tmp_path: Path) -> None:
    two = SCHEMA.replace("</xs:schema>", '<xs:element name="gutschrift" type="xs:string"/></xs:schema>')
    source = configuration(tmp_path / "q", scenario("eins", "//@summe"))
    write(source, {"xsd/a.xsd": two})
    one = added(source, tmp_path / "lib")
    assert {each.root for each in one.standard.messages} == {"{urn:muster:a}rechnung", "{urn:muster:a}gutschrift"}
    assert all(each.match == ("//@summe",) for each in one.standard.messages)


@pytest.mark.parametrize(
    ("match", "roots"),
    [
        ("/a:Invoice[b:X = '1']", {("urn:muster:a", "Invoice")}),
        ("exists(/*:Invoice/b:X) or /b:Y", {(None, "Invoice"), ("urn:muster:b", "Y")}),
        ("/*[local-name() = 'Q']", {(None, None)}),
        ("(/a:I | /b:C)[1]", {("urn:muster:a", "I"), ("urn:muster:b", "C")}),
        ("//b:X", set()),
        ("/a:I/b:Z[1]", {("urn:muster:a", "I")}),
        ("nicht lesbar (", set()),
    ],
)
def test_the_roots_that_a_match_asks_for(match: str, roots: set[tuple[str | None, str | None]]) -> None:
    assert matched_roots(Scenario("x", match, NS, (), (), (), None)) == roots


@pytest.mark.parametrize("scenarios", [(), (scenario("leer", " "),)])
def test_a_configuration_that_recognises_nothing_is_refused(tmp_path: Path, scenarios: tuple[str, ...]) -> None:
    with pytest.raises(SchnittstellenError) as caught:
        add(str(configuration(tmp_path / "q", *scenarios)), into=tmp_path / "lib")
    assert caught.value.fault.code == "S014"


def test_a_message_that_two_scenarios_match_never_passes(tmp_path: Path) -> None:
    source = configuration(
        tmp_path / "q", scenario("eins", "/a:rechnung[@art]"), scenario("zwei", "/a:rechnung[@summe]")
    )
    added(source, tmp_path / "lib")
    found = report(tmp_path / "lib", invoice(tmp_path, 'art="1" summe="1"'))
    assert found.verdict == "not_tested"


def test_a_scenario_without_a_report_is_judged_by_schema_and_rules(tmp_path: Path) -> None:
    plain = re.sub("<createReport>.*</createReport>", "", scenario("eins", "/a:rechnung"), flags=re.DOTALL)
    added(configuration(tmp_path / "q", plain), tmp_path / "lib")
    good, bad = invoice(tmp_path, 'summe="1"'), invoice(tmp_path, 'art="1"')
    assert [str(each.verdict) for each in report(tmp_path / "lib", good, bad).results] == ["passed", "failed"]


def test_a_configuration_of_another_framework_version_is_refused_and_not_taken_for_bare_schemas(tmp_path: Path) -> None:
    source = configuration(tmp_path / "q", scenario("eins", "/a:rechnung"))
    text = (source / "scenarios.xml").read_text(encoding="utf-8")
    (source / "scenarios.xml").write_text(text.replace("framework/1/", "framework/2/"), encoding="utf-8")
    with pytest.raises(SchnittstellenError) as caught:
        add(str(source), into=tmp_path / "lib")
    assert caught.value.fault.code == "S014"
    assert "Version 2" in str(caught.value.parameters["reason"])


def test_a_level_that_the_configuration_changes_decides_where_the_report_reads_it(tmp_path: Path) -> None:
    judging = REPORT.replace(
        "<bericht>",
        """<bericht xmlns:s="http://www.xoev.de/de/validator/framework/1/scenarios" ok="{every $one in
//*:failed-assert/@id satisfies //s:customLevel[tokenize(., ' ') = $one]/@level = 'warning'}">""",
    )
    lowered = '<customLevel level="warning">R0 R1</customLevel></createReport>'
    accept = "<acceptMatch>/bericht/@ok = 'true'</acceptMatch>"
    streng = scenario("streng", "/a:rechnung[@art='1']", accept)
    mild = scenario("mild", "/a:rechnung[@art='2']", accept).replace("</createReport>", lowered)
    source = configuration(tmp_path / "q", streng, mild)
    write(source, {"bericht.xsl": judging})
    added(source, tmp_path / "lib")
    found = report(tmp_path / "lib", invoice(tmp_path, 'art="1"'), invoice(tmp_path, 'art="2"')).results
    assert {each.message: str(each.verdict) for each in found} == {"streng": "failed", "mild": "passed_with_warnings"}
