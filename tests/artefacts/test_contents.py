"""Messages, rules and code lists that are found in a release."""

from pathlib import Path

import pytest

from schnittstellen.artefacts.add import add
from schnittstellen.artefacts.release import BROKEN_RULES
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.standard import ArtefactKind
from tests.artefacts.releases import genericode, metadata, rules, schema, write
from tests.artefacts.running import added, compiles, report

ROOT = '<xs:element name="wurzel" type="xs:string"/>'
COMPILED = """<xsl:stylesheet xmlns:xsl="http://www.w3.org/1999/XSL/Transform" version="2.0" xmlns:t="{namespace}"
 xmlns:svrl="http://purl.oclc.org/dsdl/svrl"><xsl:template match="/"><svrl:schematron-output>
<xsl:apply-templates/></svrl:schematron-output></xsl:template><xsl:template match="t:wurzel">
<svrl:failed-assert id="R1"/></xsl:template></xsl:stylesheet>"""


def use(uri: str | None, version: str | None, name: str = "CodeX") -> str:
    """A complex type that binds a code to a list, as XÖV does."""
    fixed = [f'fixed="{one}"' if one else "" for one in (uri, version)]
    return f"""<xs:complexType name="{name}"><xs:sequence><xs:element name="code" type="xs:token"/></xs:sequence>
<xs:attribute name="listURI" type="xs:anyURI" {fixed[0]}/>
<xs:attribute name="listVersionID" type="xs:normalizedString" {fixed[1]}/></xs:complexType>"""


def test_a_message_takes_every_document_that_it_may_need(tmp_path: Path) -> None:
    files = {
        "kern.xsd": schema(
            '<xs:element name="inhalt" abstract="true" type="xs:string"/>'
            '<xs:element name="wurzel"><xs:complexType><xs:sequence><xs:element ref="t:inhalt"/>'
            "</xs:sequence></xs:complexType></xs:element>"
        ),
        "mehr.xsd": schema(
            '<xs:include schemaLocation="kern.xsd"/>'
            '<xs:element name="foto" substitutionGroup="t:inhalt" type="xs:string"/>'
        ),
        "fremd.xsd": schema('<xs:element name="anderes" type="xs:string"/>'),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    found = {each.id: each.schemas for each in one.standard.messages}
    assert found == {"wurzel": ("mehr.xsd",), "anderes": ("fremd.xsd",)}
    path = tmp_path / "m.xml"
    path.write_text('<wurzel xmlns="urn:muster:1"><foto>x</foto></wurzel>')
    assert report(tmp_path / "lib", path).verdict == "passed"


def test_a_document_that_leans_on_another_without_saying_so_is_loaded_with_it(tmp_path: Path) -> None:
    files = {
        "alles.xsd": schema('<xs:include schemaLocation="a.xsd"/><xs:include schemaLocation="typen.xsd"/>'),
        "a.xsd": schema('<xs:element name="wurzel" type="t:Zahl"/>'),
        "typen.xsd": schema('<xs:simpleType name="Zahl"><xs:restriction base="xs:int"/></xs:simpleType>'),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.standard.messages[0].schemas == ("alles.xsd",)
    compiles(one, "wurzel")


def test_elements_that_only_serve_others_are_no_messages(tmp_path: Path) -> None:
    body = (
        '<xs:element name="teil" type="xs:string"/><xs:element name="wurzel"><xs:complexType><xs:sequence>'
        '<xs:element ref="t:teil"/></xs:sequence></xs:complexType></xs:element>'
    )
    one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib")
    assert [each.id for each in one.standard.messages] == ["wurzel"]


def test_a_sample_message_shows_that_an_element_is_a_message(tmp_path: Path) -> None:
    body = (
        '<xs:element name="teil" type="xs:string"/><xs:element name="wurzel"><xs:complexType><xs:sequence>'
        '<xs:element ref="t:teil"/></xs:sequence></xs:complexType></xs:element>'
    )
    files = {"a.xsd": schema(body), "beispiele/teil.xml": '<teil xmlns="urn:muster:1">x</teil>'}
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert [each.id for each in one.standard.messages] == ["teil", "wurzel"]
    assert {artefact.path for artefact in one.standard.artefacts} == {"a.xsd"}


def test_metadata_name_the_standard_and_wishes_override_them(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(metadata("XMuster_2.1", "2.1") + ROOT)})
    assert added(source, tmp_path / "lib").standard.name == "xmuster@2.1"
    one = added(source, tmp_path / "lib", id="eigenes", version="7", title="Mein Titel")
    assert (one.standard.name, one.standard.title) == ("eigenes@7", "Mein Titel")


@pytest.mark.parametrize("wish", [{"id": "Groß Klein"}, {"version": "../1"}, {"id": "../x"}])
def test_names_that_would_be_paths_are_refused(tmp_path: Path, wish: dict[str, str]) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(ROOT)})
    with pytest.raises(SchnittstellenError) as caught:
        add(str(source), into=tmp_path / "lib", **wish)  # type: ignore[arg-type]
    assert caught.value.fault.code == "S013"
    assert not (tmp_path / "lib").exists()


