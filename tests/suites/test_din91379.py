"""Our pattern of DIN 91379 says what the norm's published schema says, in other words."""

import unicodedata
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from schnittstellen.artefacts.library import built_in
from tests.corpus import corpus

OURS = built_in() / "standards" / "xhundesteuer" / "1.1" / "schema" / "muster-din-91379.xsd"
WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:d="{0}" targetNamespace="{0}">
<xs:include schemaLocation="{1}"/><xs:element name="t" type="d:{2}"/></xs:schema>"""
LETTERS = [chr(point) for point in (*range(9, 14), *range(0x20, 0x2200), *range(0x20A0, 0x20C0), 0x1F415)]


@cache
def _schema(path: str, namespace: str, name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(WRAPPER.format(namespace, path, name)))


def _accepts(schema: etree.XMLSchema, namespace: str, text: str) -> bool:
    element = etree.Element(f"{{{namespace}}}t")
    element.text = text
    return bool(schema.validate(element))


def _ours(kind: str, text: str) -> bool:
    namespace = "urn:xoev-muster:din-91379:2022-08"
    return _accepts(_schema(OURS.as_uri(), namespace, f"datentyp{kind}"), namespace, text)


def _theirs(kind: str, text: str) -> bool:
    path = corpus("xbildung-artefacts") / "xoev" / "din" / "2022-08" / "din-norm-91379-datatypes.xsd"
    namespace = "urn:xoev-de:kosit:xoev:datentyp:din-91379_2022-08"
    return _accepts(_schema(path.as_uri(), namespace, f"datatype{kind}"), namespace, text)


@pytest.mark.parametrize("kind", "ABC")
def test_single_characters_agree(kind: str) -> None:
    allowed = [one for one in LETTERS if unicodedata.category(one) != "Cc" or one in "\t\n\r"]
    assert [one for one in allowed if _ours(kind, one) != _theirs(kind, one)] == []


@pytest.mark.parametrize("kind", "ABC")
def test_sequences_agree(kind: str) -> None:
    marks = [chr(point) for point in range(0x300, 0x363)]
    bases = [chr(point) for point in (*range(0x41, 0x7B), *range(0xC0, 0x180), *range(0x1E00, 0x1EFA))]
    wrong = [base + mark for base in bases for mark in marks if _ours(kind, base + mark) != _theirs(kind, base + mark)]
    assert wrong == []


@given(
    text=st.text(
        st.sampled_from(["K", "k", "H", "h", "C", "c", "L", "S", "s", *map(chr, range(0x300, 0x362))]), max_size=4
    )
)
@settings(max_examples=300, deadline=None)
def test_longer_sequences_agree(text: str) -> None:
    assert _ours("C", text) == _theirs("C", text)


@pytest.mark.parametrize("text", ["Žan Šimić", "Łajka", "Zoë", "M̀", "O'Neill-Straße", "Nguyễn"])
def test_names_of_persons_pass(text: str) -> None:
    assert _ours("A", text)


@pytest.mark.parametrize("text", ["Bello 🐕", "Ελένη", "Иван", "A\u0338", "Zeile\nZeile", "50 €"])
def test_what_is_no_name_fails(text: str) -> None:
    assert not _ours("A", text)
