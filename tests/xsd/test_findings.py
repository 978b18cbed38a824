"""Every code of xml.schema: one message that passes, one that gives exactly this code, at the right place."""

from pathlib import Path

import pytest

from schnittstellen.checks.xsd import codes
from tests.xsd.making import NS, XSI, holding, judged, message, valued, xsd

PAIR = holding(
    '<xs:sequence><xs:element name="a" type="xs:int"/><xs:element name="b" type="xs:string"/></xs:sequence>'
    '<xs:attribute name="v" use="required"/>'
)
KEYS = holding(
    '<xs:sequence><xs:element name="k" maxOccurs="9"><xs:complexType><xs:attribute name="n"/>'
    '<xs:attribute name="auf"/></xs:complexType></xs:element></xs:sequence>',
    '<xs:key name="nummer"><xs:selector xpath="t:k"/><xs:field xpath="@n"/></xs:key>'
    '<xs:keyref name="verweis" refer="t:nummer"><xs:selector xpath="t:k"/><xs:field xpath="@auf"/></xs:keyref>',
)
IDS = holding(
    '<xs:sequence><xs:element name="k" maxOccurs="9"><xs:complexType><xs:attribute name="id" type="xs:ID"/>'
    '<xs:attribute name="ref" type="xs:IDREF"/></xs:complexType></xs:element></xs:sequence>'
)
DERIVED = xsd(
    '<xs:complexType name="B" abstract="true"/><xs:complexType name="E"><xs:complexContent>'
    '<xs:extension base="t:B"/></xs:complexContent></xs:complexType><xs:complexType name="O"/>'
    '<xs:element name="r" type="t:B"/>'
)
OPEN = holding('<xs:sequence><xs:any namespace="##other"/></xs:sequence>')
ASSERTED = xsd(
    '<xs:element name="r"><xs:complexType><xs:attribute name="von" type="xs:int"/>'
    '<xs:attribute name="bis" type="xs:int"/><xs:assert test="@von le @bis"/></xs:complexType></xs:element>'
)

