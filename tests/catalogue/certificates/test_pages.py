"""Certificates as pages and files: what holds, why not, nothing that looks signed before it is; verified offline."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import Result
from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader

from schnittstellen.catalogue.models import Declaration
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import certificates, withdrawing
from schnittstellen.domain.facts import Confirmation, Deviation, Duty, Objection, Revocation
from tests.catalogue.certificates.making import SIGNER, TODAY, board, day, decided, declared
from tests.catalogue.making import prove, release
from tests.cli.running import run

pytestmark = pytest.mark.django_db


def get(serial: str, file: str = "", **more: str) -> HttpResponse:
    return Client().get(f"/bescheinigungen/{serial}{file}", more)  # type: ignore[return-value]


def text(serial: str, **more: str) -> str:
    """The page below its head, whitespace made one."""
    answer = get(serial, **more)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().partition("<main")[2].split())


@pytest.fixture
def signed(tmp_path: Path) -> str:
    """A certificate that the server signed today."""
    with board(tmp_path, server_signs=True):
        return decided(duties=(Duty("Handbuch ergänzen", day(40)),))


def verified(folder: Path, data: bytes, *more: object, on: int = 0, name: str = "zertifikat.json") -> Result:
    (folder / name).write_bytes(data)
    return run("verify", folder / name, "--trust", folder / "board.pub", "--on", day(on).isoformat(), *more)


# --- the files


def test_the_downloaded_file_is_verified_offline_and_a_changed_byte_is_not(tmp_path: Path, signed: str) -> None:
    answer = get(signed, "/zertifikat.json")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/json", "no-cache")
    assert answer["Content-Disposition"] == f'attachment; filename="zertifikat-{signed}.json"'
    good = verified(tmp_path, answer.content)
    assert good.exit_code == 0, good.output
    assert signed in good.stdout
    for at in range(30, len(answer.content) - 200, 97):
        changed = bytearray(answer.content)
        changed[at] ^= 1
        assert verified(tmp_path, bytes(changed)).exit_code == 1, at


def test_the_pdf_is_verified_as_it_is(tmp_path: Path, signed: str) -> None:
    answer = get(signed, "/zertifikat.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert verified(tmp_path, answer.content, name="z.pdf").exit_code == 0
    said = " ".join("".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    assert all(one in said for one in ("musterneu", "1.0", "xmuster", "1.0.0", "anfrage", "Handbuch"))
    assert "NICHT GÜLTIG" not in said


def test_files_need_not_be_sent_twice(signed: str) -> None:
    for file in ("/zertifikat.json", "/zertifikat.pdf", "/plakette.svg"):
        tag = get(signed, file)["ETag"]
        again = Client().get(f"/bescheinigungen/{signed}{file}", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b""), file


def test_the_badge_says_no_more_than_the_certificate(signed: str) -> None:
    answer = get(signed, "/plakette.svg")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/svg+xml", "public, max-age=300")
    svg = answer.content.decode()
    parts = ("musterneu", "1.0", "xmuster", "Rolle a", "1.0.0", "Stufe 4", day(40).strftime("%d.%m.%Y"), signed)
    assert all(one in svg for one in parts)
    assert "level 4" in get(signed, "/plakette.svg", sprache="en").content.decode().lower()


def test_nothing_looks_signed_before_it_is() -> None:
    serial = decided()
    for file in ("/zertifikat.json", "/zertifikat.pdf"):
        assert get(serial, file).status_code == 404
    assert "NOCH NICHT UNTERZEICHNET" in get(serial, "/plakette.svg").content.decode()
    page = text(serial)
    assert "Noch nicht unterzeichnet" in page
    assert "answer--yes" not in page
    assert "zertifikat.pdf" not in page


def test_a_level_that_fell_shows_on_the_badge_at_once(tmp_path: Path) -> None:
    with board(tmp_path):
        serial = decided()
        of = certificates.one(serial, TODAY).declaration
        recording.confirm(of, Confirmation("ab" * 32, "", TODAY))
        from schnittstellen.catalogue.services.certifying import signing

        signing.sign(serial, SIGNER, TODAY)
    assert "Stufe 5" in get(serial, "/plakette.svg").content.decode()
    recording.report_deviation(of, Deviation("m1", "", TODAY))
    svg = get(serial, "/plakette.svg").content.decode()
    assert "Stufe 5" not in svg
    assert "Stufe 4" in svg


# --- how it stands


def _new_release(of: Declaration) -> None:
    of.release.released = day(-200)
    of.release.save()
    release("musterneu@2.0", released=day(30 - 180))
    recording.renew_all()


def _version_ends(of: Declaration) -> None:
    of.role.version.in_force_until = day(29)
    of.role.version.save()
    recording.renew_all()


def _decision(of: Declaration) -> str:
    return certificates.of_declarations([of.pk], TODAY)[of.pk].decision.id


ENDS: dict[str, tuple[Callable[[Declaration], object], str]] = {
    "new release": (_new_release, "neue Version des Programms"),
    "version": (_version_ends, "Version des Standards"),
    "suite": (lambda of: recording.retire(str(of.role), "1.0.0", day(30), "x"), "tragen die Entscheidung"),
    "revoked": (lambda of: recording.revoke(of, Revocation(_decision(of), day(30), "Beispielgrund")), "Beispielgrund"),
    "duty": (lambda _of: None, "Auflage ist nicht rechtzeitig"),
}


@pytest.mark.parametrize("why", ENDS)
def test_each_end_is_told_with_its_reason_and_shown_ahead(tmp_path: Path, why: str) -> None:
    of, (ends, said) = declared(), ENDS[why]
    with board(tmp_path, server_signs=True):
        serial = decided(of, duties=(Duty("Handbuch", day(29)),) if why == "duty" else ())
    ends(of)
    before, after = text(serial, on=day(29).isoformat()), text(serial, on=day(30).isoformat())
    assert "answer--yes" in before
    assert day(29).strftime("%d.%m.%Y") in before
    assert "answer--yes" not in after
    assert said in after
    assert get(serial, "/plakette.svg").content.decode().count("NICHT") == 0


def test_what_has_ended_says_so_everywhere(tmp_path: Path, signed: str) -> None:
    of = certificates.one(signed, TODAY)
    recording.revoke(of.declaration, Revocation(of.decision.id, TODAY, "Beispielgrund"))
    assert "NICHT GÜLTIG: widerrufen" in get(signed, "/plakette.svg").content.decode()
    data = get(signed, "/zertifikat.pdf").content
    assert "NICHT GÜLTIG" in "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    with board(tmp_path):
        withdrawing.publish(SIGNER, TODAY)
    listed = Client().get("/.well-known/schnittstellen-withdrawals.json").content
    (tmp_path / "widerrufe.json").write_bytes(listed)
    document = get(signed, "/zertifikat.json").content
    assert verified(tmp_path, document).exit_code == 0, "the file alone cannot know"
    refused = verified(tmp_path, document, "--withdrawn", tmp_path / "widerrufe.json")
    assert (refused.exit_code, "V042" in refused.stdout) == (1, True)


@pytest.mark.parametrize("offset", [-1, 0, 39, 299, 300, 301])
def test_page_and_verification_agree_on_each_day(tmp_path: Path, offset: int) -> None:
    with board(tmp_path, server_signs=True):
        serial = decided()
    found = certificates.one(serial, day(offset))
    result = verified(tmp_path, get(serial, "/zertifikat.json").content, on=offset)
    assert (result.exit_code == 0) is found.holds


def test_a_newer_decision_replaces_the_older(tmp_path: Path) -> None:
    of = declared()
    with board(tmp_path, server_signs=True):
        first = decided(of)
        prove(of)
        second = decided(of, on=0, lapses_on=day(400))
        again = certificates.one(second, TODAY)
    assert "answer--yes" not in text(first)
    assert again.declaration.pk == of.pk


def test_a_contested_finding_shows_as_contested(signed: str) -> None:
    of = certificates.one(signed, TODAY).declaration
    ran = prove(of, verdict="failed", cause="product", failing=["X102"], messages=[])
    recording.object_to(of, Objection("w1", ran.report_sha256, "X102", TODAY))
    assert "bestritten" in text(signed)
    assert "X102" in text(signed)


def test_duties_are_shown_until_they_are_met(signed: str) -> None:
    of = certificates.one(signed, TODAY)
    assert "Handbuch ergänzen" in text(signed)
    assert "überfällig" in text(signed, on=day(41).isoformat())
    recording.meet_duty(of.declaration, of.decision.id, 0, TODAY)
    assert "erfüllt am" in text(signed)
    assert "answer--yes" not in text(signed, on=day(41).isoformat()), "the signed document still ends then"


def test_once_a_duty_is_met_the_server_issues_it_anew(tmp_path: Path, signed: str) -> None:
    of = certificates.one(signed, TODAY)
    with board(tmp_path, server_signs=True):
        recording.meet_duty(of.declaration, of.decision.id, 0, TODAY)
    assert "answer--yes" in text(signed, on=day(41).isoformat())
    assert verified(tmp_path, get(signed, "/zertifikat.json").content, on=41).exit_code == 0


def test_what_was_not_tested_is_said(signed: str) -> None:
    page = text(signed)
    assert "kamen in keinem Prüflauf vor: antwort" in page
    assert "ist hier nicht bekannt" in page


def test_the_list_and_the_way_there(signed: str) -> None:
    shown = Client().get("/bescheinigungen").text
    assert signed in shown
    assert signed in Client().get("/bescheinigungen?programm=musterneu").text
    assert signed not in Client().get("/bescheinigungen?programm=anderes").text
    before = Client().get("/bescheinigungen", {"on": day(-1).isoformat()}).text
    assert signed not in before
    assert "Holds" not in shown


def test_numbers_that_are_none_have_no_page() -> None:
    for serial in ("2026-00001", "x", "2026-1", "%00", "2026-99999999"):
        assert get(serial).status_code in (400, 404)


def test_badge_and_pdf_tell_another_day_where_one_is_asked_for(signed: str) -> None:
    late = day(41).isoformat()
    assert "NICHT" not in get(signed, "/plakette.svg").content.decode()
    assert "NICHT GÜLTIG" in get(signed, "/plakette.svg", on=late).content.decode()
    pages = PdfReader(BytesIO(get(signed, "/zertifikat.pdf", on=late).content)).pages
    assert "NICHT GÜLTIG" in "".join(page.extract_text() for page in pages)
    assert get(signed, "/zertifikat.json", on=late).content == get(signed, "/zertifikat.json").content


def test_the_page_calls_things_by_their_names_and_tells_the_whole_address_of_the_badge(signed: str) -> None:
    said = text(signed)
    assert "Musterhaus (musterhaus)" in said
    assert "xmuster 1.0" in said
    assert f"http://testserver/bescheinigungen/{signed}/plakette.svg" in said
