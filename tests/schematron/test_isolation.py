"""A rule that cannot be evaluated is not tested; the rules beside it are."""

import pytest

from tests.schematron.bench import broken, codes, context, covered, findings, judge, rule, schema

RULES = schema(
    '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'
    + rule(
        "hund",
        """<let name="geboren" value="xs:date(geboren)"/>
        <assert id="TAG" test="$geboren lt xs:date('2030-01-01')" role="warning">Tag</assert>
        <assert id="NAME" test="name">Name</assert>
        <report id="ZAHL" test="xs:integer(zahl) gt 5">Zahl</report>""",
    )
)


@pytest.fixture
def where(tmp_path):
    return context(tmp_path, {"a.sch": RULES})


def test_all_is_well(where):
    said = judge("<hund><geboren>2020-01-01</geboren><name/><zahl>1</zahl></hund>", where)
    assert codes(said) == []
    assert covered(said) == {"TAG", "NAME", "ZAHL"}


def test_an_error_in_one_report(where):
    said = judge("<hund><geboren>2020-01-01</geboren>\n<zahl>viele</zahl></hund>", where)
    assert {(one.code, one.rule) for one in findings(said)} == {("X205", "ZAHL"), ("X201", "NAME")}
    untested = next(one for one in findings(said) if one.code == "X205")
    assert untested.parameters == {"rule": "ZAHL", "error": "FORG0001"}
    assert "viele" in untested.content["error"]
    assert untested.place.line == 1
    assert covered(said) == {"TAG", "NAME"}


def test_an_error_in_a_variable_of_the_rule(where):
    said = judge("<hund><geboren>gestern</geboren><zahl>9</zahl></hund>", where)
    assert ("X205", "TAG") in {(one.code, one.rule) for one in findings(said)}
    assert "TAG" not in covered(said)
    assert {one.rule for one in findings(said) if one.code != "X205"} <= {"NAME", "ZAHL"}


def test_of_many_contexts_one_fails(where):
    good = "<hund><geboren>2020-01-01</geboren><name/><zahl>1</zahl></hund>"
    bad = "<hund><geboren>2020-01-01</geboren><name/><zahl>x</zahl></hund>"
    worse = "<hund><geboren>2020-01-01</geboren><zahl>9</zahl></hund>"
    said = judge(f"<h>{good}\n{bad}\n{worse}</h>", where)
    assert [(one.code, one.rule, one.place.line) for one in findings(said)] == [
        ("X201", "NAME", 3),
        ("X202", "ZAHL", 3),
        ("X205", "ZAHL", 2),
    ]


def test_an_error_in_a_global_variable_reaches_only_those_who_use_it(tmp_path):
    text = schema(
        '<let name="jahr" value="number(/hund/jahr) idiv 0"/>'
        + rule("hund", '<assert id="A" test="$jahr = 1"/><assert id="B" test="name"/>')
    )
    said = judge("<hund><jahr>2020</jahr></hund>", context(tmp_path, {"a.sch": text}))
    assert {(one.code, one.rule) for one in findings(said)} == {("X205", "A"), ("X201", "B")}


def test_weight_of_a_rule_that_could_not_be_evaluated(where):
    said = judge("<hund><geboren>gestern</geboren><name/><zahl>1</zahl></hund>", where)
    (tag,) = [one for one in findings(said) if one.rule == "TAG"]
    assert str(tag.level) == "should"
    assert broken(judge("<hund><geboren>x</geboren><name/><zahl>1</zahl></hund>", where, levels={"TAG": "off"})) <= {
        "ZAHL",
        "NAME",
    }


def test_a_context_that_cannot_be_evaluated_hides_no_rule(tmp_path):
    """XSLT takes a match pattern with an error for one that does not match, and goes on without a word."""
    text = schema(
        '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'
        + rule("hund[xs:integer(zahl) gt 3]", '<assert id="A" test="name"/><assert id="B" test="marke"/>')
        + rule("hund", '<assert id="C" test="name"/>')
    )
    where = context(tmp_path, {"a.sch": text})
    for _ in range(2):
        said = judge("<hund><zahl>viele</zahl></hund>", where)
        assert {(one.code, one.rule) for one in findings(said)} == {("X205", "A"), ("X205", "B"), ("X201", "C")}
        assert covered(said) == {"C"}
    assert broken(judge("<hund><zahl>5</zahl><name/></hund>", where)) == {"B"}


def test_a_context_and_a_test_that_cannot_be_evaluated(tmp_path):
    text = schema(
        '<ns prefix="xs" uri="http://www.w3.org/2001/XMLSchema"/>'
        + rule("hund[xs:integer(zahl) gt 3]", '<assert id="A" test="name"/>')
        + rule("hund", '<assert id="C" test="xs:integer(zahl) gt 1"/><assert id="D" test="name"/>')
    )
    said = judge("<hund><zahl>viele</zahl></hund>", context(tmp_path, {"a.sch": text}))
    assert {(one.code, one.rule) for one in findings(said)} == {("X205", "A"), ("X205", "C"), ("X201", "D")}
