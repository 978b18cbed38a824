"""Anyone can take the chain of the catalogue and find what was changed in it."""

from pathlib import Path

import pytest
from django.test import Client

from schnittstellen.catalogue.models import Declaration, Entry, Evidence
from schnittstellen.catalogue.services import ledger, recording
from schnittstellen.domain.facts import Decision
from tests.cli.running import run

pytestmark = pytest.mark.usefixtures("world")


def taken(client: Client, folder: Path) -> Path:
    """The chain as the page gives it."""
    answer = client.get("/export/nachweiskette.jsonl")
    file = folder / "kette.jsonl"
    file.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    return file


def head() -> str:
    last = ledger.head()
    assert last is not None
    return f"{last.number}:{last.digest}"


def test_the_chain_holds_all_evidence_and_is_whole(client: Client, tmp_path: Path) -> None:
    found = run("audit", "verify", taken(client, tmp_path), "--head", head())
    assert found.exit_code == 0
    assert f"Einträge: {Evidence.objects.count()}" in found.output
    assert head() in client.get("/daten").content.decode()


def test_a_record_that_was_changed_or_removed_is_found_from_the_export(client: Client, tmp_path: Path) -> None:
    known = head()
    Entry.objects.filter(number=3).update(digest="0" * 64)
    Entry.objects.filter(number=int(known.partition(":")[0])).delete()
    found = run("audit", "verify", taken(client, tmp_path), "--head", known)
    assert found.exit_code == 1
    assert "Einträge 3 bis 3: nachträglich geändert." in found.output
    assert "entfernt" in found.output


def test_a_level_of_the_board_is_the_same_on_every_way_out(client: Client) -> None:
    run_of = Evidence.objects.filter(verdict="passed", lapses_on__gt="2027-06-01").order_by("pk").first()
    assert run_of is not None
    of = Declaration.objects.select_related("release__product", "role__version__standard").get(pk=run_of.declaration_id)
    recording.decide(of, Decision("e1", run_of.run_at.date(), True, 3, frozenset({run_of.report_sha256})))
    product = of.release.product.key
    rest = client.get(f"/api/v1/declarations/{of.release}/{of.role}").json()
    assert rest["level"] == 4
    listed = client.get("/api/v1/declarations", {"release": str(of.release)}).json()["items"]
    assert 4 in [one["level"] for one in listed]
    offered = client.get("/export/katalog.json").json()["products"]
    exported = next(one for one in offered if one["key"] == product)
    assert '"level": 4' in str(exported).replace("'", '"')
    assert "Stufe 4" in client.get(f"/programme/{product}?version={of.release.version}").content.decode()
