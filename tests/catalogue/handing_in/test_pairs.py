"""Two products tested together: what both prove by it, and each forgery with its own code."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from schnittstellen import bootstrap
from schnittstellen.catalogue.models import Entry, Evidence, HandIn
from schnittstellen.catalogue.registry.loading import load
from schnittstellen.catalogue.registry.writing import write
from schnittstellen.catalogue.services import access
from schnittstellen.catalogue.services.handing_in import orders, queueing
from schnittstellen.catalogue.services.handing_in.sent import Input
from schnittstellen.catalogue.services.words import levels
from schnittstellen.cli import submitting
from schnittstellen.domain.naming import ReleaseName
from schnittstellen.domain.pairs import Pairing
from tests.catalogue.handing_in import making, meetings, sessions
from tests.catalogue.handing_in.making import OURS, OWN, STRANGER, TODAY, hand_in, refused
from tests.catalogue.handing_in.meetings import CLIENT, SERVER, both, met, plain, signed
from tests.catalogue.handing_in.test_orders import issue
from tests.catalogue.handing_in.test_submit import TO, Wire
from tests.cli.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()


def test_both_reach_level_3_by_an_order_also_when_loaded_anew(tmp_path: Path) -> None:
    client, server = meetings.declares()
    order = issue("oparl@1.1/client", release=CLIENT)
    made, _ = hand_in(both(met(order)))
    rows = {str(one.declaration.release): one for one in Evidence.objects.all()}
    assert [(one.verdict, one.reach, str(one.counterpart)) for one in (rows[CLIENT], rows[SERVER])] == [
        ("passed", 3, SERVER),
        ("passed", 3, CLIENT),
    ]
    assert levels([client.pk, server.pk], TODAY) == {client.pk: 3, server.pk: 3}
    assert made.order == order
    assert HandIn.objects.count() == 2
    said = [json.loads(bytes(one.body)) for one in Entry.objects.filter(kind="evidence")]
    assert {(one["order"], one["against"]) for one in said} == {(order.key, SERVER), (order.key, CLIENT)}
    for number in (1, 2):
        write(tmp_path / str(number), bootstrap.library())
        if number == 1:
            HandIn.objects.all().delete()
            Evidence.objects.all()._raw_delete("default")
            load(tmp_path / "1", bootstrap.library())
    assert levels([client.pk, server.pk], TODAY) == {client.pk: 3, server.pk: 3}
    assert _files(tmp_path / "1") == _files(tmp_path / "2")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_the_order_may_be_for_the_server_and_a_worker_judges_it() -> None:
    client, server = meetings.declares()
    order = issue("oparl@1.1/server", release=SERVER)
    sent = both(met(order))
    waiting, _ = queueing.ask(OWN, sent, bootstrap.library(), datetime.now(UTC))
    making.settle()
    found = queueing.found(OWN, waiting.key)
    assert isinstance(found, HandIn)
    assert levels([client.pk, server.pk], TODAY) == {client.pk: 3, server.pk: 3}
    assert queueing.ask(OWN, sent, bootstrap.library(), datetime.now(UTC)) == (found, False)


def test_without_an_order_a_pair_proves_nothing() -> None:
    client, server = meetings.declares()
    hand_in(both(plain()))
    assert {one.verdict for one in Evidence.objects.all()} == {"not_tested"}
    assert levels([client.pk, server.pk], TODAY) == {client.pk: 0, server.pk: 0}


def test_where_one_side_departs_the_other_proves_nothing_by_it() -> None:
    client, server = meetings.declares()
    order = issue("oparl@1.1/client", release=CLIENT)
    hand_in(both(met(order, client=sessions.writing)))
    verdicts = {str(one.declaration.release): one.verdict for one in Evidence.objects.all()}
    assert verdicts == {CLIENT: "failed", SERVER: "not_tested"}
    assert levels([client.pk, server.pk], TODAY) == {client.pk: 0, server.pk: 0}


def test_requests_for_what_the_server_named_and_does_not_answer_are_nobodys_proof_and_not_the_clients_fault() -> None:
    of = met(faults=("error-500",))
    assert (of.client.verdict, of.client.notes["pair_broken"]) == ("passed", "2")
    assert "Das Paar zählt so nicht" in of.output
    client, _ = meetings.declares()
    hand_in(both(of))
    assert levels([client.pk], TODAY) == {client.pk: 0}


def written(folder: Path) -> Path:
    """What lies in the folder of a run once both have signed."""
    of = plain()
    for name, sent in (("client", signed(CLIENT, of.client)), ("server", signed(SERVER, of.server))):
        (folder / f"{name}.json").write_bytes(sent.report)
        (folder / f"{name}.json.dsse").write_bytes(sent.envelope)
    for one in of.recordings:
        (folder / one.name).write_bytes(one.data)
    return folder


def test_one_command_hands_in_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    meetings.declares()
    monkeypatch.setattr(submitting, "_client_library", Wire)
    monkeypatch.setattr(submitting, "PAUSE", 0)
    folder = written(tmp_path)
    token = access.create("t", f"vendor:{making.VENDOR}", ("read", "evidence"))
    files = [part for one in ("client", "server") for part in ("--with-recording", folder / f"{one}.har")]
    given = (folder / "client.json", "--partner", folder / "server.json", "--to", TO, *files)
    planned = run("submit", *given, "--dry-run")
    assert all(one in planned.output for one in (CLIENT, SERVER))
    done = run("submit", *given, SCHNITTSTELLEN_TOKEN=token)
    assert (done.exit_code, f"Zusammen mit {SERVER}" in done.output) == (0, True), done.output


# --- forgeries


def test_a_partners_signature_is_missing_or_anothers() -> None:
    meetings.declares()
    of = plain()
    assert refused(replace(both(of), partner=None, inputs=(of.session,))) == ("V082",)
    assert [refused(both(of, signed(SERVER, of.server, private))) for private in (OURS, STRANGER)] == [
        ("V014",),
        ("V010",),
    ]
    stripped = signed(SERVER, of.server)
    stripped = replace(stripped, envelope=making.changed(stripped.envelope, signatures=[]))
    assert refused(both(of, stripped)) == ("V003",)
    assert not Evidence.objects.exists()


def test_another_product_as_partner() -> None:
    meetings.declares()
    other = making.making.declare("anderes-ris@1.0", "oparl@1.1", "server")
    other.release.product.vendor = making.making.vendor("musterwerk")
    other.release.product.save()
    of = plain()
    theirs = signed(SERVER, of.server, named="anderes-ris@1.0")
    assert refused(both(of, replace(theirs, release="anderes-ris@1.0"))) == ("V081", "V083")
    renamed = replace(of.client, notes={**of.client.notes, "pair_partner": "anderes-ris@1.0"})
    assert refused(both(replace(of, client=renamed))) == ("V081",)


def test_two_sides_that_are_none() -> None:
    meetings.declares()
    of = plain()
    assert "V085" in refused(both(of, signed(CLIENT, of.client)))


def test_reports_and_recordings_of_two_meetings() -> None:
    meetings.declares()
    of, other = plain(), met()
    assert set(refused(both(replace(of, server=other.server, tested=other.tested)))) == {"V083"}
    assert "V080" in refused(both(replace(of, session=other.session)))
    address = replace(of.server, notes={**of.server.notes, "pair_server": "http://127.0.0.1:1/oparl/system"})
    assert "V083" in refused(both(of, signed(SERVER, address)))


def test_a_session_that_was_changed_with_its_digests() -> None:
    """The vendors agree to forge: what they write over does not follow from the recording."""
    meetings.declares()
    of = met(client=sessions.writing)
    (was,), (good,) = of.client.results, plain().client.results
    forged = replace(was, verdict=good.verdict, cause=None, steps=good.steps)
    passed = replace(plain().client, results=(forged,), targets=of.client.targets, notes=of.client.notes)
    assert refused(both(replace(of, client=passed))) == ("V061",)
    silent = _session_without(of, lambda one: not one["request"]["url"].endswith("/oparl/system"))
    assert refused(both(silent)) == ("V084",)


def _session_without(of: meetings.Meeting, keep: Any) -> meetings.Meeting:
    log = json.loads(of.session.data)
    log["log"]["entries"] = [one for one in log["log"]["entries"] if keep(one)]
    session = Input("client.har", json.dumps(log).encode(), recording=True)
    address = of.client.notes["pair_server"]
    names = ReleaseName.of(CLIENT), ReleaseName.of(SERVER)
    pairing = Pairing(*names, address, session.sha256, of.tested.sha256)
    client = replace(of.client, notes={**of.client.notes, **pairing.notes_of_client(0)})
    server = replace(of.server, notes={**of.server.notes, **pairing.notes_of_server()})
    return replace(of, client=client, server=server, session=session)


def test_an_order_is_used_by_one_pair() -> None:
    meetings.declares()
    order = issue("oparl@1.1/client", release=CLIENT)
    of = met(order)
    hand_in(both(of))
    again = replace(of, client=replace(of.client, seconds=9.0), server=replace(of.server, seconds=9.0))
    assert set(refused(both(again))) == {"V033"}


def test_a_meeting_under_another_seed() -> None:
    meetings.declares()
    order = issue("oparl@1.1/client", release=CLIENT)
    noted = orders.order_of(order).notes()
    of = plain()
    client, server = (
        sessions.with_seed((one, of.session), int(order.seed), **noted)[0] for one in (of.client, of.server)
    )
    assert set(refused(both(replace(of, client=client, server=server)))) == {"V079", "V063"}
