"""The guard for real persons: numbers by their digits, places instead of content, invented persons pass.

Every number here is computed in the test; none is anybody's.
"""

import base64
import json
import random
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum.de import idnr as stdnum_idnr

from schnittstellen.domain import identifiers
from schnittstellen.domain.identifiers import Kind, in_text, is_test
from schnittstellen.domain.personal_data import LABELS, sightings
from schnittstellen.formats.leaves import leaves

RANDOM = random.Random(7)


def computed(holds: object, pattern: str) -> str:
    """A number that `holds` accepts, made of `pattern`: 9 a digit, A a letter, others as they are."""
    while True:
        letters = {"9": "0123456789", "A": "CFGHJKLMNPRTVWXYZ"}
        number = "".join(RANDOM.choice(letters.get(one, one)) for one in pattern)
        if holds(number) and not is_test(number):  # type: ignore[operator]
            return number


IBAN = computed(identifiers.is_iban, "DE99500105179999999999")
STEUER_ID = computed(identifiers.is_steuer_id, "99999999999")
RVNR = computed(identifiers.is_rvnr, "53170581A999")
KVNR = computed(identifiers.is_kvnr, "A999999999")
AUSWEIS = computed(identifiers.is_ausweis, "LA99A99999")


def kinds(document: str | bytes) -> list[Kind]:
    data = document.encode() if isinstance(document, str) else document
    return [one.kind for one in sightings(leaves(data))]


@given(st.text("0123456789", min_size=18, max_size=18))
def test_ibans_agree_with_an_independent_witness(digits: str) -> None:
    for number in (f"DE{checks}{digits}" for checks in ("00", "07", "42", "98")):
        assert identifiers.is_iban(number) == stdnum_iban.is_valid(number, check_country=False)
    checks = stdnum_iban.calc_check_digits(f"DE00{digits}")
    assert identifiers.is_iban(f"DE{checks}{digits}")


@given(st.text("0123456789", min_size=10, max_size=10))
def test_steuer_ids_agree_with_an_independent_witness(digits: str) -> None:
    for last in "0123456789":
        number = digits + last
        expected = stdnum_idnr.is_valid(number) and not number.startswith("0") and not _three_in_a_row(digits)
        assert identifiers.is_steuer_id(number) == expected


def _three_in_a_row(digits: str) -> bool:
    return any(digit * 3 in digits for digit in "0123456789")


def test_steuer_ids_of_the_witness_are_found() -> None:
    found = 0
    for _ in range(20_000):
        number = "".join(RANDOM.choice("0123456789") for _ in range(10))
        for last in "0123456789":
            if stdnum_idnr.is_valid(number + last) and number[0] != "0" and not _three_in_a_row(number):
                assert identifiers.is_steuer_id(number + last)
                found += 1
    assert found > 100


@pytest.mark.parametrize(
    ("holds", "number"),
    [
        (identifiers.is_rvnr, "15070649C103"),
        (identifiers.is_rvnr, "65170839J003"),
        (identifiers.is_kvnr, "A123456780"),
        (identifiers.is_kvnr, "A000500015"),
        (identifiers.is_ausweis, "T220001293"),
        (identifiers.is_ausweis, "LZ6311T475"),
        (identifiers.is_ausweis, "C01X00T478"),
    ],
)
def test_published_specimens_have_valid_check_digits_and_pass_as_tests(holds: object, number: str) -> None:
    assert holds(number)  # type: ignore[operator]
    assert is_test(number)
    assert [*in_text(number)] == []


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (IBAN, Kind.IBAN),
        (" ".join(IBAN[at : at + 4] for at in range(0, 22, 4)), Kind.IBAN),
        (STEUER_ID, Kind.STEUER_ID),
        (f"{STEUER_ID[:2]} {STEUER_ID[2:5]} {STEUER_ID[5:8]} {STEUER_ID[8:]}", Kind.STEUER_ID),
        (RVNR, Kind.RENTENVERSICHERUNG),
        (f"{RVNR[:2]} {RVNR[2:8]} {RVNR[8]} {RVNR[9:]}", Kind.RENTENVERSICHERUNG),
        (KVNR, Kind.KRANKENVERSICHERUNG),
        (AUSWEIS, Kind.AUSWEIS),
    ],
)
def test_each_number_is_found_alone_and_in_a_sentence(number: str, kind: Kind) -> None:
    assert [one for one, _ in in_text(number)] == [kind]
    assert [one for one, _ in in_text(number.lower())] == [kind]
    sentence = f"Bitte buchen Sie auf {number}, Krankenkasse und Ausweis liegen bei."
    assert [*in_text(sentence)] == [(kind, len("Bitte buchen Sie auf "))]


