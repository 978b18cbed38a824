"""Keys of vendors in the catalogue: whose they are, since when they count, what a withdrawal does."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client

from schnittstellen.attest import keys
from schnittstellen.attest.trusting import read_keys
from schnittstellen.catalogue.models import Change, SigningKey
from schnittstellen.catalogue.services import signing_keys
from schnittstellen.catalogue.services.viewer import OPERATOR, PUBLIC, Viewer
from schnittstellen.cli.main import main
from schnittstellen.domain.canonical import canonical
from schnittstellen.domain.errors import SchnittstellenError
from schnittstellen.domain.trust import Purpose, Why, objections
from schnittstellen.formats.attested import keys_written
from tests.catalogue import making

pytestmark = pytest.mark.django_db
TODAY, BEFORE, LATER = date(2026, 12, 1), date(2026, 6, 1), date(2027, 1, 1)
OWN = Viewer(vendor="musterhaus")
PLACE = "/.well-known/schnittstellen-keys.json"


def public(owner: str = "musterhaus", purpose: Purpose = Purpose.ORGANISATION, until: date | None = None) -> bytes:
    return canonical(keys_written((keys.create(owner, purpose, BEFORE, until)[1],)))


def code(call: Callable[[], Any]) -> str:
    with pytest.raises(SchnittstellenError) as caught:
        call()
    return caught.value.fault.code


@pytest.fixture(autouse=True)
def vendors() -> None:
    making.vendor()
    making.vendor("musterwerk")


def refusals(row: SigningKey, signed: date, today: date) -> list[str]:
    trust = signing_keys.trust()
    key = trust.key(row.key_id)
    assert key is not None
    purpose, owner = Purpose.ORGANISATION, "musterhaus"
    found = objections(key, trust, signed=signed, today=today, purpose=purpose, owner=owner)
    return [one.fault.code for one in found]


def test_a_key_counts_from_the_day_on_which_the_catalogue_knew_it() -> None:
    row = signing_keys.register(OWN, "musterhaus", public(), TODAY)
    assert refusals(row, BEFORE, TODAY) == ["V011"]
    assert refusals(row, TODAY, TODAY) == []


def test_registering_twice_is_one_key_and_one_line_in_the_audit_log() -> None:
    data = public()
    first = signing_keys.register(OWN, "musterhaus", data, TODAY)
    assert signing_keys.register(OPERATOR, "musterhaus", data, LATER) == first
    assert Change.objects.filter(kind="vendors", key="musterhaus").count() == 1


@pytest.mark.parametrize("viewer", [PUBLIC, Viewer(vendor="musterwerk"), Viewer(board=True)])
def test_nobody_registers_or_withdraws_the_key_of_another(viewer: Viewer) -> None:
    assert code(lambda: signing_keys.register(viewer, "musterhaus", public(), TODAY)) == "F144"
    row = signing_keys.register(OWN, "musterhaus", public(), TODAY)
    assert code(lambda: signing_keys.withdraw(viewer, row.key_id, (TODAY, Why.CEASED, ""), TODAY)) == "F144"
    assert refusals(row, TODAY, TODAY) == []


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (public("musterwerk"), "F346"),
        (public(purpose=Purpose.BOARD), "F347"),
        (public(until=TODAY), "F348"),
        (
            canonical(keys_written(tuple(keys.create("musterhaus", Purpose.ORGANISATION, BEFORE)[1] for _ in "ab"))),
            "F345",
        ),
    ],
)
def test_what_is_no_usable_key_of_the_vendor_has_its_own_code(data: bytes, expected: str) -> None:
    assert code(lambda: signing_keys.register(OWN, "musterhaus", data, TODAY)) == expected
    assert not SigningKey.objects.exists()


def test_a_key_of_one_vendor_is_not_taken_by_another_as_plain_pem() -> None:
    row = signing_keys.register(OWN, "musterhaus", public(), TODAY)
    other = Viewer(vendor="musterwerk")
    assert code(lambda: signing_keys.register(other, "musterwerk", row.pem.encode(), TODAY)) == "F460"
    assert signing_keys.trust().key(row.key_id).owner == "musterhaus"


def test_a_public_key_that_somebody_saw_is_registered_for_nobody_else() -> None:
    """The proof names the owner: whoever blocks another's key this way would have to have its private half."""
    listed = json.loads(public())
    listed["keys"][0]["owner"] = "musterwerk"
    other = Viewer(vendor="musterwerk")
    assert code(lambda: signing_keys.register(other, "musterwerk", canonical(listed), TODAY)) == "F460"
    assert not SigningKey.objects.exists()


