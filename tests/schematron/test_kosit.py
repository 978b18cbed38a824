"""kosit.accept decides as the KoSIT validator does."""

import re
import shutil
from pathlib import Path

import pytest

from schnittstellen.checks.kosit_accept import Accept
from schnittstellen.engine.ports import Context
from tests.corpus import ROOT, corpus
from tests.schematron.bench import codes, context, findings, items, notes, pinned

GOOD = sorted((ROOT / "kosit-bis/test-files/good/ubl").glob("*.xml"))
REPORT = "http://www.xoev.de/de/validator/varl/1"


def _names(folder: Path) -> tuple[str, ...]:
    files = (
        path
        for path in folder.rglob("*")
        if path.suffix in (".xml", ".xsl", ".xslt") and "test-files" not in path.parts
    )
    return tuple(sorted(str(path.relative_to(folder)) for path in files))


def _accept(data: str | bytes, where: Context, **options):
    return items(Accept(), data, where, **{"scenarios": "scenarios.xml", **options})


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_good_messages_are_accepted(file):
    folder = corpus("kosit-bis")
    said = _accept(file.read_bytes(), pinned(folder, _names(folder), ()))
    assert codes(said) == []
    assert notes(said)["scenario"].startswith("Peppol Billing BIS 3")


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Context:
    """The same configuration with an acceptMatch on the report and a rule that only warns by customLevel."""
    folder = tmp_path_factory.mktemp("kosit")
    shutil.copytree(corpus("kosit-bis") / "resources", folder / "resources")
    text = (corpus("kosit-bis") / "scenarios.xml").read_text()
    level = '<customLevel level="warning">PEPPOL-EN16931-R003</customLevel>'
    match = "<acceptMatch>count(//rep:accept) = 1</acceptMatch>"
    text = text.replace("    </createReport>", f"{level}</createReport>{match}")
    text = text.replace("<match>", f'<namespace prefix="rep">{REPORT}</namespace><match>')
    (folder / "scenarios.xml").write_text(text)
    return pinned(folder, _names(folder), ())


def _without(name: bytes) -> bytes:
    data = (corpus("kosit-bis") / "test-files/good/ubl/vat-category-Z.xml").read_bytes()
    return re.sub(rb"<cbc:" + name + rb">[^<]*</cbc:" + name + rb">", b"", data)


def test_accept_match_and_custom_level(changed):
    assert codes(_accept(_without(b"Nichts"), changed)) == []
    assert codes(_accept(_without(b"BuyerReference"), changed)) == [], "customLevel made it a warning"
    assert codes(_accept(_without(b"IssueDate"), changed)) == ["X221"]


def test_without_accept_match_any_failed_assert_rejects():
    folder = corpus("kosit-bis")
    (found,) = findings(_accept(_without(b"BuyerReference"), pinned(folder, _names(folder), ())))
    assert (found.code, found.parameters["count"]) == ("X222", "1")


SCENARIO = """<scenario><name>{name}</name><namespace prefix="h">urn:h</namespace><match>{match}</match>
  <validateWithXmlSchema><resource><name>x</name><location>x.xsd</location></resource></validateWithXmlSchema>
  <validateWithSchematron><resource><name>r</name><location>r.sch</location></resource></validateWithSchematron>
  <createReport><resource><name>b</name><location>{report}</location></resource></createReport>{accept}</scenario>"""
RULES = """<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt2"><ns prefix="h" uri="urn:h"/>
  <pattern><rule context="h:hund"><assert id="ZAHL" test="xs:integer(@alter) lt 30" flag="warning"/></rule></pattern>
  <ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/></schema>"""
REPORTS = """<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:in="http://www.xoev.de/de/validator/framework/1/createreportinput" xmlns:svrl="http://purl.oclc.org/dsdl/svrl">
  <xsl:param name="input-document" required="yes"/>
  <xsl:template match="/"><bericht regeln="{count(//svrl:failed-assert)}" nr="{$input-document/*/@nr}"
    summe="{//in:hashAlgorithm}" name="{//in:documentReference}"/></xsl:template></xsl:stylesheet>"""


def _configuration(
    folder: Path, *, match="/h:hund", accept="", report="b.xsl", more="", report_text=REPORTS
) -> Context:
    scenario = SCENARIO.format(name="Hund", match=match, accept=accept, report=report)
    namespace = "http://www.xoev.de/de/validator/framework/1/scenarios"
    text = f'<scenarios xmlns="{namespace}" frameworkVersion="1.0.0">{scenario}{more}</scenarios>'
    return context(folder, {"scenarios.xml": text, "r.sch": RULES, "b.xsl": report_text, "x.xsd": "<x/>"})


DOG = '<hund xmlns="urn:h" alter="{}" nr="7"/>'


def test_what_the_report_is_made_of(tmp_path):
    condition = "/bericht[@regeln = '1'][@nr = '7'][@summe = 'SHA-256'][@name = 'nachricht.xml']"
    where = _configuration(tmp_path, accept=f"<acceptMatch>{condition}</acceptMatch>")
    assert codes(_accept(DOG.format(99), where)) == []
    assert codes(_accept(DOG.format(9), where)) == ["X221"]


def test_a_warning_rejects_too_where_no_condition_is_given(tmp_path):
    where = _configuration(tmp_path)
    assert codes(_accept(DOG.format(9), where)) == []
    assert codes(_accept(DOG.format(99), where)) == ["X222"]


def test_a_rule_that_could_not_be_evaluated_is_never_an_acceptance(tmp_path):
    assert codes(_accept(DOG.format("alt"), _configuration(tmp_path))) == ["X224"]


def test_which_scenario(tmp_path):
    other = SCENARIO.format(name="Tier", match="/*", accept="", report="b.xsl")
    assert codes(_accept("<katze/>", _configuration(tmp_path / "1"))) == ["X223"]
    twice = _configuration(tmp_path / "2", more=other)
    assert codes(_accept(DOG.format(9), twice)) == ["X223"]
    assert codes(_accept(DOG.format(9), twice, scenario="Tier")) == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"accept": "<acceptMatch>1 +</acceptMatch>"}, "X225"),
        ({"match": "/nix:a"}, "X225"),
        ({"report": "fehlt.xsl"}, "X224"),
        ({"accept": "<acceptMatch>1</acceptMatch>", "report_text": "<a/>"}, "X224"),
        ({"accept": "<acceptMatch>1</acceptMatch>", "report_text": REPORTS.replace("count(", "xxx(")}, "X224"),
        (
            {
                "accept": "<acceptMatch>1</acceptMatch>",
                "report_text": REPORTS.replace("'", "").replace("/*/@nr", "/*/@nr/xx()"),
            },
            "X224",
        ),
    ],
)
def test_a_broken_configuration_decides_nothing(tmp_path, changes, code):
    assert codes(_accept(DOG.format(9), _configuration(tmp_path, **changes))) == [code]


def test_a_message_that_cannot_be_read_decides_nothing(tmp_path):
    assert codes(_accept("<hund", _configuration(tmp_path))) == ["X224"]
