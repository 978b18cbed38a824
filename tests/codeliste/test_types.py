"""Where list and version stand: in the schema or in the message (code types 1 to 4), however a type is written."""

from pathlib import Path

import pytest

from tests.codeliste.making import CODE, LIST, XS, Mini, genericode, on, rasse, schema

V1 = genericode("1", [("101", "Mischling"), ("102", "Dackel")])
TODAY = on("2026-03-10")
URI = f'<xs:attribute name="listURI" type="xs:anyURI" fixed="{LIST}"/>'
VERSION = '<xs:attribute name="listVersionID" type="xs:normalizedString" fixed="1"/>'
GIVEN = '<xs:attribute name="listVersionID" type="xs:normalizedString" use="required"/>'


def test_type_2_needs_nothing_in_the_message(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], schema(URI + VERSION))
    assert mini.codes(TODAY + rasse("101", None, None)) == []
    assert mini.codes(TODAY + rasse("999", None, None)) == ["C101"]


def test_a_default_may_be_overruled_by_the_message(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], schema((URI + VERSION).replace("fixed", "default")))
    assert mini.codes(TODAY + rasse("999", None, None)) == ["C101"]
    assert mini.codes(TODAY + rasse("999", "3", "urn:muster:anders")) == ["C105"]


def test_type_3_takes_the_version_from_the_message(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], schema(URI + GIVEN))
    assert mini.codes(TODAY + rasse("101", "1", None)) == []
    assert mini.codes(TODAY + rasse("101", "2", None)) == ["C106"]
    assert mini.codes(TODAY + rasse("101", None, None)) == ["C108"]


def _enumerated(*values: str) -> str:
    facets = "".join(f'<xs:enumeration value="{value}"/>' for value in values)
    code = (
        '<xs:element name="code" form="unqualified"><xs:simpleType>'
        f'<xs:restriction base="xs:token">{facets}</xs:restriction></xs:simpleType></xs:element>'
    )
    return schema(URI + VERSION).replace(CODE, code)


def test_type_1_leaves_codes_that_the_schema_does_not_list_to_validation(tmp_path: Path) -> None:
    assert Mini(tmp_path, [V1], _enumerated("101")).codes(TODAY + rasse("999", None, None)) == []


def test_type_1_tells_where_schema_and_list_differ(tmp_path: Path) -> None:
    assert Mini(tmp_path, [V1], _enumerated("101", "999")).codes(TODAY + rasse("999", None, None)) == ["C101"]


def test_type_1_needs_no_list(tmp_path: Path) -> None:
    assert Mini(tmp_path, [], _enumerated("101")).codes(TODAY + rasse("101", None, None)) == []


def _message(declarations: str, more: str) -> str:
    return (
        f'<xs:schema {XS} xmlns:m="m" targetNamespace="m" elementFormDefault="qualified">'
        f'<xs:element name="nachricht"><xs:complexType>{declarations}</xs:complexType></xs:element>{more}</xs:schema>'
    )


