"""Features of Schematron sources, each by what a message gets to hear."""

import pytest
from lxml import etree

from tests.schematron.bench import broken, codes, context, covered, findings, judge, rule, schema

XSL = "http://www.w3.org/1999/XSL/Transform"


def said(
    tmp_path, body: str, message: str = "<a><b c='1'>x</b></a>", attributes: str = 'queryBinding="xslt2"', **options
):
    return judge(message, context(tmp_path, {"a.sch": schema(body, attributes)}), **options)


def fails(id: str) -> str:
    return f'<assert id="{id}" test="false()"/>'


@pytest.mark.parametrize(
    "node", ["/", "b", "@c", "text()", "comment()", "processing-instruction()", "b[@c = 1]", "a/b | a", "b/@c"]
)
def test_contexts_of_every_kind(tmp_path, node):
    message = "<a><!--k--><?p q?><b c='1'>x</b></a>"
    assert broken(said(tmp_path, rule(node, fails("R")), message)) == {"R"}


def test_the_first_matching_rule_of_a_pattern_judges(tmp_path):
    two = f'<rule context="b">{fails("B")}</rule><rule context="*">{fails("ALLE")}</rule>'
    assert [(one.rule, one.place.xpath) for one in findings(said(tmp_path, f"<pattern>{two}</pattern>"))] == [
        ("ALLE", "/a"),
        ("B", "/a/b"),
    ]
    assert len(findings(said(tmp_path / "g", f"<group>{two}</group>"))) == 3


def test_phases(tmp_path):
    body = f"""<phase id="eins"><active pattern="p1"/></phase><phase id="zwei"><active pattern="p2"/></phase>
      <pattern id="p1"><rule context="a">{fails("1")}</rule></pattern>
      <pattern id="p2"><rule context="a">{fails("2")}</rule></pattern>"""
    for phase, expected in [("eins", {"1"}), ("zwei", {"2"}), ("#ALL", {"1", "2"}), (None, {"2"}), ("#DEFAULT", {"2"})]:
        attributes = 'queryBinding="xslt2" defaultPhase="zwei"'
        assert broken(said(tmp_path / str(phase), body, attributes=attributes, phase=phase)) == expected


def test_a_variable_of_a_phase_hides_the_schemas(tmp_path):
    body = """<let name="n" value="1"/><phase id="p"><let name="n" value="2"/><active pattern="q"/></phase>
      <pattern id="q"><rule context="a"><assert id="R" test="$n = 1"/></rule></pattern>"""
    assert broken(said(tmp_path / "1", body, phase="p")) == {"R"}
    assert broken(said(tmp_path / "2", body)) == set()


def test_abstract_patterns(tmp_path):
    body = """<pattern abstract="true" id="v"><rule context="$wo"><let name="wert" value="$was"/>
        <assert id="R" test="$wert = '$soll'" diagnostics="d">In <name/> steht <value-of select="$was"/>.</assert>
        </rule></pattern>
      <pattern is-a="v"><param name="wo" value="b"/>
        <param name="was" value="@c"/><param name="soll" value="1"/></pattern>
      <pattern is-a="v"><param name="wo" value="a"/>
        <param name="was" value="b"/><param name="soll" value="y"/></pattern>
      <diagnostics><diagnostic id="d">d <value-of select="$was"/></diagnostic></diagnostics>"""
    (found,) = findings(said(tmp_path, body))
    assert (found.rule, found.content["text"]) == ("R", "In a steht x.")


def test_parameters_whose_names_begin_alike(tmp_path):
    body = """<pattern abstract="true" id="v"><rule context="a">
        <assert id="R" test="$ab = 1 and $a = 2"/></rule></pattern>
      <pattern is-a="v"><param name="a" value="2"/><param name="ab" value="1"/></pattern>"""
    assert codes(said(tmp_path, body)) == []


def test_abstract_rules_in_several_steps(tmp_path):
    body = f"""<pattern>
      <rule abstract="true" id="r1">{fails("1")}</rule>
      <rule abstract="true" id="r2"><extends rule="r1"/><let name="x" value="@c"/>{fails("2")}</rule>
      <rule context="b"><extends rule="r2"/><assert id="3" test="$x = 2"/></rule></pattern>"""
    assert broken(said(tmp_path, body)) == {"1", "2", "3"}
    assert findings(said(tmp_path / "2", body.replace('rule="r1"', 'rule="r2"')))[0].parameters["reason"] == "recursion"


