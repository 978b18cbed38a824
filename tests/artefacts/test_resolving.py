"""References between schema documents, resolved offline."""

from pathlib import Path

import pytest

from schnittstellen.artefacts.add import add
from schnittstellen.formats.standards import read_standard
from tests.artefacts.releases import metadata, schema, write
from tests.artefacts.running import added, compiles, report

HELPER = schema(
    '<xs:simpleType name="Kurz"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>'
    "</xs:simpleType>",
    "urn:muster:typen",
)
USES = (
    '<xs:import namespace="urn:muster:typen" schemaLocation="{location}"/>'
    '<xs:element name="wurzel" type="h:Kurz" xmlns:h="urn:muster:typen"/>'
)


def message(folder: Path, text: str, namespace: str = "urn:muster:1", name: str = "wurzel") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}-{len(text)}.xml"
    path.write_text(f'<{name} xmlns="{namespace}">{text}</{name}>', encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("location", "place"),
    [
        ("../gemeinsam/typen.xsd", "gemeinsam/typen.xsd"),
        ("http://muster.example/schemata/typen.xsd", "gemeinsam/typen.xsd"),
        ("https://muster.example/schemata/typen/", "anders/genannt.xsd"),
        ("../../weit/weg/typen.xsd", "gemeinsam/typen.xsd"),
        ("file:///C:/daten/typen.xsd", "gemeinsam/typen.xsd"),
    ],
)
def test_an_import_is_found_wherever_its_address_points(tmp_path: Path, location: str, place: str) -> None:
    source = write(tmp_path / "q", {"xsd/a.xsd": schema(USES.format(location=location)), place: HELPER})
    one = added(source, tmp_path / "lib")
    assert one.unresolved == ()
    good, bad = message(tmp_path / "m", "abc"), message(tmp_path / "m", "abcd")
    assert [result.verdict for result in report(tmp_path / "lib", good, bad).results] == ["passed", "failed"]


def test_the_helper_may_be_in_a_second_source_and_only_what_is_needed_is_pinned(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(USES.format(location="http://muster.example/typen.xsd"))})
    more = write(tmp_path / "mehr", {"t/typen.xsd": HELPER, "t/anderes.xsd": schema("", "urn:muster:anderes")})
    one = added(source, tmp_path / "lib", more)
    assert sorted(artefact.path for artefact in one.standard.artefacts) == ["a.xsd", "mehr/typen.xsd"]
    compiles(one, "wurzel")


def test_a_missing_import_is_named_and_only_messages_that_need_it_are_not_tested(tmp_path: Path) -> None:
    body = USES.format(location="http://muster.example/fehlt.xsd") + '<xs:element name="frei" type="xs:int"/>'
    one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib")
    assert [(gap.location, gap.referrer, gap.namespace, gap.needed_by) for gap in one.unresolved] == [
        ("http://muster.example/fehlt.xsd", "a.xsd", "urn:muster:typen", ("wurzel",))
    ]
    assert one.untestable == ("wurzel",)
    assert one.problems == ()
    messages = [
        message(tmp_path / "m", "abc"),
        message(tmp_path / "m", "7", name="frei"),
        message(tmp_path / "m", "xx", name="frei"),
    ]
    verdicts = [result.verdict for result in report(tmp_path / "lib", *messages).results]
    assert verdicts == ["not_tested", "passed", "failed"]


def test_a_missing_include_makes_every_message_untestable(tmp_path: Path) -> None:
    body = '<xs:include schemaLocation="fehlt.xsd"/><xs:element name="wurzel" type="xs:int"/>'
    one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib")
    assert one.untestable == ("wurzel",)
    assert report(tmp_path / "lib", message(tmp_path / "m", "7")).verdict == "not_tested"