def test_one_name_for_several_standards_is_refused_and_the_choice_listed(tmp_path: Path) -> None:
    files = {f"{v}.xsd": schema(metadata(version=v) + ROOT, f"urn:muster:{v}", v) for v in ("1.0", "2.0")}
    with pytest.raises(SchnittstellenError) as caught:
        add(str(write(tmp_path / "q", files)), into=tmp_path / "lib", id="xmuster")
    assert caught.value.fault.code == "S012"
    assert caught.value.parameters["names"] == "xmuster@1.0, xmuster@2.0"


def test_a_toolbox_without_messages_is_added_without_a_suite(tmp_path: Path) -> None:
    body = '<xs:simpleType name="Zahl"><xs:restriction base="xs:int"/></xs:simpleType>'
    one = added(write(tmp_path / "q", {"a.xsd": schema(metadata("xbaukasten") + body)}), tmp_path / "lib")
    assert (one.suite, one.command, one.standard.messages) == (None, None, ())
    assert any("Baukasten" in line for line in one.notices)


def test_rules_are_known_by_their_namespace_not_by_their_name(tmp_path: Path) -> None:
    files = {"a.xsd": schema(ROOT), "eins": rules("urn:muster:1"), "zwei.sch": rules("urn:muster:0")}
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.standard.messages[0].schematron == ("eins",)
    assert any("zwei.sch" in line for line in one.notices)
    assert [step.check for step in one.suite.steps] == ["xml.wellformed", "xml.schema", "xml.schematron"]  # type: ignore[union-attr]


def test_a_ready_stylesheet_gives_way_to_its_source_but_stands_alone_without(tmp_path: Path) -> None:
    ready = COMPILED.format(namespace="urn:muster:1")
    both = write(tmp_path / "q", {"a.xsd": schema(ROOT), "r.sch": rules("urn:muster:1"), "r.xsl": ready})
    alone = write(tmp_path / "p", {"a.xsd": schema(ROOT), "r.xsl": ready})
    assert added(both, tmp_path / "lib").standard.messages[0].schematron == ("r.sch",)
    one = added(alone, tmp_path / "lib", id="allein")
    assert one.standard.messages[0].schematron == ("r.xsl",)
    assert next(each.kind for each in one.standard.artefacts if each.path == "r.xsl") is ArtefactKind.XSLT


def test_parts_of_rules_are_pinned_and_missing_ones_named(tmp_path: Path) -> None:
    include = '<sch:include href="teile/{}.sch"/>'
    extra = include.format("da") + include.format("fehlt")
    part = '<sch:let xmlns:sch="http://purl.oclc.org/dsdl/schematron" name="x" value="1"/>'
    files = {"a.xsd": schema(ROOT), "r.sch": rules("urn:muster:1", extra=extra), "teile/da.sch": part}
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert "teile/da.sch" in {artefact.path for artefact in one.standard.artefacts}
    assert [(gap.location, gap.needed_by) for gap in one.unresolved] == [("teile/fehlt.sch", ("wurzel",))]


def test_lists_that_the_schema_names_are_pinned_and_missing_ones_named(tmp_path: Path) -> None:
    body = use("urn:muster:liste:a", "1", "CodeA") + use("urn:muster:liste:b", None, "CodeB") + ROOT
    source = write(tmp_path / "q", {"a.xsd": schema(metadata() + body)})
    more = write(
        tmp_path / "listen",
        {
            "a1.xml": genericode("urn:muster:liste:a", "1"),
            "a2.xml": genericode("urn:muster:liste:a", "2"),
            "fremd.xml": genericode("urn:muster:liste:fremd"),
        },
    )
    one = added(source, tmp_path / "lib", more)
    lists = {artefact.path for artefact in one.standard.artefacts if artefact.kind is ArtefactKind.CODELIST}
    assert lists == {"listen/a1.xml", "listen/a2.xml"}
    assert one.missing_lists == ("urn:muster:liste:b",)
    assert "--with" in str(one.standard.requirements["urn:muster:liste:b"].not_tested)
    assert next(step.level for step in one.suite.steps if step.check == "codeliste") == "should"  # type: ignore[union-attr]


