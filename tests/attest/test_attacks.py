"""What an attacker tries beside the forgeries of `test_reports`: what two readers read as different things."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter

from schnittstellen.attest import documents, envelope, keys, words
from schnittstellen.attest.paper import paper
from schnittstellen.attest.signing import signed_report
from schnittstellen.attest.verifying import verify_report
from schnittstellen.cli.files import today
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.scripts import foreign, mixed
from schnittstellen.domain.trust import Purpose, Why, Withdrawal
from schnittstellen.formats.attested import certificate_written, keys_written
from tests.attest import making
from tests.attest.making import CLAIM, DEMANDS, TRUST, certificate, good, signed
from tests.attest.test_reports import refused
from tests.cli.running import run
from tests.reports.making import report

EARLY = date(2026, 1, 1)


def with_signatures(*envelopes: bytes, broken: int | None = None) -> bytes:
    """The first envelope with the signatures of all; that at `broken` is of other bytes."""
    outer = json.loads(envelopes[0])
    found = [json.loads(one)["signatures"][0] for one in envelopes]
    if broken is not None:
        found[broken]["sig"] = json.loads(signed(replace(good(), seconds=9.0))[0])["signatures"][0]["sig"]
    return json.dumps({**outer, "signatures": found}).encode()


@pytest.mark.parametrize("first_is_bad", [True, False])
def test_of_two_signatures_by_known_keys_both_must_hold(first_is_bad: bool) -> None:
    ours, data = signed(good())
    theirs, _ = signed(good(), private=making.THEIRS)
    pair = (theirs, ours) if first_is_bad else (ours, theirs)
    assert refused(with_signatures(*pair, broken=0 if first_is_bad else 1), data) == ("V004",)


def test_a_signature_of_somebody_unknown_beside_a_good_one_changes_nothing() -> None:
    ours, data = signed(good())
    strangers, _ = signed(good(), private=making.STRANGER)
    for pair in ((ours, strangers), (strangers, ours)):
        assert verify_report(with_signatures(*pair), data, CLAIM, DEMANDS, TRUST).key == making.OUR_KEY


@pytest.mark.parametrize("last", [True, False])
def test_a_report_with_two_verdicts_is_none(last: bool) -> None:
    """Signed as it is: one reader takes the first name, another the last."""
    data = making.as_json(good() if last else report())
    said = b'"verdict": "failed", ' if last else b'"verdict": "passed", '
    twice = data.replace(b"{", b"{" + said, 1)
    signed_so = signed_report(good(), twice, making.RELEASE, keys.signer(making.OURS))
    assert "V005" in refused(signed_so, twice)


def test_a_report_with_what_is_no_json_is_none() -> None:
    data = making.as_json(good()).replace(b'"seconds": ', b'"seconds": NaN, "was": ', 1)
    signed_so = signed_report(good(), data, making.RELEASE, keys.signer(making.OURS))
    assert "V005" in refused(signed_so, data)


# --- verify


@pytest.fixture
def board(tmp_path: Path) -> Any:
    private, public = keys.create("muster-beirat", Purpose.BOARD, EARLY)
    (tmp_path / "beirat.pub").write_text(json.dumps(keys_written((public,))))
    return keys.signer(private)


def verify(folder: Path, data: bytes, *more: object, on: str = "2026-12-01", name: str = "z.json") -> Any:
    (folder / name).write_bytes(data)
    return run("verify", folder / name, "--trust", folder / "beirat.pub", "--on", on, *more)


def told(result: Any) -> str:
    return " ".join(str(result.stdout).split())


@pytest.mark.parametrize("where", ["payload", "envelope"])
def test_additional_fields_are_refused_or_not_shown(tmp_path: Path, board: Any, where: str) -> None:
    more = {"product_name_de": "Gold-Siegel"}
    if where == "payload":
        data = envelope.sealed(canonical({**certificate_written(certificate()), **more}), envelope.CERTIFICATE, board)
        found = verify(tmp_path, data)
        assert (found.exit_code, "V005" in found.stdout) == (1, True)
    else:
        outer = json.loads(documents.sign_certificate(certificate(), board))
        found = verify(tmp_path, json.dumps({**outer, **more}).encode())
        assert found.exit_code == 0
    assert "Gold-Siegel" not in found.stdout.replace("product_name_de", "")


def test_without_a_list_of_withdrawals_the_first_line_says_so(tmp_path: Path, board: Any) -> None:
    """Who verifies a certificate that was withdrawn, with an old file of keys, is not told that it simply holds."""
    data = documents.sign_certificate(certificate(), board)
    assert told(verify(tmp_path, data)).startswith(
        "Das Zertifikat ist echt und gilt am 01.12.2026, sofern der Beirat es nicht widerrufen hat."
    )


def test_an_older_list_says_that_it_does_not_know_what_came_later(tmp_path: Path, board: Any) -> None:
    data = documents.sign_certificate(certificate(), board)
    older = documents.withdraw(None, [], "muster-beirat", today() - timedelta(5), today() + timedelta(26))
    (tmp_path / "w.json").write_bytes(documents.sign_withdrawals(older, board))
    on = today().isoformat()
    found = verify(tmp_path, data, "--withdrawn", tmp_path / "w.json", on=on)
    assert found.exit_code == 0
    assert "widerrufen hat, steht nicht in dieser Liste" in told(found)
    fresh = documents.withdraw(older, [], "muster-beirat", today(), today() + timedelta(31))
    (tmp_path / "w.json").write_bytes(documents.sign_withdrawals(fresh, board))
    assert "steht nicht in dieser Liste" not in told(verify(tmp_path, data, "--withdrawn", tmp_path / "w.json", on=on))


def test_the_newer_list_takes_it_back(tmp_path: Path, board: Any) -> None:
    entry = Withdrawal(certificate().serial, today(), Why.RULES_BROKEN, "Abweichung")
    listed = documents.withdraw(None, [entry], "muster-beirat", today(), today() + timedelta(31))
    (tmp_path / "w.json").write_bytes(documents.sign_withdrawals(listed, board))
    data = documents.sign_certificate(certificate(), board)
    found = verify(tmp_path, data, "--withdrawn", tmp_path / "w.json", on=today().isoformat())
    assert (found.exit_code, "V042" in found.stdout) == (1, True)


def test_the_pages_of_a_pdf_are_not_what_is_verified(tmp_path: Path, board: Any) -> None:
    """The pages of one certificate, with the genuine certificate of another product in the file."""
    genuine = documents.sign_certificate(certificate(), board)
    boasting = replace(certificate(), product_name="Gold-RIS")
    pages = PdfReader(BytesIO(paper(boasting, genuine, "00" * 32)))
    forged, out = PdfWriter(), BytesIO()
    for page in pages.pages:
        forged.add_page(page)
    forged.add_attachment("certificate.json", genuine)
    forged.write(out)
    found = verify(tmp_path, out.getvalue(), name="z.pdf")
    assert (found.exit_code, "Gold-RIS" in found.stdout) == (0, False)
    assert "nicht das Bild ihrer Seiten: Es gilt, was hier steht" in told(found)
    assert "Bild ihrer Seiten" not in told(verify(tmp_path, genuine))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Мuster-RIS", "Мuster"),
        ("Muster-РІЅ", "РІЅ"),
        ("Muster RΙS", "RΙS"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER M}uster", "\N{FULLWIDTH LATIN CAPITAL LETTER M}uster"),
        ("Größe & Öffentlichkeit 2.0 (Łódź)", ""),
    ],
)
def test_letters_of_other_scripts_in_the_name_are_told(tmp_path: Path, board: Any, name: str, word: str) -> None:
    assert foreign(name) == word
    data = documents.sign_certificate(replace(certificate(), product_name=name), board)
    found = told(verify(tmp_path, data))
    assert (f"gleichen ({word})" in found) == bool(word)
    assert ("Vergleichen Sie die Kennung muster-ris" in found) == bool(word)


def test_a_whole_word_of_another_script_mixes_nothing() -> None:
    assert (mixed("Мир"), foreign("Мир")) == ("", "Мир")


@pytest.mark.parametrize("code", [0xAD, 0x61C, 0x115F, 0x180E, 0x2060, 0x202E, 0x3164, 0xFE0F, 0xE0041, 0x2028])
def test_what_nobody_sees_is_not_in_what_is_shown(code: int) -> None:
    assert words.clean(f"Muster{chr(code)}-RIS") == "Muster -RIS"