_TYPE = f'<xs:complexType name="Rasse"><xs:sequence>{CODE}</xs:sequence>{URI}{VERSION}</xs:complexType>'
_LOCAL = '<xs:element name="rasse" type="m:Rasse" maxOccurs="9"/>'
_BASE = f'<xs:complexType name="Code"><xs:sequence>{CODE}</xs:sequence><xs:attribute name="listURI"/></xs:complexType>'
_DERIVED = (
    '<xs:complexType name="Rasse"><xs:complexContent><xs:{0} base="m:Code">{1}</xs:{0}></xs:complexContent>'
    "</xs:complexType>"
)
WAYS = {
    "reference": _message(
        '<xs:sequence><xs:element ref="m:rasse"/></xs:sequence>', _LOCAL.replace(' maxOccurs="9"', "") + _TYPE
    ),
    "group": _message(
        '<xs:sequence><xs:group ref="m:g"/></xs:sequence>',
        f'<xs:group name="g"><xs:choice><xs:sequence>{_LOCAL}</xs:sequence></xs:choice></xs:group>{_TYPE}',
    ),
    "inherited element": _message(
        '<xs:complexContent><xs:extension base="m:Basis"/></xs:complexContent>',
        f'<xs:complexType name="Basis"><xs:sequence>{_LOCAL}</xs:sequence></xs:complexType>{_TYPE}',
    ),
    "restriction": _message(
        f"<xs:sequence>{_LOCAL}</xs:sequence>",
        _BASE.replace("/></xs:complexType>", '/><xs:attribute name="listVersionID"/></xs:complexType>')
        + _DERIVED.format("restriction", f"<xs:sequence>{CODE}</xs:sequence>{URI}{VERSION}"),
    ),
    "extension": _message(
        f"<xs:sequence>{_LOCAL}</xs:sequence>",
        _BASE.replace('<xs:attribute name="listURI"/>', URI) + _DERIVED.format("extension", VERSION),
    ),
    "attribute group": _message(
        f"<xs:sequence>{_LOCAL}</xs:sequence>",
        f'<xs:complexType name="Rasse"><xs:sequence>{CODE}</xs:sequence><xs:attributeGroup ref="m:a"/></xs:complexType>'
        f'<xs:attributeGroup name="a">{URI}{VERSION}</xs:attributeGroup>',
    ),
    "anonymous": _message(
        f'<xs:sequence><xs:element name="rasse"><xs:complexType><xs:sequence>{CODE}</xs:sequence>{URI}{VERSION}'
        "</xs:complexType></xs:element></xs:sequence>",
        "",
    ),
    "any": _message("<xs:sequence><xs:any/></xs:sequence>", _LOCAL.replace(' maxOccurs="9"', "") + _TYPE),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("large", [False, True])
def test_the_type_is_found_however_the_schema_is_written(tmp_path: Path, way: str, large: bool) -> None:
    mini = Mini(tmp_path, [V1], WAYS[way])
    assert mini.codes(rasse("101", None, None), large=large) == []
    assert mini.codes(rasse("999", None, None), large=large) == ["C101"]


@pytest.mark.parametrize("large", [False, True])
def test_xsi_type_chooses_the_type(tmp_path: Path, large: bool) -> None:
    other = (
        '<xs:complexType name="Andere"><xs:complexContent><xs:restriction base="m:Code"><xs:sequence>'
        f"{CODE}</xs:sequence>{URI}{VERSION}</xs:restriction></xs:complexContent></xs:complexType>"
    )
    code = _BASE.replace("/></xs:complexType>", '/><xs:attribute name="listVersionID"/></xs:complexType>')
    xsd = _message('<xs:sequence><xs:element name="rasse" type="m:Code"/></xs:sequence>', code + other)
    mini = Mini(tmp_path, [V1], xsd)
    assert mini.codes('<m:rasse xsi:type="m:Andere"><code>9</code></m:rasse>', large=large) == ["C101"]
    assert mini.codes("<m:rasse><code>9</code></m:rasse>", large=large) == ["C109"]


SIMPLE = _message(
    '<xs:sequence><xs:element name="rasse" type="m:Rasse"/></xs:sequence>',
    '<xs:complexType name="Rasse"><xs:simpleContent><xs:extension base="xs:token">'
    f"{URI}{VERSION}</xs:extension></xs:simpleContent></xs:complexType>",
)


@pytest.mark.parametrize("large", [False, True])
def test_a_code_may_be_the_text_of_its_element(tmp_path: Path, large: bool) -> None:
    mini = Mini(tmp_path, [V1], SIMPLE)
    assert mini.codes("<m:rasse>101</m:rasse>", large=large) == []
    assert mini.codes("<m:rasse>999</m:rasse>", large=large) == ["C101"]


def test_an_element_named_code_without_a_list_is_no_code(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], _message("<xs:sequence><xs:any/></xs:sequence>", ""))
    assert mini.codes("<m:x><code>anything</code></m:x>") == ["C116"]


PLACES = {
    "namespaces": {"m": "m"},
    "places": [
        {"path": "m:preis/@waehrung", "list": LIST, "version": "1"},
        {"path": "m:kopf/m:art", "list": LIST, "version": "1"},
    ],
}


@pytest.mark.parametrize("large", [False, True])
def test_places_that_the_suite_names(tmp_path: Path, large: bool) -> None:
    mini = Mini(tmp_path, [V1], _message("<xs:sequence><xs:any/></xs:sequence>", ""))
    assert mini.codes('<m:preis waehrung="101"/><m:kopf><m:art> 102 </m:art></m:kopf>', PLACES, large=large) == []
    found = mini.findings('<m:preis waehrung="EUX"/><m:kopf><m:art>9</m:art></m:kopf>', PLACES, large=large)
    assert [(one.code, one.parameters["element"]) for one in found] == [("C101", "preis/@waehrung"), ("C101", "art")]
    assert (found[0].place.xpath or "").endswith("/@waehrung")


def test_a_place_is_the_end_of_a_path(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [V1], _message("<xs:sequence><xs:any/></xs:sequence>", ""))
    assert mini.codes("<m:anders><m:art>9</m:art></m:anders><m:preis/>", PLACES) == ["C116"]


def test_the_day_is_found_where_the_suite_says(tmp_path: Path) -> None:
    mini = Mini(tmp_path, [genericode("1", [("1", "M", "", "2025-12-31")])])
    options = {"namespaces": {"m": "m"}, "date": ["//m:fehlt", "/*/m:tag", "//@tag"]}
    assert mini.codes("<m:tag>2025-12-31</m:tag>" + rasse("1"), options) == []
    assert mini.codes("<m:tag>2026-01-01</m:tag>" + rasse("1"), options) == ["C104"]
    assert mini.codes("<m:tag>morgen</m:tag>" + rasse("1"), options) == ["C110"]
    assert mini.codes('<m:x tag="2026-02-30"/><m:y tag="2026-02-03"/>' + rasse("1"), options) == ["C104"]