def test_where_messages_choose_the_list_all_given_lists_are_pinned(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(metadata() + use(None, None) + ROOT)})
    more = write(tmp_path / "listen", {"frei.xml": genericode("urn:muster:liste:frei")})
    assert "listen/frei.xml" in {one.path for one in added(source, tmp_path / "lib", more).standard.artefacts}


def test_a_version_of_a_list_that_is_not_there_is_missing(tmp_path: Path) -> None:
    files = {
        "a.xsd": schema(metadata() + use("urn:muster:liste:a", "3") + ROOT),
        "a.xml": genericode("urn:muster:liste:a", "2"),
    }
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert one.missing_lists == ("urn:muster:liste:a_3",)


def test_faults_of_the_schema_itself_are_told(tmp_path: Path) -> None:
    body = ROOT + '<xs:element name="krank" type="t:GibtEsNicht"/>'
    one = added(write(tmp_path / "q", {"a.xsd": schema(body)}), tmp_path / "lib")
    assert [(problem.reason, problem.path) for problem in one.problems] == [("invalid", "a.xsd")]


def test_a_file_that_is_no_xml_is_told_and_left_out(tmp_path: Path) -> None:
    files = {"a.xsd": schema(ROOT), "kaputt.xsd": schema(ROOT)[:-9]}
    one = added(write(tmp_path / "q", files), tmp_path / "lib")
    assert any("kaputt.xsd" in line for line in one.notices)
    assert [artefact.path for artefact in one.standard.artefacts] == ["a.xsd"]


def test_adding_again_changes_nothing_and_other_content_needs_replace(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(metadata() + ROOT)})
    first = added(source, tmp_path / "lib")
    before = {path: path.read_bytes() for path in (tmp_path / "lib").rglob("*") if path.is_file()}
    assert (first.unchanged, added(source, tmp_path / "lib").unchanged) == (False, True)
    assert {path: path.read_bytes() for path in (tmp_path / "lib").rglob("*") if path.is_file()} == before
    write(source, {"a.xsd": schema(metadata() + ROOT.replace("string", "int"))})
    with pytest.raises(SchnittstellenError) as caught:
        added(source, tmp_path / "lib")
    assert caught.value.fault.code == "S011"
    assert {path: path.read_bytes() for path in (tmp_path / "lib").rglob("*") if path.is_file()} == before
    assert added(source, tmp_path / "lib", replace=True).unchanged is False
    assert (first.folder / "a.xsd").read_text() == schema(metadata() + ROOT.replace("string", "int"))


def test_a_suite_that_was_worked_on_is_kept_when_the_standard_is_added_again(tmp_path: Path) -> None:
    source = write(tmp_path / "q", {"a.xsd": schema(metadata() + ROOT)})
    suite = added(source, tmp_path / "lib").suite_folder / "suite.toml"  # type: ignore[operator]
    suite.write_text(suite.read_text().replace("1.0.0", "1.1.0"))
    assert added(source, tmp_path / "lib").unchanged
    assert "1.1.0" in suite.read_text()


def test_no_folder_of_this_machine_is_written_down(tmp_path: Path) -> None:
    one = added(write(tmp_path / "q", {"a.xsd": schema(ROOT)}), tmp_path / "lib")
    assert str(tmp_path) not in (one.folder / "standard.toml").read_text()


def test_rules_that_are_not_well_formed_leave_their_messages_untested(tmp_path: Path) -> None:
    cut = rules("urn:muster:1").replace("</sch:schema>", "")
    source = write(tmp_path / "q", {"a.xsd": schema('<xs:element name="wurzel"/>'), "regeln.sch": cut})
    one = added(source, tmp_path / "lib")
    assert [each.template for each in one.notices] == [BROKEN_RULES]
    message = write(tmp_path, {"m.xml": '<wurzel xmlns="urn:muster:1"/>'}) / "m.xml"
    found = report(tmp_path / "lib", message)
    assert found.verdict == "not_tested"
    assert found.cause == "configuration"


def test_broken_rules_of_another_standard_hold_up_nothing(tmp_path: Path) -> None:
    cut = rules("urn:muster:10").replace("</sch:schema>", "")
    source = write(tmp_path / "q", {"a.xsd": schema('<xs:element name="wurzel"/>'), "regeln.sch": cut})
    added(source, tmp_path / "lib")
    message = write(tmp_path, {"m.xml": '<wurzel xmlns="urn:muster:1"/>'}) / "m.xml"
    assert report(tmp_path / "lib", message).verdict == "passed"