def test_includes_may_form_a_circle(tmp_path: Path) -> None:
    files = {
        "a.xsd": schema('<xs:include schemaLocation="b.xsd"/><xs:element name="wurzel" type="t:Zahl"/>'),
        "b.xsd": schema(
            '<xs:include schemaLocation="a.xsd"/><xs:simpleType name="Zahl"><xs:restriction base="xs:int"/>'
            "</xs:simpleType>"
        ),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.unresolved == ()
    assert report(tmp_path / "lib", message(tmp_path / "m", "7")).verdict == "passed"


def test_a_chameleon_takes_the_namespace_of_who_includes_it(tmp_path: Path) -> None:
    files = {
        "a.xsd": schema('<xs:include schemaLocation="teil.xsd"/><xs:element name="wurzel" type="t:Zahl"/>'),
        "teil.xsd": schema(
            '<xs:simpleType name="Zahl"><xs:restriction base="Basis"/></xs:simpleType>'
            '<xs:simpleType name="Basis"><xs:restriction base="xs:int"/></xs:simpleType>'
            '<xs:element name="nebenbei" type="Zahl"/>',
            "",
        ),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert {each.id: each.schemas for each in one.standard.messages} == {"wurzel": ("a.xsd",), "nebenbei": ("a.xsd",)}
    assert {each.root for each in one.standard.messages} == {"{urn:muster:1}wurzel", "{urn:muster:1}nebenbei"}
    results = report(tmp_path / "lib", message(tmp_path / "m", "7"), message(tmp_path / "m", "x", name="nebenbei"))
    assert [result.verdict for result in results.results] == ["passed", "failed"]


def test_a_redefinition_is_no_contradiction(tmp_path: Path) -> None:
    files = {
        "basis.xsd": schema(
            '<xs:simpleType name="Zahl"><xs:restriction base="xs:int"/></xs:simpleType>'
            '<xs:element name="wurzel" type="t:Zahl"/>'
        ),
        "profil.xsd": schema(
            '<xs:redefine schemaLocation="basis.xsd"><xs:simpleType name="Zahl">'
            '<xs:restriction base="t:Zahl"><xs:maxInclusive value="9"/></xs:restriction></xs:simpleType>'
            "</xs:redefine>"
        ),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.unresolved == ()
    assert one.problems == ()


def test_two_versions_with_the_same_file_names_are_not_mixed(tmp_path: Path) -> None:
    files = {}
    for version, longest in (("1.0", 3), ("1.1", 5)):
        namespace = f"urn:muster:typen:{version}"
        files[f"{version}/typen.xsd"] = schema(
            f'<xs:simpleType name="Kurz"><xs:restriction base="xs:string"><xs:maxLength value="{longest}"/>'
            "</xs:restriction></xs:simpleType>",
            namespace,
            version,
        )
        files[f"{version}/nachricht.xsd"] = schema(
            metadata(version=version)
            + f'<xs:import namespace="{namespace}" schemaLocation="http://x/{version}/typen.xsd"/>'
            f'<xs:element name="wurzel.0001" type="h:Kurz" xmlns:h="{namespace}"/>',
            f"urn:muster:{version}",
            version,
        )
    found = add(str(write(tmp_path / "q", files)), into=tmp_path / "lib")
    assert [one.standard.name for one in found.standards] == ["xmuster@1.0", "xmuster@1.1"]
    texts = [message(tmp_path / version, "abcd", f"urn:muster:{version}", "wurzel.0001") for version in ("1.0", "1.1")]
    assert [result.verdict for result in report(tmp_path / "lib", *texts).results] == ["failed", "passed"]


def test_versions_with_one_namespace_are_told_apart_by_the_fixed_attribute(tmp_path: Path) -> None:
    files = {
        f"{version}/a.xsd": schema(
            metadata(version=version)
            + f'<xs:complexType name="Nachricht"><xs:attribute name="version" use="required" fixed="{version}"/>'
            '</xs:complexType><xs:element name="m.0001"><xs:complexType><xs:complexContent>'
            '<xs:extension base="t:Nachricht"/></xs:complexContent></xs:complexType></xs:element>',
            version=version,
        )
        for version in ("2.3", "2.4")
    }
    add(str(write(tmp_path / "q", files)), into=tmp_path / "lib")
    (tmp_path / "m.xml").write_text('<m.0001 xmlns="urn:muster:1" version="2.3"/>')
    (tmp_path / "n.xml").write_text('<m.0001 xmlns="urn:muster:1" version="2.5"/>')
    first, second = report(tmp_path / "lib", tmp_path / "m.xml", tmp_path / "n.xml").results
    assert (first.suite, first.verdict) == ("xmuster@2.3/nachricht", "passed")
    assert (second.suite, second.verdict) == (None, "not_tested")


def test_w3c_schemas_come_from_an_installed_package_and_it_is_said(tmp_path: Path) -> None:
    body = (
        '<xs:import namespace="http://www.w3.org/1999/xlink" schemaLocation="http://www.w3.org/1999/xlink.xsd"/>'
        '<xs:element name="wurzel"><xs:complexType><xs:attribute ref="k:href" use="required" '
        'xmlns:k="http://www.w3.org/1999/xlink"/></xs:complexType></xs:element>'
    )
    one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib")
    assert one.unresolved == ()
    assert {artefact.package for artefact in one.standard.artefacts} == {None, "xmlschema"}
    assert any("xlink" in line and "xmlschema" in line for line in one.notices)
    compiles(one, "wurzel")


def test_an_xml_catalog_in_the_source_says_what_stands_for_an_address(tmp_path: Path) -> None:
    catalog = (
        '<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">'
        '<uri name="http://muster.example/a" uri="zwei.xsd"/></catalog>'
    )
    other = HELPER.replace('value="3"', 'value="1"')
    files = {
        "a.xsd": schema(USES.format(location="http://muster.example/a")),
        "catalog.xml": catalog,
        "eins.xsd": other,
        "zwei.xsd": HELPER,
    }
    added(write(tmp_path / "q", files), tmp_path / "lib", id="xmuster")
    assert report(tmp_path / "lib", message(tmp_path / "m", "abc")).verdict == "passed"


def test_a_single_file_brings_what_it_leads_to(tmp_path: Path) -> None:
    write(
        tmp_path / "q",
        {
            "xsd/a.xsd": schema(USES.format(location="../t/typen.xsd")),
            "t/typen.xsd": HELPER,
            "t/fremd.xsd": schema('<xs:element name="fremd"/>', "urn:muster:fremd"),
        },
    )
    one = added(tmp_path / "q" / "xsd" / "a.xsd", tmp_path / "lib")
    assert [each.id for each in one.standard.messages] == ["wurzel"]
    assert one.unresolved == ()


def test_what_was_written_reads_back_the_same(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(metadata() + USES.format(location="http://x/fehlt.xsd"))})
    one = added(source, tmp_path / "lib")
    assert read_standard(one.folder / "standard.toml") == one.standard