CASES = {
    codes.UNKNOWN_ROOT: (valued("xs:int"), message("1"), "<q/>", "/q", {"element": "q"}),
    codes.MISSING_ELEMENT: (
        PAIR,
        message("<a>1</a><b/>", 'v=""'),
        message("<b/>", 'v=""'),
        "/t:r",
        {"expected": "t:a"},
    ),
    codes.UNEXPECTED_ELEMENT: (
        PAIR,
        message("<a>1</a><b/>", 'v=""'),
        message("<a>1</a><x/><b/>", 'v=""'),
        "/t:r/t:x",
        {"element": "t:x", "expected": "t:b"},
    ),
    codes.MISSING_ATTRIBUTE: (
        PAIR,
        message("<a>1</a><b/>", 'v=""'),
        message("<a>1</a><b/>"),
        "/t:r",
        {"attribute": "v", "element": "t:r"},
    ),
    codes.UNEXPECTED_ATTRIBUTE: (
        PAIR,
        message("<a>1</a><b/>", 'v=""'),
        message('<a>1</a><b x="1"/>', 'v=""'),
        "/t:r/t:b/@x",
        {"attribute": "x", "element": "t:b"},
    ),
    codes.WRONG_TYPE: (
        PAIR,
        message("<a>1</a><b/>", 'v=""'),
        message("<a>eins</a><b/>", 'v=""'),
        "/t:r/t:a",
        {"element": "t:a", "type": "xs:int"},
    ),
    codes.ENUMERATION: (valued("xs:string", enumeration="x"), message("x"), message("y"), "/t:r", {"expected": "x"}),
    codes.PATTERN: (valued("xs:string", pattern="a+"), message("aa"), message("b"), "/t:r", {"limit": "a+"}),
    codes.LENGTH: (
        valued("xs:string", maxLength="2"),
        message("äö"),
        message("äöü"),
        "/t:r",
        {"facet": "maxLength", "limit": "2"},
    ),
    codes.RANGE: (
        valued("xs:date", minInclusive="2020-01-01"),
        message("2020-01-01"),
        message("2019-12-31"),
        "/t:r",
        {"facet": "minInclusive", "limit": "2020-01-01"},
    ),
    codes.DIGITS: (
        valued("xs:decimal", fractionDigits="2"),
        message("1.50"),
        message("1.505"),
        "/t:r",
        {"facet": "fractionDigits", "limit": "2"},
    ),
    codes.TEXT_NOT_ALLOWED: (
        holding('<xs:sequence><xs:element name="a" minOccurs="0"/></xs:sequence>'),
        message(" "),
        message("Text"),
        "/t:r",
        {"element": "t:r"},
    ),
    codes.CHILDREN_NOT_ALLOWED: (valued("xs:string"), message("a"), message("<a/>"), "/t:r", {"element": "t:r"}),
    codes.DUPLICATE_ID: (
        IDS,
        message('<k id="a"/><k id="b"/>'),
        message('<k id="a"/><k id="a"/>'),
        "/t:r/t:k[2]/@id",
        {"element": "t:k/@id"},
    ),
    codes.DANGLING_IDREF: (
        IDS,
        message('<k ref="b"/><k id="b"/>'),
        message('<k ref="c"/><k id="b"/>'),
        "/t:r/t:k[1]/@ref",
        {"element": "t:k/@ref"},
    ),
    codes.KEY: (
        KEYS,
        message('<k n="1"/><k n="2"/>'),
        message('<k n="1"/><k n="1"/>'),
        "/t:r/t:k[2]",
        {"constraint": "t:nummer"},
    ),
    codes.KEYREF: (
        KEYS,
        message('<k n="1" auf="1"/>'),
        message('<k n="1" auf="2"/>'),
        "/t:r/t:k",
        {"constraint": "t:verweis"},
    ),
    codes.NIL: (
        xsd('<xs:element name="r" type="xs:int" nillable="true"/>'),
        message("", f'{XSI} xsi:nil="true"'),
        message("1", f'{XSI} xsi:nil="true"'),
        "/t:r",
        {"element": "t:r"},
    ),
    codes.XSI_TYPE: (
        DERIVED.replace(' abstract="true"', ""),
        message("", f'{XSI} xsi:type="E"'),
        message("", f'{XSI} xsi:type="O"'),
        "/t:r/@xsi:type",
        {"element": "t:r/@xsi:type"},
    ),
    codes.ABSTRACT: (DERIVED, message("", f'{XSI} xsi:type="E"'), message(), "/t:r", {"element": "t:r"}),
    codes.FIXED: (
        xsd('<xs:element name="r" type="xs:string" fixed="1.2"/>'),
        message("1.2"),
        message("1.3"),
        "/t:r",
        {"element": "t:r"},
    ),
    codes.UNDECLARED: (
        OPEN.replace("##other", f"{NS} ##other").replace("##other", "")[:-12] + '<xs:element name="g"/></xs:schema>',
        message("<g/>"),
        message("<h/>"),
        "/t:r/t:h",
        {"element": "t:h"},
    ),
    codes.ASSERTION: (
        ASSERTED,
        message("", 'von="1" bis="2"'),
        message("", 'von="2" bis="1"'),
        "/t:r",
        {"limit": "@von le @bis"},
    ),
}


@pytest.mark.parametrize("code", CASES, ids=lambda code: code.id)
def test_each_fault_has_its_code_and_place(code: codes.Code, tmp_path: Path) -> None:
    schema, good, bad, xpath, parameters = CASES[code]
    assert judged(tmp_path, schema, good).findings == ()
    finding = judged(tmp_path, schema, bad).one()
    assert finding.code == code.id
    assert finding.place.xpath == xpath
    assert finding.place.line == 1
    assert dict(finding.parameters) | parameters == dict(finding.parameters)


def test_every_code_but_those_that_are_not_tested_has_a_case() -> None:
    untested = {"X150", "X151", "X152", "X153", "X154"}
    assert {code.id for code in codes.CODES} - untested - {"X199"} == {code.id for code in CASES}