@pytest.mark.parametrize("number", [IBAN, STEUER_ID, RVNR, KVNR, AUSWEIS])
def test_a_wrong_check_digit_is_no_number_of_a_person(number: str) -> None:
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert [*in_text(wrong)] == []


@pytest.mark.parametrize("number", [STEUER_ID, RVNR, KVNR])
def test_a_part_of_something_longer_is_no_number_of_a_person(number: str) -> None:
    for longer in (f"9{number}", f"{number}0", f"x-{number}-y", f"{number}.5", f"/{number}", f"0.{number}"):
        assert [*in_text(longer)] == [], longer


def test_a_weak_check_digit_needs_a_context() -> None:
    assert [*in_text(f"Vorgang {KVNR} erledigt")] == []
    assert [one for one, _ in in_text(f"Vorgang {KVNR} erledigt", "versichertennummer")] == [Kind.KRANKENVERSICHERUNG]


@pytest.mark.parametrize("number", ["DE12345678901234567890", "01234567890", "00000000000", "A123456780"])
def test_made_up_numbers_pass(number: str) -> None:
    assert [*in_text(number, "versichertennummer")] == []


def test_numbers_of_invoices_are_nobodys() -> None:
    assert kinds(f"<Invoice><ID>{AUSWEIS}</ID></Invoice>") == []
    assert kinds(f"<antrag><ID>{AUSWEIS}</ID></antrag>") == [Kind.AUSWEIS]


# --- documents


def person(name: str = "Krüger", date: str = "1981-05-17", **more: str) -> str:
    fields = "".join(f"<{key}>{value}</{key}>" for key, value in more.items())
    return (
        f"<p:antrag xmlns:p='urn:x'><p:person><p:name><p:familienname>{name}</p:familienname></p:name>"
        f"<p:geburt><p:geburtsdatum>{date}</p:geburtsdatum></p:geburt>{fields}</p:person></p:antrag>"
    )


def test_a_birth_date_beside_a_name_is_found_with_its_place() -> None:
    (found,) = sightings(leaves(person().encode()))
    assert found.kind is Kind.BIRTH_DATE
    assert found.place.xpath == "/p:antrag/p:person/p:geburt/p:geburtsdatum"
    assert found.place.line == 1


@pytest.mark.parametrize("name", ["Mustermann", "Testperson", "Beispiel", "Erika Mustermann", "Fiktiv"])
def test_invented_persons_pass(name: str) -> None:
    assert kinds(person(name, iban=IBAN, strasse="Hauptstr.", hausnummer="5", plz="50667")) == []


def test_an_address_beside_a_name_is_found() -> None:
    assert kinds(person(strasse="Hauptstraße", hausnummer="5")) == [Kind.BIRTH_DATE, Kind.ADDRESS]
    assert kinds("<a><strasse>Hauptstraße</strasse><plz>50667</plz></a>") == [], "an authority, not a person"


def test_a_date_without_a_name_is_no_personal_data() -> None:
    assert kinds("<a><geburtsdatum>1981-05-17</geburtsdatum></a>") == []
    assert kinds("<a><familienname>Krüger</familienname><eingang>1981-05-17</eingang></a>") == []


