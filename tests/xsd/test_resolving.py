"""References between schemas are followed offline and within the standard; what is needed and missing is named."""

from pathlib import Path

import pytest

from schnittstellen.artefacts import schemas
from schnittstellen.artefacts.schema_set import SchemaProblem
from schnittstellen.checks.xml_schema import Schema
from schnittstellen.domain.standard import Message
from schnittstellen.engine.ports import Context
from tests.xsd.making import NS, bundle, holding, judged, message, payload, said, valued, xsd

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"'
OTHER = f'{HEAD} targetNamespace="urn:anders"><xs:element name="o" type="xs:int"/></xs:schema>'
IMPORTING = xsd(
    '<xs:import namespace="urn:anders" schemaLocation="{}"/><xs:element name="r"><xs:complexType><xs:sequence>'
    '<xs:element ref="a:o"/></xs:sequence></xs:complexType></xs:element>',
    'xmlns:a="urn:anders"',
)
WITH_OTHER = message('<o xmlns="urn:anders">{}</o>')


@pytest.mark.parametrize("location", ["o.xsd", "./sub/../o.xsd", "https://example.org/anders/o.xsd"])
def test_imports_are_resolved_by_path_and_by_address(location: str, tmp_path: Path) -> None:
    files = {"s.xsd": IMPORTING.format(location), "o.xsd": OTHER}
    addresses = {"o.xsd": ("https://example.org/anders/o.xsd",)}
    assert not judged(tmp_path, files, WITH_OTHER.format("1"), addresses=addresses).findings
    assert judged(tmp_path, files, WITH_OTHER.format("x"), addresses=addresses).codes == ["X106"]


@pytest.mark.parametrize(
    "location", ["http://127.0.0.1:9/o.xsd", "file:///etc/passwd", "../../../../etc/passwd", "o2.xsd"]
)
def test_nothing_is_fetched_from_outside_of_the_standard(location: str, tmp_path: Path) -> None:
    (tmp_path / "outside.xsd").write_text(OTHER)
    answer = judged(tmp_path / "in", {"s.xsd": IMPORTING.format(location)}, WITH_OTHER.format("1"))
    assert answer.untested
    assert answer.codes == ["X152"]
    assert answer.one().parameters["location"] == location


def test_a_file_beside_the_artefacts_that_is_not_pinned_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "o.xsd").write_text(OTHER)
    assert judged(tmp_path, {"s.xsd": IMPORTING.format("o.xsd")}, WITH_OTHER.format("1")).codes == ["X152"]


def test_an_unresolved_import_matters_only_to_messages_that_use_it(tmp_path: Path) -> None:
    schema = xsd(
        '<xs:import namespace="urn:anders" schemaLocation="weg.xsd"/><xs:element name="r"><xs:complexType>'
        '<xs:sequence><xs:any namespace="##other" processContents="lax" minOccurs="0"/></xs:sequence>'
        "</xs:complexType></xs:element>"
    )
    assert not judged(tmp_path, schema, message()).findings
    answer = judged(tmp_path, schema, WITH_OTHER.format("1"))
    assert (answer.untested, answer.codes) == (True, ["X152"])


@pytest.mark.parametrize("reference", ["include", "redefine"])
def test_an_unresolved_include_is_never_passed(reference: str, tmp_path: Path) -> None:
    schema = holding("").replace("<xs:element", f'<xs:{reference} schemaLocation="weg.xsd"/><xs:element', 1)
    assert judged(tmp_path, schema, message()).codes == ["X152"]


