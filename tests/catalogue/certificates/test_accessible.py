"""The PDF of a certificate for people who read with ears or fingers: PDF/UA-1, its structure looked at."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from schnittstellen.attest.documents import sign_certificate
from schnittstellen.attest.paper import paper
from schnittstellen.domain.certificate import Condition, Requirements
from tests.attest.making import BOARD, certificate

LANGUAGES = {"de": "Zertifikat 2026-0017", "en": "Certificate 2026-0017"}


def made(lang: str, notice: str = "") -> PdfReader:
    one = certificate(conditions=(Condition("Handbuch ergänzen"),), requirements=Requirements(14, 17))
    return PdfReader(BytesIO(paper(one, sign_certificate(one, BOARD), "ab" * 32, lang, notice)))


def root(pdf: PdfReader) -> DictionaryObject:
    found = pdf.trailer["/Root"].get_object()
    assert isinstance(found, DictionaryObject)
    return found


def structure(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """The elements of the structure, in reading order."""
    yield from _below(root(pdf)["/StructTreeRoot"].get_object())


def _below(one: Any) -> Iterator[DictionaryObject]:
    kids = one.get("/K", []) if isinstance(one, DictionaryObject) else []
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        found = kid.get_object()
        if isinstance(found, DictionaryObject) and "/S" in found:
            yield found
            yield from _below(found)


def kinds(pdf: PdfReader) -> list[str]:
    return [str(one["/S"]) for one in structure(pdf)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_title_language_and_tags_are_declared(lang: str) -> None:
    pdf = made(lang)
    catalogue = root(pdf)
    assert catalogue["/MarkInfo"].get_object()["/Marked"] == True  # noqa: E712
    assert catalogue["/Lang"] == lang
    assert catalogue["/ViewerPreferences"].get_object()["/DisplayDocTitle"] == True  # noqa: E712
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author) == (LANGUAGES[lang], "Muster-Beirat")
    said = catalogue["/Metadata"].get_object().get_data().decode()
    assert all(
        one in said for one in ("<pdfuaid:part>1</pdfuaid:part>", "<pdfaid:part>3</pdfaid:part>", LANGUAGES[lang])
    )


def test_headings_follow_each_other_and_rows_are_a_table_with_heads() -> None:
    found = kinds(made("de"))
    headings = [int(one[2:]) for one in found if one[:2] == "/H" and one[2:].isdecimal()]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert (found.count("/Table"), found.count("/TH")) == (1, 4)
    assert "/L" in found


def test_pictures_and_links_have_words() -> None:
    pdf = made("de")
    figures = [one for one in structure(pdf) if one["/S"] == "/Figure"]
    assert [str(one["/Alt"]) for one in figures] == [
        "QR-Code mit der Adresse https://katalog.example.de/zertifikate/2026-0017"
    ]
    links = [note.get_object() for page in pdf.pages for note in page.get("/Annots", [])]
    assert links
    assert all(one.get("/Contents") for one in links)
    assert kinds(pdf).count("/Link") >= 1
    assert all(page.get("/Tabs", "/S") == "/S" for page in pdf.pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_drawn_outside_of_the_structure(lang: str) -> None:
    pdf = made(lang)
    shows = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"F", b"f*", b"S", b"s", b"B", b"b", b"sh"}
    for page in pdf.pages:
        depth = 0
        for _operands, operator in ContentStream(page["/Contents"].get_object(), pdf).operations:
            depth += (operator in {b"BDC", b"BMC"}) - (operator == b"EMC")
            assert depth > 0 or operator not in shows, operator
        assert depth == 0


def test_it_is_read_in_the_order_in_which_it_is_meant() -> None:
    pdf = made("de", "NICHT GÜLTIG: widerrufen seit 01.12.2026")
    said = " ".join("".join(page.extract_text() for page in pdf.pages).split())
    order = ("Zertifikat 2026-0017", "NICHT GÜLTIG", "Muster-Beirat bescheinigt", "14 von 17", "Auflagen", "Nachweise")
    places = [said.index(one) for one in order]
    assert places == sorted(places)
    assert said.index("Was dieses Zertifikat nicht sagt") > places[-1]


def test_every_font_is_embedded_and_tells_its_characters() -> None:
    for page in made("de").pages:
        for font in page["/Resources"].get_object()["/Font"].get_object().values():
            one = font.get_object()
            (inner,) = one["/DescendantFonts"].get_object()
            descriptor = inner.get_object()["/FontDescriptor"].get_object()
            assert "/ToUnicode" in one
            assert any(name in descriptor for name in ("/FontFile2", "/FontFile3"))