def test_marks_beside_a_value_count() -> None:
    account = f"<konto><inhaber>{{}}</inhaber><iban>{IBAN}</iban></konto>"
    assert kinds(account.format("Zoë Mustermann")) == []
    assert kinds(account.format("Zoë Krüger")) == [Kind.IBAN]
    assert kinds(person(strasse="Am Anger", ort="Musterstadt", plz="50667")) == [Kind.BIRTH_DATE]
    assert kinds(person(strasse="Am Anger", plz="00123")) == [Kind.BIRTH_DATE]


def test_the_fixtures_that_ship_name_nobody() -> None:
    folder = Path(__file__).resolve().parents[2] / "conformance_suites"
    files = [one for one in folder.rglob("fixtures/*") if one.suffix in (".xml", ".json")]
    assert len(files) > 100
    assert {one.name: kinds(one.read_bytes()) for one in files if kinds(one.read_bytes())} == {}


def test_two_persons_are_two() -> None:
    """The invented one does not cover the real one beside it."""
    document = json.dumps(
        [
            {"familienname": "Mustermann", "geburtsdatum": "1970-01-01"},
            {"familienname": "Krüger", "geburtsdatum": "1981-05-17"},
        ]
    )
    (found,) = sightings(leaves(document.encode()))
    assert found.place.pointer == "/1/geburtsdatum"


def test_json_pointers_are_escaped() -> None:
    (found,) = sightings(leaves(json.dumps({"a/b": {"c~d": IBAN}}).encode()))
    assert found.place.pointer == "/a~1b/c~0d"


def test_a_recorded_exchange_is_read_to_the_bottom() -> None:
    xml = person()
    bodies = [{"text": xml}, {"text": base64.b64encode(xml.encode()).decode(), "encoding": "base64"}]
    har = {"log": {"entries": [{"response": {"content": body}} for body in bodies]}}
    found = [*sightings(leaves(json.dumps(har).encode()))]
    assert [one.kind for one in found] == [Kind.BIRTH_DATE] * 2
    assert [one.place.pointer for one in found] == [f"/log/entries/{at}/response/content/text" for at in (0, 1)]
    assert kinds(json.dumps({"a": "<no xml " + IBAN, "b": "{no json", "c": {"encoding": "base64", "text": "%"}})) == [
        Kind.IBAN
    ]


def test_numbers_in_json_count_too() -> None:
    assert kinds(json.dumps({"idnr": int(STEUER_ID)})) == [Kind.STEUER_ID]


def test_attributes_comments_and_mixed_content_are_read() -> None:
    document = f"<a x='{STEUER_ID}'><!-- {IBAN} --><b/>Rente {RVNR}</a>"
    assert set(kinds(document)) == {Kind.STEUER_ID, Kind.IBAN, Kind.RENTENVERSICHERUNG}


def test_plain_text_names_its_lines() -> None:
    text = f"Guten Tag\nFrau Krüger, geb. am 17.05.1981\nwohnhaft Hauptstraße 5, 50667 Köln\n{IBAN}\n"
    found = [(one.kind, one.place.line) for one in sightings(leaves(text.encode()))]
    assert found == [(Kind.BIRTH_DATE, 2), (Kind.ADDRESS, 3), (Kind.IBAN, 4)]


def test_nothing_of_the_content_is_told() -> None:
    document = person(iban=IBAN, steuerid=STEUER_ID, strasse="Hauptstraße", plz="50667")
    told = repr([*sightings(leaves(document.encode()))])
    for content, part in product((IBAN, STEUER_ID, "Krüger", "1981", "Hauptstraße"), (told,)):
        assert content not in part


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"<", b"{", b"[" * 100_000, b"<a>" * 300, b"<!DOCTYPE a>"])
def test_broken_documents_are_read_as_text(data: bytes) -> None:
    assert kinds(data) == []


def test_a_broken_document_hides_nothing() -> None:
    assert kinds(f"<a><b>{IBAN}</a>") == [Kind.IBAN]
    assert kinds('{"a": "' + IBAN) == [Kind.IBAN]


def test_every_kind_has_a_label() -> None:
    assert set(LABELS) == set(Kind)