def test_two_imports_of_one_namespace_are_joined(tmp_path: Path) -> None:
    files = {
        "s.xsd": xsd(
            '<xs:import namespace="urn:anders" schemaLocation="a.xsd"/>'
            '<xs:import namespace="urn:anders" schemaLocation="b.xsd"/>'
            '<xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="a:o"/><xs:element ref="a:p"/>'
            "</xs:sequence></xs:complexType></xs:element>",
            'xmlns:a="urn:anders"',
        ),
        "a.xsd": OTHER,
        "b.xsd": OTHER.replace('name="o"', 'name="p"'),
    }
    both = message('<o xmlns="urn:anders">1</o><p xmlns="urn:anders">{}</p>')
    assert not judged(tmp_path, files, both.format("1")).findings
    assert judged(tmp_path, files, both.format("x")).codes == ["X106"]


def test_copies_of_one_file_count_once(tmp_path: Path) -> None:
    importing = (
        f'{HEAD} targetNamespace="urn:{{0}}"><xs:import namespace="urn:anders" schemaLocation="o.xsd"/></xs:schema>'
    )
    files = {
        "s.xsd": xsd(
            '<xs:import namespace="urn:x" schemaLocation="x/x.xsd"/>'
            '<xs:import namespace="urn:y" schemaLocation="y/y.xsd"/>'
            '<xs:element name="r"/>'
        ),
        "x/x.xsd": importing.format("x"),
        "y/y.xsd": importing.format("y"),
        "x/o.xsd": OTHER,
        "y/o.xsd": OTHER,
    }
    assert not judged(tmp_path, files, message()).findings


def test_several_schemas_apply_at_once(tmp_path: Path) -> None:
    first = xsd(
        '<xs:element name="r"><xs:complexType><xs:sequence><xs:any maxOccurs="2"/></xs:sequence></xs:complexType>'
        "</xs:element>"
    )
    files = {"r.xsd": first, "k.xsd": xsd('<xs:element name="k" type="xs:int"/>'), "o.xsd": OTHER}
    text = message('<k>{}</k><o xmlns="urn:anders">{}</o>')
    assert not judged(tmp_path, files, text.format(1, 2), paths=list(files)).findings
    assert sorted(judged(tmp_path, files, text.format("x", "y"), paths=list(files)).codes) == ["X106", "X106"]
    assert judged(tmp_path, files, text.format(1, 2), paths=["r.xsd"]).codes == ["X122", "X122"]


def test_chameleon_includes_and_redefinition(tmp_path: Path) -> None:
    files = {
        "s.xsd": xsd(
            '<xs:redefine schemaLocation="c.xsd"><xs:simpleType name="S"><xs:restriction base="t:S">'
            '<xs:maxLength value="2"/></xs:restriction></xs:simpleType></xs:redefine><xs:element name="r" type="t:T"/>'
        ),
        "c.xsd": f'{HEAD}><xs:complexType name="T"><xs:sequence><xs:element name="a" type="S"/></xs:sequence>'
        '<xs:attribute name="id" type="xs:ID"/></xs:complexType><xs:simpleType name="S">'
        '<xs:restriction base="xs:string"><xs:pattern value="(x{1,2}){1,2}"/></xs:restriction></xs:simpleType>'
        "</xs:schema>",
    }
    assert not judged(tmp_path, files, message("<a>xx</a>")).findings
    assert judged(tmp_path, files, message("<a>xxx</a>")).codes == ["X109"]
    assert judged(tmp_path, files, message("<a>y</a>")).codes == ["X108"]


def test_the_xml_namespace_is_known(tmp_path: Path) -> None:
    schema = xsd(
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
        '<xs:element name="r"><xs:complexType><xs:attribute ref="xml:lang"/></xs:complexType></xs:element>'
    )
    assert not judged(tmp_path, schema, message("", 'xml:lang="de"')).findings
    assert judged(tmp_path, schema, message("", 'xml:lang="d e"')).codes == ["X106"]


def test_schema_documents_may_have_an_internal_subset(tmp_path: Path) -> None:
    schema = '<!DOCTYPE xs:schema [<!ENTITY typ "xs:int">]>' + xsd('<xs:element name="r" type="&typ;"/>')
    assert not judged(tmp_path, schema, message("1")).findings
    assert judged(tmp_path, schema, message("x")).codes == ["X106"]


