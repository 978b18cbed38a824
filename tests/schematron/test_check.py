"""The check xml.schematron: one message that passes and one that fails for each of its codes."""

import pytest

from schnittstellen.checks.schematron import codes as known
from schnittstellen.checks.xml_schematron import EACH, Schematron
from schnittstellen.domain.finding import Place
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from tests.schematron.bench import broken, codes, context, covered, findings, judge, notes, rule, schema

AGE = rule("hund", '<assert id="ALTER" test="number(alter) &lt; 30">Alter <value-of select="alter"/> zu hoch.</assert>')
MARK = rule("hund", '<report id="MARKE" test="not(marke)" role="warning">Marke fehlt.</report>')


@pytest.fixture
def dogs(tmp_path):
    return context(tmp_path, {"hunde.sch": schema(AGE + MARK)})


def test_a_message_that_keeps_the_rules(dogs):
    said = judge("<hunde><hund><alter>3</alter><marke>7</marke></hund></hunde>", dogs)
    assert codes(said) == []
    assert covered(said) == {"ALTER", "MARKE"}
    assert notes(said)["schematron"].startswith("SaxonC-HE")


def test_a_failed_assert_tells_rule_place_and_static_text(dogs):
    said = judge(
        "<hunde>\n<hund><marke/><alter>2</alter></hund>\n<hund><marke/>\n<alter>77</alter></hund></hunde>", dogs
    )
    (found,) = findings(said)
    assert (found.code, found.rule, found.level) == ("X201", "ALTER", None)
    assert found.place == Place(line=3, xpath="/hunde/hund[2]")
    assert found.parameters == {"rule": "ALTER", "text": "Alter … zu hoch."}
    assert found.content == {"text": "Alter 77 zu hoch."}


def test_a_successful_report_with_the_weight_of_its_role(dogs):
    (found,) = findings(judge("<hund><alter>3</alter></hund>", dogs))
    assert (found.code, found.rule, found.level) == ("X202", "MARKE", Level.SHOULD)


def test_no_rule_fired_is_beside_the_point_and_covers_nothing(dogs):
    said = judge("<katze/>", dogs)
    assert codes(said) == ["X203"]
    assert covered(said) == frozenset()


def test_a_message_without_rules(tmp_path):
    where = context(tmp_path, {"hunde.sch": schema(AGE)})
    assert codes(judge("<hund/>", where, rules=[])) == ["X204"]
    assert codes(judge("<hund><alter>1</alter></hund>", where, rules="hunde.sch")) == []


def test_rules_that_are_broken_do_not_hide_the_others(tmp_path):
    where = context(tmp_path, {"a.sch": schema(rule("hund", '<assert test="1 +"/>')), "b.sch": schema(AGE)})
    said = judge("<hund><alter>99</alter></hund>", where)
    assert codes(said) == ["X206", "X201"]
    assert findings(said)[0].parameters["reason"] == "compile"
    assert codes(judge("<hund><alter>99</alter></hund>", where)) == ["X206", "X201"], "told again, not forgotten"


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("a.sch", "<schema", "syntax"),
        ("a.sch", "<html/>", "not_rules"),
        ("a.xsl", '<xsl:x xmlns:xsl="http://www.w3.org/1999/XSL/Transform"/>', "not_rules"),
        ("a.sch", schema("", 'queryBinding="stx"'), "query_binding"),
        ("a.sch", schema("<rule/>"), "misplaced"),
        ("a.sch", schema("<pattern><rule><assert test='1'/></rule></pattern>"), "attribute"),
        ("a.sch", schema("<pattern><rule context='*'><assert/></rule></pattern>"), "attribute"),
        ("a.sch", schema("<include href='fehlt.sch'/>"), "unresolved"),
        ("a.sch", schema("<include href='a.sch'/>"), "recursion"),
        ("a.sch", schema("<pattern is-a='fehlt'/>"), "abstract"),
        ("a.sch", schema("", 'queryBinding="xslt2" defaultPhase="fehlt"'), "phase"),
        ("a.sch", schema("<phase id='p'><active pattern='fehlt'/></phase>", 'defaultPhase="p"'), "phase"),
    ],
)
def test_why_rules_are_unusable(tmp_path, file, text, reason):
    said = judge("<hund/>", context(tmp_path, {file: text}))
    assert codes(said) == ["X206"]
    assert findings(said)[0].parameters["reason"] == reason


