"""Badge and paper: they say what the certificate says, in both languages, for those who see and those who listen."""

import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pytest
from pypdf import PdfReader

from schnittstellen.attest import documents
from schnittstellen.attest.badge import badge
from schnittstellen.attest.embedded import signed_part
from schnittstellen.attest.paper import paper
from schnittstellen.attest.words import rows
from schnittstellen.domain.certificate import Condition
from schnittstellen.domain.refusals import Refused
from tests.attest.making import BOARD, TODAY, TRUST, certificate

SVG = "{http://www.w3.org/2000/svg}"
FULL = certificate(conditions=(Condition("#panic() *fett* ergänzen", date(2027, 3, 1)),), deviations=("A101",))
SIGNED = documents.sign_certificate(FULL, BOARD)
SHA256 = documents.verify_certificate(SIGNED, TRUST, TODAY).sha256
DEMANDED = ("Muster-RIS & Söhne <4>", "4.2", "muster 1.0", "sender", "1.2.0", "4")
"""Product, release, standard with version, role, suite edition, level."""


def printed(lang: str = "de", **changes: Any) -> PdfReader:
    return PdfReader(BytesIO(paper(replace(FULL, **changes), SIGNED, SHA256, lang)))


def texts(lang: str) -> tuple[str, str, list[str]]:
    root = ElementTree.fromstring(badge(FULL, lang))
    lines = [one.text or "" for one in root.iter(f"{SVG}text")]
    return root.findtext(f"{SVG}title") or "", root.findtext(f"{SVG}desc") or "", lines


@pytest.mark.parametrize(("lang", "day"), [("de", "19.11.2027"), ("en", "2027-11-19")])
def test_the_badge_states_what_it_must_and_when_it_ends(lang: str, day: str) -> None:
    title, description, lines = texts(lang)
    for wanted in DEMANDED:
        assert wanted in " ".join(lines)
        assert wanted in description
    assert day in lines[-1]
    assert day in description
    assert "2026-0017" in title


def test_the_badge_is_an_image_with_a_name_and_a_description() -> None:
    root = ElementTree.fromstring(badge(FULL))
    ids = {root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")}  # type: ignore[union-attr]
    assert root.get("role") == "img"
    assert set((root.get("aria-labelledby") or "").split()) == ids
    assert badge(FULL) == badge(FULL)
    assert badge(FULL).split("desc id=")[1][:16] != badge(replace(FULL, serial="2")).split("desc id=")[1][:16]


def test_nothing_in_the_badge_is_markup_or_invisible() -> None:
    hostile = replace(FULL, product_name='"><script>alert(1)</script>\x00\u202e', vendor="]]>\x1b[31m&\ud800")
    root = ElementTree.fromstring(badge(hostile))
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {"svg", "title", "desc", "rect", "g", "text"}
    assert not re.search("[\x00-\x08\u202e\ud800]", badge(hostile))


def test_a_long_name_is_cut_on_the_badge_and_whole_in_its_description() -> None:
    name = "Muster" * 40
    root = ElementTree.fromstring(badge(replace(FULL, product_name=name)))
    assert name in (root.findtext(f"{SVG}desc") or "")
    assert int(root.get("width") or 0) < 500


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_paper_is_tagged_and_declares_so(lang: str) -> None:
    root = printed(lang).trailer["/Root"]
    about = root["/Metadata"].get_object().get_data().decode()
    assert bool(root["/MarkInfo"]["/Marked"])
    assert root["/Lang"] == lang
    assert "/StructTreeRoot" in root
    assert re.search(r"pdfuaid:part>1<", about)
    assert re.search(r"pdfaid:part>3<", about)
    assert re.search(r"pdfaid:conformance>A<", about)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_paper_says_every_row(lang: str) -> None:
    said = " ".join(printed(lang).pages[0].extract_text().split())
    for label, value in rows(FULL, lang):
        assert f"{label} {value}" in said
    assert "#panic() *fett* ergänzen" in said
    assert SHA256 in said


def test_the_qr_code_has_a_text() -> None:
    data = paper(FULL, SIGNED, SHA256)
    found = [str(one.get_object()) for one in PdfReader(BytesIO(data)).trailer["/Root"]["/StructTreeRoot"]["/K"]]
    assert found
    alts = re.findall(r"QR-Code mit der Adresse [^']*", _tree(PdfReader(BytesIO(data))))
    assert alts == [f"QR-Code mit der Adresse {FULL.url}"]


def _tree(reader: PdfReader) -> str:
    """The alternative texts of the tree of tags."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for one in node:
                walk(one)
        elif isinstance(node, dict):
            if "/Alt" in node:
                found.append(str(node["/Alt"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return "\n".join(found)


def test_the_paper_is_the_same_bytes_on_repeat() -> None:
    assert paper(FULL, SIGNED, SHA256) == paper(FULL, SIGNED, SHA256)


def test_the_signed_certificate_is_in_the_paper_and_verifies() -> None:
    data = paper(FULL, SIGNED, SHA256)
    assert signed_part(data) == SIGNED
    assert documents.verify_certificate(signed_part(data), TRUST, TODAY).certificate == FULL
    assert signed_part(SIGNED) == SIGNED


def test_characters_that_no_font_has_do_not_keep_the_paper_away() -> None:
    assert "Müller" in printed(product_name="漢字 🙂 Müller").pages[0].extract_text()


def test_a_certificate_without_a_page_shows_its_digest() -> None:
    assert f"sha256:{SHA256}".removeprefix("sha256:") in _tree(printed(url=""))


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7 nothing", b"%PDF-" + b"\x00" * 99])
def test_a_pdf_without_a_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(Refused) as caught:
        signed_part(data)
    assert caught.value.codes == ("V001",)