def test_all_faults_are_found_not_only_the_first(tmp_path: Path) -> None:
    schema = holding(
        '<xs:sequence><xs:element name="k" maxOccurs="9"><xs:complexType><xs:sequence>'
        '<xs:element name="datum" type="xs:date"/><xs:element name="betrag" type="xs:decimal"/></xs:sequence>'
        '<xs:attribute name="n" type="xs:int"/></xs:complexType></xs:element></xs:sequence>'
    )
    text = message(
        '\n<x n="a"/>\n<k n="a"><betrag>x</betrag></k>\n<k><datum>gestern</datum></k>\n'
        "<k><betrag>1</betrag><datum>2020-01-01</datum></k>"
    )
    found = {(one.code, one.place.line, one.place.xpath) for one in judged(tmp_path, schema, text).findings}
    assert found == {
        ("X103", 2, "/t:r/t:x"),
        ("X106", 3, "/t:r/t:k[1]/@n"),
        ("X102", 3, "/t:r/t:k[1]"),
        ("X106", 3, "/t:r/t:k[1]/t:betrag"),
        ("X106", 4, "/t:r/t:k[2]/t:datum"),
        ("X102", 4, "/t:r/t:k[2]"),
        ("X102", 5, "/t:r/t:k[3]"),
        ("X103", 5, "/t:r/t:k[3]/t:datum"),
    }


def test_more_than_ten_expected_elements_are_all_named(tmp_path: Path) -> None:
    names = [f"e{number}" for number in range(25)]
    schema = holding("<xs:choice>" + "".join(f'<xs:element name="{name}"/>' for name in names) + "</xs:choice>")
    finding = judged(tmp_path, schema, message("<x/>")).findings[0]
    assert finding.parameters["expected"] == ", ".join(f"t:{name}" for name in names)


def test_several_missing_elements_are_named_one_by_one(tmp_path: Path) -> None:
    parts = "".join(
        f'<xs:element name="{name}" minOccurs="{low}"/>' for name, low in zip("abcde", "10110", strict=True)
    )
    said = judged(tmp_path, holding(f"<xs:sequence>{parts}</xs:sequence>"), message("<a/>"))
    assert [one.parameters["expected"] for one in said.findings] == ["t:c", "t:d"]


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        (valued("xs:int"), message("GEHEIM")),
        (valued("xs:string", pattern="a+"), message("GEHEIM")),
        (valued("xs:string", enumeration="x"), message("GEHEIM' is not an element of the set {'y'}.")),
        (IDS, message('<k ref="GEHEIM"/>')),
        (IDS, message('<k id="GEHEIM"/><k id="GEHEIM"/>')),
        (KEYS, message('<k n="GEHEIM"/><k n="GEHEIM"/>')),
        (KEYS, message('<k n="1" auf="GEHEIM"/>')),
        (xsd('<xs:element name="r" type="xs:string" fixed="1.2"/>'), message("GEHEIM")),
        (ASSERTED, message("", 'von="GEHEIM" bis="1"')),
    ],
)
def test_no_content_outside_of_content(schema: str, text: str, tmp_path: Path) -> None:
    said = judged(tmp_path, schema, text)
    assert said.findings
    for finding in said.findings:
        assert "GEHEIM" not in str(dict(finding.parameters)) + str(finding.place)


def test_the_validator_is_named(tmp_path: Path) -> None:
    assert judged(tmp_path, PAIR, message("<a>1</a><b/>", 'v=""')).notes["validator"].startswith("libxml2 2.")
    assert judged(tmp_path, ASSERTED, message()).notes["validator"].startswith("xmlschema 4.")


def test_an_element_without_readable_prefix_keeps_its_name(tmp_path: Path) -> None:
    finding = judged(tmp_path, PAIR, message('<a>1</a><b/><z:x xmlns:z="urn:z"/>', 'v=""')).one()
    assert finding.place.xpath == "/t:r/z:x"


def test_giant_names_are_cut(tmp_path: Path) -> None:
    finding = judged(tmp_path, PAIR, message(f"<a>1</a><b/><{'x' * 40_000}/>", 'v=""')).one()
    assert len(finding.parameters["element"]) <= 200