@pytest.mark.parametrize("reason", ["missing", "changed"])
def test_rules_that_are_not_the_pinned_ones(tmp_path, reason):
    where = context(tmp_path, {"a.sch": schema(AGE)})
    path = tmp_path / "a.sch"
    path.unlink() if reason == "missing" else path.write_text(schema(MARK))
    assert findings(judge("<hund/>", where))[0].parameters["reason"] == reason


def test_a_message_beyond_the_limit_is_not_judged(dogs):
    message = "<hund><alter>3</alter><marke/></hund>"
    assert codes(judge(message, dogs, max_bytes=len(message))) == ["X207"]
    assert codes(judge(message, dogs, max_bytes=len(message) + 1)) == []


@pytest.mark.parametrize("message", ["<hund>", "", "<!DOCTYPE hund [<!ENTITY a 'b'>]><hund>&a;</hund>"])
def test_a_message_that_cannot_be_read(dogs, message):
    assert codes(judge(message, dogs)) == ["X208"]


def test_a_stylesheet_that_writes_no_svrl(tmp_path):
    text = '<xsl:stylesheet version="2.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">{}</xsl:stylesheet>'
    where = context(tmp_path, {"a.xsl": text.format("")})
    assert codes(judge("<hund>bellt</hund>", where)) == ["X210"]


def test_suite_levels_win_over_flags_and_switch_rules_off(dogs):
    message = "<hund><alter>77</alter></hund>"
    levels = {"ALTER": "information", "MARKE": "error"}
    assert [found.level for found in findings(judge(message, dogs, levels=levels))] == [Level.MAY, Level.MUST]
    said = judge(message, dogs, levels={"ALTER": "off"})
    assert (broken(said), covered(said)) == ({"MARKE"}, {"MARKE"})
    assert findings(judge(message, dogs, flags={"warning": "may"}))[1].level is Level.MAY


@pytest.mark.parametrize(
    ("attributes", "level"),
    [
        ('flag="fatal"', None),
        ('role="ERROR"', None),
        ('flag="warning"', Level.SHOULD),
        ('role="info"', Level.MAY),
        ('role="warning" flag="fatal"', None),
        ('role="information" flag="warning"', Level.SHOULD),
        ('severity="hint"', Level.MAY),
        ('role="eigenes"', None),
    ],
)
def test_how_much_a_rule_weighs(tmp_path, attributes, level):
    where = context(tmp_path, {"a.sch": schema(rule("*", f'<assert id="R" test="false()" {attributes}/>'))})
    assert [found.level for found in findings(judge("<hund/>", where))] == [level]


def test_many_violations_of_one_rule_are_folded(dogs):
    said = judge(f"<hunde>{'<hund><marke/><alter>99</alter></hund>' * 500}</hunde>", dogs)
    assert len(findings(said)) == EACH + 1
    assert sum(found.count for found in findings(said)) == 500


def test_the_rules_of_a_step_are_requirements(dogs):
    listed = Schematron().rules(Step("regeln", "xml.schematron", options={"levels": {"MARKE": "may"}}), dogs)
    assert {id: (one.text, one.obligation) for id, one in listed.items()} == {
        "ALTER": ("Alter … zu hoch.", Level.MUST),
        "MARKE": ("Marke fehlt.", Level.MAY),
    }
    assert set(Schematron().rules(Step("regeln", "xml.schematron", options={"levels": {"MARKE": "off"}}), dogs)) == {
        "ALTER"
    }


def test_rules_without_id_get_one_that_does_not_depend_on_their_neighbours(tmp_path):
    mine = '<assert test="alter">Alter fehlt.</assert>'
    first = context(tmp_path / "1", {"hunde.sch": schema(rule("hund", mine))})
    second = context(tmp_path / "2", {"hunde.sch": schema(MARK + rule("hund", '<assert test="name"/>' + mine))})
    (alone,) = Schematron().rules(Step("s", "xml.schematron"), first)
    assert alone in Schematron().rules(Step("s", "xml.schematron"), second)
    assert alone.startswith("hunde#")
    assert broken(judge("<hund><marke/><name/></hund>", second)) == {alone}


def test_every_code_has_all_its_texts():
    for code in known.CODES:
        assert all((code.title, code.message, code.meaning, code.why, code.remedy))


def test_importing_the_check_does_not_import_saxon():
    import subprocess
    import sys

    modules = (
        "schnittstellen.checks.xml_schematron, schnittstellen.checks.xml_profile, schnittstellen.checks.kosit_accept"
    )
    program = f"import sys, {modules}; print('saxonche' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
