"""xml.profile: conditions of a suite in XPath."""

from io import BytesIO

import pytest

from schnittstellen.checks import profile_codes
from schnittstellen.checks.xml_profile import Profile
from schnittstellen.domain.finding import Place
from schnittstellen.domain.suite import Step
from schnittstellen.domain.verdict import Level
from schnittstellen.engine.ports import Payload
from tests.schematron.bench import codes, context, covered, findings, items

ALTER = {"id": "ALTER", "context": "//h:hund", "test": "xs:integer(h:alter) lt 30", "text": "zu alt", "level": "should"}
HUND = {"id": "HUND", "test": "exists(//h:hund)"}


@pytest.fixture
def check(tmp_path):
    where = context(tmp_path, {})

    def run(message, *rules, **options):
        return items(Profile(), message, where, **{"rules": list(rules), "namespaces": {"h": "urn:h"}, **options})

    return run


def dog(alter: str) -> str:
    return f"<hund><alter>{alter}</alter></hund>"


def message(*dogs: str) -> str:
    return "<r xmlns='urn:h'>\n" + "\n".join(dogs) + "</r>"


def test_conditions_that_hold(check):
    said = check(message(dog("3")), ALTER, HUND)
    assert (codes(said), covered(said)) == ([], {"ALTER", "HUND"})


def test_one_finding_for_each_node_that_breaks_it(check):
    said = check(message(dog("3"), dog("33"), dog("44")), ALTER, HUND)
    assert [(one.code, one.rule, one.place, one.level) for one in findings(said)] == [
        ("X301", "ALTER", Place(line=3, xpath="/r/hund[2]"), Level.SHOULD),
        ("X301", "ALTER", Place(line=4, xpath="/r/hund[3]"), Level.SHOULD),
    ]
    assert findings(said)[0].parameters == {"rule": "ALTER", "text": "zu alt"}


def test_a_condition_that_cannot_be_evaluated_leaves_the_others(check):
    said = check(message(dog("alt"), dog("3")), ALTER, {"id": "KEINE", "test": "empty(//h:hund)"})
    assert {(one.code, one.rule) for one in findings(said)} == {("X302", "ALTER"), ("X301", "KEINE")}
    assert covered(said) == {"KEINE"}


def test_an_error_while_looking_for_nodes(check):
    bad = {"id": "W", "context": "//h:hund[xs:integer(h:alter) gt 1]", "test": "true()"}
    said = check(message(dog("alt")), bad, HUND)
    assert [(one.code, one.rule) for one in findings(said)] == [("X302", "W")]
    assert covered(said) == {"HUND"}


@pytest.mark.parametrize("wrong", [{"test": "1 +"}, {"test": "x:a"}, {"test": "f()"}, {"context": "//(", "test": "1"}])
def test_a_wrong_expression_is_one_rule_not_tested(check, wrong):
    said = check(message(dog("33")), {"id": "F", **wrong}, ALTER)
    assert [(one.code, one.rule) for one in findings(said)] == [("X303", "F"), ("X301", "ALTER")]
    assert covered(said) == {"ALTER"}


def test_nothing_to_apply_to(check):
    assert codes(check("<r xmlns='urn:h'/>", ALTER)) == ["X304"]


def test_unreadable_and_too_large(check):
    assert codes(check("<r>", HUND)) == ["X305"]
    assert codes(check(message(dog("3")), HUND, max_bytes=10)) == ["X306"]


def test_no_document_outside_the_message(check, tmp_path):
    (tmp_path / "s.xml").write_text("<s/>")
    uri = (tmp_path / "s.xml").as_uri()
    assert codes(check(message(), {"id": "D", "test": f"doc('{uri}')/s"})) == ["X302"]


def test_rules_as_requirements(tmp_path):
    listed = Profile().rules(Step("s", "xml.profile", options={"rules": [ALTER, HUND]}), context(tmp_path, {}))
    assert {one.id: (one.text, one.obligation) for one in listed.values()} == {
        "ALTER": ("zu alt", Level.SHOULD),
        "HUND": ("exists(//h:hund)", Level.MUST),
    }


def test_the_document_is_shared_with_schematron(tmp_path):
    from schnittstellen.checks.xml_schematron import Schematron
    from tests.schematron.bench import rule, schema

    data = message(dog("3")).encode()
    opened: list[int] = []

    def open_() -> BytesIO:
        opened.append(1)
        return BytesIO(data)

    seen = Payload(name="n", open=open_, size=len(data))
    where = context(tmp_path, {"a.sch": schema(rule("*", "<assert id='R' test='true()'/>"))})
    list(Schematron().run(seen, {}, where))
    made = seen.memo["xdm"]
    list(Profile().run(seen, {"rules": [HUND], "namespaces": {"h": "urn:h"}}, where))
    assert seen.memo["xdm"] is made
    assert len(opened) == 1


def test_every_code_has_all_its_texts():
    for code in profile_codes.CODES:
        assert all((code.title, code.message, code.meaning, code.why, code.remedy))
