"""Signs that no text may hold."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schnittstellen.domain.plain_text import first_control, without_control

TEXTS = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("text", "sign", "plain"),
    [
        ("Köln, 1. Stock\n\tZimmer 7\r\n", None, "Köln, 1. Stock\n\tZimmer 7\r\n"),
        (
            "👩\N{ZERO WIDTH JOINER}💻 A\N{COMBINING DIAERESIS}",
            None,
            "👩\N{ZERO WIDTH JOINER}💻 A\N{COMBINING DIAERESIS}",
        ),
        ("a\0b", "U+0000", "ab"),
        ("a\x0bb\u2028c", "U+000B", "a b c"),
        ("a\rb", "U+000D", "a b"),
        ("\ufeffa", "U+FEFF", "a"),
        ("\u202egnu", "U+202E", "gnu"),
        ("a\x85b\x9b", "U+0085", "a b"),
        ("\ud800", "U+D800", ""),
    ],
)
def test_signs_are_named_and_taken_out(text: str, sign: str | None, plain: str) -> None:
    assert (first_control(text), without_control(text)) == (sign, plain)


@given(TEXTS)
@example("\ud800\0\uffff")
def test_what_is_left_fits_into_xml_and_stays_as_it_is(text: str) -> None:
    plain = without_control(text)
    assert first_control(plain) is None
    assert without_control(plain) == plain
    element = ET.Element("a")
    element.text = plain
    assert ET.fromstring(ET.tostring(element, encoding="utf-8")).text in (plain or None, plain.replace("\r\n", "\n"))