def test_abstract_rules_of_another_pattern_as_xoev_rules_have_them(tmp_path):
    body = f"""<pattern><rule abstract="true" id="r">{fails("R")}</rule></pattern>
      <pattern><rule context="a"><extends rule="r"/></rule></pattern>"""
    assert broken(said(tmp_path / "1", body)) == {"R"}
    assert codes(said(tmp_path / "2", body, attributes="")) == ["X206"], "5.4.12 forbids it"


def test_files_that_include_each_other_and_parts_of_files(tmp_path):
    part = '<pattern xmlns="http://purl.oclc.org/dsdl/schematron" id="{}"><rule context="a">{}</rule></pattern>'
    files = {
        "a.sch": schema('<include href="teile/p.sch"/><include href="teile/q.sch#zwei"/>'),
        "teile/p.sch": part.format("eins", '<include href="r.sch"/>'),
        "teile/r.sch": '<assert xmlns="http://purl.oclc.org/dsdl/schematron" id="P" test="false()"/>',
        "teile/q.sch": schema(part.format("eins", fails("X")) + part.format("zwei", fails("Q"))),
    }
    assert broken(judge("<a/>", context(tmp_path, files, "a.sch"))) == {"P", "Q"}


def test_keys_functions_and_prefixes_of_xslt_in_the_schema(tmp_path):
    tests = """<assert id='K' test="count(key('k', '1')) = 1"/><assert id='F' test='f:doppelt(2) = 5'/>"""
    body = f"""<ns prefix="f" uri="urn:f"/>
      <xsl:key xmlns:xsl="{XSL}" name="k" match="b" use="@c"/>
      <xsl:function xmlns:xsl="{XSL}" xmlns:g="urn:g" xmlns:f="urn:f" name="f:doppelt"><xsl:param name="g:n"/>
        <xsl:sequence select="2 * $g:n"/></xsl:function>
      {rule("a", tests)}"""
    assert broken(said(tmp_path, body)) == {"F"}


def test_namespaces_are_those_of_the_schema(tmp_path):
    body = '<ns prefix="x" uri="urn:a"/>' + rule("x:a", fails("R"))
    assert broken(said(tmp_path / "1", body, "<a xmlns='urn:a'/>")) == {"R"}
    assert codes(said(tmp_path / "2", rule("x:a", fails("R")))) == ["X206"]


def test_the_subject_tells_the_place(tmp_path):
    tests = '<assert id="R" test="false()" subject="b"/><assert id="S" test="false()" subject="nichts"/>'
    places = {one.rule: one.place.xpath for one in findings(said(tmp_path, rule("a", tests)))}
    assert places == {"R": "/a/b", "S": "/a"}


def test_variables_of_all_levels_see_each_other(tmp_path):
    body = """<let name="s" value="/a/b"/><pattern><let name="p" value="concat($s, '-p')"/><rule context="b">
      <let name="r" value="concat($p, @c)"/><let name="q" value="concat($r, '!')"/>
      <report id="R" test="$q = 'x-p1!'"/></rule></pattern>"""
    assert broken(said(tmp_path, body)) == {"R"}


def test_a_pattern_with_its_own_meaning_of_a_name(tmp_path):
    body = """<let name="n" value="'s'"/>
      <pattern><let name="n" value="concat('p', '$n')"/><rule context="a[$n = 'p$n']">
        <report id="R" test="some $n in ('z', $n) satisfies $n = 'z'">"$n" <value-of select="$n"/></report></rule>
      </pattern>
      <pattern><rule context="a"><report id="S" test="$n = 's'"/></rule></pattern>"""
    found = findings(said(tmp_path, body))
    assert [(one.rule, one.content.get("text")) for one in found] == [("R", '"$n" p$n'), ("S", None)]


def test_xpath_1_semantics_where_the_binding_is_xslt(tmp_path):
    body = rule("a", "<assert id='R' test=\"contains(b, 'x')\"/><assert id='S' test=\"'9' &lt; '10'\"/>")
    message = "<a><b>x</b><b>y</b></a>"
    assert codes(said(tmp_path / "1", body, message, "")) == []
    assert set(codes(said(tmp_path / "2", body, message))) == {"X205", "X201"}


def test_xpath_2_is_understood_where_the_binding_forgot_to_say_so(tmp_path):
    body = rule("a", "<assert id='R' test=\"every $b in b satisfies matches($b, '^x$')\"/>")
    assert codes(said(tmp_path / "1", body, "<a><b>x</b></a>", "")) == []
    assert broken(said(tmp_path / "2", body, "<a><b>x</b><b>y</b></a>", "")) == {"R"}