def test_external_entities_of_schema_documents_are_not_loaded(tmp_path: Path) -> None:
    (tmp_path / "geheim.txt").write_text("xs:int")
    target = (tmp_path / "geheim.txt").as_uri()
    schema = f'<!DOCTYPE xs:schema [<!ENTITY typ SYSTEM "{target}">]>' + xsd(
        '<xs:element name="r"><xs:annotation><xs:documentation>&typ;</xs:documentation></xs:annotation></xs:element>'
    )
    assert judged(tmp_path, schema, message()).codes in ([], ["X151"])


def test_a_missing_and_a_changed_schema_are_not_tested(tmp_path: Path) -> None:
    known = bundle(tmp_path, {"s.xsd": valued("xs:int")})
    context = Context(known.standard, known, Message("m", f"{{{NS}}}r", ("s.xsd",)))
    (tmp_path / "s.xsd").write_text(valued("xs:string"))
    changed = said(Schema(), payload(message("1")), {}, context)
    assert (changed.untested, changed.codes, changed.one().parameters["reason"]) == (True, ["X151"], "changed")
    missing = said(Schema(), payload(message("1")), {"schema": "weg.xsd"}, context)
    assert (missing.untested, missing.codes, missing.one().parameters["reason"]) == (True, ["X151"], "missing")


def test_without_schema_nothing_is_tested(tmp_path: Path) -> None:
    known = bundle(tmp_path, {})
    answer = said(Schema(), payload(message()), {}, Context(known.standard, known))
    assert (answer.untested, answer.codes) == (True, ["X150"])


@pytest.mark.parametrize("schema", ["<xs:schema", "<a/>", xsd('<xs:element name="r" type="t:weg"/>')])
def test_a_broken_schema_is_not_tested(schema: str, tmp_path: Path) -> None:
    answer = judged(tmp_path, schema, message())
    assert answer.untested
    assert answer.codes in (["X151"], ["X153"])


def test_an_unreadable_message_is_not_tested_by_the_schema(tmp_path: Path) -> None:
    answer = judged(tmp_path, valued("xs:int"), "<r>")
    assert (answer.untested, answer.codes, answer.one().parameters["code"]) == (True, ["X020"], "X015")


def test_the_option_overrides_the_standard(tmp_path: Path) -> None:
    known = bundle(tmp_path, {"s.xsd": valued("xs:int"), "t.xsd": valued("xs:string")})
    context = Context(known.standard, known, Message("m", f"{{{NS}}}r", ("s.xsd",)))
    assert said(Schema(), payload(message("x")), {}, context).codes == ["X106"]
    for wish in ("t.xsd", ["t.xsd"]):
        assert said(Schema(), payload(message("x")), {"schema": wish}, context).codes == []


def test_judging_names_every_problem_of_a_schema(tmp_path: Path) -> None:
    files = {
        "s.xsd": xsd(
            '<xs:import namespace="urn:weg" schemaLocation="weg.xsd"/><xs:element name="r" type="t:eins"/>'
            '<xs:element name="s" type="t:zwei"/>'
        )
    }
    known = bundle(tmp_path, files)
    found = schemas.judge(known, ("s.xsd",))
    assert [one.reason for one in found] == ["unresolved", "invalid", "invalid"]
    assert schemas.judge(bundle(tmp_path, {"s.xsd": valued("xs:int")}), ("s.xsd",)) == []
    with pytest.raises(SchemaProblem, match="invalid"):
        schemas.compile(known, ("s.xsd",))


def test_global_elements(tmp_path: Path) -> None:
    known = bundle(tmp_path, {"s.xsd": xsd('<xs:element name="r"/><xs:element name="a" abstract="true"/>')})
    assert list(schemas.global_elements(schemas.gather(known, ("s.xsd",)))) == [(f"{{{NS}}}r", "s.xsd")]
