"""Certificates through REST and on the command line, and the ways that lead to them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schnittstellen.catalogue.models import SignedCertificate, SignedWithdrawals
from schnittstellen.catalogue.services import recording
from schnittstellen.catalogue.services.certifying import certificates
from schnittstellen.catalogue.services.search import reindex_all
from schnittstellen.domain.facts import Duty, Revocation
from tests.catalogue.certificates.making import TODAY, board, day, decided, declared
from tests.cli.running import run

pytestmark = pytest.mark.django_db
API = "/api/v1/certificates"


def api(path: str = "", expected: int = 200, **asked: object) -> Any:
    answer = Client().get(API + path, asked)  # type: ignore[arg-type]
    assert answer.status_code == expected, answer.content
    return answer.json()


def ids(**asked: object) -> list[str]:
    return [one["id"] for one in api(**asked)["items"]]


def test_one_says_what_is_certified_and_how_it_stands(tmp_path: Path) -> None:
    with board(tmp_path, server_signs=True):
        serial = decided(duties=(Duty("Handbuch", day(20)),))
    one = api(f"/{serial}")
    assert (one["id"], one["release"], one["standard"], one["role"]) == (serial, "musterneu@1.0", "xmuster@1.0", "a")
    assert (one["state"], one["holds"], one["level"], one["tested"], one["edition"]) == ("valid", True, 4, 1, "1.0.0")
    assert (one["messages"], one["conditions"]) == (["anfrage"], [{"text": "Handbuch", "due": day(20).isoformat()}])
    assert one["lapses_on"] == day(21).isoformat()
    assert Client().get(one["document"]).status_code == 200
    later = api(f"/{serial}", on=day(21).isoformat())
    assert (later["state"], later["holds"]) == ("resting", False)
    assert later["reasons"] == [{"why": "duty_missed", "day": day(21).isoformat()}]


def test_unsigned_it_does_not_hold_and_names_no_document() -> None:
    one = api(f"/{decided()}")
    assert (one["state"], one["signed"], one["holds"], "document" in one) == ("valid", False, False, False)


def test_the_list_is_filtered_and_continued() -> None:
    first, second = decided(), decided(declared("anderes@2.0"))
    decided(declared("drittes@1"), granted=False)
    revoked = certificates.one(second, TODAY)
    recording.revoke(revoked.declaration, Revocation(revoked.decision.id, TODAY, "x"))
    assert ids() == [first, second]
    assert ids(product="anderes") == ids(release="anderes@2.0") == ids(state="revoked") == [second]
    assert ids(vendor="musterhaus", standard="xmuster", version="xmuster@1.0", state="valid") == [first]
    assert ids(product="keines") == []
    page = api(limit=1)
    assert [one["id"] for one in page["items"]] == [first]
    assert [one["id"] for one in api(limit=1, cursor=page["next_cursor"])["items"]] == [second]


@pytest.mark.parametrize(
    "asked", [{"produkt": "x"}, {"state": "gut"}, {"on": "gestern"}, {"cursor": "-1"}, {"limit": 0}, {"release": "x"}]
)
def test_what_cannot_be_asked(asked: dict[str, object]) -> None:
    api(expected=422, **asked)


@pytest.mark.parametrize("path", ["/2026-99999", "/2026-1", "/x"])
def test_what_is_not_there(path: str) -> None:
    answer = Client().get(API + path)
    assert answer.status_code in (404, 422)


def test_the_number_of_queries_stays() -> None:
    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert Client().get(address).status_code == 200
        return len(seen)

    addresses = (API, "/bescheinigungen", "/programme/musterneu", "/api/v1/declarations", "/suche?q=muster")
    decided()
    decided(declared("muster1@1"))
    few = {one: count(one) for one in addresses}
    for number in range(2, 8):
        decided(declared(f"muster{number}@1"))
    for of in (declared(f"musterneu@2.{number}") for number in range(3)):
        decided(of)
    for one in addresses:
        assert count(one) <= few[one], one


def test_product_declaration_and_search_lead_there() -> None:
    serial = decided()
    reindex_all()
    assert f"/bescheinigungen/{serial}" in Client().get("/programme/musterneu").text
    (one,) = Client().get("/api/v1/declarations").json()["items"]
    assert one["certificate"] == serial
    assert "/bescheinigungen?programm=musterneu" in Client().get("/suche?q=musterneu").text
    assert "/bescheinigungen" in Client().get("/").text


# --- the command


def command(*arguments: object) -> Result:
    done = run("certificates", *arguments)
    assert done.exit_code == 0, done.output
    return done


def test_list_and_show(tmp_path: Path) -> None:
    declared()
    assert "keine" in command("list").stdout
    with board(tmp_path, server_signs=True):
        serial = decided(declared("anderes@1"))
    assert serial in command("list", "--product", "anderes").stdout
    assert serial not in command("list", "--product", "musterneu").stdout
    shown = command("show", serial, "--on", day(300).isoformat()).stdout
    assert "NICHT GÜLTIG" in shown
    assert json.loads(command("show", serial, "--json").stdout)["holds"] is True
    assert run("certificates", "show", "2026-99999").exit_code != 0


def test_the_board_signs_in_the_catalogue(tmp_path: Path) -> None:
    serial = decided()
    with board(tmp_path):
        command("sign", serial, "--key", tmp_path / "board.key")
        again = run("certificates", "sign", serial, "--key", tmp_path / "board.key")
        assert "F425" in again.output
        command("sign", serial, "--key", tmp_path / "board.key", "--again")
    assert certificates.one(serial, TODAY).holds


def test_the_board_signs_on_another_machine(tmp_path: Path) -> None:
    serial = decided()
    draft, signed = tmp_path / "entwurf.json", tmp_path / "zertifikat.json"
    with board(tmp_path) as public:
        command("show", serial, "--draft", draft)
        command("sign", draft, "--key", tmp_path / "board.key", "--to", signed)
        assert run("verify", signed, "--trust", public, "--on", TODAY).exit_code == 0
        draft.write_text(draft.read_text().replace('"level":4', '"level":3'))
        forged = tmp_path / "gefaelscht.json"
        run("certificates", "sign", draft, "--key", tmp_path / "board.key", "--to", forged)
        if forged.exists():
            assert run("certificates", "import", forged).exit_code != 0
        assert not SignedCertificate.objects.exists()
        command("import", signed)
    assert certificates.one(serial, TODAY).holds


def test_the_list_of_withdrawals_is_signed_and_takes_in_what_was_withdrawn_before(tmp_path: Path) -> None:
    serial = decided()
    of = certificates.one(serial, TODAY)
    recording.revoke(of.declaration, Revocation(of.decision.id, TODAY, "Beispiel"))
    key, file = tmp_path / "board.key", tmp_path / "alt.json"
    with board(tmp_path) as public:
        old = ("--why", "superseded", "--list", file, "--sign", key, "--trust", public)
        assert run("key", "withdraw", "2020-0001", *old).exit_code == 0
        command("withdrawals", "--key", key, "--list", file)
        listed = Client().get("/.well-known/schnittstellen-withdrawals.json").content
        file.write_bytes(listed)
        more = ("--why", "superseded", "--list", file, "--sign", key, "--trust", public)
        assert run("key", "withdraw", "2020-0002", *more).exit_code == 0, "the published list can be continued"
    assert SignedWithdrawals.objects.get().number == 2