def test_rules_about_another_document_do_not_point_into_this_one(tmp_path):
    body = f'<pattern documents="/a/@liste"><rule context="eintrag">{fails("R")}</rule></pattern>'
    files = {"a.sch": schema(body), "liste.xml": "<liste>\n<eintrag/></liste>"}
    (found,) = findings(judge("<a liste='liste.xml'/>", context(tmp_path, files, "a.sch")))
    assert (found.rule, found.place.line, found.place.url) == ("R", None, "liste.xml")
    assert codes(judge("<a liste='andere.xml'/>", context(tmp_path, files, "a.sch"))) == ["X211"]


def test_start_of_a_phase_and_visits(tmp_path):
    body = f"""<phase id="p" from="b"><active pattern="q"/></phase>
      <pattern id="q"><rule context="a">{fails("A")}</rule><rule context="b">{fails("B")}</rule></pattern>"""
    assert broken(said(tmp_path / "1", body, phase="p")) == {"B"}
    visits = '<pattern><rule context="b/@c" visit-each="tokenize(.)"><report id="R" test=". = \'2\'"/></rule></pattern>'
    (found,) = findings(said(tmp_path / "2", visits, "<a><b c='1 2 3'/></a>", 'queryBinding="xslt3"'))
    assert found.place.xpath == "/a/b/@c"


def test_what_the_svrl_tells_beside_hits(tmp_path):
    from schnittstellen.checks.schematron.saxon import processor
    from schnittstellen.checks.schematron.validator import Validator

    body = """<title>Titel</title><ns prefix="x" uri="urn:x"/><p icon="i">Absatz</p><let name="f" value="'dyn'"/>
      <pattern id="p" role="q"><title>Muster</title><rule context="a" id="r" role="warn" flag="$f">
      <assert id="i" see="s" fpi="f" icon="c" test="false()" severity="{$f}" xml:lang="de" properties="e">
        A<emph>B</emph><dir value="rtl">C</dir><span class="k">D</span></assert></rule></pattern>
      <properties><property id="e" role="o" scheme="u"><value-of select="name()"/></property></properties>"""
    where = context(tmp_path, {"a.sch": schema(body, 'queryBinding="xslt2" schemaVersion="7"')})
    outcome = Validator(where.bundle, "a.sch").judge(processor().document(etree.fromstring("<a/>")))
    svrl = etree.fromstring(outcome.output.encode())
    for expected in [
        "/s:schematron-output[@title='Titel'][@schemaVersion='7']/s:text[@icon='i']='Absatz'",
        "//s:ns-prefix-in-attribute-values[@prefix='x']/@uri='urn:x'",
        "//s:active-pattern[@id='p'][@role='q']/@name='Muster'",
        "//s:fired-rule[@id='r'][@role='warn'][@flag='dyn']/@context='a'",
        "//s:failed-assert[@id='i'][@see='s'][@fpi='f'][@icon='c'][@severity='dyn'][@xml:lang='de']/@test='false()'",
        "//s:failed-assert/s:text[s:emph='B'][s:dir/@dir='rtl'][s:span/@class='k']",
        "//s:property-reference[@property='e'][@role='o'][@scheme='u']/s:text='a'",
    ]:
        assert svrl.xpath(expected, namespaces={"s": "http://purl.oclc.org/dsdl/svrl"}), expected


def test_rules_that_did_not_fire_are_not_covered(tmp_path):
    body = rule("b", '<assert id="B" test="true()"/>') + rule("z", '<assert id="Z" test="true()"/>')
    assert covered(said(tmp_path, body)) == {"B"}


def test_the_customary_prefix_of_xml_schema_types_needs_no_declaration(tmp_path):
    body = rule("b", '<assert id="R" test="xs:integer(@c) gt 1"/>')
    assert broken(said(tmp_path / "1", body)) == {"R"}
    other = '<ns prefix="xs" uri="urn:muster:x"/>' + rule("xs:b", '<assert id="R" test="false()"/>')
    assert broken(said(tmp_path / "2", other, "<b xmlns='urn:muster:x'/>")) == {"R"}


def test_why_rules_do_not_compile_names_no_folder_of_this_machine(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (unusable,) = findings(said(tmp_path, rule("b", '<assert id="R" test="unbekannt:f(1)"/>')))
    assert "unbekannt" in str(unusable.parameters)
    assert str(tmp_path) not in str(unusable.parameters)