@pytest.mark.parametrize("changed", [{"valid_from": "2026-01-01"}, {"lapses_on": "2030-01-01"}, {"proof": "0" * 128}])
def test_the_proof_is_of_all_that_the_file_says(changed: dict[str, str]) -> None:
    listed = json.loads(public())
    listed["keys"][0] |= changed
    assert code(lambda: signing_keys.register(OWN, "musterhaus", canonical(listed), TODAY)) == "F460"


def test_without_proof_none_is_kept_and_key_prove_writes_it(tmp_path: Path) -> None:
    private, key = keys.create("musterhaus", Purpose.ORGANISATION, BEFORE)
    keys.write_private(tmp_path / "m.key", private)
    bare = canonical(keys_written((replace(key, proof=""),)))
    assert code(lambda: signing_keys.register(OWN, "musterhaus", bare, TODAY)) == "F460"
    done = CliRunner().invoke(main, ["key", "prove", str(tmp_path / "m.key"), "--owner", "musterhaus"])
    assert done.exit_code == 0, done.output
    written = (tmp_path / "m.pub").read_bytes()
    assert signing_keys.register(OWN, "musterhaus", written, date.today()).key_id == key.id


def test_a_replaced_key_goes_on_to_count_for_what_it_signed_and_a_compromised_one_does_not() -> None:
    row = signing_keys.register(OWN, "musterhaus", public(), TODAY)
    signing_keys.withdraw(OWN, row.key_id, (LATER, Why.SUPERSEDED, ""), LATER)
    assert (refusals(row, TODAY, LATER), refusals(row, LATER, LATER)) == ([], ["V013"])
    signing_keys.withdraw(OWN, row.key_id, (LATER, Why.COMPROMISED, ""), LATER)
    assert refusals(row, TODAY, LATER) == ["V013"]


def test_a_withdrawn_key_does_not_come_back_and_its_withdrawal_is_not_softened() -> None:
    data = public()
    row = signing_keys.register(OWN, "musterhaus", data, TODAY)
    signing_keys.withdraw(OWN, row.key_id, (TODAY, Why.COMPROMISED, "entwendet"), TODAY)
    signing_keys.withdraw(OWN, row.key_id, (TODAY, Why.SUPERSEDED, ""), TODAY)
    assert code(lambda: signing_keys.register(OWN, "musterhaus", data, LATER)) == "F349"
    assert SigningKey.objects.get().withdrawn_why == "compromised"


def test_withdrawing_what_is_unknown_or_from_tomorrow_on_is_refused() -> None:
    assert code(lambda: signing_keys.withdraw(OWN, "0" * 64, (TODAY, Why.CEASED, ""), TODAY)) == "F350"
    assert code(lambda: signing_keys.withdraw(OWN, "0" * 64, (LATER, Why.CEASED, ""), TODAY)) == "F351"


def test_the_published_list_is_one_that_verify_trusts_without_the_compromised(client: Client) -> None:
    good, old, stolen = (signing_keys.register(OWN, "musterhaus", public(), TODAY) for _ in range(3))
    signing_keys.withdraw(OWN, old.key_id, (LATER, Why.SUPERSEDED, ""), LATER)
    signing_keys.withdraw(OWN, stolen.key_id, (LATER, Why.COMPROMISED, ""), LATER)
    answer = client.get(PLACE)
    listed = read_keys(answer.content, PLACE, Purpose.ORGANISATION)
    assert {(one.id, one.owner, one.lapses_on) for one in listed} == {
        (good.key_id, "musterhaus", None),
        (old.key_id, "musterhaus", LATER),
    }


def test_the_published_list_costs_one_query(client: Client, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        signing_keys.register(OWN, "musterhaus", public(), TODAY)
    with django_assert_num_queries(1):
        assert len(client.get(PLACE).json()["keys"]) == 3
