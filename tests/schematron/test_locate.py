"""From every form of location that SVRL writers use to the line of the element."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from schnittstellen.checks.schematron.locate import locate, readable
from schnittstellen.domain.finding import Place

TREE = etree.ElementTree(
    etree.fromstring("""<r xmlns="urn:a" xmlns:b="urn:b">
<b:x/>
<b:x n="1"
 b:m="2">t<!--c--><?p q?></b:x>
<y xmlns=""><z/>
<z/></y>
</r>""")
)


@pytest.mark.parametrize(
    ("location", "line", "xpath"),
    [
        ("/*:r[namespace-uri()='urn:a'][1]", 1, "/r"),
        ("/*:r[namespace-uri()='urn:a'][1]/*:x[namespace-uri()='urn:b'][2]", 4, "/r/b:x[2]"),
        (
            '/*[local-name()="r" and namespace-uri()="urn:a"]/*[local-name()="x" and namespace-uri()="urn:b"][2]',
            4,
            "/r/b:x[2]",
        ),
        ("/*[local-name()='r'][1]/*[local-name()='y'][1]", 5, "/r/y"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[1]", 2, "/r/b:x[1]"),
        ("/Q{urn:a}r[1]/Q{}y[1]/Q{}z[2]", 6, "/r/y/z[2]"),
        ("/q:r[1]/b:x[2]", 4, "/r/b:x[2]"),
        ("/r/b:x[2]", 4, "/r/b:x[2]"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[2]/@n", 4, "/r/b:x[2]/@n"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[2]/@Q{urn:b}m", 4, "/r/b:x[2]/@m"),
        ("/*:r[namespace-uri()='urn:a'][1]/b:x[2]/@*[local-name()='m' and namespace-uri()='urn:b']", 4, "/r/b:x[2]/@m"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[2]/text()[1]", 4, "/r/b:x[2]/text()"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[2]/comment()[1]", 4, "/r/b:x[2]/comment()"),
        ("/Q{urn:a}r[1]/Q{urn:b}x[2]/processing-instruction(p)[1]", 4, "/r/b:x[2]/processing-instruction()"),
        ("/", 1, "/"),
        ("", 1, "/"),
    ],
)
def test_forms(location, line, xpath):
    assert locate(TREE, location, {"q": "urn:a"}) == Place(line=line, xpath=xpath)


@pytest.mark.parametrize(
    "location", ["/Q{urn:a}r[1]/Q{urn:b}x[3]", "/Q{urn:z}r[1]", "unsinn", "/r[", "/Q{urn:a}r[1]/b:x[0]"]
)
def test_what_leads_nowhere_keeps_its_text_and_has_no_line(location):
    assert locate(TREE, location, {}) == Place(xpath=location)


NAMES = st.sampled_from(["a", "b", "{urn:a}a", "{urn:b}c", "ä-ö.ü"])


@st.composite
def trees(draw, depth: int = 3) -> etree._Element:
    element = etree.Element(draw(NAMES))
    for _ in range(draw(st.integers(0, 3)) if depth else 0):
        element.append(draw(trees(depth - 1)))
    return element


@given(trees())
def test_paths_that_saxon_and_skeletons_write_lead_back(root):
    tree = etree.ElementTree(root)
    for element in root.iter():
        assert _same(tree, _eqname_path(element), element)
        assert _same(tree, _skeleton_path(element), element)


def _same(tree: etree._ElementTree, location: str, element: etree._Element) -> bool:
    place = locate(tree, location, {})
    return place.xpath == readable(element) and place.line == element.sourceline


def _steps(element: etree._Element) -> list[tuple[str, str, int]]:
    found = []
    for one in [*reversed(list(element.iterancestors())), element]:
        name = etree.QName(one)
        number = 1 + sum(1 for _ in one.itersiblings(one.tag, preceding=True))
        found.append((name.namespace or "", name.localname, number))
    return found


def _eqname_path(element: etree._Element) -> str:
    return "".join(f"/Q{{{uri}}}{name}[{number}]" for uri, name, number in _steps(element))


def _skeleton_path(element: etree._Element) -> str:
    return "".join(
        f"/*:{name}[namespace-uri()='{uri}'][{number}]" if uri else f"/{name}[{number}]"
        for uri, name, number in _steps(element)
    )
