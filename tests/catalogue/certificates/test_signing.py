"""What is signed is what follows from the decision, by the board's key, and nothing else gets in."""

from dataclasses import replace
from pathlib import Path

import pytest

from schnittstellen.attest import documents, keys
from schnittstellen.attest.documents import sign_certificate
from schnittstellen.attest.words import rows
from schnittstellen.catalogue.models import SignedCertificate
from schnittstellen.catalogue.models.evidence import AppendOnly
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import board_key, certificates, signing
from schnittstellen.domain.certified import State
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.facts import Confirmation, Revocation
from schnittstellen.domain.levels import Nachweisstufe
from schnittstellen.domain.trust import Purpose
from tests.catalogue.certificates.making import PUBLIC, SIGNER, TODAY, board, day, decided, declared
from tests.catalogue.making import prove

pytestmark = pytest.mark.django_db


def code(call: object) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()  # type: ignore[operator]
    return caught.value.fault.code


def test_without_the_key_nothing_is_signed_and_the_board_signs_later(tmp_path: Path) -> None:
    with board(tmp_path):
        serial = decided()
        assert not SignedCertificate.objects.exists()
        found = certificates.one(serial, TODAY)
        assert (found.stand.state, found.signed, found.holds) == (State.VALID, None, False)
        row = signing.sign(serial, SIGNER, TODAY)
        verified = documents.verify_certificate(bytes(row.document), board_key.trust(), TODAY)
    said = verified.certificate
    assert (said.serial, said.level, said.edition) == (serial, Nachweisstufe.BOARD, "1.0.0")
    assert (said.messages, said.url) == (("anfrage",), f"https://katalog.stadt.example/bescheinigungen/{serial}")
    assert verified.key.id == PUBLIC.id
    assert certificates.one(serial, TODAY).holds


def test_with_the_key_a_decision_is_signed_at_once(tmp_path: Path) -> None:
    with board(tmp_path, server_signs=True):
        serial = decided()
        assert certificates.one(serial, TODAY).holds
        assert code(lambda: signing.sign(serial, SIGNER, TODAY)) == "F425"


def test_a_key_that_the_board_does_not_publish_signs_nothing_and_stops_no_decision(tmp_path: Path) -> None:
    other, _ = keys.create("fremd", Purpose.BOARD, TODAY)
    with board(tmp_path, server_signs=True, private=other):
        serial = decided()
        assert certificates.one(serial, TODAY).stand.state is State.VALID
        assert not SignedCertificate.objects.exists()
        assert code(lambda: signing.sign(serial, keys.signer(other), TODAY)) == "V010"


def test_an_unreadable_key_stops_no_decision(tmp_path: Path) -> None:
    with board(tmp_path, server_signs=True):
        (tmp_path / "board.key").chmod(0o644)
        decided()
    assert not SignedCertificate.objects.exists()


def test_a_decision_that_is_no_more_is_not_signed(tmp_path: Path) -> None:
    with board(tmp_path):
        serial = decided()
        of = certificates.one(serial, TODAY)
        recording.revoke(of.declaration, Revocation(of.decision.id, TODAY, "Beispiel"))
        assert code(lambda: signing.sign(serial, SIGNER, TODAY)) == "F424"


def test_without_evidence_of_its_suite_it_says_too_much(tmp_path: Path) -> None:
    of = declared()
    with board(tmp_path):
        serial = decided(of, evidence=frozenset({prove(of, suite="anders@1.0/a").report_sha256}))
        assert code(lambda: signing.sign(serial, SIGNER, TODAY)) == "V043"


FORGED = {
    "level": {"level": Nachweisstufe.OPERATION, "confirmations": ("ab" * 32,)},
    "end": {"lapses_on": day(3000)},
    "message": {"messages": ()},
    "name": {"product_name": "Anders"},
    "later": {"issued": day(3)},
    "earlier": {"issued": day(-1)},
}


@pytest.mark.parametrize("what", FORGED)
def test_a_document_that_says_something_else_is_not_taken(tmp_path: Path, what: str) -> None:
    with board(tmp_path):
        said = replace(signing.draft(decided(), TODAY), **FORGED[what])
        assert code(lambda: signing.take(sign_certificate(said, SIGNER), TODAY)) in ("F426", "F424")
    assert not SignedCertificate.objects.exists()


def test_what_is_not_genuine_is_not_taken(tmp_path: Path) -> None:
    stranger, _ = keys.create("muster-beirat", Purpose.BOARD, TODAY)
    with board(tmp_path):
        made = signing.draft(decided(), TODAY)
        good = sign_certificate(made, SIGNER)
        assert code(lambda: signing.take(sign_certificate(made, keys.signer(stranger)), TODAY)) == "V010"
        assert code(lambda: signing.take(good.replace(b'"sig": "', b'"sig": "00'), TODAY)) in ("V001", "V004")
        assert code(lambda: signing.take(b"{}", TODAY)) == "V001"
        assert code(lambda: signing.take(sign_certificate(replace(made, serial="2026-99999"), SIGNER), TODAY)) == "F423"
        signing.take(good, TODAY)
        assert code(lambda: signing.take(good, TODAY)) == "F425"
        signing.take(good, TODAY, again=True)
    assert SignedCertificate.objects.count() == 2


def test_without_public_keys_nothing_is_taken() -> None:
    serial = decided()
    assert code(lambda: signing.sign(serial, SIGNER, TODAY)) == "F427"


def test_a_certificate_of_level_five_names_its_confirmations(tmp_path: Path) -> None:
    with board(tmp_path):
        serial = decided()
        of = certificates.one(serial, TODAY).declaration
        recording.confirm(of, Confirmation("ab" * 32, "", TODAY))
        signing.sign(serial, SIGNER, TODAY)
        said = certificates.one(serial, TODAY).certificate
    assert said is not None
    assert (said.level, said.confirmations) == (Nachweisstufe.OPERATION, ("ab" * 32,))


def test_what_was_signed_stays(tmp_path: Path) -> None:
    with board(tmp_path, server_signs=True):
        decided()
    row = SignedCertificate.objects.get()
    for change in (row.save, row.delete):
        with pytest.raises(AppendOnly):
            change()


@pytest.mark.parametrize(
    "serial", ["", "2026-1", "1999-00001", "x", "2026-00001 ", "2026-99999999999999", "2026-00009"]
)
def test_numbers_that_are_none(serial: str) -> None:
    assert code(lambda: certificates.one(serial, TODAY)) == "F423"


def test_a_refusal_by_the_board_is_no_certificate() -> None:
    serial = decided(granted=False)
    assert code(lambda: certificates.one(serial, TODAY)) == "F423"


def test_a_certificate_says_with_which_product_it_was_tested(tmp_path: Path) -> None:
    of, partner = declared(), declared("anderes@2.0")
    ran = prove(of, messages=["anfrage"], days_ago=3, counterpart=partner.release)
    with board(tmp_path, server_signs=True):
        serial = decided(of, evidence=frozenset({ran.report_sha256}))
        document = bytes(SignedCertificate.objects.get().document)
        said = documents.verify_certificate(document, board_key.trust(), TODAY).certificate
    assert {one.against for one in said.evidence if one.report_sha256 == ran.report_sha256} == {"anderes@2.0"}
    assert ("Zusammen geprüft mit", "anderes@2.0") in rows(said, "de")
    assert said.serial == serial
